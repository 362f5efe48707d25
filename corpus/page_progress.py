"""Tells whoever waits how far a loader is in a file that takes long: pages read, pages in all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

PageProgress = Callable[[int, int], None]
_LISTENER: ContextVar[PageProgress | None] = ContextVar("page_progress", default=None)


@contextmanager
def pages_told_to(listener: PageProgress) -> Iterator[None]:
    """Have ``listener`` called with (pages done, pages in all) while files are read inside."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def tell_page(done: int, total: int) -> None:
    """Say that ``done`` of ``total`` pages are read; nobody may be listening."""
    if (listener := _LISTENER.get()) is not None:
        listener(done, total)
