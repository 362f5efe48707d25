"""Answers that are a list which a document spells out: 一是…二是…, （一）…（二）…, the headings below a heading.

The series of the documents that were found are weighed against one another and against that none of them answers
(``rag.series_evidence``), by a multinomial logistic regression fitted in ``rag.training.series_weights``.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.document import Document
from corpus.series import Series, series
from embeddings.encoder import Encoder
from rag.answer import Passage
from rag.document_store import DocumentStore
from rag.evidence import Evidence, Features, Rarity
from rag.fitted_weights import fitted_weights
from rag.interfaces import Finding, ListReading
from rag.question import Question
from rag.series_evidence import SIGNS, signs
from rag.stored_rows import passage_of

WEIGHTS = "series_reader.json"
KINDS = ("list", "other", "method", "definition", "reason")
"""Kinds of question that may want such a list: 有什么要求 is told as 要求 wanted, and names no kind."""
COUNTS = re.compile(r"哪[一二两三四五六七八九十几0-9]+(?:大|个|项|条|点|类|种|方)|几(?:个方面|条|项|点)要?求?")
"""Asks for as many things, whatever else it seems to ask for."""
SURE, SURER = 0.3, 0.5
"""Probability from which on a list is given to a question that asks for one, and to one that may."""
MOST_SURE = 0.95
"""No list is surer: of the surest on documents kept apart so many are right."""
DOCUMENTS = 3
FEW = 60
"""Series of a document up to which all are weighed; of more only those with a paragraph that was found."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A series of ``document``."""

    document: Document
    series: Series


class SeriesReader:
    """Reads the documents in ``store`` but the ``hidden``; ``rarity`` is that of the index."""

    def __init__(
        self,
        *,
        store: DocumentStore,
        encoder: Encoder,
        rarity: Rarity,
        hidden: Collection[str] = (),
        weights: Mapping[str, float] | None = None,
    ) -> None:
        given = fitted_weights(WEIGHTS)["weights"] if weights is None else weights
        self._weights = np.asarray([given.get(name, 0.0) for name in SIGNS], np.float32)
        self._store = store
        self._encoder = encoder
        self._rarity = rarity
        self._hidden = hidden

    def read(self, question: Question, passages: Sequence[Passage]) -> ListReading | None:
        """The list that answers ``question``; ``None`` where it asks for none, or none is likely enough the one."""
        counts = COUNTS.search(question.plain) is not None
        if question.kind not in KINDS and not counts:
            return None
        found, rows = self.candidates(question, passages)
        scores = rows @ self._weights
        shift = max(0.0, float(scores.max(initial=0.0)))
        shares = np.exp(scores - shift) / (np.exp(scores - shift).sum() + np.exp(-shift))
        best = int(np.argmax(shares)) if found else 0
        if not found or shares[best] < (SURE if counts or question.kind == "list" else SURER):
            return None
        return _reading(found[best], min(MOST_SURE, float(shares[best])))

    def candidates(self, question: Question, passages: Sequence[Passage]) -> tuple[list[Candidate], Features]:
        """The series that may be meant, and a row of ``SIGNS`` for each; ``passages`` are best first."""
        evidence = Evidence(question, self._rarity)
        found: list[Candidate] = []
        rows = [np.zeros((0, len(SIGNS)), np.float32)]
        ids = dict.fromkeys(passage.document.id for passage in passages)
        for id in [id for id in ids if id not in self._hidden][:DOCUMENTS]:
            document = self._store.document(id)
            reached = {passage.paragraph for passage in passages if passage.document.id == id}
            chosen = _near(document, series(document), reached)
            found += [Candidate(document=document, series=each) for each in chosen]
            rows.append(signs(question, evidence, self._encoder, document, chosen, passages))
        return found, np.concatenate(rows)


def _near(document: Document, found: Sequence[Series], reached: Collection[int]) -> list[Series]:
    if len(found) < FEW:
        return list(found)
    spans = [(document.paragraphs[n].start, document.paragraphs[n].end) for n in reached]
    return [
        each
        for each in found
        if any(member.paragraph in reached for member in each.members)
        or any(start <= each.lead[0] <= end for start, end in spans)
    ]


def _reading(candidate: Candidate, sure: float) -> ListReading:
    """The members as findings, each in a passage of its own."""
    passages: list[Passage] = []
    findings: list[Finding] = []
    for member in candidate.series.members:
        passage = passage_of(candidate.document, member.paragraph)
        start, end = (max(0, at - passage.start) for at in member.words)
        quote = (max(0, member.quote[0] - passage.start), member.quote[1] - passage.start)
        findings.append(
            Finding(passage=len(passages), quote=quote, answers=((start, end),), kind="list", confidence=sure)
        )
        passages.append(passage)
    return ListReading(passages=tuple(passages), findings=tuple(findings), sure=sure)
