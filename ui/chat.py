"""A conversation without any toolkit: the questions so far and one more -> an answer and what to say beside it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rag.answer import Answer
from rag.scope import Scope
from ui.catalog import RENDER
from ui.language import Language, say

if TYPE_CHECKING:
    from rag.library import Library

REMEMBERED = 8
"""Earlier questions that can still matter to a follow-up."""


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How questions are answered, where not as set.

    ``top_k`` passages are read, by the ``reader`` of that name; under the confidence ``threshold`` there is no answer.
    """

    top_k: int | None = None
    threshold: float | None = None
    reader: str | None = None


AS_SET = Ways()


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """The questions asked so far, oldest first, what all of them are asked of, and how they are answered.

    Asking gives a new conversation and leaves this one as it is.
    """

    history: tuple[str, ...] = ()
    scope: Scope | None = None
    ways: Ways = AS_SET

    def ask(self, library: "Library", question: str) -> tuple[Answer, "Conversation"]:
        """The answer to ``question``, and the conversation that remembers it."""
        question = question.strip()
        ways = self.ways
        answer = library.ask(
            question,
            self.history,
            top_k=ways.top_k,
            threshold=ways.threshold,
            scope=self.scope,
            reader=ways.reader,
        )
        if not question:
            return answer, self
        return answer, replace(self, history=(*self.history, question)[-REMEMBERED:])

    def afresh(self) -> "Conversation":
        """A conversation about the same documents in which nothing has been asked."""
        return replace(self, history=())


def understood(answer: Answer, language: Language) -> str | None:
    """How a follow-up was completed before it was searched for; ``None`` where it was taken as it stood."""
    if not answer.asked or answer.asked.strip() == answer.question.strip():
        return None
    return say(RENDER, language, "understood", asked=answer.asked)
