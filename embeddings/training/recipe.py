"""What the encoder is made by: everything that was chosen by measuring."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MADE = ("sentence", "clip")
"""Kinds of queries that are cut out of the paragraphs anew each time: what is left of the paragraph is looked for, or
the whole, so that a vector does not forget what a text says word by word."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A run of steps, from a small rate over a high one down to zero.

    Attributes:
        steps: How many.
        rate: Width of a row's steps, as in ``embeddings.tuning.steps``; up in a twentieth of them, then down to zero.
        closely: Queries of each step that the loss by nearest tokens looks at.
        nearest: What the loss by nearest tokens counts beside that of the vectors of whole texts.
        rivals: Paragraphs of the batch, nearest to the query by these vectors, that the nearest tokens are to tell from
            the right one, beside one that was mined.
    """

    steps: int
    rate: float
    closely: int = 512
    nearest: float = 0.0
    rivals: int = 0


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """One recipe.

    Attributes:
        vocabulary: Entries of the tokenizer.
        dimension: Columns of the table; in 16-bit floats the file takes 2 * vocabulary * dimension bytes.
        shares: How often a step is made of each kind of query, relative to the others.
        stages: One after the other, each with the batches of the first, from what the one before has made.
        batch: Queries in one step, all of one kind; each one's wrong paragraphs are the others' and the mined ones.
        mined: Paragraphs with the same words that are kept for each question; one of them is taken each time.
        among: Share of the paragraphs nobody asked about that may be mined.
        forgotten: Share of a query's tokens that is left out, so that no single word is relied upon.
        above: What the vector of a paragraph's title and heading counts beside its own, as in ``rag.unit_vectors``,
        bare: and the share of the steps in which it counts nothing.
        scale: Factor on the cosine before the softmax (the inverse temperature).
        longest: Tokens of a text that are looked at.
        laws_at_most: Read only so many laws; ``None`` for all.
    """

    vocabulary: int = 22000
    dimension: int = 512
    shares: Mapping[str, float] = field(
        default_factory=lambda: {
            "official": 8,
            "laws": 8,
            "search": 14,
            "own": 4,
            "further": 8,
            "encyclopedia": 6,
            "heading": 3,
            "neighbour": 2,
            "sentence": 6,
            "clip": 4,
        }
    )
    stages: tuple[Stage, ...] = (
        Stage(steps=2400, rate=0.5),
        Stage(steps=1500, rate=0.3, nearest=2, rivals=12),
        Stage(steps=1500, rate=0.3, nearest=3, rivals=16, closely=640),
    )
    batch: int = 1024
    mined: int = 12
    among: float = 0.35
    forgotten: float = 0.4
    above: float = 0.4
    bare: float = 0.3
    scale: float = 20.0
    longest: int = 400
    laws_at_most: int | None = None


SMOKE = Recipe(
    vocabulary=5200,
    dimension=32,
    stages=(Stage(steps=12, rate=0.5, nearest=0.5, rivals=4),),
    batch=32,
    laws_at_most=40,
)
"""A run of seconds that proves the way from the data to the folder; its vectors are worth nothing."""
