"""Is the first quote the sentence with the answer?

    1 if the first quote is, holds or lies in a sentence of the evidence, else 0

Where the test set names no evidence, the quote has to hold an accepted answer. It is the hit@1 of answer sentence
selection (Y. Yang, W. Yih, C. Meek: WikiQA, EMNLP 2015): what is left of the question once its span is forgiven.
"""

from collections.abc import Sequence

from rag.evaluation.metrics.supports import covers, supports


def sentence_hit(quotes: Sequence[str], evidence: Sequence[str], accepted: Sequence[str]) -> float:
    """1.0 or 0.0; 0.0 where nothing was quoted."""
    if not quotes:
        return 0.0
    if evidence:
        return float(any(covers(quotes[0], piece) for piece in evidence))
    return float(supports(quotes[0], (), accepted, ()))
