"""Recall@k: how much of what is relevant is among the first k?

    recall@k = |relevant among the first k| / |relevant|

``recall_k`` of trec_eval.
"""

from collections.abc import Sequence


def recall_at(gains: Sequence[float], relevant_count: int, k: int) -> float:
    """Between 0 and 1; 0.0 where nothing is relevant, as in trec_eval.

    Args:
        gains: Grades of the results, best result first; above 0 is relevant.
        relevant_count: How many relevant documents there are, found or not.
        k: How many results are looked at.

    Raises:
        ValueError: More relevant results than there are relevant documents.
    """
    found = sum(gain > 0 for gain in gains[:k])
    if found > relevant_count:
        raise ValueError(f"{found} relevant results, but only {relevant_count} relevant documents")
    return found / relevant_count if relevant_count else 0.0
