"""Whose a figure is, of several whose names are known: the name that stands last before it in its paragraph.

    石泉县拨付率为91.2%，罗桥县为78.6%            78.6% is that of 罗桥
    东关区、南湖区分别占34%和29%                  34% is that of 东关
    2023年竣工率99.5%                            that of 2023, as :mod:`rag.years` tells years

A name counts where it stands, or else the longest part of it that the paragraph has and no other name. Pure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer import Passage, Span
from rag.figures import Quantity, figures
from rag.variants import simplified
from rag.years import YearsOf

_YEAR = re.compile(r"(?:19|20)[0-9]{2}年?(?:度|末|底)?")
_RESPECTIVELY = re.compile("分别|依次")
_LEVEL = re.compile("([省市县区州镇乡村])(?:里|上|本?级|财政)")
_SENTENCE = re.compile("[。；！？!?;\n]")
_EDGE = re.compile("[，。；：！？,;!?\n]|[0-9][0-9.]*[万亿]*")
_SHORTEST = 2
"""Characters of a part of a name that can stand for it."""
_BEFORE = 40
"""Characters before 分别 within which the names stand that it speaks of."""


@dataclass(frozen=True, kw_only=True)
class _Mention:
    owner: int
    place: Span


class Owners:
    """Tells the owners apart that are called ``names``, the words in which their full names differ."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = [name.strip() for name in names]
        self._years = [int(name[:4]) if _YEAR.fullmatch(name) else None for name in self._names]

    def of(self, passage: Passage, figure: Span) -> int | None:
        """The number of the name that the span ``figure`` of the passage's text belongs to; ``None`` for none."""
        if None not in self._years:
            return self._by_year(passage, figure)
        text = simplified(passage.text)
        mentions = self._mentions(text)
        told = self._respectively(text, figure, mentions)
        if told is not None:
            return told
        before = [each for each in mentions if each.place[1] <= figure[0]]
        if self._of_both(text, before, figure):
            return None
        if before:
            # Of names one of which is the end of another (户籍 and 非户籍) the longer one stands there.
            return max(before, key=lambda each: (each.place[1], -each.place[0])).owner
        above = simplified(" ".join(passage.section))
        found = self._mentions(above)
        return found[-1].owner if found and len({each.owner for each in found}) == 1 else None

    def _of_both(self, text: str, before: Sequence[_Mention], figure: Span) -> bool:
        """Whether several names stand together before the figure: 甲县和乙县一共34座, but not 甲县5座、乙县34座."""
        named = [each.place for each in before]
        edges = [
            match.end()
            for match in _EDGE.finditer(text, 0, figure[0])
            if not any(start <= match.start() < end for start, end in named)
        ]
        near = [each for each in before if each.place[0] >= max(edges, default=0)]
        return any(
            one.owner != other.owner and one.place[1] <= other.place[0]
            for n, one in enumerate(near)
            for other in near[n:]
        )

    def _by_year(self, passage: Passage, figure: Span) -> int | None:
        around = " ".join((*passage.section[-1:], passage.document.title))
        years = YearsOf(passage.text, around).at(figure)
        mine = [n for n, year in enumerate(self._years) if year in years]
        return mine[0] if len(mine) == 1 and len(years) == 1 else None

    def _mentions(self, text: str) -> list[_Mention]:
        """Where ``text`` speaks of whom, in order."""
        found = []
        for owner, name in enumerate(self._names):
            others = [other for n, other in enumerate(self._names) if n != owner]
            cue = re.escape(name if name in text and len(name) >= _SHORTEST else _part(name, text, others))
            if not cue and (level := _LEVEL.match(name)):
                cue = f"{level[1]}(?:本?级|财政|里)"
            found += [_Mention(owner=owner, place=match.span()) for match in re.finditer(cue, text) if cue]
        return sorted(found, key=lambda each: each.place)

    def _respectively(self, text: str, figure: Span, mentions: Sequence[_Mention]) -> int | None:
        """甲、乙分别为1和2: the first figure belongs to the first of the names before 分别."""
        start = max((match.end() for match in _SENTENCE.finditer(text, 0, figure[0])), default=0)
        said = list(_RESPECTIVELY.finditer(text, start, figure[0]))
        if not said:
            return None
        names = [
            each for each in mentions if max(start, said[-1].start() - _BEFORE) <= each.place[0] < said[-1].start()
        ]
        stop = next((match.start() for match in _SENTENCE.finditer(text, figure[1])), len(text))
        told = [each for each in figures(text[said[-1].end() : stop]) if isinstance(each, Quantity)]
        places = [each.span[0] + said[-1].end() for each in told]
        nth = next((n for n, place in enumerate(places) if figure[0] <= place < figure[1]), len(names))
        return names[nth].owner if len(names) > 1 and nth < len(names) else None


def _part(name: str, text: str, others: Sequence[str]) -> str:
    """The longest part of ``name`` that ``text`` holds and none of ``others``; empty where there is none."""
    for length in range(len(name) - 1, _SHORTEST - 1, -1):
        for start in range(len(name) - length + 1):
            part = name[start : start + length]
            if part in text and not any(part in other for other in others) and re.search("[一-龥A-Za-z0-9]{2}", part):
                return part
    return ""
