"""``--fail-under METRIC=VALUE``: bars, read before the first question is asked, held against the figures at the end."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rag.evaluation.errors import UnknownMetric
from rag.evaluation.metrics import METRICS
from ui.catalog_eval import EVAL
from ui.errors import InputError
from ui.language import Language, say

PLACES: dict[str, tuple[str, str] | tuple[str]] = {
    "right": ("right",),
    "precision": ("precision",),
    "coverage": ("coverage",),
    "quote_exactness": ("quote_exactness",),
    "ece": ("calibration", "ece"),
    "aurc": ("risk_coverage", "aurc"),
    "latency_p50": ("latency", "p50_ms"),
    "latency_p95": ("latency", "p95_ms"),
    "refused": ("unanswerable", "refused"),
    "unanswerable.refused": ("unanswerable", "refused"),
    "left_out.refused": ("left_out", "refused"),
    "left_out.elsewhere": ("left_out", "elsewhere"),
    "answerable.right": ("answerable", "right"),
}
"""Where a figure stands in the summary; every other one stands under ``answerable`` by its own name."""
MILLISECONDS = ("latency_p50", "latency_p95")
SHOWN = "{:.6g}"


@dataclass(frozen=True, kw_only=True)
class Bar:
    """The ``value`` that the figure called ``name`` must reach, or stay under where lower is better."""

    name: str
    value: float

    def failure(self, summary: Mapping[str, Any], language: Language) -> str | None:
        """Which figure failed, what it is and by how much, in one line; ``None`` where the bar is reached.

        Raises:
            InputError: The figure applies to no question of this test set.
        """
        found = figure(summary, self.name)
        if found is None:
            raise InputError("fail_under_nothing", name=self.name)
        lower = _lower_is_better(self.name)
        if found <= self.value if lower else found >= self.value:
            return None
        facts = {
            "found": SHOWN.format(found),
            "wanted": SHOWN.format(self.value),
            "gap": SHOWN.format(abs(found - self.value)),
        }
        return say(EVAL, language, "over" if lower else "under", name=self.name, **facts)


def read_bars(texts: Iterable[str], *, leave_one_out: bool) -> tuple[Bar, ...]:
    """What the command line asks for.

    Raises:
        UnknownMetric: A name that no figure has; the error lists those there are.
        InputError: A text that is not ``METRIC=VALUE``, a value outside the range of its figure, or a figure of
            questions that are only asked with ``leave_one_out``.
    """
    bars = tuple(map(_bar, texts))
    for bar in bars:
        if bar.name.startswith("left_out.") and not leave_one_out:
            raise InputError("fail_under_left_out", name=bar.name)
    return bars


def figure(summary: Mapping[str, Any], name: str) -> float | None:
    """The figure called ``name``; ``None`` where it applies to no question."""
    place = PLACES.get(name) or ("answerable", name.removeprefix("answerable."))
    found: Any = summary
    for key in place:
        found = (found or {}).get(key)
    return None if found is None else float(found)


def known_names() -> tuple[str, ...]:
    """Every name that can be asked for, once."""
    first = ("right", "precision", "coverage", "answerable.right", *(name for name in _answerable() if name != "right"))
    return (*first, *(name for name in PLACES if name not in first))


def _bar(text: str) -> Bar:
    name, _, written = (part.strip() for part in text.partition("="))
    try:
        value = float(written)
    except ValueError as error:
        raise InputError("fail_under_syntax", text=text) from error
    names = known_names()
    if name not in (*names, *(f"answerable.{each}" for each in _answerable())):
        raise UnknownMetric(name=name, known=", ".join(names))
    if name in MILLISECONDS:
        if not 0 < value < math.inf:
            raise InputError("fail_under_milliseconds", name=name, value=written)
    elif not 0 <= value <= 1:
        share = value / 100 if 1 < value <= 100 else 0.6
        raise InputError("fail_under_range", name=name, value=written, example=f"{name}={share:g}")
    return Bar(name=name, value=value)


def _answerable() -> tuple[str, ...]:
    return tuple(name for name, metric in METRICS.items() if metric.group == "answerable")


def _lower_is_better(name: str) -> bool:
    metric = METRICS.get(name.rpartition(".")[2])
    return metric is not None and metric.better == "lower"
