"""What every browser tab shares: the open library, the uploads, the step from the samples to an index of one's own."""

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from rag.answer import Answer, Document, DocumentRecord, Span
from rag.errors import IndexUnusable, ReadOnlyIndex, UnknownDocument
from rag.library import Failure, IndexReport, Library
from rag.members import addable
from rag.scope import Scope
from rag.settings import Settings
from ui.chat import AS_SET, REMEMBERED, Conversation, Ways
from ui.page_collected import Collected
from ui.page_jobs import Jobs, Outcome, Tell
from ui.page_jobs import Step as Step
from ui.page_journal import Change, Journal
from ui.page_uploads import Upload, UploadFolder
from ui.presence import is_gone, is_there

LONGEST_QUESTION = 2000
"""Characters; nobody types more, and every endpoint of a web page can be called by a program."""
T = TypeVar("T")
_PAGES = re.compile(r" \(p\. \d+ of \d+\)$")
"""What progress says behind the path of a file that is read page by page."""


@dataclass(frozen=True, kw_only=True)
class Refreshed:
    """What looking at all files again came to; the files of ``gone`` are there no longer."""

    report: IndexReport
    gone: tuple[DocumentRecord, ...]


class Desk:
    """The state of the program behind the page, shared between tabs and threads."""

    def __init__(self, library: Library, settings: Settings, open_for_writing: Callable[[Settings], Library]) -> None:
        self._library = library
        self._earlier: Library | None = None
        self._settings = settings
        self._open_for_writing = open_for_writing
        self.jobs = Jobs()
        self.journal = Journal()
        self.uploads = UploadFolder(settings.home / "uploads")
        self._kept = os.path.realpath(self.uploads.root)
        self._known: tuple[object, tuple[DocumentRecord, ...]] = (None, ())
        self._collected: tuple[object, Collected] = (None, Collected())

    @property
    def library(self) -> Library:
        """The library that is open now."""
        return self._library

    @property
    def read_only(self) -> bool:
        """Whether the bundled samples are open."""
        return self._library.read_only

    def ask(self, question: str, history: Sequence[str], scope: Scope | None = None, ways: Ways = AS_SET) -> Answer:
        """The answer to ``question`` after the questions in ``history``, from the documents in ``scope``.

        Raises:
            NotInIndex: ``scope`` names what no document is called.
        """
        conversation = Conversation(history=tuple(history)[-REMEMBERED:], scope=scope, ways=ways)
        return conversation.ask(self._library, question[:LONGEST_QUESTION])[0]

    def documents(self) -> tuple[DocumentRecord, ...]:
        """All documents of the open library."""
        library = self._library
        state = (id(library), library.state)
        if self._known[0] != state:  # of thousands it takes a tenth of a second, and every click asks for them
            self._known = state, library.documents()
        return self._known[1]

    def collected(self) -> Collected:
        """What is in which collection.

        Raises:
            CollectionsDamaged: The file that says so cannot be understood.
        """
        records, kept = self.documents(), self._library.collections
        state = (self._known[0], kept.stamp)
        if self._collected[0] != state:
            self._collected = state, Collected.of(kept.all(), records)
        return self._collected[1]

    def document(self, id: str) -> Document:
        """A document of the open library, or of the one that was open when the answer was given.

        Raises:
            UnknownDocument: It has been removed since.
        """
        try:
            return self._library.document(id)
        except UnknownDocument:
            if self._earlier is None:
                raise
            return self._earlier.document(id)

    def links(self, document: Document) -> dict[Span, str]:
        """Where ``document`` names others of the open library, each with its id."""
        return {(named.start, named.end): id for named, id in self._library.references(document) if id is not None}

    def indexed(self) -> dict[str, datetime]:
        """Id of a document -> when it came into the index, where that is known."""
        return self._library.indexed()

    def own(self) -> tuple[Path, ...]:
        """The folders that this program writes to itself."""
        return (self._settings.home, self._settings.index, Path(self._library.folder))

    def add(self, uploads: Sequence[Upload], collection: str = "") -> Iterator[Step | IndexReport]:
        """Keep and index ``uploads``: a step before each file, the report last; its paths are the users' file names.

        What gets in goes into the ``collection``, where one is named.

        Raises:
            RagError: The index cannot be written; the collection is gone.
            OSError: The uploads folder cannot.
        """
        return _steps(self.jobs.run(lambda tell: self._keep(tuple(uploads), collection, tell)))

    def add_path(self, path: Path, collection: str = "") -> Iterator[Step | IndexReport]:
        """Index a file or folder where it lies; the report names the files as seen from beside it.

        It goes into the ``collection``, where one is named, a folder with what comes into it later.

        Raises:
            RagError: The index cannot be written, or ``path`` is not there; the collection is gone.
        """
        return _steps(self.jobs.run(lambda tell: self._add_path(path, collection, tell)))

    def refresh(self) -> Iterator[Step | Refreshed]:
        """Read again what has changed of the files in the index, and find those that are gone.

        Raises:
            ReadOnlyIndex: The samples are open.
            RagError: The index cannot be written.
        """
        return _steps(self.jobs.run(self._refresh))

    def sync(
        self, paths: Sequence[str], gone: Callable[[str], bool], name: Callable[[str], str], tell: Tell
    ) -> IndexReport:
        """Index the files ``paths`` and drop the documents whose path is ``gone``; in the thread of the jobs.

        What came of it is for the caller to write down.
        """
        report = self._bring(paths, name, tell) if paths else IndexReport()
        lost = () if self.read_only else [each for each in self.documents() if gone(each.path)]
        if lost:
            self._drop(lost)
        return replace(report, removed=report.removed + len(lost))

    def remove(self, id: str) -> DocumentRecord:
        """Take a document out of the index, and its copy out of the uploads; other files of the user's stay.

        Raises:
            UnknownDocument: ``id`` is not the whole id of a document.
            ReadOnlyIndex: The samples are open.
            IndexBusy: Another process is writing.
        """
        return self.remove_all([id])[0]

    def remove_all(self, ids: Collection[str]) -> tuple[DocumentRecord, ...]:
        """Take those of the documents ``ids`` out that are still there. Raises what :meth:`remove` does, for none."""
        return self.jobs.wait(lambda _: self._remove(lambda record: record.id in ids, next(iter(ids), "")))

    def remove_gone(self) -> tuple[DocumentRecord, ...]:
        """Take the documents out whose file is gone. Raises what :meth:`remove` does, for none."""
        return self.jobs.wait(lambda _: self._remove(lambda record: is_gone(record.path), ""))

    def _remove(self, wanted: Callable[[DocumentRecord], bool], id: str) -> tuple[DocumentRecord, ...]:
        if self.read_only:
            raise ReadOnlyIndex
        records = tuple(record for record in self.documents() if wanted(record))
        if not records:
            raise UnknownDocument(id=id)
        self._drop(records)
        self.journal.write(Change(dropped=len(records)))
        return records

    def _drop(self, records: Sequence[DocumentRecord]) -> None:
        self._library.remove([record.id for record in records])
        for record in records:
            self.uploads.discard(record.path)

    def _add_path(self, path: Path, collection: str, tell: Tell) -> IndexReport:
        try:
            return self._noted(self._bring([str(path)], _beside(path), tell))
        finally:
            self._collect([str(path)], collection)

    def _keep(self, uploads: Sequence[Upload], collection: str, tell: Tell) -> IndexReport:
        kept = [str(self.uploads.keep(upload.path, upload.name)) for upload in uploads]
        names = {path: upload.name for path, upload in zip(kept, uploads, strict=True)}
        try:
            return self._noted(self._bring(list(names), lambda path: names.get(path, Path(path).name), tell))
        finally:
            self._tidy(names)
            self._collect(names, collection)

    def _refresh(self, tell: Tell) -> Refreshed:
        if self.read_only:
            raise ReadOnlyIndex
        records = self.documents()
        here = [each.path for each in records if is_there(each.path)]
        report = self._noted(self._bring(here, self.shown_path, tell)) if here else IndexReport()
        return Refreshed(report=report, gone=tuple(each for each in self.documents() if is_gone(each.path)))

    def shown_path(self, path: str) -> str:
        """How the page names a file: of our copies and of the samples the name alone."""
        return os.path.basename(path) if self.read_only or self.kept(path) else path  # noqa: PTH119 - of thousands

    def kept(self, path: str) -> bool:
        """Whether this path of the index is one of our copies."""
        return os.path.dirname(path) == self._kept  # noqa: PTH120

    def _bring(self, paths: Sequence[str], name: Callable[[str], str], tell: Tell) -> IndexReport:
        """Index ``paths``; from the first file that gets in, the user's own index is open in the samples' place."""

        def progress(done: int, total: int, path: str) -> None:
            tell(Step(done=done, total=total, name=path and name(_PAGES.sub("", path))))

        target = self._open_for_writing(self._settings) if self._library.read_only else self._library
        try:
            report = target.add(paths, progress=progress)
        finally:  # what is interrupted may have got some way
            if target is not self._library and _documents(target):
                self._library, self._earlier = target, self._library
        return replace(report, failed=tuple(_as_named(failure, name) for failure in report.failed))

    def _noted(self, report: IndexReport) -> IndexReport:
        self.journal.write(Change.of(report))
        return report

    def _collect(self, paths: Iterable[str], collection: str) -> None:
        """Put what of ``paths`` has got into the index into the collection, also of what was interrupted."""
        if collection and not self.read_only:
            known = {record.path for record in _documents(self._library)}
            self._library.collections.put(collection, addable(paths, known))

    def _tidy(self, paths: Iterable[str]) -> None:
        """Keep no copy of a file that did not get into the index."""
        known = {record.path for record in _documents(self._library)}
        for path in paths:
            if path not in known:
                self.uploads.discard(path)


def _documents(library: Library) -> tuple[DocumentRecord, ...]:
    try:
        return library.documents()
    except IndexUnusable:
        return ()


def _steps(steps: Iterator[Step | Outcome[T]]) -> Iterator[Step | T]:
    for step in steps:
        yield step.value if isinstance(step, Outcome) else step


def _beside(path: Path) -> Callable[[str], str]:
    """Names of files in ``path`` as seen from the folder in which that lies."""
    return lambda file: str(Path(file).relative_to(path.parent)) if Path(file).is_relative_to(path.parent) else file


def _as_named(failure: Failure, name: Callable[[str], str]) -> Failure:
    """The same failure of the file as its user calls it; where our copy lies, or what a link leads to, is not told."""
    named = name(failure.path)
    facts = {key: value for key, value in failure.error.facts.items() if key != "path"}
    if "target" in facts:
        facts["target"] = "…"
    return Failure(path=named, error=type(failure.error)(named, **facts))
