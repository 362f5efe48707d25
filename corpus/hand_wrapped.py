"""Lines that somebody broke by hand, or that came through a mail or a chat: no width explains where they end.

What is left to go by is the sentence. A line of prose that breaks off in mid-clause goes on in the next one, unless
that opens with a mark, stands apart or never comes to a full stop (a signature, a date). A line that ends a sentence
ends its paragraph, but where indents or blank lines part the paragraphs and there are none here.
"""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.breaks import End, Gap
from corpus.enumeration import mark
from corpus.lines import Line

_CLAUSE = re.compile("[，。；！？]|[a-z][,;.] ")
_LEAST = 3  # lines broken off in mid-clause that make a habit
_SHARE = 0.25  # of all lines of prose
_SHORT = 0.4  # of the usual length; a shorter line is a heading or a name
_LONG = 0.8  # of the usual length; a title that is this long may go on in the next line
_FIGURE = re.compile(r"\d[.,]$")
_WIDEST = 120  # cells of the longest line that anybody wraps at
_FAR = 8  # lines within which a sentence ends, or shows by a comma that it is one
_SPOKEN = ("——", "一是", "一要")


@dataclass(frozen=True, kw_only=True)
class _Habit:
    """How somebody breaks lines, read off those that break off in mid-clause.

    Attributes:
        usual: Cells of such a line.
        spacing: Blank lines before a line that goes on.
        indent: Of such a line.
        parted: Whether blank lines or indents part the paragraphs.
    """

    usual: float
    spacing: int
    indent: int
    parted: bool

    def apart(self, line: Line) -> bool:
        """Whether ``line`` stands apart from the one before."""
        return line.blanks > self.spacing or line.indent >= self.indent + 2

    def goes_on(self, paragraph: Sequence[Line], gap: Gap, ahead: Sequence[Line], gaps: Sequence[Gap]) -> bool:
        """Whether the first line ``ahead`` belongs to ``paragraph``; ``gaps`` are those behind the lines ahead."""
        before, after = paragraph[-1], ahead[0]
        apart, opener = self.apart(after) or not gap.prose, mark(after.text)
        if _FIGURE.search(before.text) and after.text[0].isdigit():
            return not apart
        if apart or (opener is not None and opener.kind not in _SPOKEN):
            return False
        if gap.end is End.COMMA:
            return True
        if not gap.open:
            return self.parted and opener is None and before.cells >= _SHORT * self.usual
        least = _SHORT if self.parted or len(paragraph) > 1 or mark(before.text) else _LONG
        prose = _CLAUSE.search(before.text) is not None or before.cells >= least * self.usual
        return prose and _ends(ahead, gaps, self.spacing)


def by_hand(lines: Sequence[Line], gaps: Sequence[Gap]) -> list[list[Line]] | None:
    """The paragraphs of ``lines``; ``None`` where too few lines break off in mid-clause: they are whole paragraphs."""
    habit = _habit(lines, gaps)
    if habit is None:
        return None
    groups = [[lines[0]]]
    for at, gap in enumerate(gaps, 1):
        if habit.goes_on(groups[-1], gap, lines[at : at + _FAR], gaps[at : at + _FAR]):
            groups[-1].append(lines[at])
        else:
            groups.append([lines[at]])
    return groups


def _habit(lines: Sequence[Line], gaps: Sequence[Gap]) -> _Habit | None:
    pairs = list(zip(lines, lines[1:], gaps, strict=False))
    torn = [(line, after) for line, after, gap in pairs if gap.open and _CLAUSE.search(line.text)]
    prose = sum(gap.prose for gap in gaps)
    if len(torn) < max(_LEAST, _SHARE * prose) or max(line.cells for line, _ in torn) > _WIDEST:
        return None
    habit = _Habit(
        usual=statistics.median(line.cells for line, _ in torn),
        spacing=statistics.mode(after.blanks for _, after in torn),
        indent=statistics.mode(after.indent for _, after in torn),
        parted=False,
    )
    opening = [after for _, after, gap in pairs if gap.prose and gap.end is End.STOP]
    return replace(habit, parted=sum(map(habit.apart, opening)) >= 0.5 * len(opening) > 0)


def _ends(lines: Sequence[Line], gaps: Sequence[Gap], spacing: int) -> bool:
    """Whether the words that ``lines`` open with come to the end of a sentence before the paragraph does."""
    for line, after, g in zip(lines, [*lines[1:], None], [*gaps, None], strict=False):
        if _CLAUSE.search(line.text) or line.text[-1] in "。；：！？.":
            return True
        if after is None or g is None or not g.open or after.blanks > spacing or mark(after.text) is not None:
            return False
    return False
