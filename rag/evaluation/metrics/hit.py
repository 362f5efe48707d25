"""Hit@k: is anything relevant among the first k?

    hit@k = 1 if some of the first k results has a gain above 0, else 0

``success_k`` of trec_eval; between 0 and 1 in the mean.
"""

from collections.abc import Sequence


def hit_at(gains: Sequence[float], k: int) -> float:
    """1.0 or 0.0. ``gains`` are the grades of the results, best result first; above 0 is relevant."""
    return float(any(gain > 0 for gain in gains[:k]))
