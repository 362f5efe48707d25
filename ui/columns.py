"""Columns of text on a terminal, where a Chinese character is as wide as two Latin ones. Pure."""

import unicodedata
from collections.abc import Sequence

from ui import escaping

ELLIPSIS = "…"


def width(text: str) -> int:
    """Columns that ``text`` takes: two for wide and full-width characters (UAX #11), none for combining marks."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cut(text: str, columns: int) -> str:
    """``text`` on one line in at most ``columns``, harmless to a terminal; an ellipsis where something is left out."""
    text = escaping.terminal_line(text)
    if width(text) <= columns:
        return text
    kept = text[:columns]
    while width(kept) > columns - 1:
        kept = kept[:-1]
    return kept + ELLIPSIS


def table(
    rows: Sequence[Sequence[str]], *, right: Sequence[int] = (), indent: str = "  ", gap: str = "  "
) -> list[str]:
    """``rows`` as lines with their cells under one another; the columns numbered in ``right`` are set to the right."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = []
        for place, (cell, columns) in enumerate(zip(row, widths, strict=True)):
            blank = " " * (columns - width(cell))
            cells.append(blank + cell if place in right else cell + blank)
        lines.append((indent + gap.join(cells)).rstrip())
    return lines
