"""One opened index: everything that the command line and the web page ask for goes through here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answer import Answer, Document, DocumentRecord, Passage
from rag.errors import CorpusError

Progress = Callable[[int, int, str], None]
"""Called with (files done, files in all, the path being read now)."""


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A file that was not indexed, and why."""

    path: str
    error: CorpusError


@dataclass(frozen=True, kw_only=True)
class IndexReport:
    """What one run of indexing did. Counts are documents; ``seconds`` is wall-clock time."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: tuple[Failure, ...] = ()
    paragraphs: int = 0
    seconds: float = 0.0


class Library:
    """An index folder with its encoder and reader, safe to share between threads.

    Another process may change the index at any time; each call sees the newest finished state.
    """

    @property
    def read_only(self) -> bool:
        """Whether these are the bundled samples."""
        raise NotImplementedError

    @property
    def folder(self) -> str:
        """The index folder."""
        raise NotImplementedError

    def ask(self, question: str, history: Sequence[str] = (), *, top_k: int | None = None) -> Answer:
        """Answer ``question``; ``history`` holds the questions asked before it, oldest first."""
        raise NotImplementedError

    def search(self, question: str, *, top_k: int | None = None) -> tuple[Passage, ...]:
        """The passages for ``question``, best first, without reading them."""
        raise NotImplementedError

    def add(self, paths: Sequence[str], *, prune: bool = False, progress: Progress | None = None) -> IndexReport:
        """Index files and folders. Unchanged files cost nothing; with ``prune`` documents whose file is gone are dropped.

        Raises:
            NoSuchPath: One of ``paths`` does not exist; nothing was changed.
            IndexBusy: Another process is writing.
            ReadOnlyIndex: These are the samples.
        """
        raise NotImplementedError

    def remove(self, ids: Sequence[str]) -> int:
        """Remove documents (by id or a unique beginning of it); returns how many.

        Raises:
            UnknownDocument: One of ``ids`` names none; nothing was changed.
        """
        raise NotImplementedError

    def documents(self) -> tuple[DocumentRecord, ...]:
        """All documents, ordered by path."""
        raise NotImplementedError

    def document(self, id: str) -> Document:
        """A whole document with its cleaned text and paragraphs, by id or a unique beginning of it.

        Raises:
            UnknownDocument: ``id`` names none.
        """
        raise NotImplementedError
