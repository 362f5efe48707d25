"""The terms by which figures are found in any writing: those of the plainest one, beside the written ones.

The plainest writing is in digits, as most texts have it: 1.9千万元 gives 19000000 and 19000000元, 二〇二〇年五月一日
gives 2020, 2020年, 2020年5月 and 5月1日. What is written so has most of these terms already and gets no second ones, so
paragraphs hardly grow. Percentages, months with a year or a day, and document numbers have a term of their own.
Counts below ten have none: 两家 and 三份 are so frequent that their terms found other passages more often than the
right one. Chosen with ``python -m tests.benchmarks.rewording``.
"""

from collections.abc import Iterator
from decimal import Decimal

from rag.figures import Date, DocumentNumber, Figure, Quantity, figures
from rag.numerals import plain
from rag.terms import folded

_COUNTED = Decimal(10)
"""Below it a whole number of things has no term."""
_TELLING = Decimal(100)
"""Below it a number without its unit says nothing."""


def figure_terms(text: str) -> list[str]:
    """What the figures of ``text`` add to :func:`rag.terms.passage_terms`, one for each time that they occur."""
    return [term for figure in figures(text) for term in _terms(figure, folded(text[slice(*figure.span)]))]


def _terms(figure: Figure, written: str) -> Iterator[str]:
    match figure:
        case Quantity(value=value, unit=unit):
            yield from _of_quantity(plain(value), unit, written, value)
        case Date(year=year, month=month, day=day):
            if year and f"{year}年" not in written:
                yield from (f"{year}年",) if f"{year}" in written else (f"{year}", f"{year}年")
            if year and month:
                yield f"{year}年{month}月"
            if month and day:
                yield f"{month}月{day}日"
            elif month and f"{month}月" not in written:
                yield f"{month}月"
        case DocumentNumber(year=year, serial=serial):
            yield f"〔{year}〕{serial}号"


def _of_quantity(number: str, unit: str, written: str, value: Decimal) -> Iterator[str]:
    if unit in ("%", "‰") or unit.startswith("/"):
        yield number + unit
        return
    if value < _COUNTED and not value % 1:
        return
    in_digits = written.startswith(number) and not written[len(number) :][:1].isdecimal()
    if not in_digits and (value >= _TELLING or value % 1):
        yield number
    # As the written terms have it: the number with the character behind it.
    if unit and not (in_digits and written.startswith(number + unit[0])):
        yield number + unit[0]
