"""Normalised discounted cumulative gain: relevant results early, the most relevant ones first.

    DCG@k = sum over ranks r = 1..k of  gain_r / log2(r + 1)      nDCG@k = DCG@k / DCG@k of the best possible order

K. Järvelin, J. Kekäläinen: Cumulated gain-based evaluation of IR techniques, ACM TOIS 20, 2002. The gain is the grade
itself, as in ``ndcg_cut`` of trec_eval and in BEIR, not 2^grade - 1.
"""

from collections.abc import Sequence
from math import log2


def ndcg_at(gains: Sequence[float], relevant: Sequence[float], k: int) -> float:
    """Between 0 and 1; 0.0 where nothing is relevant, as in trec_eval.

    Args:
        gains: Grades of the results, best result first; 0 for what is not relevant.
        relevant: Grades of all relevant documents, found or not, in any order.
        k: How many results are looked at.
    """
    best = _dcg(sorted(relevant, reverse=True)[:k])
    return _dcg(gains[:k]) / best if best > 0 else 0.0


def _dcg(gains: Sequence[float]) -> float:
    return sum(max(gain, 0.0) / log2(rank + 1) for rank, gain in enumerate(gains, start=1))
