"""Which years a place in a text speaks of: a year that was named holds for what follows, until another one is."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from rag.answer import Span

Years = frozenset[int]
NONE: Years = frozenset()
SINCE = 60
"""Years that "since" reaches on."""

_CHINESE = "〇○零一二三四五六七八九"
_DIGITS = str.maketrans(_CHINESE + "０１２３４５６７８９", "000123456789" + "0123456789")
_YEAR = rf"(?:(?<![0-9０-９])(?:1[0-9]|20|１[０-９]|２０)[0-9０-９]{{2}}(?![0-9０-９])|[一二][{_CHINESE}]{{3}})"
_PLACE = re.compile(
    rf"(?P<first>{_YEAR})\s*年?\s*(?:[—–~～\-－]+|至|到)\s*(?P<last>{_YEAR})\s*年"
    rf"|(?P<decade>{_YEAR})\s*年代"
    rf"|(?P<since>{_YEAR})\s*年[^，。；、]{{0,8}}?(?:以来|(?<![发引兴一])起(?![草诉点步码])|开始|之后|以后)"
    rf"|(?P<year>{_YEAR})\s*(?:年|(?=(?P<mark>[./-])[0-9]{{1,2}}(?P=mark)[0-9]))"
    rf"|[“\"]?十(?P<plan>[一二三四五])五[”\"]?(?=期间|时期|以来|末|规划|$)"
    r"|(?P<unknown>[今去上本前次明]年|近[0-9一二三四五六七八九十两几]+年|同期)"
    rf"|\b(?:in|of|since|from|by|until|year)\s+(?P<english>{_YEAR})\b",
    re.IGNORECASE,
)
_ASKED = re.compile(rf"{_YEAR}(?![0-9０-９]|[个家元万亿名人吨亩米件项号%％])")
_COMPARED = re.compile(r"(?:比|较|与|同|和|相比|相较|than|with|from)\s*$", re.IGNORECASE)
_BEHIND = re.compile(r"\s*[（(][^（()）]{0,4}$")
_ELSEWHERE = re.compile(
    r"《[^《》]*》|[〔［\[【][^〕］\]】]{4,8}[〕］\]】]|[（(][^（()）]*(?:修订|修正|施行|公布|公告)[^（()）]*[）)]"
)


def asked_years(question: str) -> Years:
    """The years that ``question`` asks about; none where it names none."""
    found = _mentions(question)
    return frozenset().union(*(each.years for each in found)) if found else _bare(question)


@dataclass(frozen=True, kw_only=True)
class _Mention:
    place: Span
    years: Years


class YearsOf:
    """The years that a text speaks of, ``around`` being its title and headings."""

    def __init__(self, text: str, around: str = "") -> None:
        self._text = text
        self._mentions = _mentions(text)
        self._starts = [each.place[0] for each in self._mentions]
        self._around: Years = frozenset().union(*(each.years for each in _mentions(around)))

    @property
    def all(self) -> Years:
        """Every year that the text names; those around it where it names none."""
        return frozenset().union(*(each.years for each in self._mentions)) or self._around

    def at(self, span: Span) -> Years:
        """Those that hold for ``span``: named in it, right behind it in brackets, or last before it, or around."""
        first, behind = bisect_left(self._starts, span[0]), bisect_left(self._starts, span[1])
        if first < behind:
            return frozenset().union(*(each.years for each in self._mentions[first:behind]))
        if behind < len(self._mentions) and _BEHIND.fullmatch(self._text[span[1] : self._starts[behind]]):
            return self._mentions[behind].years
        return self._mentions[first - 1].years if first else self._around

    def of(self, span: Span) -> Years:
        """All that something in ``span`` may belong to: those named in it, and what holds where it begins."""
        return self.at(span) | self.at((span[0], span[0]))


def _mentions(text: str) -> list[_Mention]:
    """Where ``text`` names years that what follows belongs to; not in names of documents or in comparisons."""
    hidden = [match.span() for match in _ELSEWHERE.finditer(text)]
    return [
        _Mention(place=match.span(), years=_years(match))
        for match in _PLACE.finditer(text)
        if not any(start <= match.start() < end for start, end in hidden)
        and not _COMPARED.search(text[max(0, match.start() - 8) : match.start()])
    ]


def _years(match: re.Match[str]) -> Years:
    """The years of a place; none where it only says that it is another than before."""
    said = {name: words for name, words in match.groupdict().items() if words and name != "mark"}
    match said:
        case {"first": first, "last": last}:
            return frozenset(range(_number(first), _number(last) + 1))
        case {"decade": first}:
            return frozenset(range(_number(first), _number(first) + 10))
        case {"since": first}:
            return frozenset(range(_number(first), _number(first) + SINCE))
        case {"year": year} | {"english": year}:
            return frozenset({_number(year)})
        case {"plan": plan}:
            first = 2006 + 5 * "一二三四五".index(plan)
            return frozenset(range(first, first + 5))
        case _:
            return NONE


def _bare(question: str) -> Years:
    return frozenset(_number(match[0]) for match in _ASKED.finditer(question))


def _number(words: str) -> int:
    return int(words.translate(_DIGITS))
