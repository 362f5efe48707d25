"""Does an answer say more than the words quoted for it? A check that knows no model, only figures, names and negations.

What must stand in the quoted words: every figure with its unit, every date, every document number with its office,
every office by its name, in whatever writing (二〇二四年 is 2024年, 百分之九十五 is 95%, 1.2亿 is 12000万). And what is
denied there must be denied here: where the two run side by side, neither may have a 不 or 未 that the other lacks.

It guards the sentences of a language model, and the edges of an extractive answer: words cut out of a quote are its
own, unless the cut goes through a figure (8家 out of 18家) or leaves a 不 behind.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from corpus.masthead import NUMBER, canonical
from rag.answer import Span
from rag.figures import Date, DocumentNumber, Quantity, agrees, figures
from rag.spans import OFFICE, TITLE
from rag.terms import folded
from rag.variants import simplified

Kind = Literal["figure", "date", "document", "negation", "office", "edge"]
_NEGATION = re.compile(
    r"不|未|无(?!人机|线|锡|论|障碍|形|偿|缝|害化|纺|烟|机盐|极)|没|非(?!洲|常|遗|凡|得)|勿|莫|禁止|严禁|除外|免(?!疫|税店)|拒绝|停止|取消"
    r"|\b(?:not|no|never|without|except|unless|neither|nor|cannot)\b|n't\b"
)
_DENIES = re.compile(r"(?:不|未|没有?)$")
"""Before a cut: what is left of 不收费 would say the contrary."""
_BARE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_CLAUSE = re.compile(r"[^，。；！？,;!?\n]+")
NAME = 3
"""Characters of the shortest name of an office."""
NEAR = 0.5
"""Share of a clause that must run beside the quoted words for its negations to be compared."""


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Words of an answer, ``said[span]``, that the quoted words do not bear out."""

    kind: Kind
    span: Span


def doubts(said: str, quotes: Sequence[str]) -> list[Doubt]:
    """What in ``said`` the ``quotes`` together do not bear out, in order; empty where they bear out all of it."""
    text = "\n".join(quotes)
    found = [*_figures(said, text), *_offices(said, text)]
    whole, part = _plain(text), _plain(said)
    start = whole.find(part)
    if start < 0:
        found += _negations(said, text)
    elif _DENIES.search(whole[:start]):
        found.append(Doubt(kind="negation", span=(0, min(1, len(said)))))
    return sorted(found, key=lambda doubt: doubt.span)


def cuts(text: str, span: Span) -> bool:
    """Whether an edge of ``span`` lies within a figure of ``text``."""
    return any(start < edge < end for start, end in map(_extent, figures(text)) for edge in span)


def uncut(text: str, span: Span, sentence: Span) -> Span:
    """``span``, widened to whole figures where its edges lie within one of ``text[sentence]``; places in ``text``.

    And to the whole of a title that only one of its edges lies in.
    """
    at, behind = sentence
    first, last = span
    for title in TITLE.finditer(text, at, behind):
        start, end = title.span()
        if first <= start < last < end:
            last = end
        elif start < first < end <= last:
            first = start
    for start, end in ((at + a, at + b) for a, b in map(_extent, figures(text[at:behind]))):
        first = start if start < first < end else first
        last = end if start < last < end else last
    return first, last


def _extent(figure: Quantity | Date | DocumentNumber) -> Span:
    return figure.span


def _plain(text: str) -> str:
    return "".join(folded(simplified(text)).split())


def _figures(said: str, text: str) -> Iterator[Doubt]:
    """Figures, dates and document numbers of ``said`` that ``text`` has not."""
    told = figures(text)
    numbers = {canonical(match) for match in NUMBER.finditer(text)}
    named = list(NUMBER.finditer(said))
    for match in named:
        if not any(canonical(match).endswith(number) or number.endswith(canonical(match)) for number in numbers):
            yield Doubt(kind="document", span=match.span())
    known = figures(said)
    left = list(told)
    for figure in known:
        if any(match.start() <= figure.span[0] < match.end() for match in named):
            continue
        borne = next((each for each in left if _bears(each, figure)), None)
        if borne is None:
            yield Doubt(kind="date" if isinstance(figure, Date) else "figure", span=figure.span)
        else:
            left.remove(borne)  # 20%以上50%以下 does not bear out 50%以上50%以下
    bare = {match[0] for match in _BARE.finditer(folded(text))}
    for match in _BARE.finditer(folded(said)):
        if match[0] not in bare and not any(f.span[0] <= match.start() < f.span[1] for f in known):
            yield Doubt(kind="figure", span=match.span())


def _bears(told: Quantity | Date | DocumentNumber, said: Quantity | Date | DocumentNumber) -> bool:
    """Whether a figure of the quoted words bears out one of the answer; a unit must not come from nowhere."""
    if isinstance(told, Quantity) and isinstance(said, Quantity):
        return told.value == said.value and (told.measure == said.measure or not said.unit)
    return agrees(told, said)


def _offices(said: str, text: str) -> Iterator[Doubt]:
    """Names of offices in ``said`` that ``text`` has not: those whose own words are nowhere in it."""
    plain = _plain(text)
    ends = [figure.span[1] for figure in figures(said)]
    for match in OFFICE.finditer(said):
        start = max((end for end in ends if match.start() < end <= match.end()), default=match.start())
        name = _plain(said[start : match.end()])
        if len(name) >= NAME and name not in plain and not _runs_into(name, plain):
            yield Doubt(kind="office", span=(start, match.end()))


def _runs_into(name: str, plain: str) -> bool:
    """Whether the end of ``name``, all but words that lead up to it, stands in the quoted words."""
    return any(name[start:] in plain and start <= len(name) - 3 for start in range(1, max(2, len(name) // 2)))


def _negations(said: str, text: str) -> Iterator[Doubt]:
    """Clauses of ``said`` that deny what the words they run beside do not, or the other way round."""
    told = simplified(text)
    for clause in _CLAUSE.finditer(simplified(said)):
        beside = _beside(clause[0], told)
        if beside is not None and len(_NEGATION.findall(clause[0])) != len(_NEGATION.findall(beside)):
            yield Doubt(kind="negation", span=clause.span())


def _beside(clause: str, text: str) -> str | None:
    """The stretch of ``text`` that ``clause`` runs beside: from its first matching words to its last."""
    best: tuple[float, str] | None = None
    for other in _CLAUSE.finditer(text):
        matcher = SequenceMatcher(None, clause, other[0], autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        if not blocks:
            continue
        shared = sum(block.size for block in blocks) / len(clause)
        lead, tail = blocks[0].a, len(clause) - blocks[-1].a - blocks[-1].size
        start = max(0, blocks[0].b - lead)
        if _DENIES.fullmatch(other[0][:start]):
            start = 0
        end = min(len(other[0]), blocks[-1].b + blocks[-1].size + tail)
        if best is None or shared > best[0]:
            best = (shared, other[0][start:end])
    return best[1] if best is not None and best[0] >= NEAR else None
