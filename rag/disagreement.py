"""Documents that say different things: another figure for what was asked, in another document, about as sure."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from rag.answer import Citation, Claim, Passage
from rag.figures import Date, Quantity, figures
from rag.interfaces import Finding

AS_SURE, ALIKE_AS_SURE = 0.75, 0.5
"""Share of the best answer's confidence from which on another document's figure stands beside it; and where it does so
in much the same words, of which an editor changed the figure."""
ALIKE = 0.7
"""Likeness of two sentences, figures left out, from which on their words are much the same."""
_FIGURES = re.compile(r"[0-9０-９〇零一二两三四五六七八九十百千万亿.,]+")
MOST = 3


def disagreeing(findings: Sequence[Finding], passages: Sequence[Passage], threshold: float) -> list[Finding]:
    """Those of ``findings`` that put another figure of the same measure in the place of the first one's.

    Each is of a document of its own, and another than those before it.
    """
    first = findings[0]
    figure = _figure(first, passages)
    chosen: list[Finding] = []
    told = {passages[first.passage].document.id}
    said = [figure]
    for finding in findings[1:]:
        other, document = _figure(finding, passages), passages[finding.passage].document.id
        least = ALIKE_AS_SURE if _alike(first, finding, passages) else AS_SURE
        if document in told or finding.confidence < max(threshold, least * first.confidence):
            continue
        if other is not None and _comparable(figure, other) and not any(_worth(other) == _worth(each) for each in said):
            chosen.append(finding)
            told.add(document)
            said.append(other)
    return chosen[:MOST]


def claims(answer: str, citations: Sequence[Citation], differing: Sequence[tuple[str, Citation]]) -> tuple[Claim, ...]:
    """What each document says, the newest first where all are dated; ``citations`` are those of ``answer``."""
    said = [(answer, citations[0]), *differing]
    dates = [citation.document.date for _, citation in said]
    newest = max(date for date in dates if date) if all(dates) and len(set(dates)) > 1 else None
    found = [
        Claim(answer=words, marker=citation.marker, document=citation.document, newest=citation.document.date == newest)
        for words, citation in said
    ]
    return tuple(sorted(found, key=lambda claim: claim.document.date or "", reverse=True) if newest else found)


def _figure(finding: Finding, passages: Sequence[Passage]) -> Quantity | Date | None:
    """The one figure that a finding answers with."""
    if finding.kind != "span" or len(finding.answers) != 1:
        return None
    words = passages[finding.passage].text[slice(*finding.answers[0])]
    found = [each for each in figures(words) if isinstance(each, Quantity | Date)]
    return found[0] if len(found) == 1 else None


def _alike(one: Finding, other: Finding, passages: Sequence[Passage]) -> bool:
    first, second = (_FIGURES.sub("", passages[each.passage].text[slice(*each.quote)]) for each in (one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE


def _comparable(one: Quantity | Date | None, other: Quantity | Date) -> bool:
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return one.measure == other.measure and bool(one.unit)
    return isinstance(one, Date) and isinstance(other, Date)


def _worth(figure: Quantity | Date | None) -> tuple[object, ...]:
    if isinstance(figure, Quantity):
        return (figure.value, figure.measure)
    return (figure.year, figure.month, figure.day) if figure is not None else ()
