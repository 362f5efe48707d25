"""What a question is taken to mean, and what came of it."""

from dataclasses import dataclass

from rag.answer import Passage
from rag.interfaces import Finding
from rag.question import Question
from rag.scope import Scope


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way to understand a question.

    Attributes:
        asked: The question, completed where it was a follow-up.
        question: What of it is searched for and read.
        scope: The documents that it is asked of.
        missing: Whether it names a document that there is not.
        typed: The question as it was typed, where that may be all of it.
    """

    asked: str
    question: Question
    scope: Scope | None
    missing: bool = False
    typed: Question | None = None


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What came of one way to understand a question.

    Attributes:
        way: How it was understood.
        retrieved: The passages as the findings number them.
        passages: The same in the reader's order.
        findings: What answers it, the best first; the members of a list in order.
        whole: Whether the findings are the members of one list.
    """

    way: Way
    retrieved: tuple[Passage, ...]
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]
    whole: bool = False

    @property
    def confidence(self) -> float:
        """That of the best finding."""
        return self.findings[0].confidence if self.findings else 0.0
