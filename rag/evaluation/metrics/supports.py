"""Does a quote prove the answer?

A quote supports an answer where it covers a piece of the evidence, or holds an accepted answer or a member of the list
(``containment.holds``): the attribution of citations without a judging model. T. Gao et al.: Enabling Large Language
Models to Generate Text with Citations (ALCE), EMNLP 2023, ask a model whether the quote entails the answer; here the
test set says what proves it.
"""

from collections.abc import Sequence

from rag.evaluation.metrics.containment import holds, is_verdict
from rag.evaluation.metrics.folding import fold

SHORTEST = 6
"""Folded characters that a quote must have to count as a part of the evidence: 企业 is a part of any sentence."""


def supports(quote: str, evidence: Sequence[str], accepted: Sequence[str], items: Sequence[str]) -> bool:
    """Whether ``quote`` proves the answer. 是, 否, yes and no among ``accepted`` prove nothing, wherever they stand."""
    words = [one for one in accepted if not is_verdict(one)]
    return any(covers(quote, piece) for piece in evidence) or any(holds(quote, one) for one in (*words, *items))


def covers(quote: str, piece: str) -> bool:
    """Whether ``quote`` holds a piece of evidence, or is a part of it that is long enough to be told from others."""
    return holds(quote, piece) or (len(fold(quote)) >= SHORTEST and holds(piece, quote))
