"""Two results against each other as a page of text. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from ui.language import Language


def comparison_terminal(
    record: Mapping[str, Any], names: Sequence[str], language: Language, *, color: bool = False
) -> str:
    """x."""
    return ""
