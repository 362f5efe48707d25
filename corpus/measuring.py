"""The width at which a text was wrapped, estimated from its lines. The method is told in ``corpus.wrapping``."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.breaks import Break, End, Extent, Gap, Measure

_NARROWEST = 16  # cells; prose is not set in narrower columns, tables and verse are


def measure(gaps: Sequence[Gap], clauses: Sequence[bool]) -> Measure | None:
    """The width that explains most breaks of ``gaps``; ``clauses`` says which first lines hold a clause mark.

    Returns:
        ``None`` where no width explains enough of them: the lines are the author's own.
    """
    voters = [g for g in gaps if g.votes]
    if len(voters) < 2:
        return None
    best: Measure | None = None
    best_score = 0.0
    for count, slack, price in _COUNTS:
        if slack and best_score > _PLAIN:
            break
        width, covered = _most_covered([g.extents[count] for g in voters], slack)
        share = covered / len(voters)
        if covered < 2 or share < _LEAST:
            continue
        found = _with_lost_indent(Measure(width, count, slack, 0, share), gaps, len(voters))
        if found.share - price > best_score:
            best, best_score = found, found.share - price
    return best if best is not None and _is_credible(best, gaps, clauses) else None


#: The ways to count, with the slack they allow and the share of explained breaks that the slack must earn.
_COUNTS = ((0, 0, 0.0), (1, 0, 0.0), (1, 1, 0.04), (2, 2, 0.04), (0, 2, 0.05), (2, 4, 0.12))
_LEAST = 0.3  # share of breaks that a width explains before it is looked at closely
_PLAIN = 0.9  # share above which an exact width needs no slack
_LOST = (4, 2, 4)  # the two characters of a paragraph's indent, in each way to count


def _with_lost_indent(measure: Measure, gaps: Sequence[Gap], voters: int) -> Measure:
    """``measure``, with the indent that is missing if first lines, and hardly any others, are short by just that."""
    trial = replace(measure, lost=_LOST[measure.count])
    opening = other = opening_full = other_full = 0
    for before, g in itertools.pairwise(gaps):
        if not g.votes or g.at(trial) is not Break.FORCED:
            continue
        kind, opens = before.at(trial), g.opens(trial)
        if kind is Break.EARLY and before.end in (End.STOP, End.PAUSE):
            opening, opening_full = opening + opens, opening_full + (not opens)
        elif kind is Break.FORCED and before.votes and not before.opens(trial):
            other, other_full = other + opens, other_full + (not opens)
    if opening < 2 or opening < 2 * opening_full or other > 0.2 * (other + other_full):
        return measure
    return replace(trial, share=sum(g.votes and g.at(trial) is Break.FORCED for g in gaps) / voters)


def _most_covered(extents: Sequence[Extent], slack: int) -> tuple[int, int]:
    """The integer that lies in most of ``extents`` (each widened by ``slack``), and in how many; the largest one."""
    steps: Counter[int] = Counter()
    for low, high in extents:
        steps[low - slack] += 1
        steps[high + slack] -= 1
    best = covered = best_count = 0
    edges = sorted(steps)
    for edge, following in zip(edges, [*edges[1:], 0], strict=True):
        covered += steps[edge]
        if covered >= best_count and covered > 0:
            best, best_count = (edge + max(edge, following - 1)) // 2, covered
    return best, best_count


def _is_credible(measure: Measure, gaps: Sequence[Gap], clauses: Sequence[bool]) -> bool:
    """Whether ``measure`` explains enough: lines of prose, wide enough, and few that run past it."""
    covered = [i for i, g in enumerate(gaps) if g.votes and g.at(measure) is Break.FORCED]
    over = sum(g.at(measure) is Break.OVER for g in gaps if g.prose)
    width = sorted(gaps[i].extents[0][1] for i in covered)[len(covered) // 2]
    return (
        measure.share >= (0.4 if len(covered) >= 4 else 0.6)
        and width >= _NARROWEST
        and sum(clauses[i] for i in covered) >= 0.4 * len(covered)
        and over <= 0.35 * len(covered)
    )
