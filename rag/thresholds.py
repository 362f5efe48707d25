"""Whether the case that a question states lies within what a clause says of such a figure. Pure.

我62岁能办吗          年满65周岁的可以办理       outside, and what it is for stands behind
公示了十五天，够吗     公示期限不少于十日         within
能续四年吗            续贷期限不超过3年          outside
晚上六点还能进吗       开放时间为9:00至17:00      outside
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.measures import Measure, formally, measures

_Signs = tuple[tuple[str, re.Pattern[str]], ...]
"""How a figure bounds, and the words that say so."""
_BEHIND: _Signs = (
    (">=", re.compile(r"(?:[（(]含[^）)]*[）)])?[及或]?(?:以上|起|以外|(?:之|以)?前)")),
    ("<=", re.compile(r"(?:[（(]含[^）)]*[）)])?[及或]?(?:以下|以内|之内|内)")),
)
"""Behind an amount: 七日前 is at least seven days before."""
_BEHIND_MOMENT: _Signs = (
    ("<=", re.compile(r".{0,2}(?:以前|之前|前|截止|止)")),
    (">=", re.compile(r".{0,2}(?:起|以后|之后|后|开始)")),
)
_BEHIND_HOUR: _Signs = (
    ("<=", re.compile(r".{0,2}(?:停止|闭馆|关门|结束)")),
    (">=", re.compile(r".{0,2}(?:开馆|开门)")),
)
_BEFORE: _Signs = (
    ("<=", re.compile(r"(?:不得?(?:超过|多于|高于|大于|晚于|迟于)|最[长多高晚迟]|至多|上?限)[为]?$")),
    (">=", re.compile(r"不得?(?:少于|低于|小于|早于)$|(?:不少于|不低于|至少)[一-龥]{0,4}$|提前$")),
    ("<", re.compile(r"(?:低于|少于|小于|不足|不满|未满|不到|未达到?|早于)$")),
    (">", re.compile(r"(?:超过|超出|高于|大于|多于|逾|晚于)$")),
    (">=", re.compile(r"(?:最[少低早]|满|达到?|够)[^0-9一-龥]{0,2}$")),
)
"""The first that fits says how a figure bounds."""
_BEFORE_MOMENT = (("<=", re.compile(r"(?:截至|截止到?|至|到)$")), (">=", re.compile(r"[自从于]$")))
_HOLDS = {">=": Decimal.__ge__, "<=": Decimal.__le__, "<": Decimal.__lt__, ">": Decimal.__gt__}
_REACH = 8
_RANGE = re.compile("(?:以上|及以上)?(?:至|到|—+|-|－|–|~|～)(?:次[日年])?|以上")
"""Between the two ends of a range: 五年以上十年以下."""
_FOR = re.compile("的(?:[，,]|$)|者[，,]")
_LONG = 5
"""So many characters behind a bound are what it is for."""


@dataclass(frozen=True)
class Standing:
    """How the figure asked about stands to the one told.

    ``bounded``: the clause says from where or up to where, rather than a figure alone; ``within``: so it is met;
    ``rule``: what holds for those within stands behind it.
    """

    bounded: bool
    within: bool
    rule: bool


def standing(question: str, clause: str) -> Standing | None:
    """That of the first figure of ``question`` of whose kind ``clause`` has one, both in simplified characters."""
    question, clause = formally(question), formally(clause)
    pairs = _pairs(measures(question), measures(clause))
    if not pairs:
        return None
    bounding = [pair for pair in pairs if _bound(clause, pair[1]) != "="]
    mine = (bounding or pairs)[0][0]
    there = [other for one, other in pairs if one is mine]
    bounds = _bounds(clause, there)
    closed = [each for each in bounds if each[0] != "="]
    same = any(sign == "=" and mine.worth == value for sign, value in bounds)
    ranges = [closed[n : n + 2] for n in range(0, len(closed), 2)] if _all_ranges(closed) else [closed[:1]]
    rule = _rule(clause, there[-1] if len(ranges[0]) > 1 else there[0])
    if same or not closed:
        return Standing(bounded=False, within=same, rule=rule)
    return Standing(bounded=True, within=any(_lies(mine.worth, each) for each in ranges), rule=rule)


def _pairs(asked: Sequence[Measure], told: Sequence[Measure]) -> list[tuple[Measure, Measure]]:
    """Those of one kind; where there are none, a figure without a unit (罚五百) may be one of any amount."""
    alike = [(one, other) for one in asked for other in told if one.kind == other.kind and one.kind]
    return alike or [(one, other) for one in asked for other in told if not one.kind and not other.moment]


def _all_ranges(closed: Sequence[tuple[str, Decimal]]) -> bool:
    """Whether the bounds are ends of ranges, a lower one and an upper one in turn."""
    signs = [sign for sign, _ in closed]
    return len(signs) > 1 and signs == [">=", "<="] * (len(signs) // 2)


def _lies(worth: Decimal, bounds: Sequence[tuple[str, Decimal]]) -> bool:
    """Whether ``bounds`` hold, all of them, or one where a range goes round: 22:00 to 6:00, November to March."""
    held = [_HOLDS[sign](worth, value) for sign, value in bounds]
    return any(held) if len(bounds) > 1 and bounds[0][1] > bounds[1][1] else all(held)


def _bounds(clause: str, told: Sequence[Measure]) -> list[tuple[str, Decimal]]:
    """How each of ``told`` bounds; two in a row may be the ends of a range."""
    found, at = [], 0
    while at < len(told):
        after = told[at + 1 : at + 2]
        if after and _RANGE.fullmatch(clause[told[at].span[1] : after[0].span[0]]):
            found += [(">=", told[at].worth), ("<=", after[0].worth)]
            at += 2
        else:
            found.append((_bound(clause, told[at]), told[at].worth))
            at += 1
    return found


def _bound(clause: str, figure: Measure) -> str:
    """``>=``, ``<=``, ``<``, ``>``, or ``=`` where nothing says how it bounds."""
    start, end = figure.span
    before = clause[max(0, start - _REACH) : start]
    leading = (*_BEFORE, *_BEFORE_MOMENT) if figure.moment else _BEFORE
    behind = _BEHIND_MOMENT if figure.moment else _BEHIND
    if figure.kind == "hour":
        behind += _BEHIND_HOUR
    found = next((sign for sign, words in behind if words.match(clause, end)), None)
    return found or next((sign for sign, words in leading if words.search(before)), "=")


def _rule(clause: str, figure: Measure) -> bool:
    behind = clause[figure.span[1] :]
    return bool(_FOR.search(behind)) or len(re.sub("以上|以下|以内|内", "", behind)) >= _LONG
