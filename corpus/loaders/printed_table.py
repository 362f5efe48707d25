"""Tables on printed pages: lines whose pieces stand in columns, read with the heads of their columns.

Only what cannot be taken for running text counts as a table: three lines or more, one below the other, in three columns
or more, nearly all of them filled. A line that fills some columns only, close below another, goes on in its cells.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.loaders.printed_line import Line, Piece
from corpus.loaders.table import Cell, row_texts

_LEAST_ROWS, _LEAST_COLUMNS = 3, 3
_FILLED = 0.75
"""Share of the places of a table that hold something, at the least."""
_CLOSE = 0.8
"""Distance to the line above, in the least distance of two whole rows, below which a line goes on in its cells."""


@dataclass(frozen=True, kw_only=True)
class _Row:
    """A row of a table: the numbers of its lines on the page, and the text of each column."""

    lines: tuple[int, ...]
    cells: tuple[str, ...]


def table_rows(page: Sequence[Line]) -> dict[int, str]:
    """For each line of ``page`` that is part of a table its row as text; "" for lines that go on in a row above."""
    found: dict[int, str] = {}
    start = 0
    while start < len(page):
        end = _end(page, start)
        read = _read(page, range(start, end)) if end - start >= _LEAST_ROWS else {}
        found |= read
        start = max(end, start + 1)
    return found


def _end(page: Sequence[Line], start: int) -> int:
    """The line behind those of several pieces from ``start`` on, and those of one piece within one of their columns."""
    columns: list[tuple[float, float]] = []
    end = start
    while end < len(page):
        parts = page[end].parts
        if len(parts) > 1:
            columns = _columns([page[n].parts for n in range(start, end + 1)])
        elif sum(left < parts[0].right and parts[0].left < right for left, right in columns) != 1:
            break
        end += 1
    return end


def _read(page: Sequence[Line], lines: range) -> dict[int, str]:
    columns = _columns([page[n].parts for n in lines])
    if len(columns) < _LEAST_COLUMNS:
        return {}
    cells = [_cells(page[n].parts, columns) for n in lines]
    if any(row is None for row in cells):
        return {}
    rows = _put_together(page, [_Row(lines=(n,), cells=row) for n, row in zip(lines, cells, strict=True) if row])
    while rows and sum(map(bool, rows[-1].cells)) < 2:
        rows.pop()
    filled = sum(bool(cell) for row in rows for cell in row.cells)
    if len(rows) < _LEAST_ROWS or filled < _FILLED * len(rows) * len(columns):
        return {}
    found: dict[int, str] = {}
    texts = row_texts([[Cell(text=cell) for cell in row.cells] for row in rows])
    for row, text in zip(rows, texts, strict=True):
        found |= {row.lines[0]: text or "".join(row.cells)} | dict.fromkeys(row.lines[1:], "")
    return found


def _columns(rows: Sequence[Sequence[Piece]]) -> list[tuple[float, float]]:
    """Where columns begin and end: stretches that pieces cover, of all rows together."""
    columns: list[tuple[float, float]] = []
    for piece in sorted((piece for row in rows for piece in row), key=lambda piece: piece.left):
        if columns and piece.left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.right))
        else:
            columns.append((piece.left, piece.right))
    return columns


def _cells(row: Sequence[Piece], columns: Sequence[tuple[float, float]]) -> tuple[str, ...] | None:
    """What stands in each column; ``None`` where two pieces stand in one."""
    texts = [[piece.text for piece in row if left <= piece.left < right] for left, right in columns]
    return None if any(len(inside) > 1 for inside in texts) else tuple("".join(inside) for inside in texts)


def _put_together(page: Sequence[Line], rows: Sequence[_Row]) -> list[_Row]:
    """The rows, each with the lines that go on in its cells."""
    whole = [row for row in rows if all(row.cells)]
    steps = [page[a.lines[0]].bottom - page[b.lines[0]].bottom for a, b in pairwise(whole)]
    close = _CLOSE * min((step for step in steps if step > 0), default=0.0)
    found: list[_Row] = []
    for row in rows:
        line = row.lines[0]
        if found and not all(row.cells) and page[line - 1].bottom - page[line].bottom < close:
            cells = tuple(above + below for above, below in zip(found[-1].cells, row.cells, strict=True))
            found[-1] = replace(found[-1], lines=(*found[-1].lines, line), cells=cells)
        else:
            found.append(row)
    return found
