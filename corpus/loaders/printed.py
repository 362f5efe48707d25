"""Printed pages to blocks: what the geometry of lines says about paragraphs.

Coordinates are points, the origin is the lower left corner of the page as it is seen. An indented first line gets two
full-width spaces in front, a vertical gap becomes an empty block: the two signs that :mod:`corpus.cleaning` knows from
plain text. Everything here is pure; :mod:`corpus.loaders.pdf` brings the lines.
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median, median_low

from corpus.loaders.printed_line import Line
from corpus.loaders.printed_table import table_rows
from corpus.loaders.source import Block

_INDENT = "　　"
_LEAST_INDENT, _MOST_INDENT = 1.3, 4.5
"""First-line indents, in widths of a full-width character; more than that is a centred or right-aligned line."""
_FREQUENT = 0.05
"""Share of the lines from which on the place where they begin may be a margin."""
_PARAGRAPH_GAP = 1.55
"""Distance of two baselines, in the usual distances, from which on a line starts anew."""


def width(text: str) -> float:
    """Width of ``text`` in full-width characters: everything before U+2000 counts as half."""
    return sum(1.0 if character >= "\u2000" else 0.5 for character in text)


def pitch(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance between two baselines; 0.0 where no page has two lines."""
    steps = [above.bottom - below.bottom for page in pages for above, below in itertools.pairwise(page)]
    downward = [step for step in steps if step > 1]
    return median_low(downward) if downward else 0.0


def blocks(pages: Sequence[Sequence[Line]]) -> Iterator[Block]:
    """One block a printed line, page by page, with indents and gaps made visible as white space."""
    lines = [line for page in pages for line in page]
    if not lines:
        return
    em = median((line.right - line.left) / max(0.5, width(line.text)) for line in lines) or 1.0
    step = pitch(pages)
    lefts = _left_margins(pages, em)
    right = sorted(line.right for line in lines)[int(0.9 * (len(lines) - 1))]
    for number, page in enumerate(pages, 1):
        before: Line | None = None
        rows = table_rows(page)
        for place, line in enumerate(page):
            if place in rows:
                yield from [Block(text=rows[place], page=number)] if rows[place] else ()
                before = line
                continue
            if before and step and before.bottom - line.bottom > _PARAGRAPH_GAP * step:
                yield Block(text="", page=number)
            indent = (line.left - lefts[number - 1]) / em
            starts = _LEAST_INDENT <= indent <= _MOST_INDENT and not _goes_on(before, line, right, em)
            yield Block(text=(_INDENT if starts else "") + line.text, page=number)
            before = line


def _goes_on(before: Line | None, line: Line, right: float, em: float) -> bool:
    """Whether ``line`` continues a block that is indented as a whole: the line above is as indented, and full."""
    return before is not None and abs(before.left - line.left) < 0.3 * em and right - before.right < 1.5 * em


def _left_margins(pages: Sequence[Sequence[Line]], em: float) -> list[float]:
    """Where body lines begin on each page: left and right pages of a book have margins of their own."""
    margins: list[float] = []
    for number, page in enumerate(pages):
        counts = Counter(_left(line) for other in pages[number % 2 :: 2] for line in other)
        often = [left for left, count in counts.items() if count >= _FREQUENT * counts.total()]
        here = {_left(line) for line in page}
        usual = min(often, default=0.0)
        nearest = min(here.intersection(often), default=usual)
        margins.append(usual if 0 < nearest - usual < _MOST_INDENT * em else nearest)
    return margins


def _left(line: Line) -> float:
    return round(line.left / 2) * 2.0
