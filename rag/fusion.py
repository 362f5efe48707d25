"""Reciprocal rank fusion of several rankings into one.

    RRF(d) = sum over rankings r that hold d of  weight_r / (k + rank_r(d)),   rank counted from 1

G. V. Cormack, C. L. A. Clarke, S. Büttcher: Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning
Methods, SIGIR 2009; k = 60 is theirs.
"""

from collections.abc import Hashable, Sequence
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)

K = 60


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[Item]], *, weights: Sequence[float] | None = None, k: int = K
) -> list[tuple[Item, float]]:
    """Fuse ``rankings`` (each best first); returns (item, score), best first.

    Ties keep the order in which the items are first met, ranking by ranking, so the result is the same every time.
    ``weights`` has one number for each ranking; without it all count alike.
    """
    scores: dict[Item, float] = {}
    for ranking, weight in zip(rankings, weights or [1.0] * len(rankings), strict=True):
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + weight / (k + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])
