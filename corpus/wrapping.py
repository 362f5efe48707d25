"""Which line breaks are the page's and which are the author's: the method, its evidence and its decisions.

**The measure.** A line break is *forced* at width W when the line fits W and the first unbreakable piece of the next
line (one Chinese character with the punctuation that must not open a line, or one Latin word) would not have fitted
any more. So every pair of neighbouring lines names an interval of widths at which its break would have been forced.
In wrapped text nearly all intervals share one point; the width is the point that most of them cover. Pairs whose
first line ends a sentence do not vote. Widths are counted in cells and in characters, exactly and with some slack for
proportional fonts, and the count that explains most breaks wins; text that no width explains is not wrapped.

**The habits.** The breaks that are certain (forced, in the middle of a clause: no paragraph ends there; or far from
the edge after a full stop: nothing continues there) then show what blank lines and indents mean in this document:
how many blank lines stand between lines that belong together, whether paragraphs open with an indent, whether extra
blank lines part them.

**The decision.** A break that was not forced ends a paragraph. A forced one in the middle of a clause does not. A
forced one after a full stop asks the mark that opens the next line (一、 （一） 第三条 •), then indents and blank lines
where the document has the habit, and else the odds: sentence ends fall on any column alike, so a full line that ends a
sentence is a paragraph's last as often as paragraphs end elsewhere, and its middle as often as sentences end inside
lines; the commoner of the two counts decides.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from corpus.enumeration import mark
from corpus.lines import Line, cells

_CLOSING = "。，、；：？！…）》〉」』】〕”’％,.;:?!)]}%·—～"
_OPENING = "（《〈「『【〔“‘([{"
_UNIT = re.compile(rf"[{re.escape(_OPENING)}]*(?:[0-9A-Za-zÀ-ɏ][0-9A-Za-zÀ-ɏ.,%:/_'’@+-]*|.)[{re.escape(_CLOSING)}]*")
_HANG = re.compile(rf"[{re.escape(_CLOSING)}]+$")
_FULL_STOP = re.compile(r"[。！？!?…][”’」』）)》]*$|(?<![A-Z])(?<!\b[a-z])\.[”’\"')]*$")
_PAUSE = re.compile(r"[；：;:][”’」』）)》\"']*$")
_COMMA = re.compile(r"[，、,（《〈「『【〔“‘(\[—]$")
_INNER_STOP = re.compile(r"[。！？!?](?![”’」』）)》]*$)|\.\s")
_CLAUSE = re.compile(r"[，、。；：！？“《（]|\w[,;.]? \w+ \w")
_LOOSE = re.compile(r"(?<=[^\x00-\xff]) (?=\S)|(?<=\S) (?=[^\x00-\xff])")
_EXACT = re.compile("[\x00-\xff]")  # what a proportional font sets narrower or wider than its cells
_COLUMNS = re.compile(r"\S(?:\s{3,}|\t|\u3000{2,})\S|^\|.*\|$")
_RULE = re.compile(r"[-=_*~#+—─━═│┃|.·\s]{3,}")
_CODE = re.compile(r"[{}]$|\)\s*;$|^(?:def|class|import|from \S+ import|return|#include|function|var|let|const|//|/\*|\$ |>>> |@\w)\b|^</?\w[^>]*>$")
_NARROWEST = 16  # cells; prose is not set in narrower columns, tables and verse are


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


@dataclass(frozen=True, slots=True)
class Habits:
    """What blank lines and indents mean in one document.

    Attributes:
        gap: Blank lines between two lines of one paragraph.
        base: Indent of lines that continue a paragraph, in cells.
        indented: Paragraphs open with an indent.
        parted: Paragraphs are parted by more blank lines than ``gap``.
        stops_break: A full line that ends a sentence is more often a paragraph's last than its middle.
    """

    gap: int
    base: int
    indented: bool
    parted: bool
    stops_break: bool


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
    """

    extents: tuple[Extent, Extent, Extent]
    end: End
    prose: bool

    @property
    def votes(self) -> bool:
        """Whether the words go on across the break, so that it must have been forced."""
        return self.prose and self.end in (End.OPEN, End.COMMA)

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
        return low - measure.slack <= narrower < high + measure.slack and _miss(low, high, narrower) < _miss(
            low, high, measure.width
        )


def _miss(low: int, high: int, width: int) -> int:
    """How far ``width`` lies outside the interval."""
    return max(low - width, width - high + 1, 0)


def gap(before: Line, after: Line) -> Gap:
    """The break between ``before`` and ``after``."""
    unit = match[0] if (match := _UNIT.match(after.text)) else after.text[0]
    hang = match[0][-2:] if (match := _HANG.search(before.text)) else ""
    space = 1 if before.text[-1].isascii() and unit[0].isascii() else 0
    space = max(space, before.trail, after.indent if after.indent == 1 else 0)
    width = before.indent + before.cells
    count = len(before.raw)
    low, high = width - cells(hang), width + space + cells(unit)
    loose = len(_LOOSE.findall(before.text)) if " " in before.text and not before.text.isascii() else 0
    return Gap(
        extents=((low, high), (count - len(hang), count + space + len(unit)), (low - loose // 2, high - loose // 2)),
        end=end_of(before.text),
        prose=is_prose(before) and is_prose(after),
    )


def measure(gaps: Sequence[Gap], clauses: Sequence[bool]) -> Measure | None:
    """The width that explains most breaks of ``gaps``; ``clauses`` says which first lines hold a clause mark.

    Returns:
        ``None`` where no width explains enough of them: the lines are the author's own.
    """
    voters = [g for g in gaps if g.votes]
    if len(voters) < 2:
        return None
    best: Measure | None = None
    best_score = 0.0
    for count, slack, price in _COUNTS:
        width, covered = _most_covered([g.extents[count] for g in voters], slack)
        found = _with_lost_indent(Measure(width, count, slack, 0, covered / len(voters)), gaps, len(voters))
        if covered >= 2 and found.share - price > best_score:
            best, best_score = found, found.share - price
    return best if best is not None and _is_credible(best, gaps, clauses) else None


#: The ways to count, with the slack they allow and the share of explained breaks that the slack must earn.
_COUNTS = ((0, 0, 0.0), (1, 0, 0.0), (1, 1, 0.04), (2, 2, 0.04), (0, 2, 0.05), (2, 4, 0.12))
_LOST = (4, 2, 4)  # the two characters of a paragraph's indent, in each way to count


def _with_lost_indent(measure: Measure, gaps: Sequence[Gap], voters: int) -> Measure:
    """``measure``, with the indent that is missing if first lines, and hardly any others, are short by just that."""
    trial = replace(measure, lost=_LOST[measure.count])
    opening = other = opening_full = other_full = 0
    for before, g in zip(gaps, gaps[1:], strict=False):
        if not g.votes or g.at(trial) is not Break.FORCED:
            continue
        kind, opens = before.at(trial), g.opens(trial)
        if kind is Break.EARLY and before.end in (End.STOP, End.PAUSE):
            opening, opening_full = opening + opens, opening_full + (not opens)
        elif kind is Break.FORCED and before.votes and not before.opens(trial):
            other, other_full = other + opens, other_full + (not opens)
    if opening < 2 or opening < 2 * opening_full or other > 0.2 * (other + other_full):
        return measure
    return replace(trial, share=sum(g.votes and g.at(trial) is Break.FORCED for g in gaps) / voters)


def _most_covered(extents: Sequence[Extent], slack: int) -> tuple[int, int]:
    """The integer that lies in most of ``extents`` (each widened by ``slack``), and in how many; the largest of equals."""
    steps: Counter[int] = Counter()
    for low, high in extents:
        steps[low - slack] += 1
        steps[high + slack] -= 1
    best = covered = best_count = 0
    edges = sorted(steps)
    for edge, following in zip(edges, [*edges[1:], 0], strict=True):
        covered += steps[edge]
        if covered >= best_count and covered > 0:
            best, best_count = max(edge, following - 1), covered
    return best, best_count


def _is_credible(measure: Measure, gaps: Sequence[Gap], clauses: Sequence[bool]) -> bool:
    """Whether ``measure`` explains enough: lines of prose, wide enough, and few that run past it."""
    covered = [i for i, g in enumerate(gaps) if g.votes and g.at(measure) is Break.FORCED]
    over = sum(g.at(measure) is Break.OVER for g in gaps if g.prose)
    width = sorted(gaps[i].extents[0][1] for i in covered)[len(covered) // 2]
    return (
        measure.share >= (0.4 if len(covered) >= 4 else 0.6)
        and width >= _NARROWEST
        and sum(clauses[i] for i in covered) >= 0.4 * len(covered)
        and over <= 0.35 * len(covered)
    )


def habits(lines: Sequence[Line], gaps: Sequence[Gap], measure: Measure) -> Habits:
    """What the certain breaks show."""
    joins: list[Line] = []
    ends: list[Line] = []
    inner = 0
    for line, after, g in zip(lines, lines[1:], gaps, strict=False):
        if not g.prose:
            continue
        inner += len(_INNER_STOP.findall(line.text))
        kind = g.at(measure)
        if kind is Break.FORCED and g.end in (End.OPEN, End.COMMA) and not mark(after.text):
            joins.append(after)
        elif kind is Break.EARLY and g.end is not End.COMMA and not after.torn:
            ends.append(after)
    base = _commonest([line.indent for line in joins])
    spacing = _commonest([line.blanks for line in joins if not line.torn])
    sentences = [g for g in gaps if g.end in (End.STOP, End.PAUSE) and g.at(measure) is Break.EARLY]
    return Habits(
        gap=spacing,
        base=base,
        indented=bool(ends) and sum(line.indent >= base + 2 for line in ends) >= 0.5 * len(ends),
        parted=bool(ends) and sum(line.blanks > spacing for line in ends) >= 0.5 * len(ends),
        stops_break=len(sentences) > inner,
    )


def _commonest(values: Sequence[int]) -> int:
    """The mode of ``values``; 0 where there are none."""
    return Counter(values).most_common(1)[0][0] if values else 0


def joins(trail: Sequence[Line], after: Line, g: Gap, following: Gap | None, measure: Measure, habits: Habits) -> bool:
    """Whether ``after`` continues the paragraph whose lines so far are ``trail``.

    Args:
        trail: At least one line; ``g`` is the break after its last.
        after: The next line.
        g: The break between them.
        following: The break after ``after``; ``None`` at the end of the text.
        measure: The width of the text.
        habits: What blank lines and indents mean in it.
    """
    if not g.prose:
        return False
    before = trail[-1]
    if after.text[0] in _NEVER_FIRST:
        return g.at(measure) is Break.FORCED or g.votes
    opener = mark(after.text)
    opens = following is not None and following.prose and following.opens(measure)
    if not _full(g, measure, first=len(trail) == 1):
        return g.votes and not opens and opener is None and _nearly_full(before, after, g, measure, habits)
    apart = not after.torn and after.blanks > habits.gap
    shifted = after.indent >= habits.base + 2 and (habits.indented or after.indent > before.indent)
    if g.votes:
        if shifted and mark(before.text) is None:
            return False
        if apart and (opener is not None or before.text.isascii()):
            return False
        if opens and g.end is End.OPEN and _EXACT.search(after.text) is None:
            return False
        return opener is None or opener.kind in ("——", "一是", "一要")
    if shifted or apart or opens or opener is not None:
        return False
    continues = following is not None and following.prose and following.at(measure) is Break.FORCED
    if habits.indented or habits.parted or (measure.lost and continues):
        return True
    return g.end is End.PAUSE or not habits.stops_break


def _full(g: Gap, measure: Measure, *, first: bool) -> bool:
    """Whether the line before ``g`` was full; only a paragraph's first line may lack the lost indent."""
    return g.at(measure) is Break.FORCED and (first or not g.opens(measure))


def _nearly_full(before: Line, after: Line, g: Gap, measure: Measure, habits: Habits) -> bool:
    """Whether a line of prose that breaks off in mid-clause misses the width by no more than uneven type explains."""
    if not measure.slack or _CLAUSE.search(before.text) is None or after.indent >= habits.base + 2:
        return False
    low, high = g.extents[measure.count]
    return _miss(low, high, measure.width) <= measure.slack + 4


_NEVER_FIRST = frozenset("。，、；：？！）》〉」』】〕”’％,.;:?!)]}%的")
