"""Answers from what documents say of themselves: which document is meant, and where it states the field asked for.

A document is the likelier meant the more of the question's words, but those that ask for the field, stand in its record
(title, number, issuer, addressee, date and so on) or else in the passages of it that were found. A 文号 in the question
settles it. How sure that makes it is a logistic regression on questions about documents and about such as there are not
(``rag.training.record_weights``).
"""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.masthead import NUMBER, canonical
from corpus.references import Reference, references
from rag.answer import Passage, Span
from rag.document_store import DocumentStore
from rag.evidence import Rarity
from rag.fitted_weights import fitted_weights
from rag.interfaces import Finding, RecordReading
from rag.question import Question
from rag.record_fields import AskedField, asked_field
from rag.scope import Scope, contains
from rag.sentences import sentences
from rag.stored_rows import passage_of, record_of
from rag.terms import folded, passage_terms, query_terms
from rag.variants import simplified

WEIGHTS = "record_reader.json"
SIGNS = (
    "bias",
    "record",       # share of the words that say which document, by rarity, that its record holds
    "passages",     # share that its record or its passages hold
    "margin",       # how much more of it than the next document's
    "first",        # whether the first passage found is one of its
    "numbered",     # whether the question holds its 文号
    "misnumbered",  # whether the question holds a 文号, and not its
    "text",         # share of the words that its whole text holds
    "missing",      # greatest rarity of a word that its whole text lacks, over the mean
    "figures",      # share of the question's figures that its whole text lacks
    "few",          # 1 / (1 + number of the words that say which document)
)  # fmt: skip
MOST = 8
"""Documents looked at."""
MEANT = 0.6
"""Share of the words that say which document that the title of one must hold which is only cited."""
OPENING = 400
"""Characters from a document's start that count as its record: a title that was not recognised stands there."""
_REPLY = re.compile("(?:提案|建议|议案).*(?:答复|复函|回复)|(?:答复|复函|回复).*(?:提案|建议|议案)", re.DOTALL)
_KEEPER = re.compile("提案委|办公[厅室]|政协.*委员会$|人大常委会|人民政府|联络|工作委员会")
"""Through whose hands proposals go: they are not the ones who made them."""
_YES = re.compile(r"(?:主动|同意|予以|公开发布|可以|全文)")
_NO = re.compile(r"不同意|不予|不宜|不得|不公开")
_ASKS_WHETHER = re.compile(
    r"[吗么][？?]?\s*$|是否|能否|可否|是不是|能不能|可不可以|公不公开|会不会|\b(?:is|are|was|can|may)\b"
)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A document that may be meant; ``signs`` are its values of ``SIGNS``."""

    document: Document
    signs: tuple[float, ...]
    sure: float


class RecordReader:
    """Reads the records of the documents in ``store`` but the ``hidden``; ``rarity`` is that of the index."""

    def __init__(
        self,
        *,
        store: DocumentStore,
        rarity: Rarity,
        hidden: Collection[str] = (),
        weights: Mapping[str, float] | None = None,
    ) -> None:
        self._store = store
        self._rarity = rarity
        self._hidden = hidden
        given = fitted_weights(WEIGHTS)["weights"] if weights is None else weights
        self._weights = [given.get(name, 0.0) for name in SIGNS]

    def read(self, question: Question, passages: Sequence[Passage], scope: Scope | None = None) -> RecordReading | None:
        """What the document that ``question`` means says of itself; ``None`` where it asks for no such thing.

        ``passages`` are those found for the question in ``scope``, best first.
        """
        asked = asked_field(question)
        found = self.candidates(question, asked, passages, scope) if asked is not None else []
        if asked is None or not found:
            return None
        best = found[0]
        if asked.name == "number" and (cited := self._cited(asked, found)) is not None:
            return cited
        spans = _stated(best.document, asked.name)
        if not spans:
            return RecordReading(passage=None, finding=None, document=best.document.id, sure=best.sure)
        passage, answers = _stating(best.document, spans)
        return RecordReading(
            passage=passage,
            finding=_finding(question, asked, best.document, passage, answers, best.sure),
            document=best.document.id,
            sure=best.sure,
        )

    def candidates(
        self, question: Question, asked: AskedField, passages: Sequence[Passage], scope: Scope | None = None
    ) -> list[Candidate]:
        """The documents that may be meant, the likeliest first."""
        numbered = self._numbered(question, scope)
        ids = list(dict.fromkeys([*numbered, *(passage.document.id for passage in passages)]))[:MOST]
        words = _Words(asked.rest, self._rarity)
        named = NUMBER.search(question.plain) is not None
        documents = [self._store.document(id) for id in ids]
        told = [_record_text(document) for document in documents]
        spoken = [" ".join(p.text for p in passages if p.document.id == id) for id in ids]
        shares = [(words.share(said), words.share(f"{said} {text}")) for said, text in zip(told, spoken, strict=True)]
        first = passages[0].document.id if passages else ""
        # 谁提的这份提案 names no document; where there is only one, it is that.
        alone = not named and len(ids) == 1 and self._count(scope) == 1
        found = []
        for n, document in enumerate(documents):
            others = max((sum(each) for m, each in enumerate(shares) if m != n), default=0.0)
            signs = (
                1.0,
                *shares[n],
                sum(shares[n]) - others,
                float(document.id == first),
                float(document.id in numbered),
                float(named and document.id not in numbered),
                *words.signs(f"{told[n]} {document.text}"),
                1 / (1 + len(words.rarities)),
            )
            logit = sum(weight * sign for weight, sign in zip(self._weights, signs, strict=True))
            sure = 1.0 if alone and not words.rarities else 1 / (1 + math.exp(-logit))
            found.append(Candidate(document=document, signs=signs, sure=sure))
        return sorted(found, key=lambda candidate: -candidate.sure)

    def _count(self, scope: Scope | None) -> int:
        """How many documents are asked."""
        return len(self._store.within(scope).documents) if scope else self._store.counts()[0] - len(self._hidden)

    def _cited(self, asked: AskedField, found: Sequence[Candidate]) -> RecordReading | None:
        """The number of a document that another one names with it, where its title has more of the question's words."""
        words = _Words(asked.rest, self._rarity)
        best: tuple[float, Document, Reference] | None = None
        for candidate in found:
            own = words.share(simplified(f"{candidate.document.title} {candidate.document.metadata.get('number', '')}"))
            for reference in references(candidate.document.text):
                share = words.share(simplified(reference.title or ""))
                if reference.number and share > max(own, best[0] if best else MEANT):
                    best = (share, candidate.document, reference)
        if best is None:
            return None
        share, document, reference = best
        passage, (place,) = _stating(document, ((reference.start, reference.end),))
        number = next(NUMBER.finditer(passage.text, *place), None)
        if number is None:
            return None
        sentence = next((s for s in sentences(passage.text) if s[0] <= number.start() < s[1]), place)
        start = number.end() - len(number[0].lstrip("（("))
        finding = Finding(
            passage=0, quote=sentence, answers=((start, number.end()),), kind="metadata", confidence=share
        )
        return RecordReading(passage=passage, finding=finding, document=document.id, sure=share)

    def _numbered(self, question: Question, scope: Scope | None) -> list[str]:
        """The documents of the scope whose own 文号 the question holds."""
        numbers = [canonical(match) for match in NUMBER.finditer(question.plain)]
        ids = [id for number in numbers for id in self._store.numbered(number) if id not in self._hidden]
        return [id for id in ids if not scope or contains(scope, record_of(self._store.document(id)))]


class _Words:
    """The words that say which document is meant, with their rarities."""

    def __init__(self, rest: str, rarity: Rarity) -> None:
        terms = list(dict.fromkeys(query_terms(rest)))
        self.rarities = dict(zip(terms, rarity(terms), strict=True))
        self._total = math.fsum(self.rarities.values()) or 1.0
        self._figures = [term for term in terms if len(term) > 1 and term.isdecimal()]

    def share(self, text: str) -> float:
        """Share of them, by rarity, that ``text`` holds."""
        held = self.rarities.keys() & set(passage_terms(text))
        return math.fsum(self.rarities[term] for term in held) / self._total  # exact, or all of them may be more than 1

    def signs(self, text: str) -> tuple[float, float, float]:
        """``SIGNS`` from ``text`` to ``figures``."""
        said = folded(simplified(text))
        lacking = {term: weight for term, weight in self.rarities.items() if term not in said}
        mean = self._total / max(1, len(self.rarities))
        return (
            1 - sum(lacking.values()) / self._total,
            min(2.0, max(lacking.values(), default=0.0) / mean),
            sum(figure in lacking for figure in self._figures) / max(1, len(self._figures)),
        )


def _record_text(document: Document) -> str:
    """What a document is called and what it says of itself, in simplified characters."""
    day = document.metadata.get("date", "")
    return simplified(" ".join((document.title, *document.metadata.values(), day[:4] + "年", document.text[:OPENING])))


def _stated(document: Document, field: str) -> Sequence[Span]:
    """Where ``document`` states ``field``; who made a proposal is whom the reply to it is addressed to."""
    if field != "proposer":
        return document.stated.get(field, ())
    spans = document.stated.get("addressee", ())
    replies = "proposal" in document.stated or _REPLY.search(document.title)
    offices = any(_KEEPER.search(document.text[start:end]) for start, end in spans)
    return spans if replies and not offices else ()


def _stating(document: Document, spans: Sequence[Span]) -> tuple[Passage, tuple[Span, ...]]:
    """The paragraphs that hold ``spans``, in one piece, and the spans in them."""
    first = next(n for n, p in enumerate(document.paragraphs) if p.end >= spans[0][1])
    last = next(n for n, p in enumerate(document.paragraphs) if p.end >= spans[-1][1])
    passage = passage_of(document, first, last)
    start = passage.start
    return passage, tuple((a - start, b - start) for a, b in spans)


def _finding(
    question: Question, asked: AskedField, document: Document, passage: Passage, answers: tuple[Span, ...], sure: float
) -> Finding:
    """The answer as it is shown: the words as they stand, a title in one line, 是 or 否 where that is asked."""
    words = [passage.text[start:end] for start, end in answers]
    shown, kind = "", "metadata"
    if asked.name == "title":
        shown = document.title
    elif len(words) > 1:
        shown = ("；" if asked.name == "attachments" else "、" if asked.name == "issuer" else "").join(words)
    elif asked.name == "openness" and _ASKS_WHETHER.search(question.plain):
        yes, no = ("yes", "no") if question.text.isascii() else ("是", "否")
        shown = no if _NO.search(words[0]) else yes if _YES.search(words[0]) else ""
        kind = "boolean" if shown else kind
    return Finding(passage=0, quote=(0, len(passage.text)), answers=answers, kind=kind, confidence=sure, text=shown)
