"""A report into a file: all of it or nothing."""

import contextlib
import os
import tempfile
from pathlib import Path

from ui.errors import InputError


def write_report(path: str | Path, html: str) -> None:
    """Write ``html`` to ``path`` in one step, in place of what was there.

    Raises:
        InputError: ``report_unwritable``; nothing is left half-written, and what was there is as it was.
    """
    target = Path(path)
    try:
        # Beside its place: a rename within one folder is one step.
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".wenju-", suffix=".html")
    except OSError as error:
        raise _unwritable(path, error) from error
    staged = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(html)
            file.flush()
            os.fsync(file.fileno())
        staged.chmod(_mode(target))
        staged.replace(target)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            staged.unlink(missing_ok=True)


def _mode(target: Path) -> int:
    """The permissions ``target`` has, or would have been made with: temporary files are for their owner alone."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _unwritable(path: str | Path, error: OSError) -> InputError:
    return InputError("report_unwritable", path=str(path), detail=error.strerror or type(error).__name__)
