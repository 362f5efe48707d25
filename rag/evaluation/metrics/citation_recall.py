"""Citation recall: how much of the evidence is quoted?

    citation recall = |pieces of evidence that some quote covers| / |pieces of evidence|

T. Gao et al. (ALCE), EMNLP 2023, and N. Liu et al., 2023, count the statements that are fully supported; here the test
set names the pieces that are needed. What covers is said in ``supports``.
"""

from collections.abc import Sequence

from rag.evaluation.metrics.supports import covers


def citation_recall(quotes: Sequence[str], evidence: Sequence[str]) -> float:
    """Between 0 and 1; 0.0 where there is no evidence, so ask only where there is."""
    covered = sum(any(covers(quote, piece) for quote in quotes) for piece in evidence)
    return covered / len(evidence) if evidence else 0.0
