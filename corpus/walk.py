"""Files and folders in, the list of files to index out; what is left out is reported, one line each."""

import os
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError, FileTooLarge, HiddenFile, NotAFile, OutsideFolder, UnreadableFile
from corpus.loaders import LOADERS, unsupported

HIDDEN = (".", "~$")
"""What names begin with that a folder does not show: ``~$`` is the lock that an office program puts beside a file."""
_MEGABYTE = 1_000_000
_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True, kw_only=True)
class Walk:
    """What was found.

    Attributes:
        files: Absolute paths with links resolved, sorted, each file once.
        skipped: One error for everything that was left out, sorted by path.
    """

    files: tuple[Path, ...]
    skipped: tuple[CorpusError, ...]


def find_files(paths: Sequence[Path], *, max_bytes: int, suffixes: Collection[str] = tuple(LOADERS)) -> Walk:
    """The files to index under ``paths``: files as they are named, folders with all they hold.

    Nothing is opened. What the user names is taken at its word: a hidden file, or a link to anywhere. Inside a folder,
    hidden entries and links that leave the folder are reported and left alone; links that stay in it add nothing but
    the file they lead to, so a loop of links ends by itself.

    Args:
        paths: Files and folders, relative ones against the current folder.
        max_bytes: Size above which a file is reported instead of taken.
        suffixes: Suffixes in lower case, with their dot.
    """
    search = _Search(max_bytes, frozenset(suffixes))
    for path in paths:
        search.add(path)
    return Walk(
        files=tuple(sorted(search.files, key=os.fsencode)),
        skipped=tuple(sorted(search.skipped.values(), key=lambda error: error.path)),
    )


class _Search:
    def __init__(self, max_bytes: int, suffixes: frozenset[str]) -> None:
        self._max_bytes = max_bytes
        self._suffixes = suffixes
        self._folders: set[str] = set()
        self.files: set[Path] = set()
        self.skipped: dict[str, CorpusError] = {}

    def add(self, path: Path) -> None:
        """Whatever the user named."""
        real = self._resolve(path)
        if real is None:
            return
        if real.is_dir():
            self._folder(real)
        else:
            self._file(real)

    def _skip(self, path: Path, error: CorpusError) -> None:
        self.skipped.setdefault(str(path), error)

    def _resolve(self, path: Path) -> Path | None:
        """The path with links resolved; ``None``, and a report, where it leads nowhere."""
        try:
            return path.resolve(strict=True)
        except (OSError, RuntimeError, ValueError) as error:
            detail = "a link to nowhere" if path.is_symlink() else _reason(error)
            self._skip(path, UnreadableFile(str(path), detail=detail))
            return None

    def _folder(self, top: Path) -> None:
        """Everything below ``top``, a resolved folder; without recursion, since folders may nest deeply."""
        waiting = [top]
        while waiting:
            folder = waiting.pop()
            if str(folder) in self._folders:
                continue
            self._folders.add(str(folder))
            for entry in self._entries(folder):
                path = Path(entry.path)
                if entry.name.startswith(HIDDEN):
                    self._skip(path, HiddenFile(entry.path))
                    continue
                real = self._inside(path, top) if entry.is_symlink() else path
                if real is None:
                    continue
                if real.is_dir():
                    waiting.append(real)
                else:
                    self._file(real)

    def _inside(self, link: Path, top: Path) -> Path | None:
        """What a link leads to, if that lies in ``top`` and nothing on its way there is hidden."""
        real = self._resolve(link)
        if real is None:
            return None
        if not real.is_relative_to(top):
            self._skip(link, OutsideFolder(str(link), target=str(real)))
            return None
        if any(part.startswith(HIDDEN) for part in real.relative_to(top).parts):
            self._skip(link, HiddenFile(str(link)))
            return None
        return real

    def _entries(self, folder: Path) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                yield from sorted(entries, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            self._skip(folder, UnreadableFile(str(folder), detail=_reason(error)))

    def _file(self, path: Path) -> None:
        try:
            status = path.stat()
        except OSError as error:
            self._skip(path, UnreadableFile(str(path), detail=_reason(error)))
            return
        if not stat.S_ISREG(status.st_mode):
            kind = next((kind for test, kind in _KINDS if test(status.st_mode)), "something special")
            self._skip(path, NotAFile(str(path), kind=kind))
        elif path.suffix.lower() not in self._suffixes:
            self._skip(path, unsupported(path))
        elif status.st_size > self._max_bytes:
            size, limit = status.st_size / _MEGABYTE, self._max_bytes / _MEGABYTE
            self._skip(path, FileTooLarge(str(path), size=size, limit=limit))
        else:
            self.files.add(path)


def _reason(error: Exception) -> str:
    """What the system said, without the path that the message already names."""
    return (error.strerror or str(error)).lower() if isinstance(error, OSError) else str(error)
