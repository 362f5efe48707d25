"""The width at which a text was wrapped, estimated from its lines. The method is told in ``corpus.wrapping``."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.breaks import Break, End, Extent, Gap, Measure

_NARROWEST = 16  # cells; prose is not set in narrower columns, tables and verse are


def measure(gaps: Sequence[Gap]) -> Measure | None:
    """The width that explains most breaks of ``gaps``.

    Returns:
        ``None`` where no width explains enough of them: the lines are the author's own.
    """
    voters = [g for g in gaps if g.votes]
    if len(voters) < 2:
        return None
    others = [g for g in gaps if g.open and not g.votes]
    best: Measure | None = None
    best_score = 0.0
    for count, slack, price in _COUNTS:
        if slack and best is not None and best.exact:
            break
        width, covered = _most_covered([g.extents[count] for g in voters], slack)
        share = covered / len(voters)
        if covered < 2 or share < _LEAST:
            continue
        # Where most paragraphs have two lines, the commonest width may be that of first lines without their indent.
        for wide in (width, width + _LOST[count]):
            found = _with_lost_indent(Measure(wide, count, slack, 0, share), gaps, len(voters))
            score = found.share - price + _HINT * _forced(others, found) / len(gaps)
            if (wide == width or found.lost) and score > best_score:
                best, best_score = found, score
    return best if best is not None and _is_credible(best, gaps) else None


#: The ways to count, with the slack they allow and the share of explained breaks that the slack must earn.
_COUNTS = ((0, 0, 0.0), (1, 0, 0.0), (1, 1, 0.04), (2, 2, 0.04), (0, 2, 0.05), (2, 4, 0.12))
_LEAST = 0.3  # share of breaks that a width explains before it is looked at closely
_HINT = 0.2  # what lines that may be titles count beside lines of sentences
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
        elif kind is Break.FORCED and before.votes:
            other, other_full = other + opens, other_full + (not opens)
    if opening < 2 or opening < 2 * opening_full or other > 0.2 * (other + other_full):
        return measure
    return replace(trial, share=_forced([g for g in gaps if g.votes], trial) / voters)


def _forced(gaps: Sequence[Gap], measure: Measure) -> int:
    """How many of ``gaps`` were forced at ``measure``."""
    return sum(g.at(measure) is Break.FORCED for g in gaps)


def _most_covered(extents: Sequence[Extent], slack: int) -> tuple[int, int]:
    """The integer that lies in most of ``extents``, and in how many of them once they are widened by ``slack``.

    An extent counts the more the less it must be widened: as it is, by half the slack, by all of it.
    """
    steps: Counter[int] = Counter()
    for widened in {0, slack // 2, slack}:
        for low, high in extents:
            steps[low - widened] += 1
            steps[high + widened] -= 1
    best = weight = best_weight = 0
    edges = sorted(steps)
    for edge, following in itertools.pairwise([*edges, edges[-1] + 1]):
        weight += steps[edge]
        if weight >= best_weight:
            best, best_weight = (edge + following - 1) // 2, weight
    if slack:  # uneven type blurs the edge; the commonest width of a line near it is sharper
        near = Counter(low for low, _ in extents if abs(low - best) <= 2)
        best = max(near, key=lambda low: (near[low], low), default=best)
    return best, sum(low - slack <= best < high + slack for low, high in extents)


def _is_credible(measure: Measure, gaps: Sequence[Gap]) -> bool:
    """Whether ``measure`` explains enough: lines of prose, wide enough, and few that run past it."""
    covered = [g for g in gaps if g.votes and g.at(measure) is Break.FORCED]
    over = sum(g.at(measure) is Break.OVER for g in gaps if g.prose)
    width = sorted(g.extents[0][1] for g in covered)[len(covered) // 2]
    return measure.share >= (0.4 if len(covered) >= 4 else 0.6) and width >= _NARROWEST and over <= 0.35 * len(covered)
