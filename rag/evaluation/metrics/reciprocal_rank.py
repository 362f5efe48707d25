"""Reciprocal rank: how far down is the first relevant result?

    RR@k = 1 / rank of the first relevant result, rank counted from 1; 0 where none of the first k is relevant

Its mean over questions is MRR@k: E. M. Voorhees, The TREC-8 Question Answering Track Report, 1999; ``recip_rank`` of
trec_eval over the first k results.
"""

from collections.abc import Sequence


def reciprocal_rank_at(gains: Sequence[float], k: int) -> float:
    """Between 0 and 1. ``gains`` are the grades of the results, best result first; above 0 is relevant."""
    return next((1 / rank for rank, gain in enumerate(gains[:k], start=1) if gain > 0), 0.0)
