"""Is the tuned encoder better on pairs that it has not learnt from, and is it no worse at anything else?

hit@1 and MRR@10 (``rag.evaluation.metrics``) of the right paragraph among all paragraphs of the index. The interval and
the p-value come from drawing whole groups of pairs again (``rag.evaluation.bootstrap``), those of one document: what it
is about makes many of them right or wrong together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from rag.evaluation.bootstrap import Counts, Difference, Figure, paired_figure
from rag.tuning.pairs import KINDS, Pair
from rag.tuning.ranks import Ranks

DEPTH = 10
CHANCE = 0.05
"""p-value above which a difference may be luck."""
MARGIN = 0.02
"""MRR@10 that may be lost on general questions, and on the user's own: less than a user would notice."""

Reason = Literal["not_better", "general_worse", "questions_worse"]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Two encoders on the same pairs.

    Attributes:
        n: Pairs.
        hit_before: Share of them whose paragraph comes first, with the encoder as it was.
        hit_after: With the tuned one.
        mrr: MRR@10 of both, the interval of the difference and its p-value; ``mrr.n`` counts the groups drawn.
    """

    n: int
    hit_before: float
    hit_after: float
    mrr: Difference


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What the encoders are held against each other by.

    Attributes:
        held_out: All pairs that were kept back.
        by_kind: The same by kind of pair.
        general: Bundled questions that have nothing to do with these documents.
    """

    held_out: Compared
    by_kind: Mapping[str, Compared]
    general: Compared

    @property
    def reason(self) -> Reason | None:
        """Why the tuned encoder is not to be kept; ``None`` where it is."""
        gained = self.held_out.mrr
        if gained.difference <= 0 or gained.p_value > CHANCE:
            return "not_better"
        if self.general.mrr.difference < -MARGIN:
            return "general_worse"
        asked = self.by_kind.get("question")
        if asked is not None and asked.mrr.difference < -MARGIN:
            return "questions_worse"
        return None


def judge(
    pairs: Sequence[Pair],
    groups: Sequence[int],
    before: Ranks,
    after: Ranks,
    *,
    general: Sequence[Pair],
    general_before: Ranks,
    general_after: Ranks,
) -> Judgement:
    """Compare the ranks of two encoders.

    Args:
        pairs: What was asked, at least one.
        groups: For each pair the number of its group.
        before: The rank of its passage with the encoder as it was.
        after: With the tuned one.
        general: The general questions.
        general_before: Their ranks.
        general_after: Their ranks.
    """
    owners = np.asarray(groups, dtype=np.int64)
    kinds = np.asarray([pair.kind for pair in pairs])
    by_kind = {kind: kinds == kind for kind in KINDS if (kinds == kind).any()}
    asked = np.asarray([pair.paragraph for pair in general], dtype=np.int64)
    return Judgement(
        held_out=compare(before, after, owners),
        by_kind={kind: compare(before[of], after[of], owners[of]) for kind, of in by_kind.items()},
        general=compare(general_before, general_after, asked),
    )


def compare(before: Ranks, after: Ranks, groups: npt.NDArray[np.int64]) -> Compared:
    """The figures of both; ``groups`` says which pairs are drawn together."""
    _, owner = np.unique(groups, return_inverse=True)
    sizes = np.bincount(owner).astype(np.float64)
    return Compared(
        n=len(before),
        hit_before=float((before == 1).mean()),
        hit_after=float((after == 1).mean()),
        mrr=paired_figure(_mean(before, owner, sizes), _mean(after, owner, sizes), len(sizes)),
    )


def _mean(ranks: Ranks, owner: npt.NDArray[np.int64], sizes: npt.NDArray[np.float64]) -> Figure:
    """MRR@10 over all pairs of the groups that were drawn."""
    sums = np.bincount(owner, weights=np.where(ranks <= DEPTH, 1 / ranks, 0.0))

    def figure(counts: Counts) -> npt.NDArray[np.float64]:
        mean: npt.NDArray[np.float64] = (counts @ sums) / (counts @ sizes)
        return mean

    return figure
