"""Paragraphs that lost or gained a break on their way here: glued ones are parted, cut ones mended.

Glued: ``……核心。四要突出……`` holds a paragraph's end and the next one's start. The document's own series shows it: the
paragraph opens with the third mark, its neighbour with the second, so a fourth mark after a full stop opens a paragraph
as well. A sentence that counts ``一是……二是……`` within itself has no such neighbours and stays whole.

Cut: a page ended in the middle of a word and the rest became a paragraph of its own. Where prose paragraphs otherwise
end with a full stop, one that breaks off without any goes on in the next, unless that opens with a mark or an indent.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.breaks import CLAUSE, End, end_of, is_prose
from corpus.enumeration import Mark, mark
from corpus.lines import Line
from corpus.loaders.source import Block

_AFTER_STOP = re.compile(r"[。；！？]\s*(?=[^”’」』）)\s])")
_SPOKEN = ("一是", "一要", "——")
_REACH = 3  # how many paragraphs away a neighbour of the series may stand
_WIDEST = 120  # cells of the longest line that anybody wraps at
_PROSE = 20  # characters; shorter lines may be headings, which end without punctuation


def part(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` with glued paragraphs parted."""
    marks = [mark(block.text) for block in blocks]
    parted: list[Block] = []
    for i, block in enumerate(blocks):
        own = marks[i]
        if own is None or own.kind in ("•", "：") or block.heading is not None or len(block.text) < _PROSE:
            parted.append(block)
            continue
        before = [m for m in marks[max(i - _REACH, 0) : i] if m is not None]
        after = [m for m in marks[i + 1 : i + 1 + _REACH] if m is not None]
        starts = [0, *_seams(block.text, own, before, after), len(block.text)]
        parted.extend(replace(block, text=block.text[a:b].strip()) for a, b in itertools.pairwise(starts))
    return parted


def _seams(text: str, own: Mark, before: Sequence[Mark], after: Sequence[Mark]) -> list[int]:
    """Where in ``text``, which opens with ``own``, further members of its series begin."""
    seams: list[int] = []
    expected = own.ordinal + 1 if own.ordinal else 0
    for stop in _AFTER_STOP.finditer(text):
        if own.kind in _SPOKEN and stop[0][0] == "；":
            continue
        inner = mark(text, stop.end())
        if inner is None or inner.kind != own.kind or inner.ordinal != expected or _quoted(text, stop.end()):
            continue
        seams.append(stop.end())
        expected += 1 if own.ordinal else 0
    if not seams:
        return []
    leads = any(m.kind == own.kind and m.ordinal == max(own.ordinal - 1, 0) for m in before)
    follows = any(m.kind == own.kind and m.ordinal == expected for m in after)
    return seams if leads or follows else []


def _quoted(text: str, at: int) -> bool:
    """Whether offset ``at`` lies inside quotation marks or brackets."""
    return any(text.count(left, 0, at) > text.count(right, 0, at) for left, right in ("“”", "《》", "（）", "()"))


def mend(groups: Sequence[list[Line]]) -> list[list[Line]]:
    """Whole lines of a text that is not wrapped, with the paragraphs that a page's end cut put together again."""
    prose = [g[0] for g in groups if len(g[0].text) >= _PROSE and CLAUSE.search(g[0].text) and mark(g[0].text) is None]
    ended = sum(end_of(line.text) in (End.STOP, End.PAUSE) for line in prose)
    habit = ended >= 3 and ended >= 0.6 * len(prose)
    widest = max((line.cells for group in groups for line in group), default=0)
    mended: list[list[Line]] = []
    for group in groups:
        # Too few lines to know a habit or a width: only a line as long as the longest can have been cut.
        full = bool(mended) and widest <= _WIDEST and mended[-1][-1].cells >= 0.9 * widest
        if mended and (habit or full) and _goes_on(mended[-1], group[0]):
            mended[-1].extend(group)
        else:
            mended.append(list(group))
    return mended


def _goes_on(cut: Sequence[Line], rest: Line) -> bool:
    """Whether ``rest`` is what is missing at the end of the paragraph ``cut``."""
    last, first = cut[-1].text, rest.text[0]
    if len(last) < _PROSE or not (last[-1].isalnum() and first.isalnum()):
        return False
    opener = mark(last)
    sentence = "。" if opener is not None else "，。"
    if not any(c in last for c in sentence) and not (first.islower() and first.isascii()):
        return False
    indented = rest.indent >= 2 and cut[0].indent <= rest.indent
    return (
        not indented
        and (opener is None or opener.kind != "：")
        and mark(rest.text) is None
        and end_of(rest.text) in (End.STOP, End.PAUSE)
        and is_prose(cut[-1])
        and is_prose(rest)
    )
