"""From findings to citations. Every quote is a slice of its paragraph, so its offsets can be checked by anybody."""

from collections.abc import Sequence

from corpus.addresses import counted_at
from rag.answer import Citation, Passage, Span
from rag.copies import narrowed
from rag.interfaces import Finding

MOST = 4
SUPPORT = 0.8
"""A further source is cited where its confidence is at least this share of the best one's."""


def cite(findings: Sequence[Finding], passages: Sequence[Passage], threshold: float) -> tuple[Citation, ...]:
    """Citations for the best finding and those that stand beside it, numbered from 1.

    A place is cited once: findings whose quotes overlap in the same paragraph count as one.
    """
    chosen: list[Finding] = []
    for finding in findings:
        if chosen and not _supports(finding, findings[0], passages, threshold):
            continue
        if not any(_overlap(_place(f, passages), _place(finding, passages)) for f in chosen):
            chosen.append(finding)
    return tuple(_citation(n, f, passages[f.passage]) for n, f in enumerate(chosen[:MOST], start=1))


def cite_each(findings: Sequence[Finding], passages: Sequence[Passage]) -> tuple[Citation, ...]:
    """A citation for each of ``findings``, numbered from 1: the places of the members of a list."""
    return tuple(_citation(n, finding, passages[finding.passage]) for n, finding in enumerate(findings, start=1))


def cite_further(findings: Sequence[Finding], passages: Sequence[Passage], count: int) -> tuple[Citation, ...]:
    """A citation for each of ``findings``, numbered behind the ``count`` that there are."""
    return tuple(
        _citation(n, finding, passages[finding.passage]) for n, finding in enumerate(findings, start=count + 1)
    )


def _supports(finding: Finding, best: Finding, passages: Sequence[Passage], threshold: float) -> bool:
    """Whether ``finding`` says the same as ``best`` elsewhere with nearly the same confidence."""
    if finding.confidence < max(threshold, SUPPORT * best.confidence):
        return False
    return _said(finding, passages) == _said(best, passages)


def _said(finding: Finding, passages: Sequence[Passage]) -> tuple[str, ...]:
    text = passages[finding.passage].text
    return (finding.text, *(text[start:end] for start, end in finding.answers))


def _place(finding: Finding, passages: Sequence[Passage]) -> tuple[str, Span]:
    """The quote's document and its place there."""
    passage = passages[finding.passage]
    return passage.document.id, (passage.start + finding.quote[0], passage.start + finding.quote[1])


def _overlap(one: tuple[str, Span], other: tuple[str, Span]) -> bool:
    return one[0] == other[0] and one[1][0] < other[1][1] and other[1][0] < one[1][1]


def _citation(marker: int, finding: Finding, passage: Passage) -> Citation:
    start, end = finding.quote
    return Citation(
        marker=marker,
        document=passage.document,
        section=passage.section,
        paragraph=passage.paragraph,
        page=passage.page,
        quote=passage.text[start:end],
        start=passage.start + start,
        end=passage.start + end,
        highlights=tuple((passage.start + a, passage.start + b) for a, b in finding.answers),
        score=finding.confidence,
        address=passage.address + counted_at(passage.text, start),
        copies=tuple(narrowed(copy, passage.text, finding.quote, finding.answers) for copy in passage.copies),
    )
