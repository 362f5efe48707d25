"""How often was no answer given?

    refusal rate = |questions without an answer| / |questions|

Over the unanswerable questions it is what should be done (``refused``; the NoAns accuracy of SQuAD 2.0, P. Rajpurkar,
R. Jia, P. Liang, ACL 2018); over the answerable ones it is what was lost (``false_refusal``).
"""

from collections.abc import Sequence


def refusal_rate(refused: Sequence[bool]) -> float | None:
    """Between 0 and 1; ``None`` where no question was asked."""
    return sum(refused) / len(refused) if refused else None
