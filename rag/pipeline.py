"""From a question to an answer: the one place where the order of things is written down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from rag.answer import Answer, Passage, Timing
from rag.citations import cite
from rag.interfaces import Finding, Reader, Retriever
from rag.question import Question, understand

NEAREST = 3


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """What came of one way to understand a question."""

    asked: str
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]
    retrieve_ms: float
    read_ms: float

    @property
    def confidence(self) -> float:
        return self.findings[0].confidence if self.findings else 0.0


@dataclass(frozen=True, kw_only=True)
class Pipeline:
    """A retriever, a reader, and the confidence under which silence is the better answer."""

    retriever: Retriever
    reader: Reader
    top_k: int
    threshold: float

    def ask(self, question: str, history: Sequence[str] = (), *, top_k: int | None = None) -> Answer:
        """Answer ``question``, a follow-up to the questions in ``history`` (oldest first) where it reads like one."""
        started = perf_counter()
        ways = [way for way in understand(question, history) if way.terms]
        if not ways:
            return Answer(question=question, asked=question, reason="empty_question")
        read = max((self._read(way, top_k or self.top_k) for way in ways), key=lambda read: read.confidence)
        answer = self._answer(read.findings, read.passages, Answer(question=question, asked=read.asked))
        total = 1000 * (perf_counter() - started)
        return replace(answer, timing_ms=Timing(retrieve=read.retrieve_ms, read=read.read_ms, total=total))

    def _read(self, asked: Question, k: int) -> "_Reading":
        """Retrieve for one way to understand the question, and read."""
        started = perf_counter()
        passages = self.retriever.retrieve(asked, k)
        retrieved = perf_counter()
        findings = self.reader.read(asked, passages)
        return _Reading(
            asked=asked.text,
            passages=passages,
            findings=findings,
            retrieve_ms=1000 * (retrieved - started),
            read_ms=1000 * (perf_counter() - retrieved),
        )

    def _answer(self, findings: Sequence[Finding], passages: Sequence[Passage], answer: Answer) -> Answer:
        """Fill ``answer`` with the best finding, or with the reason why there is none."""
        if not passages:
            return replace(answer, reason="nothing_found")
        if not findings or findings[0].confidence < self.threshold:
            confidence = findings[0].confidence if findings else 0.0
            return replace(answer, reason="not_stated", confidence=confidence, nearest=tuple(passages[:NEAREST]))
        best = findings[0]
        citations = cite(findings, passages, self.threshold)
        items = tuple(passages[best.passage].text[start:end] for start, end in best.answers)
        return replace(
            answer,
            answer=best.text or "、".join(items),
            kind=best.kind,
            items=items if best.kind == "list" else (),
            confidence=best.confidence,
            citations=citations,
        )
