"""Questions that want two figures set side by side, taken apart into two questions, and their answers put together.

    difference  甲比乙多多少？, 甲和乙相差多少？     the one figure less the other
    sum         甲和乙一共多少？                   both together
    choice      甲和乙哪个多？                     the one whose figure is greater, or less

Both figures are answers of their own, with quotes of their own; nothing is computed of figures with different units,
and the arithmetic is told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from rag.answer import Answer, Citation, Passage
from rag.figures import Date, Quantity, figures
from rag.numerals import plain
from rag.replacement import substituted
from rag.subject import ATTRIBUTE, words
from rag.variants import simplified

BLANK = "□"
Operation = Literal["difference", "sum", "choice"]
_MORE = words("多 高 大 长 久 晚 快 重 贵 严 远 宽")
_LESS = words("少 低 小 短 早 慢 轻 便宜 近 窄 先")
_ASKED = r"(?:多少|几(?!乎))"
_DIFFERENCE = re.compile(
    rf"^(?P<one>.{{2,}}?)[，,]?(?:要|应|得|会|就|却)?(?:相)?(?<![占对])比(?![例重率值赛如])(?:起|较)?(?P<other>.{{2,}}?)[，,]?(?:要|应|得|会|就)?"
    rf"(?:{_MORE}|{_LESS}|增加|减少|提高|降低|上升|下降)(?P<verb>[\u4e00-\u9fff]{{0,4}}?)(?:出|了|到)*{_ASKED}(?P<unit>[^？?]*)"
)
_APART = re.compile(
    rf"^(?P<one>.{{2,}}?)(?:和|与|跟|同|及)(?P<other>.{{2,}}?)[，,]?(?:相差|差|差距是?)(?:了)?{_ASKED}"
    r"(?P<unit>[^？?]*)"
)
_SUM = words("一共 合计 总共 共计 加起来 加在一起 合起来 共")
_TOGETHER = re.compile(
    rf"^(?P<one>.{{2,}}?)(?:和|与|跟|同|及|加上|加)(?P<other>.{{2,}}?)[，,]?(?:{_SUM})(?:是|有|为)?{_ASKED}"
    r"(?P<unit>[^？?]*)"
)
_CHOICE = re.compile(
    rf"^(?P<before>.*?)(?P<one>[^，,的和与跟、]{{1,20}})(?:和|与|跟|还是|、)(?P<other>[^，,、]{{1,20}}?)[，,]?"
    rf"(?P<which>哪一?[个种家边方类项]|谁|何者)(?:的)?(?P<rest>.*?)(?:更|较|最)?(?P<sense>{_MORE}|{_LESS})(?:一?些|点)?[？?]?$"
)


_POINTS = re.compile("个?百分点")


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What to compare: the questions for both figures, what they are called, and whether the lesser one is wanted."""

    operation: Operation
    questions: tuple[str, str]
    names: tuple[str, str]
    lesser: bool = False

    @property
    def told_by(self) -> tuple[str, str]:
        """The words in which the names differ: 红花 and 黄芩 of 红花的年产值 and 黄芩的年产值."""
        one, other = self.names
        start = _common(one, other)
        while start and one[start - 1].isdigit():  # 2023年 and 2022年 differ as a whole
            start -= 1
        end = _common(one[start:][::-1], other[start:][::-1])
        return one[start : len(one) - end], other[start : len(other) - end]


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of it: the answer, and how it was computed."""

    text: str
    arithmetic: str


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def comparison(text: str) -> Comparison | None:
    """What the question ``text``, in simplified characters, wants compared; ``None`` where that cannot be told."""
    if choice := _CHOICE.match(text):
        return _choice(choice)
    for operation, pattern in (("sum", _TOGETHER), ("difference", _DIFFERENCE), ("difference", _APART)):
        if match := pattern.match(text):
            one, other = _whole(match["one"].strip("，, "), match["other"].strip("，, "))
            verb = match.groupdict().get("verb") or ""
            asks = f"{f'{verb}了' if verb else '是'}多少{_POINTS.sub('', match['unit']).strip()}？"
            return Comparison(
                operation="sum" if operation == "sum" else "difference",
                questions=(one + asks, other + asks),
                names=(one, other),
            )
    return None


def computed(wanted: Comparison, answers: Sequence[str]) -> Result | None:
    """The result for the answers to both questions; ``None`` where they hold no figures that can be compared."""
    one, other = (_single(answer) for answer in answers)
    if one is None or other is None or type(one) is not type(other):
        return None
    if isinstance(one, Date) and isinstance(other, Date):
        return _dated(wanted, one, other, answers)
    if not isinstance(one, Quantity) or not isinstance(other, Quantity) or one.measure != other.measure:
        return None
    if wanted.operation == "choice":
        if one.value == other.value:
            return None
        first = (one.value > other.value) != wanted.lesser
        sign = ">" if one.value > other.value else "<"
        return Result(text=wanted.names[0 if first else 1], arithmetic=f"{answers[0]} {sign} {answers[1]}")
    if wanted.operation == "sum":
        return _shown(one.value + other.value, one, answers, "+")
    larger, lesser = (0, 1) if one.value >= other.value else (1, 0)
    return _shown(abs(one.value - other.value), one, (answers[larger], answers[lesser]), "−")


def misses(wanted: Comparison, answer: str) -> bool:
    """Whether ``answer`` cannot be what ``wanted`` asks for: one of two is to be chosen, and it names neither."""
    return wanted.operation == "choice" and not any(name in simplified(answer) for name in wanted.told_by)


def _dated(wanted: Comparison, one: Date, other: Date, answers: Sequence[str]) -> Result | None:
    """Which of two days comes first; how far apart they are is not computed."""
    days = [(day.year or 0, day.month or 0, day.day or 0) for day in (one, other)]
    if wanted.operation != "choice" or days[0] == days[1]:
        return None
    first = (days[0] > days[1]) != wanted.lesser
    sign = ">" if days[0] > days[1] else "<"
    return Result(text=wanted.names[0 if first else 1], arithmetic=f"{answers[0]} {sign} {answers[1]}")


def _shown(value: Decimal, of: Quantity, answers: Sequence[str], sign: str) -> Result:
    unit = "个百分点" if of.unit == "%" and sign == "−" else of.unit
    step = next((each for each in ("亿", "万") if all(f"{each}{of.unit}" in answer for answer in answers)), "")
    worth = value / {"亿": 10**8, "万": 10**4, "": 1}[step]
    text = f"{plain(worth)}{step}{unit}"
    return Result(text=text, arithmetic=f"{answers[0]} {sign} {answers[1]} = {text}")


def _single(answer: str) -> Quantity | Date | None:
    """The one figure of ``answer``, or the first where others only add to it."""
    found = [figure for figure in figures(answer) if isinstance(figure, Quantity | Date)]
    measured = [figure for figure in found if isinstance(figure, Quantity) and figure.unit]
    return measured[0] if len(measured) == 1 else found[0] if len(found) == 1 else None


def _whole(one: str, other: str) -> tuple[str, str]:
    """Both with what either leaves to the other: 秸秆的利用率 and 畜禽粪污的, 一类区 and 四类区的工资."""
    before, comma, last = one.rpartition("，")
    context = before + comma
    if other.endswith("的"):
        return one, context + other + last.rpartition("的")[2]
    # 甲县和乙县的桥: owners of the same length share what is owned, whatever it is.
    owner = other.partition("的")[0]
    shared = ATTRIBUTE.search(other) or len(owner) == len(last)
    if "的" in other and "的" not in last and shared and not ATTRIBUTE.search(last):
        return f"{one}的{other.rpartition('的')[2]}", context + other
    if ATTRIBUTE.search(other) or len(other) >= len(last):
        return one, context + other
    return one, context + (substituted(last, other) or other)


def _choice(match: re.Match[str]) -> Comparison:
    one, other = match["one"].strip(), match["other"].strip()
    asked = _whole(one, other) if not match["before"] else (one, other)
    asks = f"{match['rest'].strip('，, ')}是多少？"
    return Comparison(
        operation="choice",
        questions=(f"{match['before']}{asked[0]}{asks}", f"{match['before']}{asked[1]}{asks}"),
        names=(one, other),
        lesser=re.fullmatch(_LESS, match["sense"]) is not None,
    )


def owner(answer: Answer, passages: Sequence[Passage], names: tuple[str, str]) -> int | None:
    """Which of ``names`` stands nearest before the figure that ``answer`` gives; ``None`` where neither does."""
    for citation in answer.citations[:1]:
        for passage in passages:
            if passage.document.id == citation.document.id and passage.paragraph == citation.paragraph:
                before = simplified(passage.text[: citation.highlights[0][0] - passage.start])
                places = [before.rfind(name) for name in names]
                return None if max(places) < 0 or places[0] == places[1] else places.index(max(places))
    return None


def blanked(passage: Passage, taken: Citation) -> Passage:
    """``passage`` with what ``taken`` marks in it made unreadable, every other character where it was."""
    text = passage.text
    for start, end in taken.highlights if passage.document.id == taken.document.id else ():
        first, last = max(0, start - passage.start), max(0, min(end - passage.start, len(text)))
        text = text[:first] + BLANK * (last - first) + text[last:] if first < last else text
    return replace(passage, text=text)
