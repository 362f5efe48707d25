"""Lessons in, a table out: the loop."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from embeddings.encoder import Vectors
from embeddings.static_encoder import StaticEncoder
from embeddings.tuning.bags import Bags, Numbers, Tokens, means, together
from embeddings.tuning.contrast import loss_and_gradients
from embeddings.tuning.steps import Steps

SEED = 0
_PART = 4096


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A query and the passage that it should find.

    Attributes:
        query: As it is asked.
        passage: What belongs to it.
        place: A number for the passage.
        alike: The places, from the first up to but not including the last, that may be right as well.
    """

    query: str
    passage: str
    place: int
    alike: tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Everything that was chosen by measuring, with questions of people on laws and on encyclopedia articles.

    Attributes:
        batch: Lessons in one step; each query's wrong passages are all others of its batch. Paragraphs that a search by
            words takes for the right one made no better wrong passages than these.
        passes: How often each lesson is taken,
        most_steps: but not more often than makes so many steps, if it is taken once,
        least_steps: and as often as it needs for so many.
        rate: Width of a row's first step at the start, in root mean squares of the table; then linearly down to zero.
        decay: Share of its way from the beginning that a row goes back, were it moved in every step, in all of them.
        scale: Factor on the cosine before the softmax (the inverse temperature).
        forgotten: Share of a query's tokens that is left out, so that no single word is relied upon.
        longest: Tokens of a text that are looked at.
    """

    batch: int = 1024
    passes: int = 3
    most_steps: int = 1000
    least_steps: int = 60
    rate: float = 0.1
    decay: float = 0.6
    scale: float = 20.0
    forgotten: float = 0.2
    longest: int = 256


Progress = Callable[[int, int], None]
"""Called with (steps done, steps in all)."""


def tuned_table(
    encoder: StaticEncoder, lessons: Sequence[Lesson], recipe: Recipe | None = None, progress: Progress | None = None
) -> Vectors:
    """The table of ``encoder`` after ``lessons``; ``encoder`` itself is left as it is. The same every time.

    Lessons in which the encoder knows no token of the query or of the passage are passed over; with none left, or no
    two passages to be told apart, the table comes back as it was.
    """
    recipe = recipe or Recipe()
    table = encoder.table.copy()
    school = _School(encoder, lessons, recipe)
    if len(school.known) < 2:
        return table
    draw = np.random.default_rng(SEED)
    batches = _batches(school.known, recipe, draw)
    steps = Steps(table, decay=recipe.decay / len(batches))
    for done, rows in enumerate(batches):
        if progress:
            progress(done, len(batches))
        tokens, gradient = school.gradient(table, rows, draw)
        steps.step(tokens, gradient, recipe.rate * (1 - done / len(batches)))
    if progress:
        progress(len(batches), len(batches))
    return table


def _batches(known: Numbers, recipe: Recipe, draw: np.random.Generator) -> list[Numbers]:
    """The lessons of each step. Of each pass the rest that fills no batch is left out, another one each time."""
    size = min(recipe.batch, len(known))
    a_pass = len(known) // size
    passes = max(1, min(recipe.passes, recipe.most_steps // a_pass), -(-recipe.least_steps // a_pass))
    return [batch for _ in range(passes) for batch in draw.permutation(known)[: a_pass * size].reshape(a_pass, size)]


class _School:
    """The lessons as bags of tokens."""

    def __init__(self, encoder: StaticEncoder, lessons: Sequence[Lesson], recipe: Recipe) -> None:
        self._recipe = recipe
        self._queries = _bags(encoder.query_tokens, [lesson.query for lesson in lessons], recipe.longest)
        self._passages = _bags(encoder.passage_tokens, [lesson.passage for lesson in lessons], recipe.longest)
        self._places = np.asarray([lesson.place for lesson in lessons], dtype=np.int64)
        self._alike = np.asarray([lesson.alike for lesson in lessons], dtype=np.int64).reshape(-1, 2)
        self.known = np.flatnonzero((self._queries.sizes > 0) & (self._passages.sizes > 0))
        """Numbers of the lessons that can be taken."""

    def gradient(self, table: Vectors, rows: Numbers, draw: np.random.Generator) -> tuple[Tokens, Vectors]:
        """The rows of ``table`` that the lessons ``rows`` look at, and the gradient of each."""
        queries = self._queries.pick(rows).thinned(self._recipe.forgotten, draw)
        tokens, mixing = means(together([queries, self._passages.pick(rows)]))
        vectors = mixing @ table[tokens]
        n = len(rows)
        _, near, far = loss_and_gradients(vectors[:n], vectors[n:], self._counted(rows), self._recipe.scale)
        return tokens, mixing.T @ np.concatenate([near, far])

    def _counted(self, rows: Numbers) -> npt.NDArray[np.bool_]:
        """From which lessons' passages each query is told apart: its own, and all that are not alike."""
        places, first, last = self._places[rows], self._alike[rows, :1], self._alike[rows, 1:]
        counted: npt.NDArray[np.bool_] = (places < first) | (places >= last)
        np.fill_diagonal(counted, True)
        return counted


def _bags(tokens_of: Callable[[Sequence[str]], list[list[int]]], texts: Sequence[str], most: int) -> Bags:
    """In parts: a list of numbers takes ten times the memory of an array of them."""
    return together([Bags.of(tokens_of(texts[n : n + _PART]), most) for n in range(0, max(1, len(texts)), _PART)])
