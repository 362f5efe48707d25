"""Files that a command writes at its end: found writable before it begins, and written whole or not at all."""

import contextlib
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ui.errors import InputError


def check_targets(targets: Mapping[str, str | None], test_set: str) -> dict[str, Path]:
    """The files that the options ``targets`` name, links followed, each found to be writable; unused options go.

    Args:
        targets: Option -> the path that was typed after it.
        test_set: What must not be written over, a file or a folder.

    Raises:
        InputError: A path that cannot be written, that belongs to the test set, or that two options name.
    """
    found: dict[str, Path] = {}
    for option, typed in targets.items():
        if typed is None:
            continue
        path = _checked(option, typed)
        if _belongs_to(path, Path(test_set)):
            raise InputError("target_is_test_set", path=typed, option=option)
        for other, taken in found.items():
            if _same(path, taken):
                raise InputError("targets_same", path=typed, first=other, second=option)
        found[option] = path
    return found


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write ``pieces`` to ``path`` in one step; until then, and if it fails, what was there stays as it was.

    Raises:
        InputError: It cannot be written.
    """
    with _named(str(path)), _staged(path) as staged:
        with staged.open("xb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            staged.chmod(path.stat().st_mode & 0o777)
        staged.replace(path)


def _checked(option: str, typed: str) -> Path:
    with _named(typed):
        path = Path(os.path.realpath(Path(typed).expanduser()))
        if path.is_dir():
            raise InputError("target_is_folder", path=typed, option=option)
        if typed == "-" or (path.exists() and not path.is_file()):
            raise InputError("target_no_file", path=typed, option=option)
        if not path.parent.is_dir():
            raise InputError("target_no_folder", path=typed, folder=path.parent)
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(13, os.strerror(13))
        with _staged(path) as staged:  # only an attempt tells, on any system and for any user
            staged.touch(exist_ok=False)
    return path


@contextmanager
def _staged(path: Path) -> Iterator[Path]:
    """A name beside ``path``, from where it is one step to take its place; nothing is left there."""
    staged = path.with_name(f".wenju-{secrets.token_hex(8)}")
    try:
        yield staged
    finally:
        with contextlib.suppress(OSError):
            staged.unlink(missing_ok=True)


@contextmanager
def _named(path: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:  # a path may also hold a NUL, or an unknown user's home
        detail = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise InputError("target_unwritable", path=path, detail=detail) from error


def _belongs_to(path: Path, test_set: Path) -> bool:
    """Whether ``path`` is the test set, or one of the files that a test set's folder consists of."""
    if not test_set.is_dir():
        return _same(path, test_set)
    members = (test_set / "corpus.jsonl", test_set / "queries.jsonl")
    return any(_same(path, member) for member in members) or path.is_relative_to((test_set / "qrels").resolve())


def _same(first: Path, second: Path) -> bool:
    with contextlib.suppress(OSError):
        return first.samefile(second)
    return os.path.normcase(os.path.realpath(first)) == os.path.normcase(os.path.realpath(second))
