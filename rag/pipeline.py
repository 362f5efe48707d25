"""From a question to an answer: the one place where the order of things is written down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from rag.answer import Answer, Passage, Timing
from rag.citations import cite
from rag.interfaces import Finding, Reader, Retriever
from rag.question import understand

NEAREST = 3


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
        asked = understand(question, history)
        if not asked.terms:
            return Answer(question=question, asked=asked.text, reason="empty_question")
        passages = self.retriever.retrieve(asked, top_k or self.top_k)
        retrieved = perf_counter()
        findings = self.reader.read(asked, passages)
        answer = self._answer(findings, passages, Answer(question=question, asked=asked.text))
        finished = perf_counter()
        timing = Timing(
            retrieve=1000 * (retrieved - started), read=1000 * (finished - retrieved), total=1000 * (finished - started)
        )
        return replace(answer, timing_ms=timing)

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
