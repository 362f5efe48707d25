"""The frozen values that travel from retrieval to the reader and on to whoever asked."""

from dataclasses import dataclass, field

from corpus.document import Document as Document
from corpus.document import Paragraph as Paragraph
from corpus.references import Reference as Reference
from rag.scope import Scope

Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class DocumentRecord:
    """What a citation says about its document. ``date`` is ISO 8601; unknown fields are ``None``."""

    id: str
    path: str
    title: str
    number: str | None = None
    issuer: str | None = None
    date: str | None = None
    paragraphs: int = 0
    characters: int = 0


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the same words stand once more: ``document.text[start:end] == text``. ``highlights`` are spans in it."""

    document: DocumentRecord
    section: tuple[str, ...]
    paragraph: int
    page: int | None
    text: str
    start: int
    end: int
    highlights: tuple[Span, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A retrieved paragraph. ``start`` and ``end`` are offsets in the document's cleaned text.

    ``paragraph`` is its ordinal in the document, from 0; ``score`` orders passages and means nothing else; ``copies``
    are its places in copies of the document; ``before`` and ``after`` are what stands right beside it; ``address`` is
    how it is cited (第十二条第二款), where it can be.
    """

    document: DocumentRecord
    paragraph: int
    section: tuple[str, ...]
    page: int | None
    text: str
    start: int
    end: int
    score: float = 0.0
    copies: tuple[Place, ...] = ()
    before: str = ""
    after: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Citation:
    """A quote: ``document.text[start:end] == quote``. ``highlights`` are spans inside it, same offsets.

    ``copies`` are its places in copies of the document; ``address`` is how it is cited (第十二条第二款), where it
    can be.
    """

    marker: int
    document: DocumentRecord
    section: tuple[str, ...]
    paragraph: int
    page: int | None
    quote: str
    start: int
    end: int
    highlights: tuple[Span, ...]
    score: float
    copies: tuple[Place, ...] = ()
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What one of several documents that disagree says: its words, and the number of their citation.

    ``newest`` is whether it is the newest of them; of none where the date of one is unknown.
    """

    answer: str
    marker: int
    document: DocumentRecord
    newest: bool


@dataclass(frozen=True, kw_only=True)
class Timing:
    """Wall-clock milliseconds."""

    retrieve: float = 0.0
    read: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer, or an abstention with its reason.

    Attributes:
        question: As it was asked.
        asked: The question that was searched for: completed from the history where it was a follow-up.
        answer: The words shown; empty when not answered.
        reason: ``None`` when answered, else one of ``REASONS``; the interface puts it into words.
        kind: ``span``, ``list``, ``sentence``, ``boolean``, ``metadata``, ``generated`` or ``none``.
        items: The members, in order, where ``kind`` is ``list``.
        confidence: Between 0 and 1.
        citations: Numbered from 1; never empty when answered.
        nearest: For an abstention the passages that came closest, best first.
        arithmetic: How the answer was computed of two others, where it was: ``63项 − 37项 = 26项``.
        claims: Where documents disagree, what each says, the newest first; the answer is one of them.
        scope: What it was asked of, where that was not everything.
    """

    question: str
    asked: str
    answer: str = ""
    reason: str | None = None
    kind: str = "none"
    items: tuple[str, ...] = ()
    confidence: float = 0.0
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Passage, ...] = ()
    arithmetic: str = ""
    claims: tuple[Claim, ...] = ()
    scope: Scope | None = None
    timing_ms: Timing = field(default_factory=Timing)

    @property
    def answered(self) -> bool:
        """Whether there is an answer; otherwise ``reason`` says why not."""
        return self.reason is None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question, those asked before it in the same conversation (oldest first), and what it is asked of."""

    question: str
    history: tuple[str, ...] = ()
    scope: Scope | None = None


@dataclass(frozen=True, kw_only=True)
class Consultation:
    """An answer and how it came about; for whoever measures.

    Attributes:
        answer: What the user sees.
        draft: What would have been answered with no threshold; equal to ``answer`` where that was answered.
        passages: What was retrieved, best first; the reader read the first of them.
    """

    answer: Answer
    draft: Answer
    passages: tuple[Passage, ...] = ()


REASONS = ("empty_question", "empty_index", "empty_scope", "nothing_found", "not_stated", "no_such_document")
"""Why a question stays unanswered: nothing was asked; there are no documents; none is within the scope; no passage
shares its words; passages do, but none of them says it; the document that the question names is not among them."""
