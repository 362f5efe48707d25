"""The figures of a text by what they are worth, however they are written, each with its place.

    1.9千万元, 1900 万元, 一千九百万元, 19,000,000元    Quantity 19000000 元
    百分之九十五, 95%, 95％, 九成五                     Quantity 95 %
    2020-05-01, 2020年5月1日, 二〇二〇年五月一日        Date 2020, 5, 1
    〔2020〕1号, (2020)1号, ［2020］第1号, 2020年第1号  DocumentNumber 2020, 1

A lone 一 before what it counts is an article (一个, 一项), 第三条 says where and not how much, 十几 and 数百 are no
figures. A numeral below one hundred in characters needs a unit behind it, or it may be a part of a word (一般, 三农).
Only a unit in ``_UNIT`` is one. Pure.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from rag.answer import Span
from rag.numerals import DIGITS, STEPS, value_of
from rag.variants import SIMPLIFIED


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """How much or how many.

    Attributes:
        span: Its place in the text, with its unit.
        value: Its worth; of a percentage the number of hundredths.
        unit: As written (元, 个工作日), ``%`` or ``‰``, ``/3`` in three parts (三分之二: 2 /3), or empty.
    """

    span: Span
    value: Decimal
    unit: str

    @property
    def measure(self) -> str:
        """``unit`` with one name for each measure: 公里 for 千米, 月 for 个月."""
        return _MEASURES.get(self.unit, self.unit)


@dataclass(frozen=True, kw_only=True)
class Date:
    """A year, a month of it, a day of it, or a month or day of any year; what is not said is ``None``."""

    span: Span
    year: int | None
    month: int | None
    day: int | None


@dataclass(frozen=True, kw_only=True)
class DocumentNumber:
    """Year and serial of a document number; whose it is stands before the span."""

    span: Span
    year: int
    serial: int


Figure = Quantity | Date | DocumentNumber

_MEASURES = {
    "个月": "月", "个工作日": "工作日", "个小时": "小时", "个百分点": "百分点", "个人": "人", "块钱": "元", "名": "人",
    "千米": "公里", "千克": "公斤", "平方千米": "平方公里", "平方公尺": "平方米", "平米": "平方米",
    "公尺": "米",
}  # fmt: skip
_UNIT = (
    "(?:平方公里|平方千米|平方米|平方公尺|平米|立方米|公里|千米|厘米|毫米|公尺|米|千瓦时|千瓦|兆瓦|公顷|亩|公斤|千克|毫克|克|公吨|吨|毫升|升|℃"
    "|美元|欧元|港元|日元|英镑|人民币|元(?![旦素宝件])|块钱|人次|个(?:工作日|百分点|月|小时|人)|工作日|日历日|百分点|小时|分钟|秒"
    "|周岁|周年|岁|年(?![级代])|周(?![边围期])|天(?![津山])|日|倍|家(?!渠)|户|名|人|个|项|件|次|台(?![山湾])|套|届|层|座|只|头|匹|处|所|间|辆|架|艘"
    "|种|类|批|篇|部|本|份|枚|度|级|条|款|章|节|编|期|分(?![之别公局行支])|股|位|组|队|张|片|页|卷|株|棵|幅|首|场|集|册|字|句)"
)
_OF_ONE = re.compile(
    "元|块钱|年|个?月|日|天|周|小时|分钟|周岁|岁|倍|个?工作日|美元|公里|千米|米|亩|公顷|吨|公斤|千克|[%‰]"
)
"""Units that 一 counts; before any other it is an article."""

_LIKE = str.maketrans(
    "０１２３４５６７８９％．－／〔［【（﹝(〕］】）﹞)\u3000\u00a0",
    "0123456789%.-/[[[[[[]]]]]]  ",
)  # fmt: skip
_FOLD = SIMPLIFIED | _LIKE
"""One character for one, so that places in the folded text are places in the text."""

_N = "[0-9]"
_C = f"[{DIGITS}{STEPS}]"
_POINTED = rf"{_N}+(?:\.(?![12]{_N}{{3}}年){_N}+)?"
_GROUPED = rf"{_N}{{1,3}}(?:,{_N}{{3}})+(?!{_N})(?:\.{_N}+)?"
_ARABIC = (
    rf"(?<![0-9A-Za-z.第])(?>{_GROUPED}|{_POINTED})(?![.:]{_N})"
    rf"(?:\s?[多余]?(?:[百千]?万?亿|[百千]?万|百|千(?![米克瓦伏赫卡帕焦]))(?:{_N}+[百千]?万)?)?"
)
_RUN = rf"(?<![第几数{DIGITS}{STEPS}]){_C}+(?:[多余][万亿]?|点[{DIGITS}]+[百千]?[万亿]*)?(?!几)"
_YEAR = r"(?:(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?![0-9])|[一二][零〇○一二三四五六七八九]{3})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_SERIAL = rf"(?:{_N}{{1,5}}|{_C}{{1,7}})"
_ALONE = rf"(?<![0-9{DIGITS}{STEPS}第])"
_KINDS = (
    rf"(?:\[\s?(?P<issued>{_YEAR})\s?年?\s?\]\s?第?|(?P<issued_in>{_YEAR})\s?年\s?第)\s?(?P<serial>{_SERIAL})\s?号",
    rf"(?P<year>{_YEAR})\s?年(?!代)度?(?:\s?(?P<month>{_MONTH})\s?月份?(?:\s?(?P<day>{_DAY})\s?[日号])?)?",
    r"(?P<iso>(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?P<mark>[-/.])(?:1[0-2]|0?[1-9])(?P=mark)(?:3[01]|[12][0-9]|0?[1-9])(?![0-9]))",
    rf"{_ALONE}(?P<any_month>{_MONTH})\s?月份?(?:\s?(?P<any_day>{_DAY})\s?[日号])?",
    rf"(?P<parts>{_C}{{1,4}}|{_N}{{1,4}})分之(?P<share>{_POINTED}|{_C}+(?:点[{DIGITS}]+)?)",
    rf"{_ALONE}(?P<tenths>[1-9一二三四五六七八九])成(?P<hundredths>[一二三四五六七八九])?(?![立为员本果长就功绩交熟人套都品不])",
    rf"(?P<number>{_ARABIC}|{_RUN})(?:\s?[多余]?(?P<unit>{_UNIT}|[%‰]))?",
)
_FIGURE = re.compile(rf"(?=[0-9{DIGITS}{STEPS}\[])(?:{'|'.join(_KINDS)})")
_RANGE = re.compile(r"\s?(?:至|到|-|—|–|~|～)+\s?")
_BETWEEN = re.compile(r"[,\s多余]")
_POSITIONAL = re.compile(f"[{DIGITS}]{{2,}}")
_WORTH = re.compile("[百千万亿佰仟]|[零〇○]")
_PARTS = {"百": 100, "千": 1000, "万": 10**4}
_SIGNS = {100: "%", 1000: "‰"}
_TELLING = 100
"""From this number on one without a unit is likely to be the same thing as one with any unit."""


def figures(text: str) -> list[Figure]:
    """The figures of ``text`` in order, none overlapping; both ends of a range (三至五年) have the unit of the last."""
    folded = text.translate(_FOLD)
    read = [figure for match in _FIGURE.finditer(folded) if (figure := _figure(match))]
    for n, (first, last) in enumerate(pairwise(read)):
        if isinstance(first, Quantity) and isinstance(last, Quantity) and _ends(first, last, folded):
            read[n] = replace(first, unit=last.unit)
    return [figure for figure in read if not isinstance(figure, Quantity) or _stands(figure, folded)]


def agrees(told: Figure, asked: Figure) -> bool:
    """Whether ``told`` is ``asked`` in whatever writing, or says it among more: 二〇二〇年五月 agrees with 2020年.

    A large number without a unit agrees with the same number of anything, and with a year.
    """
    match asked, told:
        case Quantity(), Quantity():
            bare = not (asked.unit and told.unit) and asked.value >= _TELLING
            return asked.value == told.value and (bare or asked.measure == told.measure)
        case Quantity(unit=""), Date():
            return asked.value == told.year
        case Date(), Date():
            pairs = ((asked.year, told.year), (asked.month, told.month), (asked.day, told.day))
            return all(one is None or one == other for one, other in pairs)
        case DocumentNumber(), DocumentNumber():
            return (asked.year, asked.serial) == (told.year, told.serial)
        case _:
            return False


def _ends(first: Quantity, last: Quantity, folded: str) -> bool:
    """Whether the two are the ends of a range of which only the last names the unit."""
    return not first.unit and bool(_RANGE.fullmatch(folded, first.span[1], last.span[0]))


def _figure(match: re.Match[str]) -> Figure | None:
    said = match.groupdict()
    span = match.span()
    if said["serial"]:
        serial = value_of(said["serial"])
        year = said["issued"] or said["issued_in"]
        return None if serial is None else DocumentNumber(span=span, year=_integer(year), serial=int(serial))
    if said["iso"]:
        year, month, day = (int(part) for part in said["iso"].split(said["mark"]))
        return Date(span=span, year=year, month=month, day=day)
    if said["year"] or said["any_month"]:
        month_said, day_said = said["month"] or said["any_month"], said["day"] or said["any_day"]
        return Date(
            span=span,
            year=_integer(said["year"]) if said["year"] else None,
            month=_integer(month_said) if month_said else None,
            day=_integer(day_said) if day_said else None,
        )
    return _quantity(match)


def _quantity(match: re.Match[str]) -> Quantity | None:
    said = match.groupdict()
    if said["parts"]:
        share, parts = value_of(said["share"]), _PARTS.get(said["parts"]) or value_of(said["parts"])
        if share is None or not parts:
            return None
        return Quantity(span=match.span(), value=share, unit=_SIGNS.get(int(parts), f"/{parts}"))
    if said["tenths"]:
        tenths, hundredths = _integer(said["tenths"]), _integer(said["hundredths"] or "0")
        return Quantity(span=match.span(), value=Decimal(10 * tenths + hundredths), unit="%")
    value = value_of(_BETWEEN.sub("", said["number"]))
    end = match.end("unit") if said["unit"] else match.end("number")
    return None if value is None else Quantity(span=(match.start(), end), value=value, unit=said["unit"] or "")


def _stands(quantity: Quantity, folded: str) -> bool:
    """Whether the numeral of ``quantity`` says how many, and is no part of a word, no article and no identifier."""
    start, end = quantity.span
    words = folded[start:end]
    if words[0].isdecimal():
        return not re.match("0[0-9]", words)
    if quantity.unit in ("%", "‰") or quantity.unit.startswith("/"):
        return True
    numeral = words.removesuffix(quantity.unit)
    if numeral == "一":
        return bool(_OF_ONE.fullmatch(quantity.unit))
    if _WORTH.search(numeral):
        return len(numeral) > 1
    # 三五 is about four, and 十分 is very.
    return bool(quantity.unit) and len(numeral) < 4 and not _POSITIONAL.fullmatch(numeral) and words != "十分"


def _integer(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else int(value_of(numeral) or 0)
