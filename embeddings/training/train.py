"""Tokenizer, first vectors, training: from the data folder to a model folder."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from embeddings.encoder import Vectors
from embeddings.static_encoder import unit_rows
from embeddings.training.nearest_tokens import loss_and_gradient
from embeddings.training.pairs import Material
from embeddings.training.recipe import Recipe, Stage
from embeddings.training.school import HIGHEST, Lessons, School
from embeddings.training.split import SEED
from embeddings.training.tokenizer import trained
from embeddings.tuning.bags import Bags, Tokens, means, together
from embeddings.tuning.contrast import loss_and_gradients, through
from embeddings.tuning.steps import Steps

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Told = Callable[[int, int, float], None]
NOT_CLOSELY = ("heading", "neighbour", "clip")
"""Kinds of queries that the nearest tokens are not asked to tell apart: a heading stands above many paragraphs, a
neighbour says other things, and a clip has every token of its paragraph."""


def build(known: Material, recipe: Recipe, told: Told | None = None) -> SentenceTransformer:
    """Train a static model on ``known`` and return it with its table in 16-bit floats.

    ``told`` is called now and then with the steps done, the steps in all and the mean loss since.
    """
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    tokenizer = trained(vocabulary_texts(known, random.Random(SEED)), recipe.vocabulary)
    school = School(known, tokenizer, recipe)
    table = first_vectors(school.paragraphs, tokenizer.get_vocab_size(), recipe.dimension)
    learn(table, school, recipe, told)
    return SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=table)], device="cpu").half()


def vocabulary_texts(known: Material, draw: random.Random) -> list[str]:
    """What the vocabulary is counted on: laws are ten times as long as all the rest, so only a quarter of them."""
    asked_about = {place for kind in ("encyclopedia", "own") for _, place in known.asked.get(kind, ())}
    questions = [
        query for kind, rows in known.asked.items() if kind not in ("heading", "neighbour") for query, _ in rows
    ]
    some = draw.sample(known.paragraphs, len(known.paragraphs) // 4)
    return some + 2 * [known.paragraphs[place] for place in sorted(asked_about)] + 2 * questions


def first_vectors(paragraphs: Sequence[Tokens], size: int, dimension: int) -> Vectors:
    """A random direction for each token, as long as the token is rare, of shape (size, dimension).

    The mean of such rows is a random projection of the text's tf-idf vector, whose cosines it keeps up to an error
    of about 1/sqrt(dimension) (Johnson and Lindenstrauss 1984): training starts from a search by words that works.
    """
    documents = np.bincount(np.concatenate([np.unique(tokens) for tokens in paragraphs]), minlength=size)
    rarity = np.log((len(paragraphs) + 1) / (documents + 1)) / np.log(len(paragraphs) + 1)
    table = np.random.default_rng(SEED).standard_normal((size, dimension))
    table *= rarity[:, None] / np.linalg.norm(table, axis=1, keepdims=True)
    return table.astype(np.float32)


def learn(table: Vectors, school: School, recipe: Recipe, told: Told | None = None) -> None:
    """Change ``table`` in place: multiple-negatives ranking (Henderson et al. 2017, arXiv:1705.00652).

    Of the vectors of whole texts, and of the nearest tokens: see :mod:`embeddings.training.nearest_tokens`.
    """
    before = 0
    for stage in recipe.stages:
        draw = np.random.default_rng(SEED)
        steps = Steps(table, decay=0.0)
        losses: list[float] = []
        for done, lessons in zip(range(stage.steps), school.batches(), strict=False):
            step = _Step(table, lessons, recipe, draw)
            losses.append(step.whole())
            if stage.nearest and lessons.kind not in NOT_CLOSELY:
                step.nearest(stage, draw)
            up = min(1.0, (done + 1) / (0.05 * stage.steps))
            steps.step(step.tokens, step.gradient, stage.rate * up * (1 - done / stage.steps))
            if told and (done + 1) % 100 == 0:
                told(before + done + 1, sum(each.steps for each in recipe.stages), float(np.mean(losses[-100:])))
        before += stage.steps


class _Step:
    """The gradient of some lessons: ``tokens`` are the rows of the table that it moves, ascending."""

    def __init__(self, table: Vectors, lessons: Lessons, recipe: Recipe, draw: np.random.Generator) -> None:
        self._table, self._recipe, self._lessons = table, recipe, lessons
        self._queries = Bags.of(lessons.queries, recipe.longest).thinned(recipe.forgotten, draw)
        bare = draw.random() < recipe.bare
        self._above = [tokens[:0] if bare else tokens for tokens in lessons.above]

    def whole(self) -> float:
        """The loss of the vectors of whole texts; the gradient begins with its."""
        n, m = len(self._lessons.queries), len(self._lessons.paragraphs)
        bags = [Bags.of(self._lessons.paragraphs, self._recipe.longest), Bags.of(self._above, HIGHEST)]
        self.tokens, mixing = means(together([self._queries, *bags]))
        self._asked, said, above = np.split(mixing @ self._table[self.tokens], [n, n + m])
        near, over = unit_rows(said), unit_rows(above)
        self._passages = near + self._recipe.above * over
        counted = np.ones((n, m), np.bool_)
        loss, toward, far = loss_and_gradients(self._asked, self._passages, counted, self._recipe.scale)
        moves = [toward, through(said, near, far), through(above, over, self._recipe.above * far)]
        self.gradient = mixing.T @ np.concatenate(moves)
        return loss

    def nearest(self, stage: Stage, draw: np.random.Generator) -> None:
        """Add the gradient of the nearest tokens of some of the queries; after :meth:`whole`."""
        chosen = draw.permutation(len(self._lessons.queries))[: stage.closely]
        likeness = unit_rows(self._asked[chosen]) @ unit_rows(self._passages).T
        likeness[np.arange(len(chosen)), chosen] = -2
        rivals = min(stage.rivals, likeness.shape[1] - 1)
        hardest = np.argpartition(-likeness, rivals, axis=1)[:, :rivals]
        mined = np.asarray(self._lessons.mined)[chosen]
        candidates = np.column_stack([chosen, np.where(mined < 0, hardest[:, 0], mined), hardest])
        ends = np.cumsum([0, *self._queries.sizes])
        _, tokens, gradient = loss_and_gradient(
            self._table,
            [np.unique(self._queries.tokens[ends[n] : ends[n + 1]]) for n in chosen],
            [np.concatenate(both) for both in zip(self._lessons.paragraphs, self._above, strict=True)],
            candidates,
            self._recipe.scale,
        )
        self.gradient[np.searchsorted(self.tokens, tokens)] += stage.nearest * gradient
