"""The plots of an evaluation as inline SVG."""

from collections.abc import Mapping
from typing import Any

from ui.language import Language


def risk_coverage_svg(summary: Mapping[str, Any], language: Language) -> str:
    """Share of wrong answers against the share of questions answered, the threshold in use marked."""
    return ""


def reliability_svg(summary: Mapping[str, Any], language: Language) -> str:
    """Share of right answers in each bin of confidence."""
    return ""


def stages_svg(summary: Mapping[str, Any], language: Language) -> str:
    """How many questions ended in each stage: a list with a bar and a count each."""
    return ""
