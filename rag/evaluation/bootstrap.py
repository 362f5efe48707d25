"""Is one mean better than another, or was it the luck of these questions?

Both runs answered the same n questions, so each question has a difference d_i = second_i - first_i. The questions are
drawn again, n of n with replacement, many times:

    interval = 2.5th and 97.5th percentile of the means of d over the samples        (percentile bootstrap)
    p = (1 + |samples with |mean* - mean| >= |mean||) / (1 + samples)                (two-sided, shift method)

B. Efron, R. J. Tibshirani: An Introduction to the Bootstrap, 1993, chapters 13 and 16; T. Berg-Kirkpatrick, D. Burkett,
D. Klein: An Empirical Investigation of Statistical Significance in NLP, EMNLP 2012. The p-value asks how often samples
of questions stray from the mean by as much as the mean is from 0. It is never 0 (A. C. Davison, D. V. Hinkley:
Bootstrap Methods and their Application, 1997, section 4.2), and never under 2^(1-n), the least that n signs can say
against chance: a single question, or five that all went the same way, prove nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Figure = Callable[[Counts], Array]
"""A figure of a whole set: from how often each question was drawn (samples × questions) to one value a sample."""

LEVEL = 0.95
BLOCK = 1_000_000
"""Numbers drawn at once: 8 MB."""
_ROUNDING = 1e-9
"""How far two means may be apart, as a share of the difference, and still be a tie."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Second minus first, over the same ``n`` questions.

    Attributes:
        mean_first: The first run's figure.
        mean_second: The second run's.
        difference: Second minus first.
        low: Lower end of the 95 % interval of the difference.
        high: Upper end.
        p_value: Two-sided, above 0, at most 1.
        n: Questions.
    """

    mean_first: float
    mean_second: float
    difference: float
    low: float
    high: float
    p_value: float
    n: int


def paired(first: Sequence[float], second: Sequence[float], *, samples: int = 10_000, seed: int = 0) -> Difference:
    """Compare two runs by their scores on the same questions, in the same order.

    Raises:
        ValueError: The two do not have the same length, or are empty, or a score is not finite.
    """
    one, two = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if one.shape != two.shape or not one.size:
        raise ValueError(f"the same questions are needed twice, not {one.size} and {two.size} scores")
    if not (np.isfinite(one).all() and np.isfinite(two).all()):
        raise ValueError("a score is not finite")
    gained = two - one
    means = [gained[drawn].mean(axis=1) for drawn in _draws(one.size, samples, seed)]
    return _judged(float(one.mean()), float(two.mean()), float(gained.mean()), np.concatenate(means), one.size)


def paired_figure(first: Figure, second: Figure, n: int, *, samples: int = 2_000, seed: int = 0) -> Difference:
    """Compare two runs by a figure that is no mean over questions, such as a calibration error.

    The interval of a figure that chance makes larger, as it does a calibration error, is approximate; both runs have
    the same questions, so most of that is in both and leaves with the difference.

    Args:
        first: The first run's figure, of how often each question was drawn.
        second: The second run's.
        n: Questions.
        samples: How many times the questions are drawn.
        seed: Of the draws.

    Raises:
        ValueError: ``n`` is below 1.
    """
    if n < 1:
        raise ValueError(f"at least 1 question is needed, not {n}")
    once = np.ones((1, n), dtype=np.int64)
    one, two = float(first(once)[0]), float(second(once)[0])
    differences = []
    for drawn in _draws(n, samples, seed):
        counts = _counts(drawn)
        differences.append(second(counts) - first(counts))
    return _judged(one, two, two - one, np.concatenate(differences), n)


def _draws(n: int, samples: int, seed: int) -> Iterator[Counts]:
    """Samples of ``n`` questions by their position, in blocks of (samples × n)."""
    generator = np.random.default_rng(seed)
    size = max(1, BLOCK // n)
    for start in range(0, samples, size):
        yield generator.integers(0, n, size=(min(size, samples - start), n))


def _counts(drawn: Counts) -> Counts:
    """How often each question stands in each row of ``drawn``; the same shape."""
    rows, n = drawn.shape
    return np.bincount((drawn + n * np.arange(rows)[:, None]).ravel(), minlength=rows * n).reshape(rows, n)


def _judged(one: float, two: float, difference: float, drawn: Array, n: int) -> Difference:
    """The interval and the p-value of ``difference``, from the differences of the samples."""
    low, high = np.percentile(drawn, [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    astray = int(np.count_nonzero(np.abs(drawn - difference) >= abs(difference) * (1 - _ROUNDING)))
    p_value = max((1 + astray) / (1 + len(drawn)), 2.0 ** (1 - n))
    return Difference(
        mean_first=one, mean_second=two, difference=difference, low=float(low), high=float(high), p_value=p_value, n=n
    )
