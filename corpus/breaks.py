"""The break between two lines: which widths would have forced it, and how the words before it end."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from corpus.lines import Line, cells

_CLOSING = "。，、；：？！…）》〉」』】〕”’％,.;:?!)]}%·—～"
_OPENING = "（《〈「『【〔“‘([{"
_UNIT = re.compile(rf"[{re.escape(_OPENING)}]*(?:[0-9A-Za-zÀ-ɏ][0-9A-Za-zÀ-ɏ.,%:/_'’@+-]*|.)[{re.escape(_CLOSING)}]*")
_HANG = re.compile(rf"[{re.escape(_CLOSING)}]+$")
_FULL_STOP = re.compile(r"[。！？!?…][”’」』）)》]*$|(?<![A-Z])(?<!\b[a-z])\.[”’\"')]*$")
_PAUSE = re.compile(r"[；：;:][”’」』）)》\"']*$")
_COMMA = re.compile(r"[，、,（《〈「『【〔“‘(\[—]$")
INNER_STOP = re.compile(r"[。！？!?](?![”’」』）)》]*$)|\.\s")
CLAUSE = re.compile(r"[，、。；：！？“《（]|\w[,;.]? \w+ \w")
_LOOSE = re.compile(r"(?<=[^\x00-\xff]) (?=\S)|(?<=\S) (?=[^\x00-\xff])")
UNEVEN = re.compile("[\x00-\xff]")  # what a proportional font sets narrower or wider than its cells
_COLUMNS = re.compile(r"\S(?:\s{3,}|\t|\u3000{2,})\S|^\|.*\|$| \| ")
_RULE = re.compile(r"[-=_*~#+—─━═│┃|.·\s]{3,}")
_CODE = re.compile(
    r"[{}]$|\)\s*;$|^(?:#include\b|//|/\*|\$ |>>> |import [\w.]+$|from [\w.]+ import |(?:def|class) .*:$|@\w+$)"
    r"|^[\w.\[\]]+ [+*/-]?= \S|^</?\w[^>]*>$"
)


_EXACT = 0.97
_HALF, _MANY = 0.6, 0.7


class Break(Enum):
    """What the measure says about the end of a line."""

    FORCED = 1
    EARLY = 2
    OVER = 3


class End(Enum):
    """How the words of a line end."""

    OPEN = 1  # in the middle of a clause
    COMMA = 2
    PAUSE = 3  # ; or :
    STOP = 4


@dataclass(frozen=True, slots=True)
class Measure:
    """The width at which a text was wrapped.

    Attributes:
        width: Counted as ``count`` says.
        count: 0 in cells, 1 in characters, 2 in cells less the spaces that a PDF puts around figures in Chinese text.
        slack: How far a line may miss the width.
        lost: Width of the indent that the first lines of paragraphs once had and have no more; 0 where none is missing.
        share: Of the breaks in the middle of a clause, how many the width explains.
    """

    width: int
    count: int
    slack: int
    lost: int
    share: float

    @property
    def exact(self) -> bool:
        """Practically no line misses the width."""
        return self.slack == 0 and self.share > _EXACT

    @property
    def doubtful(self) -> bool:
        """Many lines miss the width, more so in spite of slack: it may be chance."""
        return self.share < (_MANY if self.slack else _HALF)

    @property
    def cuts_words(self) -> bool:
        """Lines were cut after exactly so many characters, wherever that fell."""
        return self.count == 1 and self.exact


def end_of(text: str) -> End:
    """How ``text`` ends."""
    last = text[-1]
    if last.isalnum():
        return End.OPEN
    if _FULL_STOP.search(text):
        return End.STOP
    if _PAUSE.search(text):
        return End.PAUSE
    return End.COMMA if _COMMA.search(text) else End.OPEN


def is_prose(line: Line) -> bool:
    """Whether ``line`` could be part of a paragraph: no table row, ruler or code."""
    text = line.text
    return not (_COLUMNS.search(text) or (not text[0].isalnum() and _RULE.fullmatch(text)) or _CODE.search(text))


#: An interval of widths: from the first number to below the second.
Extent = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gap:
    """The break between two neighbouring lines.

    Attributes:
        extents: The widths that would have forced it, for each way to count.
        end: How the line before it ends.
        prose: Both lines could be part of a paragraph.
        open: The words go on across the break, so that it must have been forced.
        votes: They do, and the line before it holds a clause mark: it is part of a sentence, and no title.
    """

    extents: tuple[Extent, Extent, Extent]
    end: End
    prose: bool
    open: bool
    votes: bool

    def at(self, measure: Measure) -> Break:
        """What ``measure`` says about this break."""
        low, high = self.extents[measure.count]
        if measure.width >= high + measure.slack:
            return Break.FORCED if self.opens(measure) else Break.EARLY
        return Break.OVER if low - measure.slack > measure.width else Break.FORCED

    def opens(self, measure: Measure) -> bool:
        """Whether the line before the break is full but for an indent that got lost."""
        if not measure.lost:
            return False
        low, high = self.extents[measure.count]
        narrower = measure.width - measure.lost
        return low - measure.slack <= narrower < high + measure.slack and miss(low, high, narrower) < miss(
            low, high, measure.width
        )


def miss(low: int, high: int, width: int) -> int:
    """How far ``width`` lies outside the interval."""
    return max(low - width, width - high + 1, 0)


def breaks(lines: Sequence[Line]) -> list[Gap]:
    """The breaks between neighbouring ``lines``, one fewer than there are lines."""
    prose = [is_prose(line) for line in lines]
    return [
        _gap(before, after, prose[i] and prose[i + 1]) for i, (before, after) in enumerate(itertools.pairwise(lines))
    ]


def _gap(before: Line, after: Line, prose: bool) -> Gap:
    """The break between ``before`` and ``after``."""
    unit = match[0] if (match := _UNIT.match(after.text)) else after.text[0]
    hang = match[0][-2:] if (match := _HANG.search(before.text)) else ""
    space = 1 if before.text[-1].isascii() and unit[0].isascii() else 0
    space = max(space, before.trail, after.indent if after.indent == 1 else 0)
    width = before.indent + before.cells
    count = len(before.raw)
    low, high = width - cells(hang), width + space + cells(unit)
    loose = len(_LOOSE.findall(before.text)) // 2 if " " in before.text and not before.text.isascii() else 0
    end = end_of(before.text)
    is_open = prose and (end is End.OPEN or end is End.COMMA)
    return Gap(
        extents=((low, high), (count - len(hang), count + space + len(unit)), (low - loose, high - loose)),
        end=end,
        prose=prose,
        open=is_open,
        votes=is_open and CLAUSE.search(before.text) is not None,
    )
