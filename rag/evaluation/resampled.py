"""Figures of a whole set of questions, for many samples of it at once.

Each function makes a ``bootstrap.Figure`` of one run: a function from how often each question was drawn (samples ×
questions, whole numbers) to one value a sample. With every question drawn once it is the figure itself, as the module
of ``rag.evaluation.metrics`` that is named has it. A share of nothing is 0.
"""

from collections.abc import Sequence

import numpy as np

from rag.evaluation.bootstrap import Array, Counts, Figure


def resampled_share(of: Sequence[bool], among: Sequence[bool]) -> Figure:
    """Of the questions ``among``, the share that is ``of`` as well: precision is the right among the answered."""
    both = np.logical_and(of, among).astype(np.float64)
    whole = np.asarray(among, dtype=np.float64)
    return lambda counts: _ratio(counts @ both, counts @ whole)


def resampled_ece(confidences: Sequence[float], right: Sequence[float | None], bins: int = 10) -> Figure:
    """Expected calibration error (``calibration``); ``right`` is ``None`` where there was nothing to be right."""
    there = np.array([one is not None for one in right], dtype=np.float64)
    sure = np.asarray(confidences, dtype=np.float64)
    gap = np.array([one or 0.0 for one in right]) - sure
    edges = np.arange(bins) / bins
    member = np.searchsorted(edges, sure, side="right")[:, None] == np.arange(1, bins + 1)
    gaps = member * (gap * there)[:, None]
    return lambda counts: _ratio(np.abs(counts @ gaps).sum(axis=1), counts @ there)


def resampled_aurc(confidences: Sequence[float], right: Sequence[bool]) -> Figure:
    """Area under the risk-coverage curve (``risk_coverage``), answers of one confidence taken together."""
    sure = np.asarray(confidences, dtype=np.float64)
    order = np.argsort(-sure, kind="stable")
    wrong = 1.0 - np.asarray(right, dtype=np.float64)[order]
    ends = np.flatnonzero(np.append(np.diff(sure[order]) != 0, True))

    def figure(counts: Counts) -> Array:
        drawn = counts[:, order]
        covered = drawn.cumsum(axis=1)[:, ends].astype(np.float64)
        risk = _ratio((drawn * wrong).cumsum(axis=1)[:, ends], covered)
        gained = np.diff(covered, axis=1, prepend=0.0)
        return _ratio((gained * risk).sum(axis=1), covered[:, -1])

    return figure


def resampled_percentile(values: Sequence[float], q: float) -> Figure:
    """The value under which ``q`` of 100 lie (``percentile``)."""
    array = np.asarray(values, dtype=np.float64)
    return lambda counts: np.array([np.percentile(np.repeat(array, drawn), q) for drawn in counts])


def _ratio(part: Array, whole: Array) -> Array:
    return np.divide(part, whole, out=np.zeros_like(part, dtype=np.float64), where=whole > 0)
