"""A report into a file: all of it or nothing."""

from pathlib import Path

from ui.whole_file import write_whole


def write_report(path: str | Path, html: str) -> None:
    """Write ``html`` to ``path`` in one step, in place of what was there.

    Raises:
        InputError: It cannot be written; nothing is left half-written, and what was there is as it was.
    """
    write_whole(Path(path), [html.encode("utf-8")])
