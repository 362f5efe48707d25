"""Choosing one of several candidates, or none: weights fitted and measured on questions kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rag.evidence import Features
from rag.training.conditional_logit import conditional_logit

PARTS = 6


@dataclass(frozen=True, kw_only=True)
class Case:
    """One question.

    Attributes:
        signs: A row for each candidate; the last row, all zero, stands for none of them.
        right: Which of these are right.
        said: Which of these are answers: none is not.
        answerable: Whether there is an answer to it.
        part: Of ``PARTS``, in which it is measured.
        least: Probability from which on its first candidate is given as the answer.
    """

    signs: Features
    right: npt.NDArray[np.bool_]
    said: npt.NDArray[np.bool_]
    answerable: bool
    part: int
    least: float


def fit(found: Sequence[Case], decay: float) -> list[float]:
    """The weights of the signs; see :func:`conditional_logit` for ``decay``."""
    return conditional_logit([(case.signs, case.right) for case in found], [0.0] * found[0].signs.shape[1], decay)


def measure(found: Sequence[Case], decay: float) -> dict[str, float]:
    """How often the candidate put first is right, and what comes of giving it where it is likely enough."""
    first, given, right, wrong, answerable = 0, 0, 0, 0, 0
    for part in range(PARTS):
        weights = np.asarray(fit([case for case in found if case.part != part], decay))
        for case in (case for case in found if case.part == part):
            scores = case.signs @ weights
            shares = np.exp(scores - scores.max()) / np.exp(scores - scores.max()).sum()
            best = int(np.argmax(shares[:-1])) if len(shares) > 1 else 0
            correct = case.answerable and bool(case.right[best])
            sure = bool(case.said[best]) and shares[best] >= case.least
            answerable += case.answerable
            first += correct
            given += sure
            right += sure and correct
            wrong += sure and not case.answerable
    return {
        "questions": len(found),
        "answerable": answerable,
        "right one first": round(first / answerable, 3),
        "of those given right": round(right / max(1, given), 3),
        "unanswerable refused": round(1 - wrong / max(1, len(found) - answerable), 3),
        "answerable refused": round(1 - (given - wrong) / answerable, 3),
    }
