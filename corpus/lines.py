"""Physical lines of a wrapped source: their widths, indents and the blank lines before them; page numbers taken out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.loaders.source import Block
from corpus.whitespace import without_invisible

_NARROW = re.compile("[\x20-\u1fff\uff61-\uff9f]+")
_BREAKS = re.compile("\r\n|[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_DRESSED = re.compile(
    r"[-—–－―~·•]+\s*\d{1,4}\s*[-—–－―~·•]+"
    r"|第?\s*\d{1,4}\s*页(?:\s*[,，/、]?\s*共\s*\d{1,4}\s*页)?|共\s*\d{1,4}\s*页\s*[,，]?\s*第\s*\d{1,4}\s*页"
    r"|第\s*[〇零一二三四五六七八九十百]{1,5}\s*页(?:\s*[,，]?\s*共\s*[〇零一二三四五六七八九十百]{1,5}\s*页)?"
    r"|(?i:page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?)|(?:\S.{0,70}\s{2,})?\[\s*(?i:page\s*)\d{1,4}\s*\]"
)
_BARE = re.compile(r"(\d{1,4})(?:\s*/\s*(\d{1,4}))?")
_LINES_BETWEEN = 5  # a page holds at least this many lines; cells of a column of figures stand closer


@dataclass(slots=True)
class Line:
    """One line that is not blank.

    Attributes:
        text: Without surrounding white space and invisible characters.
        raw: The same with its indent, for lines whose columns carry meaning.
        page: As the loader gave it.
        indent: White space before the text, in cells (a full-width character is two).
        cells: Width of the text in cells, without the indent.
        blanks: Blank lines before it.
        torn: A page number stood before it, so that ``blanks`` tells nothing.
        trail: Cells of white space after the text.
    """

    text: str
    raw: str
    page: int | None
    indent: int
    cells: int
    blanks: int
    torn: bool = False
    trail: int = 0


def cells(text: str) -> int:
    """Width of ``text`` in cells: East Asian wide characters and the quotes, dashes and dots of Chinese count two."""
    return len(text) if text.isascii() else len(text) + len(_NARROW.sub("", text))


def read_lines(blocks: Iterable[Block]) -> list[Line]:
    """The lines of ``blocks`` that are not blank."""
    lines: list[Line] = []
    blanks = 0
    for block in blocks:
        parts = _BREAKS.split(block.text) if _BREAKS.search(block.text) else (block.text,)
        for part in parts:
            raw = without_invisible(part).rstrip("\n")
            text = raw.strip()
            if not text:
                blanks += 1
                continue
            left = raw[: len(raw) - len(raw.lstrip())]
            indent = cells(left.expandtabs(4)) if left else 0
            trail = len(raw) - len(left) - len(text)
            lines.append(Line(text, raw.rstrip(), block.page, indent, cells(text), blanks, False, trail))
            blanks = 0
    return lines


def without_page_numbers(lines: list[Line]) -> list[Line]:
    """``lines`` less those that number a page: dressed numbers anywhere, bare ones where they count up page by page."""
    bare = {i: match for i, line in enumerate(lines) if len(line.text) <= 9 and (match := _BARE.fullmatch(line.text))}
    numbers = {
        i
        for i, line in enumerate(lines)
        if (len(line.text) <= 24 or line.text[-1] == "]") and _DRESSED.fullmatch(line.text)
    }
    numbers |= _counting_up([(i, int(match[1]), match[2]) for i, match in bare.items()], len(lines) - 1)
    if not numbers or len(numbers) == len(lines):
        return lines
    kept: list[Line] = []
    torn = False
    for i, line in enumerate(lines):
        if i in numbers:
            torn = True
            continue
        line.torn = torn
        torn = False
        kept.append(line)
    return kept


def _counting_up(bare: Sequence[tuple[int, int, str | None]], last: int) -> set[int]:
    """Positions of the bare numbers (position, number, total) that follow one another by one, at pages' distance.

    The last page may be short, and it may be the only one: a number at the position ``last`` needs no distance.
    """
    found: set[int] = set()
    runs: dict[tuple[int, str | None], list[int]] = {}  # (the number expected next, total) -> positions so far
    for position, value, total in bare:
        run = runs.pop((value, total), [])
        if run and position - run[-1] <= _LINES_BETWEEN and position != last:
            runs[(value, total)] = run  # too close to be the next page
            continue
        run.append(position)
        runs[(value + 1, total)] = run
        only = position == last and value == 1 and len(bare) == 1 and total in (None, "1")
        if len(run) >= 2 or (only and position > _LINES_BETWEEN):
            found.update(run)
    return found
