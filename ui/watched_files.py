"""Which files of a watched folder are looked at, and when one has come to rest: pure but for looking at the disk."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

Look = tuple[int, int]
"""Size and time of the last change: as long as they stay, nobody writes to the file."""

HIDDEN = (".", "~$")
"""What names begin with that are nobody's documents: ``~$`` is the lock of an office program."""
UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".swp", ".lock", "~")
"""What names end with while something is still being written, or kept for a moment only."""


def ignored(path: str, root: Path, own: Collection[Path] = ()) -> bool:
    """Whether ``path`` is no document of the folder ``root``: hidden, unfinished, elsewhere, or the program's own."""
    file = Path(path)
    if not file.is_relative_to(root) or any(file.is_relative_to(folder) for folder in own):
        return True
    return any(map(unseen, file.relative_to(root).parts))


def unseen(name: str) -> bool:
    """Whether a file or folder of this name is none that people see as theirs."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return last.startswith(HIDDEN) or last.casefold().endswith(UNFINISHED)


def look(path: str) -> Look | None:
    """How the file is now; ``None`` where there is none."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns


def files_in(folder: Path, root: Path, own: Collection[Path] = ()) -> Iterator[str]:
    """The files in ``folder``, which lies in ``root`` or is it, with all that it holds; links are not followed."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not ignored(f"{place}{os.sep}{name}", root, own))
        yield from (path for name in sorted(names) if not ignored(path := f"{place}{os.sep}{name}", root, own))


def readable(paths: Iterable[str], root: Path) -> list[str]:
    """Those of ``paths`` that are files and do not lead out of ``root`` by a link."""
    return [path for path in paths if Path(path).is_file() and not ignored(os.path.realpath(path), root)]


class Settling:
    """Waits for files to come to rest: for ``quiet`` seconds nothing is said of one, and it is as it was before."""

    def __init__(self, quiet: float, look: Callable[[str], Look | None] = look) -> None:
        self._quiet = quiet
        self._look = look
        self._waiting: dict[str, tuple[float, Look | None]] = {}

    def __len__(self) -> int:
        """How many have not come to rest."""
        return len(self._waiting)

    def __contains__(self, path: str) -> bool:
        """Whether ``path`` is waited for."""
        return path in self._waiting

    def note(self, path: str, now: float) -> None:
        """Something was said of ``path``."""
        self._waiting[path] = (now, self._look(path))

    def due(self, now: float) -> list[str]:
        """Those that have come to rest, gone ones among them; they are waited for no longer."""
        rested = []
        for path, (since, before) in list(self._waiting.items()):
            if now - since < self._quiet:
                continue
            if (current := self._look(path)) != before:
                self._waiting[path] = (now, current)
            else:
                del self._waiting[path]
                rested.append(path)
        return sorted(rested)
