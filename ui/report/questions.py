"""Every question of an evaluation as a table."""

from collections.abc import Sequence

from rag.evaluation.outcome import Outcome
from ui.language import Language


def questions_html(
    outcomes: Sequence[Outcome], language: Language, *, failures_only: bool, most: int | None = None
) -> str:
    """A table of ``outcomes`` in their order, of the failures alone if asked, at most ``most`` of them."""
    return ""
