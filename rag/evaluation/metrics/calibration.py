"""Does a confidence say how often it is right?

    bin b: the answers with a confidence in [b/B, (b+1)/B), the last with 1.0
    ECE = sum over bins of  |bin| / n · | share right in the bin - mean confidence in the bin |

M. P. Naeini, G. F. Cooper, M. Hauskrecht: Obtaining Well Calibrated Probabilities Using Bayesian Binning, AAAI 2015;
the reliability diagram as in C. Guo et al.: On Calibration of Modern Neural Networks, ICML 2017. Between 0 and 1, lower
is better; bins of equal width, empty ones count nothing and are left out.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Bin:
    """Answers of like confidence, from ``low`` up to ``high``: how many, how sure on average, what share is right."""

    low: float
    high: float
    n: int
    confidence: float
    right: float

    def as_record(self) -> dict[str, float]:
        """Ready for JSON: ``from``, ``to``, ``n``, ``confidence``, ``right``."""
        return {"from": self.low, "to": self.high, "n": self.n, "confidence": self.confidence, "right": self.right}


def reliability(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> tuple[Bin, ...]:
    """The bins that are not empty, in order of confidence.

    Raises:
        ValueError: The two do not have the same length, a confidence is not between 0 and 1, or ``bins`` is below 1.
    """
    if bins < 1:
        raise ValueError(f"at least 1 bin is needed, not {bins}")
    edges = [n / bins for n in range(bins)]
    members: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, correct in zip(confidences, right, strict=True):
        if not 0 <= confidence <= 1:
            raise ValueError(f"a confidence is between 0 and 1, not {confidence}")
        members[bisect_right(edges, confidence) - 1].append((confidence, bool(correct)))
    return tuple(
        Bin(
            low=edges[n],
            high=(n + 1) / bins,
            n=len(answers),
            confidence=sum(confidence for confidence, _ in answers) / len(answers),
            right=sum(correct for _, correct in answers) / len(answers),
        )
        for n, answers in sorted(members.items())
    )


def expected_calibration_error(bins: Sequence[Bin]) -> float | None:
    """Between 0 and 1; ``None`` where there is no answer."""
    total = sum(one.n for one in bins)
    return sum(one.n / total * abs(one.right - one.confidence) for one in bins) if total else None
