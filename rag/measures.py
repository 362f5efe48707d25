"""What a text measures, on scales on which it can be compared: amounts, days, hours, days of the week. Pure.

六十二岁, 一年半, 一米六, 半个月    an amount of its kind, in the kind's smallest unit
3月10日, 每月25号, 2024年5月       a day; compared by what both sides say of it
上午九点, 17:30, 晚上8点半         an hour, in minutes
星期六, 周一                       a day of the week, 1 to 7

People say 三百平, 60公分, 俩月, 刚满九十; :func:`formally` says it as documents do.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from rag.answer import Span
from rag.figures import Date, Figure, Quantity, figures
from rag.numerals import value_of


@dataclass(frozen=True, kw_only=True)
class Measure:
    """``worth`` of ``kind`` at ``span``; ``moment``: a point in time rather than an amount.

    ``kind`` is empty where no unit is named.
    """

    span: Span
    kind: str
    worth: Decimal
    moment: bool = False


_DAY = 1440
_SAME = {
    unit: (kind, Decimal(str(worth)))
    for kind, units in (
        ("time", {"年": 365 * _DAY, "周年": 365 * _DAY, "月": 30 * _DAY, "周": 7 * _DAY}),
        (
            "time",
            {"天": _DAY, "日": _DAY, "日历日": _DAY, "工作日": 7 * _DAY // 5, "小时": 60, "分钟": 1, "秒": 1 / 60},
        ),
        ("age", {"岁": 1, "周岁": 1}),
        ("length", {"公里": 1000, "米": 1, "厘米": 0.01, "毫米": 0.001}),
        ("area", {"公顷": 15, "亩": 1}),
        ("weight", {"吨": 1000, "公斤": 1}),
        ("count", dict.fromkeys(("人", "位", "个", "口"), 1)),
        ("times", {"次": 1, "回": 1, "趟": 1}),
    )
    for unit, worth in units.items()
}
"""Units of one kind, and what each is worth of them."""
_FORMALLY = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        ("俩", "两个"),
        ("仨", "三个"),
        ("(?<![0-9一二三四五六七八九十年])半年", "6个月"),
        ("半个月", "15天"),
        ("半个?(?:小时|钟头)", "30分钟"),
        ("半天", "12小时"),
        ("大?半个?(?:礼拜|星期)", "4天"),
        ("(?<=[一二两三四五六七八九十0-9])个?(?:礼拜|星期)(?![一二三四五六日天])", "周"),
        ("(?<=[一二两三四五六七八九十0-9个])钟头", "小时"),
        ("一刻钟", "15分钟"),
        ("三刻钟", "45分钟"),
        ("(?<=[0-9一二两三四五六七八九十百])平(?![方米台衡均时凡坦])", "平方米"),
        ("公分", "厘米"),
        ("(?<=[0-9一二两三四五六七八九十百千])方(?![便面式案法向米])", "立方米"),
        ("(?<=[0-9一二两三四五六七八九十百千万])块(?:钱)?(?![地牌])", "元"),
        ("(?<=[0-9一二两三四五六七八九十百千万])美金", "美元"),
        ("(?<=[0-9一二两三四五六七八九十])口(?![井气味吃喝])人?", "人"),
        ("(?:全日?|占|刚)?过半(?:数)?|半数(?:以上)?", "50.1%"),
        ("(?<![0-9一二三四五六七八九十])一半", "50%"),
    )
)
_NUMERAL = "[0-9]+|[一二两三四五六七八九十]+"
_MONTHS = re.compile(rf"({_NUMERAL})个([半多来])(?=月|小时|钟头)")
"""一个半月, 两个多月."""
_PART = {"半": Decimal("0.5"), "多": Decimal("0.2"), "来": Decimal("0.1")}
_BARE = re.compile(
    "(?<=[满都才刚是到了就])([二三四五六七八九]?十[一二三四五六七八九]?)(?=[，,。了吧吗呢的能可就还该算要行够]|$)"
)
"""An age as people say it: 刚满九十."""
_DIGITS = "一二三四五六七八九"
_DECIMAL = frozenset(("米", "元", "块钱"))
_N = "[0-9]{1,2}|[一二两三四五六七八九十]{1,3}"
_OF_MONTH = re.compile(
    rf"(?<=[每当次本下上个]月)(?P<day>{_N})[日号]|(?<=月后)(?P<later>{_N})[日号]"
    rf"|(?<![月0-9一二三四五六七八九十第〕\]])(?P<alone>{_N})号(?![线楼院门文令])"
)
_CLOCK = re.compile(
    r"(?P<part>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上?|半夜|深夜|夜里|夜间)?"
    rf"(?:(?P<hour>{_N})(?:点钟?|时(?![间期候段]))(?:(?P<half>半)|(?P<past>[0-5]?[0-9]|[一二三四五]?十[一二三四五六七八九]?)分?)?"
    r"|(?<![0-9])(?P<digits>[0-2]?[0-9])[:：](?P<minutes>[0-5][0-9]))"
)
_NOON, _FIRST_LIGHT = 12, 6
_WEEKDAY = re.compile("(?:周|星期|礼拜)([一二三四五六日天末])")


def formally(text: str) -> str:
    """``text`` with what people call measures as documents call them: 俩月 is 两个月, 一半 50%."""
    for pattern, words in _FORMALLY:
        text = pattern.sub(words, text)
    text = _BARE.sub(lambda match: f"{value_of(match[1]) or match[1]}", text)
    return _MONTHS.sub(lambda match: f"{(value_of(match[1]) or 0) + _PART[match[2]]}个", text)


def measures(text: str) -> list[Measure]:
    """All that ``text``, in simplified characters, measures, in the order of their places."""
    moments = _moments(text)
    taken = {place for each in moments for place in range(*each.span)}
    amounts = [each for figure in figures(text) if (each := _measured(text, figure)) and each.span[0] not in taken]
    return sorted([*amounts, *moments], key=lambda each: each.span)


def _measured(text: str, figure: Figure) -> Measure | None:
    if isinstance(figure, Quantity):
        kind, each = _scale(figure)
        return Measure(span=figure.span, kind=kind, worth=_whole(text, figure) * each)
    if isinstance(figure, Date) and figure.month is not None:
        year = figure.year * 372 if figure.year is not None else 0
        worth = year + figure.month * 31 + (figure.day or 15)
        return Measure(span=figure.span, kind="date" if year else "day", worth=Decimal(worth), moment=True)
    if isinstance(figure, Date) and figure.year is not None:
        return Measure(span=figure.span, kind="year", worth=Decimal(figure.year), moment=True)
    return None


def _scale(figure: Quantity) -> tuple[str, Decimal]:
    """Of which kind ``figure`` is, and what one of its unit is worth there."""
    if figure.unit.startswith("/"):
        return "%", Decimal(100) / Decimal(figure.unit[1:])
    return _SAME.get(figure.measure, (figure.measure, Decimal(1)))


def _whole(text: str, figure: Quantity) -> Decimal:
    """With what stands around it: 一年半, 一米六; 一个多月 is somewhat more, 快两年 somewhat less."""
    value, (start, end) = figure.value, figure.span
    behind = text[end : end + 1]
    if behind == "半":
        value += Decimal("0.5")
    elif behind and behind in _DIGITS and figure.unit in _DECIMAL:
        value += Decimal(_DIGITS.index(behind) + 1) / 10
    if re.search("[多来余]", text[start:end]) or re.match("多|出头", text[end:]):
        return value * Decimal("1.1")
    return value * Decimal("0.95") if re.search("(?:快|不到|将近|差点)$", text[:start]) else value


def _moments(text: str) -> list[Measure]:
    """Days of a month, hours, and days of the week."""
    found = []
    for match in _OF_MONTH.finditer(text):
        day = value_of(match["day"] or match["later"] or match["alone"])
        if day is not None and day <= 31:
            found.append(Measure(span=match.span(), kind="day of month", worth=day, moment=True))
    for match in _CLOCK.finditer(text):
        hour = value_of(match["hour"] or match["digits"])
        if hour is not None and hour <= 24:
            past = 30 if match["half"] else value_of(match["past"] or match["minutes"] or "0") or 0
            worth = 60 * _of_day(match["part"] or "", hour) + past
            found.append(Measure(span=match.span(), kind="hour", worth=worth, moment=True))
    for match in _WEEKDAY.finditer(text):
        day_of_week = Decimal(min("一二三四五六日天末".index(match[1]) + 1, 7))
        found.append(Measure(span=match.span(), kind="weekday", worth=day_of_week, moment=True))
    return found


def _of_day(part: str, hour: Decimal) -> Decimal:
    """The hour of the day: 下午三点 is 15, 半夜十一点 23, 夜里两点 2, 晚上十二点 24."""
    by_day, by_night = part in ("下午", "傍晚", "晚", "晚上"), "夜" in part
    if (by_day and hour < _NOON) or (by_night and _FIRST_LIGHT <= hour < _NOON):
        return hour + _NOON
    return hour + _NOON if hour == _NOON and (by_night or "晚" in part) else hour
