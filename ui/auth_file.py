"""Who may use the page: a file with a line ``name:scrypt$...`` for each person; ``#`` begins a line that says nothing.

It is read again whenever it has changed, so that a person who is taken out is out at once. While it cannot be read
nobody is let in.
"""

import os
import re
import stat
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from ui.errors import AuthError
from ui.passwords import Kept, parse, plain

LONGEST_NAME = 64
LARGEST = 10**6
"""Bytes; some thousands of people."""
_NAME = re.compile(rf"\w[\w.@-]{{0,{LONGEST_NAME - 1}}}")


def name_of(text: str) -> str | None:
    """The name that ``text`` is, as it is kept; ``None`` where it is none."""
    name = plain(text).strip()
    return name if _NAME.fullmatch(name) else None


def load(path: Path) -> dict[str, Kept]:
    """Name -> what is kept of the password.

    Raises:
        AuthError: It is missing, cannot be read, holds nobody, or a line of it cannot be understood.
    """
    people = _people(path, _text(path))
    if not people:
        raise AuthError("empty", path=path)
    return people


def set_person(path: Path, name: str, kept: Kept) -> tuple[bool, int]:
    """Write a person's line, in the place of the one that is there; whether there was one, and how many there are.

    Raises:
        AuthError: The file is there and cannot be understood, or it cannot be written.
    """
    return _change(path, name, f"{name}:{kept}")


def remove_person(path: Path, name: str) -> int:
    """Take a person out; how many are left.

    Raises:
        AuthError: No such person, or the file is missing or cannot be understood or written.
    """
    if name not in _people(path, _text(path)):
        raise AuthError("nobody", path=path, name=name)
    return _change(path, name, None)[1]


def is_open(path: Path) -> bool:
    """Whether others on this machine may read or write it; only where the system says so in this way (POSIX)."""
    return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


class People:
    """The people of the file at ``path`` as it is now; ``tell`` hears once what is wrong when it can no longer be read.

    Raises:
        AuthError: It cannot be read to begin with.
    """

    def __init__(self, path: Path, tell: Callable[[AuthError], None] = lambda _: None) -> None:
        self._path = path
        self._tell = tell
        self._seen = self._state()
        self._people = load(path)

    def now(self) -> Mapping[str, Kept]:
        """Name -> what is kept; nobody while the file cannot be understood."""
        state = self._state()
        if state != self._seen:
            try:
                self._people = load(self._path)
            except AuthError as error:
                self._people = {}
                self._tell(error)
            self._seen = state
        return self._people

    def _state(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise AuthError("too_large", path=path, limit=LARGEST)
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise AuthError("missing", path=path) from error
    except UnicodeDecodeError as error:
        raise AuthError("not_text", path=path) from error
    except (OSError, ValueError) as error:
        raise AuthError("unreadable", path=path, detail=getattr(error, "strerror", None) or error) from error


def _people(path: Path, text: str) -> dict[str, Kept]:
    people: dict[str, Kept] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if _says_nothing(line):
            continue
        name, _, rest = line.strip().partition(":")
        kept = parse(rest)
        if kept is None or name_of(name) != name:
            raise AuthError("malformed", path=path, line=number)
        if name in people:
            raise AuthError("twice", path=path, line=number, name=name)
        people[name] = kept
    return people


def _says_nothing(line: str) -> bool:
    return not line.strip() or line.startswith("#")


def _change(path: Path, name: str, new: str | None) -> tuple[bool, int]:
    text = _text(path) if path.exists() else ""
    before = _people(path, text)
    lines = [
        new if not _says_nothing(line) and line.strip().startswith(f"{name}:") else line for line in text.splitlines()
    ]
    if name not in before and new is not None:
        lines.append(new)
    _write(path, "".join(f"{line}\n" for line in lines if line is not None))
    return name in before, len(before.keys() - {name}) + (new is not None)


def _write(path: Path, text: str) -> None:
    """The whole file at once, for its owner alone; a link stays one, and the file remains whose it was."""
    target = path.resolve()
    try:
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".new", dir=target.parent)  # made with the mode 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            if target.exists() and hasattr(os, "chown"):
                with suppress(OSError):
                    os.chown(temporary, target.stat().st_uid, target.stat().st_gid)
            Path(temporary).replace(target)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except OSError as error:
        raise AuthError("unwritable", path=path, detail=error.strerror or error) from error
