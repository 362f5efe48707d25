"""A question of the conversation, its answer, and what a click on one of its sources names."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.answer import Answer, Citation, Passage
from rag.progress import Step
from rag.scope import Scope
from ui import render
from ui.source_places import Source, opened


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One question, and the answer once there is one; ``error`` is why there never will be. ``key`` names it.

    ``scope`` is what it is asked of, and ``within`` the same in words, where that is not everything; ``step`` is how
    far its answer is.
    """

    question: str
    scope: Scope | None = None
    within: tuple[str, ...] = ()
    answer: Answer | None = None
    error: str | None = None
    step: Step | None = None
    key: str = field(default_factory=lambda: secrets.token_hex(8))


def sources(answer: Answer) -> tuple[Citation | Passage, ...]:
    """What is shown under an answer, in order: its citations, or for a refusal the nearest passages."""
    return answer.citations if answer.answered else answer.nearest[: render.NEAREST_SHOWN]


def source_at(exchanges: Sequence[Exchange], turn: object, source: object, copy: object = None) -> Source | None:
    """The source that a click names by two numbers, or its copy with a third; ``None`` for whatever does not exist."""
    if not isinstance(turn, int) or not isinstance(source, int) or not 0 <= turn < len(exchanges):
        return None
    answer = exchanges[turn].answer
    shown = sources(answer) if answer else ()
    if not 0 <= source < len(shown):
        return None
    if copy is not None and (not isinstance(copy, int) or not 0 <= copy < len(shown[source].copies)):
        return None
    return opened(shown, source, copy)
