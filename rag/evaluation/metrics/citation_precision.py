"""Citation precision: how many of the quotes prove the answer?

    citation precision = |quotes that support the answer| / |quotes|

T. Gao et al. (ALCE), EMNLP 2023; N. Liu, T. Zhang, P. Liang: Evaluating Verifiability in Generative Search Engines,
Findings of EMNLP 2023. What supports is said in ``supports``.
"""

from collections.abc import Sequence


def citation_precision(supported: Sequence[bool]) -> float:
    """Between 0 and 1; ``supported`` has one entry a quote. 0.0 where nothing was quoted."""
    return sum(supported) / len(supported) if supported else 0.0
