"""What silence buys: the share of wrong answers among those given, for every confidence that could be demanded.

    coverage(t) = |answers with confidence >= t| / n
    risk(t) = |wrong answers with confidence >= t| / |answers with confidence >= t|
    AURC = 1/n · sum over all answers i of risk(confidence_i)

R. El-Yaniv, Y. Wiener: On the Foundations of Noise-free Selective Classification, JMLR 2010; Y. Geifman, R. El-Yaniv:
Selective Classification for Deep Neural Networks, NIPS 2017; the area as in Y. Geifman, G. Uziel, R. El-Yaniv:
Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers, ICLR 2019, lower is better. No threshold can part
answers of one confidence, so these are one point, and each of them counts with the risk of all. The sum is then the
area under steps: risk at a point times the coverage gained since the point before. Nothing is interpolated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, kw_only=True)
class Point:
    """What comes of demanding ``confidence``: the share of questions answered, and the share of these that is wrong."""

    coverage: float
    risk: float
    confidence: float

    def as_record(self) -> dict[str, float]:
        """Ready for JSON."""
        return {"coverage": self.coverage, "risk": self.risk, "confidence": self.confidence}


def risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> tuple[Point, ...]:
    """The curve, in order of coverage: one point for each confidence that occurs; empty where nothing was asked.

    Raises:
        ValueError: The two do not have the same length.
    """
    ranked = sorted(zip(confidences, right, strict=True), key=lambda pair: -pair[0])
    points, covered, wrong = [], 0, 0
    for confidence, group in groupby(ranked, key=lambda pair: pair[0]):
        answers = [correct for _, correct in group]
        covered += len(answers)
        wrong += len(answers) - sum(map(bool, answers))
        points.append(Point(coverage=covered / len(ranked), risk=wrong / covered, confidence=confidence))
    return tuple(points)


def aurc(points: Sequence[Point]) -> float | None:
    """The area under the whole curve, between 0 and 1; ``None`` for an empty one. Not for a thinned one."""
    before = (0.0, *(point.coverage for point in points))
    return sum((p.coverage - last) * p.risk for p, last in zip(points, before, strict=False)) if points else None


def thin(points: Sequence[Point], most: int = 200) -> tuple[Point, ...]:
    """At most ``most`` of ``points`` for a plot, evenly spaced, the first and the last among them.

    Raises:
        ValueError: ``most`` is less than 2.
    """
    if most < 2:
        raise ValueError(f"a curve needs 2 points, not {most}")
    if len(points) <= most:
        return tuple(points)
    return tuple(points[round(n * (len(points) - 1) / (most - 1))] for n in range(most))
