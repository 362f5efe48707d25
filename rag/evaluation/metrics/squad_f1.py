"""F1 over words as SQuAD counts it: for languages that put a space between words.

    precision = |words shared| / |words of the answer|      recall = |words shared| / |words of the accepted answer|
    F1 = 2 · precision · recall / (precision + recall), the best over the accepted answers

Words are those of the normal form (``squad_exact_match``), shared ones counted as in a bag. P. Rajpurkar et al., EMNLP
2016, evaluation script v1.1; where either side has no words, F1 is 1 if both have none, else 0, as in that of 2.0.
"""

from collections import Counter
from collections.abc import Sequence

from rag.evaluation.metrics.squad_exact_match import squad_accepted, squad_normal


def squad_f1(answer: str, accepted: Sequence[str]) -> float:
    """Between 0 and 1: the greatest F1 of ``answer`` with one of ``accepted``."""
    return max(_f1(squad_normal(answer).split(), squad_normal(one).split()) for one in squad_accepted(accepted))


def _f1(given: list[str], wanted: list[str]) -> float:
    if not given or not wanted:
        return float(given == wanted)
    shared = (Counter(given) & Counter(wanted)).total()
    return 2 * shared / (len(given) + len(wanted))
