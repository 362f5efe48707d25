"""The protocols that the pipeline is put together from; fakes and real classes keep the same contract."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.answer import Passage, Span
from rag.question import Question
from rag.scope import Scope


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a reader found in one passage: offsets are into ``Passage.text``.

    Attributes:
        passage: Position of the passage in the sequence that was read.
        quote: The sentence or sentences that prove the answer.
        answers: The answer's spans inside the quote, in order; several for a list.
        kind: ``span``, ``list``, ``sentence`` or ``boolean``.
        text: The words to show where they are not the spans themselves (是 or 否); else empty.
        confidence: Probability, between 0 and 1, that this answers the question.
    """

    passage: int
    quote: Span
    answers: tuple[Span, ...]
    kind: str
    confidence: float
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What came of reading some passages.

    Attributes:
        findings: What answers the question, most confident first; empty where nothing comes near.
        ranking: The positions of all passages that were read, the likeliest to answer first.
    """

    findings: tuple[Finding, ...]
    ranking: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class RecordReading:
    """What the record of a document says.

    Attributes:
        passage: The words of the document that state what is asked for; ``None`` where it does not state it.
        finding: The answer in them, its passage numbered 0.
        document: Id of the document that is meant.
        sure: How likely it is the one, between 0 and 1.
    """

    passage: Passage | None
    finding: Finding | None
    document: str
    sure: float


@dataclass(frozen=True, kw_only=True)
class ListReading:
    """A list that a document spells out.

    Attributes:
        passages: Where its members stand, one for each.
        findings: The members in order, each numbering its own passage.
        sure: How likely it is the one that is asked for, between 0 and 1.
    """

    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]
    sure: float


class Lists(Protocol):
    """Finds lists that documents spell out over sentences and paragraphs."""

    def read(self, question: Question, passages: Sequence[Passage]) -> ListReading | None:
        """The list that answers, given the passages that were found, best first; ``None`` for none."""
        ...


class Records(Protocol):
    """Answers questions about documents themselves: their number, issuer, date, addressee and so on."""

    def read(self, question: Question, passages: Sequence[Passage], scope: Scope | None = None) -> RecordReading | None:
        """What the document that is meant says of itself; ``None`` where the question asks for no such thing."""
        ...


@dataclass(frozen=True, kw_only=True)
class NamedDocument:
    """What a question names: the ``scope`` of the document, ``None`` where there is none, and the ``rest`` to ask."""

    scope: Scope | None
    rest: str


class Names(Protocol):
    """Finds the documents that questions are asked of by name."""

    def named(self, question: Question, scope: Scope | None = None) -> NamedDocument | None:
        """The document in ``scope`` that ``question`` names; ``None`` where it names none."""
        ...


class Retriever(Protocol):
    """Finds passages, for several questions at a time: models are faster so."""

    def retrieve(
        self, questions: Sequence[Question], k: int, scope: Scope | None = None
    ) -> tuple[tuple[Passage, ...], ...]:
        """For each question at most ``k`` passages, best first; of the documents in ``scope`` alone."""
        ...


class Reader(Protocol):
    """Finds the words that answer, for several questions at a time."""

    def read(self, questions: Sequence[Question], passages: Sequence[Sequence[Passage]]) -> tuple[Reading, ...]:
        """For each question what answers it in its passages."""
        ...
