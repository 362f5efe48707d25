"""The owner of watchdog: folders whose files are indexed when they come or change, and dropped when they go.

The system says when something happens; since it may not know (a network drive) or miss something, each folder is looked
through now and then as well. What was heard of waits until it has come to rest, and is then indexed in one go, in the
thread in which everything is. A folder that cannot be reached is waited for: none of its documents is dropped.
"""

import contextlib
import os
import threading
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from rag.errors import CorpusError, EmbeddingsError, IndexBusy, RagError
from rag.library import Failure, IndexReport
from ui import output
from ui.catalog_documents import DOCUMENTS
from ui.language import Language, say
from ui.page_activity import change_text
from ui.page_desk import Desk
from ui.page_documents import DocumentsHandlers
from ui.page_files import Problem, explain
from ui.page_jobs import Ended
from ui.page_journal import Change, State, Watched
from ui.presence import is_gone
from ui.watched_files import Look, Settling, files_in, ignored, look, readable

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver, ObservedWatch

PROBLEMS = (RagError, CorpusError, EmbeddingsError, OSError)
TICK = 0.25
QUIET = 1.0
RESCAN = 60.0
RESCAN_ALONE = 5.0
"""Seconds between two looks through a folder of which the system does not tell."""
AGAIN = 5.0
"""Seconds after which something is tried once more that another program prevented."""
LOGGED = 20
"""Failures of one go that are logged one by one."""


@dataclass(kw_only=True)
class _Folder:
    """What is known of a watched folder: which one it is, how its files were, what of them cannot be read.

    ``looked`` is when it was looked through, ``None`` where it is to be looked at as if for the first time.
    """

    root: Path
    itself: tuple[int, int] | None = None
    known: dict[str, Look] = field(default_factory=dict)
    failing: dict[str, Failure] = field(default_factory=dict)
    looked: float | None = None
    listening: "ObservedWatch | None" = None
    problem: str = ""

    def forget(self) -> None:
        """Take it from now on as one that has never been seen."""
        self.itself, self.looked, self.known = None, None, {}

    def now(self) -> tuple[int, int] | None:
        """Device and number of the folder, ``None`` where it cannot be read: another, and it is another folder."""
        try:
            status = self.root.stat()
            return (status.st_dev, status.st_ino) if os.access(self.root, os.R_OK | os.X_OK) else None
        except OSError:
            return None


class Watch:
    """Looks after ``folders`` until it is closed."""

    def __init__(self, desk: Desk, folders: Sequence[Path], language: Language, *, quiet: float = QUIET) -> None:
        self._desk = desk
        self._language = language
        self._settling = Settling(quiet)
        self._folders = [_Folder(root=folder) for folder in folders]
        self._own = tuple(Path(os.path.realpath(folder)) for folder in desk.own())
        self._heard: list[str] = []
        self._stop = threading.Event()
        self._observer: BaseObserver | None = None
        self._thread = threading.Thread(target=self._run, name="wenju-watch", daemon=True)
        desk.journal.watched = tuple(Watched(folder=folder) for folder in folders)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    def close(self) -> None:
        """End; a job that is under way is for whoever runs it to end."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)
        if self._observer is not None:
            with contextlib.suppress(RuntimeError):  # it never began
                self._observer.stop()
                self._observer.join(timeout=5)

    def _run(self) -> None:
        from watchdog.observers import Observer

        # A folder that comes while its parent is first looked through is watched twice at once; that is no trouble.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning, "watchdog")

        self._observer = Observer()
        self._observer.daemon = True
        self._observer.start()
        while not self._stop.is_set():
            now = monotonic()
            for folder in self._folders:
                self._attend(folder, now)
            heard, self._heard = self._heard, []
            for path in heard:
                self._note(path, now)
            due = self._settling.due(now)
            for folder in self._folders:
                if mine := [path for path in due if Path(path).is_relative_to(folder.root)]:
                    self._update(folder, mine)
            self._stop.wait(TICK)

    def _attend(self, folder: _Folder, now: float) -> None:
        """Look through ``folder`` when it is time to; notice when it goes and when it is back."""
        there = folder.now()
        if there is None or (folder.itself is not None and there != folder.itself):
            folder.forget()
            if self._state(folder) != "gone":
                self._tell(folder, "gone")
            return
        if folder.looked is not None and now - folder.looked < (RESCAN if folder.listening else RESCAN_ALONE):
            return
        first, folder.looked, folder.itself = folder.looked is None, now, there
        if first:
            self._listen(folder)
        self._look_through(folder, now, first=first)

    def _look_through(self, folder: _Folder, now: float, *, first: bool) -> None:
        """Note what is not as it was, of which nobody may have said anything."""
        files = {path: look(path) for path in files_in(folder.root, folder.root, self._own)}
        if not files and not folder.known and self._documents_of(folder):
            if self._state(folder) != "empty":
                self._tell(folder, "empty")
            return
        if first or self._state(folder) != "well":
            self._tell(folder, "well")
        fresh = [path for path in files if folder.known.get(path) != files[path]]
        for path in [*fresh, *(folder.known.keys() - files.keys())]:
            if path not in self._settling:
                self._settling.note(path, now)
        if first and not fresh:
            self._update(folder, [])  # what went while nobody was watching

    def _listen(self, folder: _Folder) -> None:
        from watchdog.events import FileSystemEventHandler

        hear = self._hear

        class Handler(FileSystemEventHandler):
            def on_any_event(self, event: "FileSystemEvent") -> None:
                hear(event)

        if self._observer is None:
            return
        if folder.listening is not None:
            with contextlib.suppress(KeyError):
                self._observer.unschedule(folder.listening)
            folder.listening = None
        try:
            folder.listening = self._observer.schedule(Handler(), str(folder.root), recursive=True)
        except OSError as error:
            detail = error.strerror or str(error)
            self._log("no_events", folder=folder.root, detail=detail, seconds=round(RESCAN_ALONE))

    def _hear(self, event: "FileSystemEvent") -> None:
        """In the thread of watchdog: keep the paths, and look at them later."""
        if event.event_type in ("opened", "closed_no_write") or (event.is_directory and event.event_type == "modified"):
            return
        self._heard += [os.fsdecode(path) for path in (event.src_path, event.dest_path) if path]

    def _note(self, path: str, now: float) -> None:
        root = next((each.root for each in self._folders if Path(path).is_relative_to(each.root)), None)
        if root is None or ignored(path, root, self._own):
            return
        # A folder that came may hold files of which nothing is said any more.
        for file in files_in(Path(path), root, self._own) if Path(path).is_dir() else (path,):
            self._settling.note(file, now)

    def _update(self, folder: _Folder, paths: Sequence[str]) -> None:
        """Index ``paths``, and drop the documents of ``folder`` whose files are gone."""
        if folder.now() != folder.itself:
            return
        files, first = readable(paths, folder.root), not folder.known
        gone, name = partial(_gone_from, folder.root), partial(os.path.relpath, start=folder.root)
        try:
            report = self._desk.jobs.wait(lambda tell: self._desk.sync(files, gone, name, tell))
        except Ended:
            return
        except PROBLEMS as problem:
            self._put_off(folder, paths, problem)
            return
        folder.problem = ""
        if first:  # a folder may be full of pictures; one that comes later is worth a word
            report = replace(report, failed=tuple(each for each in report.failed if not _of_no_use(each)))
        for path in paths:
            folder.failing.pop(name(path), None)
            folder.known.pop(path, None)
            if (seen := look(path)) is not None:
                folder.known[path] = seen
        folder.failing.update({each.path: each for each in report.failed})
        self._report(folder, report)

    def _put_off(self, folder: _Folder, paths: Sequence[str], problem: Problem) -> None:
        """Try again later; say why, unless another program is merely using the index."""
        for path in paths:
            self._settling.note(path, monotonic() + AGAIN)
        why = explain(problem, self._language)
        if not isinstance(problem, IndexBusy) and why != folder.problem:
            folder.problem = why
            self._log("log_failed", folder=folder.root, why=why)

    def _report(self, folder: _Folder, report: IndexReport) -> None:
        change = Change.of(report)
        self._desk.journal.tell(folder.root, state="well", failing=folder.failing)
        self._desk.journal.write(change)
        if change:
            self._log("log", folder=folder.root, what=change_text(change, self._language))
        for each in report.failed[:LOGGED]:
            self._log("log_failed", folder=folder.root, why=explain(each.error, self._language))

    def _documents_of(self, folder: _Folder) -> bool:
        try:
            return any(Path(each.path).is_relative_to(folder.root) for each in self._desk.documents())
        except PROBLEMS:
            return False

    def _state(self, folder: _Folder) -> State:
        return next(each.state for each in self._desk.journal.watched if each.folder == folder.root)

    def _tell(self, folder: _Folder, state: State) -> None:
        self._desk.journal.tell(folder.root, state=state)
        key = {"well": "watching", "gone": "watched_gone", "empty": "watched_empty"}[state]
        self._log(key, folder=folder.root)

    def _log(self, key: str, **facts: object) -> None:
        output.note(say(DOCUMENTS, self._language, key, **facts))


@contextlib.contextmanager
def looking_after(documents: DocumentsHandlers, language: Language) -> Iterator[None]:
    """While it lasts, the folders to be watched are; at its end nothing more is begun in the index."""
    watched = documents.places.watched
    watch = Watch(documents.desk, watched, language) if watched else None
    if watch is not None:
        watch.start()
    try:
        yield
    finally:
        documents.desk.jobs.close()
        if watch is not None:
            watch.close()


def _gone_from(root: Path, path: str) -> bool:
    return Path(path).is_relative_to(root) and is_gone(path)


def _of_no_use(failure: Failure) -> bool:
    return type(failure.error).__name__ == "UnsupportedFormat"
