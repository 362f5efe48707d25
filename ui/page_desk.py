"""What every browser tab shares: the open library, the uploads, the step from the samples to an index of one's own."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue

from rag.answer import Answer, Document, DocumentRecord, Span
from rag.errors import IndexUnusable, ReadOnlyIndex, UnknownDocument
from rag.library import Failure, IndexReport, Library
from rag.scope import Scope
from rag.settings import Settings
from ui.chat import REMEMBERED, Conversation
from ui.page_uploads import Upload, UploadFolder

LONGEST_QUESTION = 2000
"""Characters; nobody types more, and every endpoint of a web page can be called by a program."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """``done`` of ``total`` files are read; ``name`` is next."""

    done: int
    total: int
    name: str


class Desk:
    """The state of the program behind the page, shared between tabs and threads."""

    def __init__(self, library: Library, settings: Settings, open_for_writing: Callable[[Settings], Library]) -> None:
        self._library = library
        self._earlier: Library | None = None
        self._settings = settings
        self._open_for_writing = open_for_writing
        self._changing = threading.Lock()
        self._workers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="wenju-index")
        self.uploads = UploadFolder(settings.home / "uploads")

    @property
    def library(self) -> Library:
        """The library that is open now."""
        return self._library

    @property
    def read_only(self) -> bool:
        """Whether the bundled samples are open."""
        return self._library.read_only

    def ask(self, question: str, history: Sequence[str], scope: Scope | None = None) -> Answer:
        """The answer to ``question`` after the questions in ``history``, from the documents in ``scope``.

        Raises:
            NotInIndex: ``scope`` names what no document is called.
        """
        conversation = Conversation(history=tuple(history)[-REMEMBERED:], scope=scope)
        return conversation.ask(self._library, question[:LONGEST_QUESTION])[0]

    def documents(self) -> tuple[DocumentRecord, ...]:
        """All documents of the open library."""
        return self._library.documents()

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

    def add(self, uploads: Sequence[Upload]) -> Iterator[Step | IndexReport]:
        """Keep and index ``uploads``: a step before each file, the report last; its paths are the users' file names.

        Raises:
            RagError: The index cannot be written.
            OSError: The uploads folder cannot.
        """
        steps: SimpleQueue[Step | None] = SimpleQueue()
        # In a thread of its own: a tab that is closed half-way must not stop a write half-way.
        job: Future[IndexReport] = self._workers.submit(self._index, tuple(uploads), steps.put)
        job.add_done_callback(lambda _: steps.put(None))
        while (step := steps.get()) is not None:
            yield step
        yield job.result()

    def remove(self, id: str) -> DocumentRecord:
        """Take a document out of the index, and its copy out of the uploads; other files of the user's stay.

        Raises:
            UnknownDocument: ``id`` is not the whole id of a document.
            ReadOnlyIndex: The samples are open.
            IndexBusy: Another process is writing.
        """
        if self.read_only:
            raise ReadOnlyIndex
        with self._changing:
            record = next((each for each in self.documents() if each.id == id), None)
            if record is None:
                raise UnknownDocument(id=id)
            self._library.remove([record.id])
            self.uploads.discard(record.path)
        return record

    def _index(self, uploads: Sequence[Upload], tell: Callable[[Step], None]) -> IndexReport:
        with self._changing:
            kept = [str(self.uploads.keep(upload.path, upload.name)) for upload in uploads]
            names = {path: upload.name for path, upload in zip(kept, uploads, strict=True)}

            def progress(done: int, total: int, path: str) -> None:
                tell(Step(done=done, total=total, name=names.get(path, "")))

            target = self._open_for_writing(self._settings) if self._library.read_only else self._library
            try:
                report = target.add(list(names), progress=progress)
            finally:
                self._tidy(target, names)
            if target is not self._library and (report.added or report.updated or report.unchanged):
                self._library, self._earlier = target, self._library
        return replace(report, failed=tuple(_as_named(failure, names) for failure in report.failed))

    def _tidy(self, target: Library, paths: Iterable[str]) -> None:
        """Keep no copy of a file that did not get into the index."""
        try:
            known = {record.path for record in target.documents()}
        except IndexUnusable:
            known = set()
        for path in paths:
            if path not in known:
                self.uploads.discard(path)


def _as_named(failure: Failure, names: Mapping[str, str]) -> Failure:
    """The same failure of the file as its user calls it; where we keep our copy is nobody's business."""
    name = names.get(failure.path, Path(failure.path).name)
    facts = {key: value for key, value in failure.error.facts.items() if key != "path"}
    return Failure(path=name, error=type(failure.error)(name, **facts))
