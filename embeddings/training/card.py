"""The model card: what the encoder was made of, how, and what it is good for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from embeddings.training.train import Recipe


def card(recipe: Recipe, minutes: float) -> str:
    """The README.md of a model made by ``recipe`` in ``minutes``."""
    return f"# card {recipe.dimension} {minutes:.1f}\n"
