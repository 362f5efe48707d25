"""Running headers, footers and page numbers: found by recurrence over the pages and by position, not by wording.

Only the outermost lines of a page are looked at, from the edge inwards, and a line is dropped when

- it is nothing but a page number, and the numbers of at least two pages grow with the pages (a lone page: when the
  number is set apart from the text near the edge);
- or the same words stand at the same height on enough pages (two of up to three, otherwise three), where they are set
  apart from the text by a gap or by their size;
- or the same words with a number that grows with the pages, at the same height on three pages.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import Literal

from corpus.loaders.printed import pitch
from corpus.loaders.printed_line import Line

Edge = Literal["top", "bottom"]

_ROUNDS = 4
_SAME_HEIGHT = 3.0
"""Points within which two lines are at the same height."""
_SET_APART = 1.2
_OTHER_SIZE = 0.08
_EDGE_SHARE = 0.14
_PAGE_NUMBER = re.compile(
    r"[-—–─_~·•.\s|/]*(?:第|page|p\.)?\s*(?P<value>\d{1,4})\s*(?:页|頁)?"
    r"(?:\s*(?:[,，/／|]|of)?\s*(?:共|of|总)?\s*\d{1,4}\s*(?:页|頁)?)?[-—–─_~·•.\s|/]*",
    re.IGNORECASE,
)
# Numbered pieces of the text itself may stand at the head of successive pages.
_NUMBERED_TEXT = re.compile(
    r"(附件|附表|附录|附錄|附图|图|圖|表|第|chapter|section|part|step|appendix|annex|table|figure|article)",
    re.IGNORECASE,
)
_SENTENCE_END = ("。", "；", "！", "？", "：")


def without_running(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """``pages`` without what is printed on every page. ``heights`` are the pages' heights in points."""
    left = [list(page) for page in pages]
    sizes = [line.top - line.bottom for page in pages for line in page]
    body = median(sizes) if sizes else 0.0
    step = pitch(pages)
    edges: tuple[Edge, ...] = ("top", "bottom")
    for edge in edges:
        for _ in range(_ROUNDS):
            outer = {number: _outermost(page, edge) for number, page in enumerate(left) if page}
            drop = _numbers(outer, left, heights, step) | _repeated(outer, left, body, step)
            for number in drop:
                left[number].remove(outer[number])
            if not drop:
                break
    return left


def _outermost(page: Sequence[Line], edge: Edge) -> Line:
    return max(page, key=lambda line: line.bottom) if edge == "top" else min(page, key=lambda line: line.bottom)


def _gap(line: Line, page: Sequence[Line]) -> float:
    """Distance to the nearest other line of the page; infinite where it stands alone."""
    others = (abs(line.bottom - other.bottom) for other in page if other is not line)
    return min((gap for gap in others if gap > 1), default=float("inf"))


def _numbers(
    outer: dict[int, Line], pages: Sequence[Sequence[Line]], heights: Sequence[float], step: float
) -> set[int]:
    """Pages whose outermost line is their page number."""
    offsets: dict[int, set[int]] = defaultdict(set)
    for number, line in outer.items():
        match = _PAGE_NUMBER.fullmatch(line.text.strip())
        if match:
            offsets[int(match["value"]) - number].add(number)
    growing = {number for numbers in offsets.values() if len(numbers) >= 2 for number in numbers}
    if len(pages) > 1 or not offsets:
        return growing
    line = outer[0]
    near_edge = min(line.bottom, heights[0] - line.top) < _EDGE_SHARE * heights[0]
    return {0} if near_edge and len(pages[0]) > 1 and _gap(line, pages[0]) > _SET_APART * step else set()


def _repeated(outer: dict[int, Line], pages: Sequence[Sequence[Line]], body: float, step: float) -> set[int]:
    """Pages whose outermost line is a running header or footer."""
    same: dict[str, set[int]] = defaultdict(set)
    growing: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, line in outer.items():
        text = "".join(line.text.split())
        if text.endswith(_SENTENCE_END) or not _set_apart(line, pages[number], body, step):
            continue
        same[text].add(number)
        digits = re.search(r"\d{1,4}$|^\d{1,4}", text)
        if digits and not _NUMBERED_TEXT.match(text):
            growing[text[: digits.start()] + "#" + text[digits.end() :], int(digits[0]) - number].add(number)
    need = 2 if len(pages) <= 3 else 3
    found: set[int] = set()
    for numbers in same.values():
        found |= _at_same_height(numbers, outer, need)
    for numbers in growing.values():
        found |= _at_same_height(numbers, outer, 3)
    return found


def _set_apart(line: Line, page: Sequence[Line], body: float, step: float) -> bool:
    other_size = abs((line.top - line.bottom) - body) > _OTHER_SIZE * body
    return other_size or _gap(line, page) > _SET_APART * step


def _at_same_height(numbers: set[int], outer: dict[int, Line], need: int) -> set[int]:
    """Those of ``numbers`` whose lines share their height with at least ``need`` of them."""
    heights = {number: outer[number].bottom for number in numbers}
    return {
        number
        for number, height in heights.items()
        if sum(abs(height - other) < _SAME_HEIGHT for other in heights.values()) >= need
    }
