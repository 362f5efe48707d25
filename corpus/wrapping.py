"""Which line breaks are the page's and which are the author's: the method, its evidence and its decisions.

**The measure.** A line break is *forced* at width W when the line fits W and the first unbreakable piece of the next
line (one Chinese character with the punctuation that must not open a line, or one Latin word) would not have fitted
any more. So every pair of neighbouring lines names an interval of widths at which its break would have been forced.
In wrapped text nearly all intervals share one point; the width is the point that most of them cover. Pairs whose
first line ends a sentence do not vote. Widths are counted in cells and in characters, exactly and with some slack for
proportional fonts, and the count that explains most breaks wins; text that no width explains is not wrapped.

**The lost indent.** Where text was taken out of a page, first lines often come without their indent, two characters
short of the width. If full lines are that short after certain paragraph ends, and hardly ever elsewhere, the indent is
known to be lost, and a line's own length then tells whether it opens a paragraph.

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

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.breaks import CLAUSE, INNER_STOP, UNEVEN, Break, End, Gap, Measure, miss
from corpus.enumeration import mark
from corpus.lines import Line


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


def habits(lines: Sequence[Line], gaps: Sequence[Gap], measure: Measure) -> Habits:
    """What the certain breaks show."""
    joins: list[Line] = []
    ends: list[Line] = []
    inner = 0
    for line, after, g in zip(lines, lines[1:], gaps, strict=False):
        if not g.prose:
            continue
        inner += len(INNER_STOP.findall(line.text))
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
        return g.at(measure) is Break.FORCED or g.open
    opener = mark(after.text)
    opens = following is not None and following.open and following.opens(measure)
    apart = not after.torn and after.blanks > habits.gap
    if not _full(g, measure, first=len(trail) == 1):
        return g.open and not (opens or apart) and opener is None and _within(before, after, g, measure, habits)
    hangs = after.indent > trail[0].indent and mark(trail[0].text) is not None
    shifted = not hangs and after.indent >= habits.base + 2 and (habits.indented or after.indent > before.indent)
    if g.open:
        if shifted:
            return False
        if apart and (opener is not None or before.text.isascii()):
            return False
        if opens and g.end is End.OPEN and UNEVEN.search(after.text) is None:
            return False
        return opener is None or opener.kind in ("——", "一是", "一要")
    if shifted or apart or opens or opener is not None:
        return False
    continues = following is not None and following.open and _full(following, measure, first=False)
    if habits.indented or habits.parted or (measure.lost and continues):
        return True
    return g.end is End.PAUSE or not habits.stops_break


def _full(g: Gap, measure: Measure, *, first: bool) -> bool:
    """Whether the line before ``g`` was full; only a paragraph's first line may lack the lost indent."""
    return g.at(measure) is Break.FORCED and (first or not g.opens(measure))


def _within(before: Line, after: Line, g: Gap, measure: Measure, habits: Habits) -> bool:
    """Whether a line too short to be full breaks off inside a sentence all the same.

    It ends with a comma, or in mid-clause and misses the width by no more than uneven type explains.
    """
    if after.indent >= habits.base + 2:
        return False
    if before.text[-1] in "，、":
        return True
    if measure.exact or CLAUSE.search(before.text) is None:
        return False
    low, high = g.extents[measure.count]
    return miss(low, high, measure.width) <= measure.slack + 4


_NEVER_FIRST = frozenset("。，、；：？！）》〉」』】〕”’％,.;:?!)]}%的")
