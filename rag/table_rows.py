"""Rows of tables as paragraphs hold them (``作物：玉米 | 面积：2亩``): their cells with the columns' heads. Pure."""

import re
from dataclasses import dataclass

from corpus.loaders.table import BETWEEN
from rag.answer import Span

_LONGEST_HEAD = 60
_COLON = re.compile("[：:]")
_UNIT = re.compile(r"[（(]\s*(?:单位[：:])?([^（）()]{1,8})[）)]\s*$")
_BARE = re.compile(r"[-+−]?[0-9][0-9,，.]*")


@dataclass(frozen=True, kw_only=True)
class RowCell:
    """A cell: the spans of its column's head and of its value; the first may be empty."""

    head: Span
    value: Span


def row_cells(text: str) -> tuple[RowCell, ...]:
    """The cells of ``text`` where it is a table's row; none where it is not, or where no column has a head."""
    found: list[RowCell] = []
    start = 0
    for part in text.split(BETWEEN):
        colon = _COLON.search(part, 0, _LONGEST_HEAD)
        middle = colon.start() if colon else 0
        value = start + (colon.end() if colon else 0)
        found.append(RowCell(head=(start, start + middle), value=(value, start + len(part))))
        start += len(part) + len(BETWEEN)
    headed = sum(cell.head[0] < cell.head[1] and cell.value[0] < cell.value[1] for cell in found)
    return tuple(found) if len(found) > 1 and headed > 1 else ()


def unit_of(head: str) -> str:
    """The unit that a head gives in brackets at its end; empty where it gives none."""
    match = _UNIT.search(head)
    return match[1] if match else ""


def as_quantity(words: str) -> str:
    """``words`` that :func:`shown` gave with their head as one quantity: 面积（亩）：12 is 12亩; others as they are."""
    head, colon, value = words.rpartition("：")
    unit = unit_of(head) if colon and _BARE.fullmatch(value.strip()) else ""
    return value.strip() + unit if unit else words


def shown(text: str, cell: RowCell) -> Span:
    """The words that answer: the value, and where it is a bare figure whose unit the head gives, the head with it."""
    head, value = text[slice(*cell.head)], text[slice(*cell.value)]
    return (cell.head[0], cell.value[1]) if _BARE.fullmatch(value.strip()) and unit_of(head) else cell.value
