"""What is being done for a question, told to whoever waits for its answer, who may also have it stopped.

    with watched(tell):
        library.ask(question)       # tell(Step(stage="searching")), tell(Step(stage="reading", done=3, total=8)), …

What ``tell`` raises ends the work and comes out of ``ask``. Each thread watches its own work.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True)
class Step:
    """``done`` of ``total`` pieces of the text are read; a search, or loading the reader, has none."""

    stage: Literal["loading", "searching", "reading"]
    done: int = 0
    total: int = 0


Tell = Callable[[Step], None]
_watcher: ContextVar[Tell | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(tell: Tell) -> Iterator[None]:
    """Tell ``tell`` what is done inside."""
    token = _watcher.set(tell)
    try:
        yield
    finally:
        _watcher.reset(token)


def loading() -> None:
    """The reader is being loaded, which can take seconds."""
    _say(Step(stage="loading"))


def searching() -> None:
    """The search begins."""
    _say(Step(stage="searching"))


def reading(read: Iterable[Item], total: int) -> Iterator[Item]:
    """The items of ``read`` as they come, ``total`` in all."""
    _say(Step(stage="reading", total=total))
    for done, item in enumerate(read, start=1):
        _say(Step(stage="reading", done=done, total=total))
        yield item


def _say(step: Step) -> None:
    tell = _watcher.get()
    if tell is not None:
        tell(step)
