"""Lines that somebody broke by hand, or that came through a mail or a chat: no width explains where they end.

What is left to go by is the sentence. A line of prose that breaks off in mid-clause goes on in the next one, unless
that opens with a mark, stands apart or never comes to a full stop (a signature, a date). A line that ends a sentence
ends its paragraph, but where indents or blank lines part the paragraphs and there are none here.
"""

import re
import statistics
from collections.abc import Sequence

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


def by_hand(lines: Sequence[Line], gaps: Sequence[Gap]) -> list[list[Line]] | None:
    """The paragraphs of ``lines``; ``None`` where too few lines break off in mid-clause: they are whole paragraphs."""
    pairs = list(zip(lines, lines[1:], gaps, strict=False))
    torn = [(line, after) for line, after, g in pairs if g.open and _CLAUSE.search(line.text)]
    prose = sum(g.prose for g in gaps)
    if len(torn) < max(_LEAST, _SHARE * prose) or max(line.cells for line, _ in torn) > _WIDEST:
        return None
    usual = statistics.median(line.cells for line, _ in torn)
    spacing = statistics.mode(after.blanks for _, after in torn)
    base = statistics.mode(after.indent for _, after in torn)
    ends = [after for _, after, g in pairs if g.prose and g.end is End.STOP]
    parted = sum(line.blanks > spacing or line.indent >= base + 2 for line in ends) >= 0.5 * len(ends) > 0
    groups = [[line] for line in lines[:1]]
    for at, (before, after, g) in enumerate(pairs, 1):
        opener = mark(after.text)
        apart = after.blanks > spacing or after.indent >= base + 2 or not g.prose
        if _FIGURE.search(before.text) and after.text[0].isdigit():
            goes_on = not apart
        elif apart or (opener is not None and opener.kind not in _SPOKEN):
            goes_on = False
        elif g.end is End.COMMA:
            goes_on = True
        elif g.open:
            least = _SHORT if parted or len(groups[-1]) > 1 or mark(before.text) else _LONG
            prose = _CLAUSE.search(before.text) is not None or before.cells >= least * usual
            goes_on = prose and _ends(lines[at : at + _FAR], gaps[at : at + _FAR], spacing)
        else:
            goes_on = parted and opener is None and before.cells >= _SHORT * usual
        if goes_on:
            groups[-1].append(after)
        else:
            groups.append([after])
    return groups


def _ends(lines: Sequence[Line], gaps: Sequence[Gap], spacing: int) -> bool:
    """Whether the words that ``lines`` open with come to the end of a sentence before the paragraph does."""
    for line, after, g in zip(lines, [*lines[1:], None], [*gaps, None], strict=False):
        if _CLAUSE.search(line.text) or line.text[-1] in "。；：！？.":
            return True
        if after is None or g is None or not g.open or after.blanks > spacing or mark(after.text) is not None:
            return False
    return False
