"""How a paragraph is cited: 第十二条第二款, 第三条第（一）项, 三、（五）, 附件2，四、.

Articles are counted through a whole document, so what stands above an article is left out. The paragraphs of an
article are its 款, numbered where there are several (Legislation Law, art. 65); what （一） （二） enumerate are the 项
of the 款 above them. Elsewhere an address is the marks of the sections one behind the other.
"""

import re
from collections.abc import Sequence

from corpus.enumeration import number
from corpus.headings import ATTACHMENT, Place

_ARTICLE = "条"
_ITEM = "（一）"
_NUMERALS = "一二三四五六七八九"
_COUNTED = re.compile(r"(?:^|(?<=[。；：，、！]))\s*(?P<ordinal>[一二三四五六七八九十]{1,2})是")


def addresses(places: Sequence[Place]) -> list[str]:
    """The address of each paragraph; empty where no mark stands above it."""
    found = [_sections(place.marks) for place in places]
    start = 0
    while start < len(places):
        article = _article(places[start])
        end = start + 1
        while end < len(places) and article is not None and _article(places[end]) == article:
            end += 1
        if article is not None:
            found[start:end] = _within(article, places[start:end])
        start = end
    return found


def counted_at(text: str, at: int) -> str:
    """The member of 一是…二是… within a paragraph that holds offset ``at``, as 二是; empty where none does."""
    found, expected = "", 1
    for match in _COUNTED.finditer(text):
        if match.start("ordinal") > at:
            break
        if (ordinal := number(match["ordinal"])) in (1, expected):
            found, expected = f"{match['ordinal']}是", ordinal + 1
    return found


def _article(place: Place) -> tuple[str, str] | None:
    """What an article is told by: the attachment it stands in, and its mark."""
    mark = next((text for kind, text in place.marks if kind == _ARTICLE), None)
    return (_sections([each for each in place.marks if each[0] == ATTACHMENT]), mark) if mark is not None else None


def _within(article: tuple[str, str], places: Sequence[Place]) -> list[str]:
    """The addresses of the paragraphs of one article; its heading, where it has one, is no 款."""
    clauses: list[int] = []
    count = 0
    for place in places:
        count += int(place.heading is None and (_item(place) is None or count == 0))
        clauses.append(0 if place.heading is not None else count)
    return [
        "".join(article)
        + (f"第{_numeral(clause)}款" if count > 1 and clause else "")
        + (f"第{item}项" if (item := _item(place)) is not None else "")
        for place, clause in zip(places, clauses, strict=True)
    ]


def _item(place: Place) -> str | None:
    """The mark of the item that a paragraph of an article is."""
    inner = [text for kind, text in place.marks if kind == _ITEM]
    return inner[-1] if inner else None


def _sections(marks: Sequence[tuple[str, str]]) -> str:
    return "".join(f"{text}，" if kind == ATTACHMENT else text for kind, text in marks)


def _numeral(number: int) -> str:
    """``number``, below 100, in Chinese figures."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens - 1] + "十"
    return head + (_NUMERALS[ones - 1] if ones else "")
