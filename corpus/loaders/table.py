"""Tables to readable rows: before every value the head of its column, so that each row can be read and cited alone.

The head is the rows that the format marks as such, or else a first row of short words above a column of figures. Cells
that span several columns or rows count for each of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

BETWEEN = " | "
"""Stands between two cells."""
_MOST_COLUMNS = 200
"""Columns within which a cell may span several; a file may say anything."""
_LONGEST_SPAN = 10
_LONGEST_HEAD = 24
_FIGURE = re.compile(r"[-+−]?[0-9０-９][0-9０-９,，.．]*\s*\D{0,3}")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell.

    Attributes:
        text: What it says.
        columns: How many columns it spans.
        rows: How many rows it spans.
        head: Whether the format marks it as a head.
        above: Whether it only continues the cell above it.
    """

    text: str
    columns: int = 1
    rows: int = 1
    head: bool = False
    above: bool = False


def span_of(said: str | None, default: int = 1) -> int:
    """How many columns or rows a format says that a cell covers; ``default`` where it says nothing usable."""
    return int(said) if said and said.isdecimal() and len(said) < _LONGEST_SPAN and int(said) > 0 else default


@dataclass(frozen=True, kw_only=True)
class _Slot:
    """One place of the grid; ``above`` where it continues the cell above, ``before`` where the one before it."""

    cell: Cell
    above: bool = False
    before: bool = False


_Row = list[_Slot | None]


def row_texts(rows: Sequence[Sequence[Cell]]) -> list[str | None]:
    """One line of text for each row; ``None`` for a row with no more than one cell that says something."""
    grid = _grid(rows)
    captions = 0
    while captions < len(grid) and len(_told(grid[captions])) < 2:
        captions += 1
    heads = _heads(grid[captions:])
    count = captions + len(heads)
    names = _names(heads)
    return [_text(row, names if n >= count else []) for n, row in enumerate(grid)]


def _grid(rows: Sequence[Sequence[Cell]]) -> list[_Row]:
    """The rows with every cell in each place it covers; ``None`` where there is no cell."""
    slots: dict[tuple[int, int], _Slot] = {}
    for line, row in enumerate(rows):
        column = 0
        for cell in row:
            while (line, column) in slots:
                column += 1
            end = max(column + 1, min(column + cell.columns, _MOST_COLUMNS))
            for place in range(column, end):
                over = slots.get((line - 1, place)) if cell.above else None
                slot = replace(over, above=True) if over else _Slot(cell=cell, before=place > column)
                slots[line, place] = slot
                below = range(line + 1, min(line + cell.rows, len(rows)) if place < _MOST_COLUMNS else 0)
                slots |= {(other, place): replace(slot, above=True) for other in below}
            column = end
    widths = [0] * len(rows)
    for line, place in slots:
        widths[line] = max(widths[line], place + 1)
    return [[slots.get((line, place)) for place in range(width)] for line, width in enumerate(widths)]


def _told(row: _Row) -> list[Cell]:
    """The cells of a row that say something, each once."""
    return [slot.cell for slot in row if slot is not None and not slot.before and slot.cell.text.strip()]


def _heads(grid: Sequence[_Row]) -> list[_Row]:
    """The rows at the top that name the columns."""
    declared = 0
    while declared < len(grid) and all(cell.head for cell in _told(grid[declared])):
        declared += 1
    if declared:
        return list(grid[:declared]) if declared < len(grid) else []
    if not grid:
        return []
    depth = min((slot.cell.rows for slot in grid[0] if slot and slot.cell.columns == 1), default=1)
    depth = depth if any(slot and slot.before for slot in grid[0]) else 1
    return list(grid[:depth]) if 0 < depth < len(grid) and _are_heads(grid[:depth], grid[depth:]) else []


def _are_heads(heads: Sequence[_Row], body: Sequence[_Row]) -> bool:
    """Whether short words stand above a column of figures; with two columns, above nothing but figures."""
    cells = [slot.cell.text.strip() for slot in heads[0] if slot]
    if any(not text or len(text) > _LONGEST_HEAD or _FIGURE.fullmatch(text) for text in cells):
        return False
    if len(set(cells)) + sum(slot.before for slot in heads[0] if slot) < len(cells):
        return False
    width = len(heads[0])
    for column in range(width):
        below = [row[column] for row in body if column < len(row)]
        values = [slot.cell.text.strip() for slot in below if slot and slot.cell.text.strip() and not slot.before]
        figures = sum(_FIGURE.fullmatch(value) is not None for value in values)
        if width > 2 and figures and 2 * figures >= len(values):
            return True
        if width == 2 and column == 1 and len(values) > 1 and figures == len(values):
            return True
    return False


def _names(heads: Sequence[_Row]) -> list[str]:
    """The name of each column: what stands above it, each word once."""
    width = max(map(len, heads), default=0)
    columns = [[row[n] for row in heads if n < len(row)] for n in range(width)]
    told = [dict.fromkeys(" ".join(slot.cell.text.split()) for slot in column if slot) for column in columns]
    return ["".join(names) if not "".join(names).isascii() else " ".join(filter(None, names)) for names in told]


def _text(row: _Row, names: Sequence[str]) -> str | None:
    parts: list[str] = []
    told = 0
    for n, slot in enumerate(row):
        value = slot.cell.text.strip() if slot else ""
        name = names[n] if n < len(names) else ""
        if not slot or slot.before or (slot.above and not names) or not (value or name):
            continue
        told += bool(value)
        # Where nothing is said the head stands alone: what it does not say is not taken from another column.
        parts.append(f"{name}：{value}" if name and name != value else value)
    return BETWEEN.join(parts) if told > 1 else None
