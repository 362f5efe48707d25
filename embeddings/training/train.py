"""Tokenizer, first vectors, training: from the data folder to a model folder."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embeddings.encoder import Vectors
from embeddings.training.hard_negatives import hard_negatives, pool
from embeddings.training.pairs import Material
from embeddings.training.split import SEED
from embeddings.training.tokenizer import trained
from embeddings.tuning.bags import Bags, Tokens, means, together
from embeddings.tuning.contrast import loss_and_gradients
from embeddings.tuning.steps import Steps

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

MADE = ("sentence", "clip")
"""Kinds of queries that are cut out of the paragraphs anew each time: what is left of the paragraph is looked for, or
the whole, so that a vector does not forget what a text says word by word."""
Told = Callable[[int, int, float], None]


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Everything that was chosen by measuring.

    Attributes:
        vocabulary: Entries of the tokenizer.
        dimension: Columns of the table; in 16-bit floats the file takes 2 * vocabulary * dimension bytes.
        shares: How often a step is made of each kind of query, relative to the others.
        steps: Steps of training.
        batch: Queries in one step, all of one kind; each one's wrong paragraphs are the others' and the mined ones.
        mined: Paragraphs with the same words that are kept for each question; one of them is taken each time.
        among: Share of the paragraphs nobody asked about that may be mined.
        forgotten: Share of a query's tokens that is left out, so that no single word is relied upon.
        rate: Width of a row's steps, as in ``embeddings.tuning.steps``; up in a twentieth of them, then down to zero.
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
    steps: int = 2400
    batch: int = 1024
    mined: int = 12
    among: float = 0.35
    forgotten: float = 0.4
    rate: float = 0.5
    scale: float = 20.0
    longest: int = 400
    laws_at_most: int | None = None


SMOKE = Recipe(vocabulary=5200, dimension=32, steps=12, batch=32, laws_at_most=40)
"""A run of seconds that proves the way from the data to the folder; its vectors are worth nothing."""


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


@dataclass(frozen=True, kw_only=True)
class Lessons:
    """Some queries, their paragraphs, and behind these paragraphs that answer none of them."""

    queries: list[Tokens]
    paragraphs: list[Tokens]


class School:
    """The material as tokens, from which batches are drawn; the same ones every time."""

    def __init__(self, known: Material, tokenizer: Tokenizer, recipe: Recipe) -> None:
        self._recipe = recipe
        self._draw = np.random.default_rng(SEED)
        self.paragraphs = tokens_of(tokenizer, known.paragraphs, recipe.longest)
        queries = {
            kind: tokens_of(tokenizer, [q for q, _ in rows], recipe.longest) for kind, rows in known.asked.items()
        }
        self._asked = {
            kind: [(q, place) for q, (_, place) in zip(queries[kind], rows, strict=True) if len(q)]
            for kind, rows in known.asked.items()
        }
        long_enough = [place for place, tokens in enumerate(self.paragraphs) if len(tokens) > 7]
        nothing = np.zeros(0, np.int32)
        self._asked |= {kind: [(nothing, place) for place in long_enough] for kind in MADE}
        self._mined = self._mine(tokenizer.get_vocab_size())
        self._orders: dict[str, list[int]] = {}

    def batches(self) -> Iterator[Lessons]:
        """Without end."""
        kinds = [kind for kind, share in self._recipe.shares.items() if share and self._asked.get(kind)]
        shares = np.asarray([self._recipe.shares[kind] for kind in kinds])
        while True:
            kind = kinds[int(self._draw.choice(len(kinds), p=shares / shares.sum()))]
            yield self._batch(kind, self._next(kind))

    def _mine(self, size: int) -> dict[str, list[npt.NDArray[np.int64]]]:
        mined = [kind for kind in self._asked if kind not in (*MADE, "heading", "neighbour")]
        asked = chain.from_iterable((place for _, place in self._asked[kind]) for kind in mined)
        among = pool(asked, len(self.paragraphs), self._recipe.among, self._draw)
        return {
            kind: hard_negatives(self._asked[kind], self.paragraphs, among, size, self._recipe.mined) for kind in mined
        }

    def _next(self, kind: str) -> list[int]:
        """Numbers of the next batch: everything once in a random order, then again in another."""
        order = self._orders.setdefault(kind, [])
        if len(order) < self._recipe.batch:
            order[:0] = self._draw.permutation(len(self._asked[kind])).tolist()
        taken = order[-self._recipe.batch :]
        del order[-len(taken) :]
        return taken

    def _batch(self, kind: str, numbers: Sequence[int]) -> Lessons:
        own: dict[int, int] = {}
        for number in numbers:  # one query for a paragraph: another one on it is no wrong answer
            own.setdefault(self._asked[kind][number][1], number)
        queries, paragraphs = [], []
        for place, number in own.items():
            query, rest = self._asked[kind][number][0], self.paragraphs[place]
            if kind in MADE:
                query, rest = self._cut(kind, rest)
            queries.append(query)
            paragraphs.append(rest)
        others: dict[int, None] = {}
        if kind in self._mined:
            for number in own.values():
                found = self._mined[kind][number]
                if len(found):
                    others[int(self._draw.choice(found))] = None
        paragraphs += [self.paragraphs[place] for place in others if place not in own]
        return Lessons(queries=queries, paragraphs=paragraphs)

    def _cut(self, kind: str, tokens: Tokens) -> tuple[Tokens, Tokens]:
        """A few words of a paragraph, and it without them, or as it is for a clip."""
        length = max(3, int(len(tokens) * self._draw.uniform(0.1, 0.4)))
        start = int(self._draw.integers(0, len(tokens) - length))
        cut = tokens[start : start + length]
        return cut, tokens if kind == "clip" else np.concatenate([tokens[:start], tokens[start + length :]])


def tokens_of(tokenizer: Tokenizer, texts: Sequence[str], longest: int) -> list[Tokens]:
    """The tokens of each text."""
    tokens: list[Tokens] = []
    for start in range(0, len(texts), 4096):  # in parts: the library's own objects take ten times the memory
        part = tokenizer.encode_batch_fast(list(texts[start : start + 4096]), add_special_tokens=False)
        tokens += [np.asarray(encoding.ids[:longest], np.int32) for encoding in part]
    return tokens


def learn(table: Vectors, school: School, recipe: Recipe, told: Told | None = None) -> None:
    """Change ``table`` in place: multiple-negatives ranking (Henderson et al. 2017, arXiv:1705.00652)."""
    draw = np.random.default_rng(SEED)
    steps = Steps(table, decay=0.0)
    losses: list[float] = []
    for done, lessons in zip(range(recipe.steps), school.batches(), strict=False):
        n = len(lessons.queries)
        queries = Bags.of(lessons.queries, recipe.longest).thinned(recipe.forgotten, draw)
        tokens, mixing = means(together([queries, Bags.of(lessons.paragraphs, recipe.longest)]))
        vectors = mixing @ table[tokens]
        counted = np.ones((n, len(lessons.paragraphs)), np.bool_)
        loss, near, far = loss_and_gradients(vectors[:n], vectors[n:], counted, recipe.scale)
        up = min(1.0, (done + 1) / (0.05 * recipe.steps))
        steps.step(tokens, mixing.T @ np.concatenate([near, far]), recipe.rate * up * (1 - done / recipe.steps))
        losses.append(loss)
        if told and (done + 1) % 100 == 0:
            told(done + 1, recipe.steps, float(np.mean(losses[-100:])))
