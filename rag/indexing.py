"""From paths to a published index: what is new is read and embedded; what is unchanged costs a look at its bytes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from corpus.document import Document, content_hash
from corpus.errors import CorpusError
from corpus.ingest import ingest_bytes, read_bytes
from corpus.page_progress import PageProgress, pages_told_to
from corpus.walk import find_files
from rag.errors import NoSuchPath
from rag.index_store import IndexWriter
from rag.unit_vectors import unit_vectors
from rag.units import units

Progress = Callable[[int, int, str], None]
"""Called with (files done, files in all, the path being read now)."""


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A file that was not indexed, and why."""

    path: str
    error: CorpusError


@dataclass(frozen=True, kw_only=True)
class IndexReport:
    """What one run of indexing did. Counts are documents; ``seconds`` is wall-clock time.

    ``vanished`` counts documents that are still in the index although their file is gone.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    vanished: int = 0
    failed: tuple[Failure, ...] = ()
    paragraphs: int = 0
    seconds: float = 0.0


BATCH = 4096
"""Paragraphs that are embedded together."""


def index_paths(
    writer_of: Callable[[], IndexWriter],
    paths: Sequence[str],
    *,
    max_bytes: int,
    prune: bool = False,
    progress: Progress | None = None,
) -> IndexReport:
    """Bring the index up to date with ``paths`` and publish it, unless nothing has changed.

    An interruption publishes what is done so far and passes on, so that the next run goes on from there; one that
    comes while a document is being written leaves the old index, since half a document is worse than none.
    A file that can no longer be read keeps what the index has of it, and is reported.

    Raises:
        NoSuchPath: One of ``paths`` does not exist; nothing was changed.
        IndexBusy: Another process is writing.
    """
    started = perf_counter()
    for path in paths:
        if not Path(path).exists():
            raise NoSuchPath(path=path)
    # As the walk does: a document is known by its real path, whatever link or ".." the user came by.
    roots = [Path(path).resolve() for path in paths]
    walk = find_files(roots, max_bytes=max_bytes)
    with writer_of() as writer:
        run = _Run(writer, max_bytes)
        run.failed = [Failure(path=error.path, error=error) for error in walk.skipped]
        try:
            run.update(walk.files, progress)
            run.vanish(set(map(str, walk.files)), roots, prune=prune)
        finally:
            if run.whole and (run.changed or writer.first):
                writer.publish()
        return replace(run.report, failed=tuple(run.failed), seconds=perf_counter() - started)


class _Run:
    """One run of indexing over an open writer."""

    def __init__(self, writer: IndexWriter, max_bytes: int) -> None:
        self._writer = writer
        self._max_bytes = max_bytes
        self._known = writer.documents.hashes()
        self.failed: list[Failure] = []
        self.report = IndexReport()
        self.whole = True
        """Whether the writer stands between two documents: all of one or nothing of it."""

    @property
    def changed(self) -> bool:
        """Whether anything is to be published."""
        return bool(self.report.added or self.report.updated or self.report.removed)

    def update(self, files: Sequence[Path], progress: Progress | None) -> None:
        """Read what is new or changed among ``files`` and add it, batch by batch."""
        fresh = self._fresh(files, progress)
        while batch := _batch(fresh):
            self._add(batch)
        if progress:
            progress(len(files), len(files), "")

    def _fresh(self, files: Sequence[Path], progress: Progress | None) -> Iterator[Document]:
        for done, path in enumerate(files):
            if progress:
                progress(done, len(files), str(path))
            try:
                data = read_bytes(path, max_bytes=self._max_bytes)
                known = self._known.get(str(path))
                if known and known[1] == content_hash(data):
                    self.report = replace(self.report, unchanged=self.report.unchanged + 1)
                    continue
                with pages_told_to(_of_pages(progress, done, len(files), path)):
                    document = ingest_bytes(path, data)
                yield document
            except CorpusError as error:
                self.failed.append(Failure(path=str(path), error=error))

    def _add(self, batch: Sequence[Document]) -> None:
        searched = [units(document) for document in batch]
        vectors = unit_vectors(self._writer.encoder, [unit for found in searched for unit in found])
        first = 0
        for document, found in zip(batch, searched, strict=True):
            known = self._known.pop(document.path, None)
            self.whole = False
            if known:
                self._writer.remove(known[0])
            self._writer.add(document, vectors[first : first + len(found)])
            self.whole = True
            first += len(found)
            self.report = replace(
                self.report,
                added=self.report.added + (not known),
                updated=self.report.updated + bool(known),
                paragraphs=self.report.paragraphs + len(document.paragraphs),
            )

    def vanish(self, found: set[str], roots: Sequence[Path], *, prune: bool) -> None:
        """Count, and with ``prune`` remove, documents under ``roots`` whose file is no longer there."""
        for path, (id, _) in self._known.items():
            if path in found or not any(Path(path).is_relative_to(root) for root in roots) or Path(path).exists():
                continue
            if prune:
                self.whole = False
                self._writer.remove(id)
                self.whole = True
                self.report = replace(self.report, removed=self.report.removed + 1)
            else:
                self.report = replace(self.report, vanished=self.report.vanished + 1)


def _of_pages(progress: Progress | None, done: int, total: int, path: Path) -> PageProgress:
    """Tells ``progress`` the page beside the path."""

    def tell(page: int, pages: int) -> None:
        if progress:
            progress(done, total, f"{path} (p. {page + 1} of {pages})")

    return tell


def _batch(documents: Iterator[Document]) -> list[Document]:
    """The next documents, with at least ``BATCH`` paragraphs together unless they run out."""
    batch: list[Document] = []
    count = 0
    for document in documents:
        batch.append(document)
        count += len(document.paragraphs)
        if count >= BATCH:
            break
    return batch
