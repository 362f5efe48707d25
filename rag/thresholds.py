"""Whether the case that a question states lies within what a clause says of such a figure. Pure.

我62岁能办吗          年满65周岁的可以办理       outside, and what it is for stands behind
公示了十五天，够吗     公示期限不少于十日         within
能续四年吗            续贷期限不超过3年          outside
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.figures import Quantity, figures

_BEHIND = (
    (">=", re.compile(r"(?:[（(]含[^）)]*[）)])?[及或]?(?:以上|起|以外)")),
    ("<=", re.compile(r"(?:[（(]含[^）)]*[）)])?[及或]?(?:以下|以内|之内|内|前)")),
)
_BEFORE = (
    ("<=", re.compile(r"(?:不得?(?:超过|多于|高于|大于)|最[长多高]|至多|上?限)[为]?$")),
    (">=", re.compile(r"不得?(?:少于|低于|小于)$|(?:不少于|不低于|至少)[一-龥]{0,4}$")),
    ("<", re.compile(r"(?:低于|少于|小于|不足|不满|未满|不到|未达到?)$")),
    (">", re.compile(r"(?:超过|超出|高于|大于|多于|逾)$")),
    (">=", re.compile(r"(?:最[少低]|满|达到?|够)[^0-9一-龥]{0,2}$")),
)
"""The first that fits says how a figure bounds."""
_HOLDS = {">=": Decimal.__ge__, "<=": Decimal.__le__, "<": Decimal.__lt__, ">": Decimal.__gt__}
_REACH = 8
_RANGE = re.compile("(?:以上|及以上)?(?:至|到|—|-|－)|以上")
"""Between the two ends of a range: 五年以上十年以下."""
_FOR = re.compile("的(?:[，,]|$)|者[，,]")
_LONG = 5
"""So many characters behind a bound are what it is for."""
_SAME = {
    unit: (kind, Decimal(worth))
    for kind, units in (
        ("time", {"年": "365", "周年": "365", "月": "30", "周": "7", "天": "1", "日": "1", "日历日": "1"}),
        ("age", {"岁": "1", "周岁": "1"}),
        ("length", {"公里": "1000", "米": "1", "厘米": "0.01", "毫米": "0.001"}),
        ("area", {"公顷": "15", "亩": "1"}),
        ("weight", {"吨": "1000", "公斤": "1"}),
    )
    for unit, worth in units.items()
}
"""Units of one kind, and what each is worth of them."""
_DIGITS = "一二三四五六七八九"
_DECIMAL = frozenset(("米", "元", "块钱"))


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
    asked, told = _quantities(question), _quantities(clause)
    pairs = [(one, other) for one in asked for other in told if _kind(one) == _kind(other)]
    bounding = [pair for pair in pairs if _bound(clause, pair[1]) != "="]
    if not pairs:
        return None
    mine = (bounding or pairs)[0][0]
    there = [other for one, other in pairs if one is mine]
    worth, bounds = _worth(question, mine), _bounds(clause, there)
    closed = [each for each in bounds if each[0] != "="]
    same = any(sign == "=" and worth == value for sign, value in bounds)
    if same or not closed:
        return Standing(bounded=False, within=same, rule=_rule(clause, there[0]))
    counting = closed if closed == bounds[: len(closed)] and len(closed) == 2 else closed[:1]
    within = all(_HOLDS[sign](worth, value) for sign, value in counting)
    return Standing(bounded=True, within=within, rule=_rule(clause, there[0]))


def _quantities(text: str) -> list[Quantity]:
    return [each for each in figures(text) if isinstance(each, Quantity) and each.unit]


def _kind(figure: Quantity) -> str:
    return _SAME[figure.measure][0] if figure.measure in _SAME else figure.measure


def _worth(text: str, figure: Quantity) -> Decimal:
    """With what stands behind the unit: 一年半, 一米六."""
    behind = text[figure.span[1] : figure.span[1] + 1]
    value = figure.value
    if behind == "半":
        value += Decimal("0.5")
    elif behind and behind in _DIGITS and figure.unit in _DECIMAL:
        value += Decimal(_DIGITS.index(behind) + 1) / 10
    return value * _SAME[figure.measure][1] if figure.measure in _SAME else value


def _bounds(clause: str, told: Sequence[Quantity]) -> list[tuple[str, Decimal]]:
    """How each of ``told`` bounds; the first two may be the ends of a range."""
    if len(told) > 1 and _RANGE.fullmatch(clause[told[0].span[1] : told[1].span[0]]):
        return [(">=", _worth(clause, told[0])), ("<=", _worth(clause, told[1]))]
    return [(_bound(clause, each), _worth(clause, each)) for each in told]


def _bound(clause: str, figure: Quantity) -> str:
    """``>=``, ``<=``, ``<``, ``>``, or ``=`` where nothing says how it bounds."""
    start, end = figure.span
    behind = next((sign for sign, words in _BEHIND if words.match(clause, end)), None)
    before = clause[max(0, start - _REACH) : start]
    return behind or next((sign for sign, words in _BEFORE if words.search(before)), "=")


def _rule(clause: str, figure: Quantity) -> bool:
    behind = clause[figure.span[1] :]
    return bool(_FOR.search(behind)) or len(re.sub("以上|以下|以内|内", "", behind)) >= _LONG
