"""Results to standard output, everything else to standard error; JSON in UTF-8 whatever the locale says."""

import io
import json
import os
import sys
from pathlib import Path

import click

from ui import escaping


def prepare_streams() -> None:
    """Have both streams write what their encoding lacks as escapes instead of failing; ASCII becomes UTF-8.

    A stream that was closed before the program began (``>&-``) is read and written as nothing.
    """
    nothing = Path(os.devnull)
    sys.stdin = sys.stdin or nothing.open(encoding="utf-8")
    sys.stdout = sys.stdout or nothing.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nothing.open("w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            ascii_only = stream.encoding.lower().replace("-", "") in ("ascii", "usascii", "ansi_x3.41968", "646")
            stream.reconfigure(encoding="utf-8" if ascii_only else None, errors="backslashreplace")


def show(text: str) -> None:
    """One result on standard output, as it is: whoever rendered it has escaped it."""
    click.echo(text, color=True)


def show_line(text: str) -> None:
    """One result that is one line, whatever names are in it."""
    click.echo(escaping.terminal_line(text))


def emit(record: object) -> None:
    """``record`` as one line of JSON on standard output.

    Lone surrogates, bytes of a file name that were no text, leave as the escapes that JSON has for them.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    line = json.dumps(record, ensure_ascii=False, allow_nan=False)
    click.echo(line.encode("utf-8", "backslashreplace").decode("utf-8"))


def note(text: str) -> None:
    """One line for the person at the terminal, on standard error."""
    click.echo(escaping.terminal_line(text), err=True)


def colored() -> bool:
    """Whether standard output is a terminal that wants its text marked (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
