"""The figures of an evaluation as HTML: a fragment without scripts."""

from collections.abc import Mapping
from typing import Any

from ui.language import Language


def figures_html(summary: Mapping[str, Any], language: Language) -> str:
    """Headline, every block of figures, tables by type and style, where questions were lost, latency, cautions."""
    return ""
