"""Figures set side by side: each found as the answer to a question of its own, then computed with, the arithmetic told.

A figure counts only where it belongs to the one that is asked about, as far as its paragraph tells; nothing is computed
of figures with different units. What a document itself says of all (两县相差12.6个百分点, 三项合计1.685亿元) needs no
computing.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations

from rag.answer import Answer, Passage
from rag.comparison import Comparison
from rag.figures import Date, Quantity, figures
from rag.interfaces import Finding
from rag.numerals import plain
from rag.ownership import Owners
from rag.question import Question
from rag.table_rows import as_quantity
from rag.variants import simplified

BLANK = "□"
TOLD = 0.1
"""How likely figures of one paragraph that says whose they are are right, whatever the reader thinks of each."""
BESIDE = 4
"""How much likelier a figure is that stands in the paragraph of the surest of the others."""
SAME = 2
"""Characters at the end of the words before two figures from which on they say what the figures are of."""
_DONE = re.compile("完成|安排|投入|新增|建成|发放|实现|拨付|下达|累计|共有|全[市县省区]|其中|提供|受理|查出|[年月日]")
_WIDER = re.compile("[全各][市县省国区州]")
_PART = re.compile("(?:^|(?<=[省市县州，,在]))[一-龥]{2,4}?[区县镇乡村](?![间域])")
"""Places that a question names."""
LOOKS = 3
"""How often a passage is read again, what belongs to another blanked."""
_MORE = "多|高|大|长|久|晚|快|重|贵|远|宽|超过|超出|增|涨|升"
_LESS = "少|低|小|短|早|慢|轻|便宜|近|窄|差|减|降|跌|下滑|缩"
_STATED = {
    "difference": re.compile(
        rf"相差|差距|差额|(?<![最至])(?:{_MORE}|{_LESS}|提升|上升|提前|推迟|扩|延|压|上浮|下浮|上调|下调|年长|领先|落后|净)"
        r"[^，。；0-9到至为]{0,3}$"
    ),
    "sum": re.compile(r"合计|总计|共计|一共|总共|累计|(?<!公)[总共][^，。；同享]{0,8}$"),
}  # fmt: skip
"""What stands before a figure that is a difference, or a sum, in the words of the document."""
_COMPARES = re.compile("最|首|第一|较|更|比|[高低多少大小早晚优]于|不如|超过|超出|领先|胜|多数|过半")


@dataclass(frozen=True, kw_only=True)
class Found:
    """A figure: the finding that gives it, its passage, and whether the paragraph says whose it is."""

    finding: Finding
    passage: Passage
    told: bool

    @property
    def words(self) -> str:
        """The figure as it stands, with the unit that the head of its column gives."""
        first, last = self.finding.answers[0][0], self.finding.answers[-1][1]
        return as_quantity(self.passage.text[first:last])


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of it: the answer, and how it was computed."""

    text: str
    arithmetic: str


Read = Callable[[int, Sequence[Passage]], Sequence[Finding]]
"""Reads passages for the question of that number."""


def measured(question: Question, passage: Passage, finding: Finding) -> bool:
    """Whether ``finding`` gives what is asked for in the measure that is asked for, where that is known."""
    return _measured(question, "".join(passage.text[start:end] for start, end in finding.answers))


def _measured(question: Question, words: str) -> bool:
    return question.look is None or question.form != "number" or question.look.search(simplified(words)) is not None


def found(wanted: Comparison, passages: Sequence[Sequence[Passage]], read: Read) -> list[Found] | None:
    """For each question of ``wanted`` the likeliest figure that is not another's.

    ``None`` where one is missing, where they are figures of different things, or cannot be told apart.

    Args:
        wanted: The comparison.
        passages: Those found for each of its questions, best first.
        read: Reads them.
    """
    if not wanted.apart:
        return None
    owners = Owners(wanted.told_by)
    chosen: list[Found] = []
    for number, mine in enumerate(passages):
        one = _of(number, mine, read, owners, chosen)
        if one is None:
            return None
        chosen.append(one)
    anchor = max(chosen, key=lambda one: one.finding.confidence)
    for number, one in enumerate(chosen):
        if not _beside(one, anchor):
            others = [each for each in chosen if each is not one]
            there = _of(number, [anchor.passage], read, owners, others)
            if there is not None and there.told and there.finding.confidence * BESIDE >= one.finding.confidence:
                chosen[number] = there
    years = all(re.fullmatch("[0-9]{4}", name) for name in wanted.told_by)
    apart = years and any(_of_another(wanted.questions[0], *pair) for pair in permutations(chosen, 2))
    return None if apart else chosen


def _of(number: int, passages: Sequence[Passage], read: Read, owners: Owners, taken: Sequence[Found]) -> Found | None:
    """The figure that belongs to the owner ``number``; what turns out to be another's is blanked and read past."""
    whole = passages
    for _ in range(LOOKS):
        others: list[Found] = []
        unsaid: Found | None = None
        for finding in read(number, passages):
            if finding.kind == "boolean" or _single(_words(finding, passages)) is None:
                continue
            place = (finding.answers[0][0], finding.answers[-1][1])
            owner = owners.of(whole[finding.passage], place)
            one = Found(finding=finding, passage=whole[finding.passage], told=owner is not None)
            if _is_taken(one, taken):
                owner = -1
            if owner == number:
                return one
            if owner is None and unsaid is None:
                unsaid = one
            others.append(one)
        if not others or (unsaid is not None and unsaid is others[0]):
            return unsaid
        passages = [_blanked(n, passage, others) for n, passage in enumerate(passages)]
    return None


def _of_another(question: str, one: Found, other: Found) -> bool:
    """Whether ``other``, of another year, is told of something else than ``one``, as far as the words before both show.

    轨道交通运营补贴14.7亿元 and 公交运营补贴8.85亿元, where 轨道交通运营补贴 is asked for; 北塘区1964个 and 全市6915个.
    """
    heads = [_head(each) for each in (one, other)]
    same = next((n for n, (a, b) in enumerate(zip(*(head[::-1] for head in heads), strict=False)) if a != b), 0)
    if same >= SAME:
        mine, others = (head[-same - 2 :] for head in heads)
        told = len(mine) == len(others) == same + 2 and not _DONE.match(others)
        if told and mine in question and others not in question:
            return True
    places = [place for place in _PART.findall(question) if _holds_for(place, one)]
    return any(not _holds_for(place, other) for place in places)


def _holds_for(place: str, one: Found) -> bool:
    """Whether the figure is told of ``place``: named before it, and nothing wider since, or by the document's title."""
    before = simplified(one.passage.text[: one.finding.answers[0][0]])
    above = simplified(" ".join((one.passage.document.title, *one.passage.section)))
    wider = max((match.start() for match in _WIDER.finditer(before)), default=-1)
    return place in above or before.rfind(place) > wider


def _clause(one: Found) -> str:
    """What the sentence of ``one`` says before its figure."""
    return simplified(one.passage.text[one.finding.quote[0] : one.finding.answers[0][0]])


def _head(one: Found) -> str:
    """The words right before the figure: 公交运营补贴 of 安排公交运营补贴9.4亿元."""
    return re.split("[^一-龥]", re.sub("(?:仅|只|已|共)?(?:有|为|达到?|是|至)?$", "", _clause(one)))[-1]


def _words(finding: Finding, passages: Sequence[Passage]) -> str:
    return as_quantity(passages[finding.passage].text[finding.answers[0][0] : finding.answers[-1][1]])


def _is_taken(one: Found, taken: Sequence[Found]) -> bool:
    (document, first, last), places = _place(one), [_place(each) for each in taken]
    return any(document == other and first < end and start < last for other, start, end in places)


def _beside(one: Found, other: Found) -> bool:
    return (one.passage.document.id, one.passage.start) == (other.passage.document.id, other.passage.start)


def _place(one: Found) -> tuple[str, int, int]:
    start = one.passage.start
    return one.passage.document.id, start + one.finding.answers[0][0], start + one.finding.answers[-1][1]


def _blanked(number: int, passage: Passage, others: Sequence[Found]) -> Passage:
    """``passage`` with the figures of ``others`` made unreadable, every other character where it was."""
    text = passage.text
    for start, end in (span for other in others if other.finding.passage == number for span in other.finding.answers):
        text = text[:start] + re.sub("[0-9一-龥]", BLANK, text[start:end]) + text[end:]
    return replace(passage, text=text)


def sure(figures_found: Sequence[Found]) -> float:
    """How likely all of them are right.

    Where one paragraph gives them all and says whose they are, one speaks for the other; else each has to be right.
    """
    if all(each.told and _beside(each, figures_found[0]) for each in figures_found):
        return 1 - (1 - TOLD) * math.prod(1 - each.finding.confidence for each in figures_found)
    return math.prod(each.finding.confidence for each in figures_found)


def stands(wanted: Comparison, part: Question, answer: Answer, passages: Sequence[Passage]) -> bool:
    """Whether ``answer``, found for the whole question, may stand: it is not the figure of one alone.

    ``part`` is the question for one of them, which tells the measure.

    A difference may where the document says that it is one; of a choice it names one, and the document compares.
    """
    if not answer.citations:
        return False
    cited = answer.citations[0]
    if wanted.operation == "choice":
        said = simplified(answer.answer)
        return any(name in said for name in wanted.told_by) and _COMPARES.search(simplified(cited.quote)) is not None
    stated = states(wanted, answer)
    if not _measured(part, answer.answer):
        return stated and wanted.operation == "difference"
    if stated:
        return True
    owners = Owners(wanted.told_by)
    for passage in passages:
        if passage.document.id == cited.document.id and passage.paragraph == cited.paragraph and cited.highlights:
            first, last = (place - passage.start for place in cited.highlights[0])
            return owners.of(passage, (first, last)) is None
    return False


def states(wanted: Comparison, answer: Answer) -> bool:
    """Whether the document says in words that ``answer`` is the difference, or the sum."""
    cited = answer.citations[0]
    start = min((first for first, _ in cited.highlights), default=cited.start) - cited.start
    quote = simplified(cited.quote)
    clause = quote[max(quote.rfind(mark, 0, start) for mark in "，。；：、") + 1 : start]
    return _STATED[wanted.operation].search(clause) is not None


def computed(wanted: Comparison, answers: Sequence[str]) -> Result | None:
    """The result for the ``answers`` to all questions; ``None`` where they hold no figures that can be compared."""
    told = [_single(answer) for answer in answers]
    days = [each for each in told if isinstance(each, Date)]
    if len(days) == len(told):
        return _first(wanted, days, answers)
    amounts = [each for each in told if isinstance(each, Quantity)]
    if len(amounts) < len(told) or len({each.measure for each in amounts}) > 1:
        return None
    if wanted.operation == "choice":
        return _chosen(wanted, [each.value for each in amounts], answers)
    if wanted.operation == "sum":
        return _shown(sum((each.value for each in amounts), Decimal()), amounts[0], answers, " + ")
    larger, lesser = sorted((0, 1), key=lambda n: -amounts[n].value)
    value = abs(amounts[0].value - amounts[1].value)
    return _shown(value, amounts[0], (answers[larger], answers[lesser]), " − ")


def _first(wanted: Comparison, days: Sequence[Date], answers: Sequence[str]) -> Result | None:
    """Which of some days comes first, or last; how far apart they are is not computed."""
    if wanted.operation != "choice" or len({(day.year is None, day.month is None) for day in days}) > 1:
        return None
    values = [Decimal((day.year or 0) * 10000 + (day.month or 0) * 100 + (day.day or 0)) for day in days]
    return _chosen(wanted, values, answers)


def _chosen(wanted: Comparison, values: Sequence[Decimal], answers: Sequence[str]) -> Result | None:
    best = min(values) if wanted.lesser else max(values)
    if list(values).count(best) > 1:
        return None
    order = sorted(range(len(values)), key=lambda n: values[n]) if len(values) > 2 else range(len(values))
    sign = " < " if len(values) > 2 or values[0] < values[1] else " > "
    return Result(text=wanted.names[list(values).index(best)], arithmetic=sign.join(answers[n] for n in order))


def _shown(value: Decimal, of: Quantity, answers: Sequence[str], sign: str) -> Result:
    unit = "个百分点" if of.unit == "%" and sign == " − " else of.unit
    step = next((each for each in ("亿", "万") if all(f"{each}{of.unit}" in answer for answer in answers)), "")
    if not step and any("亿" in answer for answer in answers):
        step = "亿"
    elif not step and any("万" in answer for answer in answers):
        step = "万"
    worth = value / {"亿": 10**8, "万": 10**4, "": 1}[step]
    text = f"{plain(worth)}{step}{unit}"
    return Result(text=text, arithmetic=f"{sign.join(answers)} = {text}")


def _single(answer: str) -> Quantity | Date | None:
    """The one figure of ``answer``, or the first where others only add to it."""
    told = [figure for figure in figures(answer) if isinstance(figure, Quantity | Date)]
    measured = [figure for figure in told if isinstance(figure, Quantity) and figure.unit]
    return measured[0] if len(measured) == 1 else told[0] if len(told) == 1 else None
