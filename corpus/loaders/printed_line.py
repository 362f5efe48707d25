"""Printed lines: their boxes, and the pieces that wide space parts them into.

Coordinates are points, the origin is the lower left corner of the page as it is seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_WIDE = 0.9
"""Space between two pieces of a line, in heights of the line, from which on it parts them."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of characters with wide space, or none, on both sides."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, kw_only=True)
class Line:
    """One printed line, its box and its pieces from left to right; without ``pieces`` it is one."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    pieces: tuple[Piece, ...] = ()

    @property
    def parts(self) -> tuple[Piece, ...]:
        """The pieces, at least one."""
        return self.pieces or (Piece(text=self.text, left=self.left, right=self.right),)


def pieces(characters: Sequence[tuple[str, tuple[float, float] | None]], height: float) -> tuple[Piece, ...]:
    """The pieces of a line, from its characters with where each begins and ends; ``None`` for white space.

    A line that runs otherwise than from left to right is one piece.
    """
    found: list[Piece] = []
    text, left, right = "", 0.0, 0.0
    for character, place in characters:
        if place is None:
            text += character
            continue
        if text and place[0] - right > _WIDE * height:
            found.append(Piece(text=text.strip(), left=left, right=right))
            text = ""
        text, left = (text + character, left) if text.strip() else (character, place[0])
        right = place[1]
    found.append(Piece(text=text.strip(), left=left, right=right))
    return tuple(piece for piece in found if piece.text)


def joined(lines: Sequence[Line]) -> list[Line]:
    """Lines that stand side by side on one baseline put together, as the cells of a table row are."""
    rows: list[Line] = []
    for line in lines:
        if rows and _beside(rows[-1], line):
            rows[-1] = _together(rows[-1], line)
        else:
            rows.append(line)
    return rows


def _together(before: Line, line: Line) -> Line:
    gap, height = line.left - before.right, line.top - line.bottom
    space = " " if gap > 0.2 * height else ""
    *others, last = before.parts
    first, *further = line.parts
    inner: tuple[Piece, ...] = (last, first)
    if gap <= _WIDE * height:
        inner = (Piece(text=last.text + space + first.text, left=last.left, right=first.right),)
    return Line(
        text=before.text + space + line.text,
        left=before.left,
        right=line.right,
        bottom=min(before.bottom, line.bottom),
        top=max(before.top, line.top),
        pieces=(*others, *inner, *further),
    )


def _beside(before: Line, line: Line) -> bool:
    common = min(before.top, line.top) - max(before.bottom, line.bottom)
    lower = min(before.top - before.bottom, line.top - line.bottom)
    return common > 0.6 * lower and line.left >= before.right - 0.5 * lower
