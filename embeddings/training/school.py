"""The material as lessons: queries, their paragraphs, and paragraphs that answer none of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embeddings.training.hard_negatives import hard_negatives, pool
from embeddings.training.pairs import Material
from embeddings.training.recipe import MADE, Recipe
from embeddings.training.split import SEED
from embeddings.tuning.bags import Tokens

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_NOTHING: Tokens = np.zeros(0, np.int32)
HIGHEST = 60
"""Tokens of what stands above a paragraph that are looked at."""


@dataclass(frozen=True, kw_only=True)
class Lessons:
    """Some queries of one kind, their paragraphs, and behind these paragraphs that answer none of them.

    Attributes:
        kind: Of the queries.
        queries: n of them.
        paragraphs: m >= n of them, each once.
        above: What stands above each paragraph; nothing where that is the query.
        mined: For each query the place of the paragraph that was mined for it; -1 where there is none.
    """

    kind: str
    queries: list[Tokens]
    paragraphs: list[Tokens]
    above: list[Tokens]
    mined: list[int]


class School:
    """The material as tokens, from which batches are drawn; the same ones every time."""

    def __init__(self, known: Material, tokenizer: Tokenizer, recipe: Recipe) -> None:
        self._recipe = recipe
        self._draw = np.random.default_rng(SEED)
        self.paragraphs = tokens_of(tokenizer, known.paragraphs, recipe.longest)
        self._above = tokens_of(tokenizer, known.above, HIGHEST)
        queries = {
            kind: tokens_of(tokenizer, [q for q, _ in rows], recipe.longest) for kind, rows in known.asked.items()
        }
        self._asked = {
            kind: [(q, place) for q, (_, place) in zip(queries[kind], rows, strict=True) if len(q)]
            for kind, rows in known.asked.items()
        }
        long_enough = [place for place, tokens in enumerate(self.paragraphs) if len(tokens) > 7]
        self._asked |= {kind: [(_NOTHING, place) for place in long_enough] for kind in MADE}
        self._mined = self._mine(tokenizer.get_vocab_size())

    def batches(self) -> Iterator[Lessons]:
        """Without end; the same ones each time that this is called."""
        draw, orders = deepcopy(self._draw), dict[str, list[int]]()
        kinds = [kind for kind, share in self._recipe.shares.items() if share and self._asked.get(kind)]
        shares = np.asarray([self._recipe.shares[kind] for kind in kinds])
        while True:
            kind = kinds[int(draw.choice(len(kinds), p=shares / shares.sum()))]
            yield self._batch(kind, self._next(orders.setdefault(kind, []), len(self._asked[kind]), draw), draw)

    def _mine(self, size: int) -> dict[str, list[npt.NDArray[np.int64]]]:
        mined = [kind for kind in self._asked if kind not in (*MADE, "heading", "neighbour")]
        asked = chain.from_iterable((place for _, place in self._asked[kind]) for kind in mined)
        among = pool(asked, len(self.paragraphs), self._recipe.among, self._draw)
        return {
            kind: hard_negatives(self._asked[kind], self.paragraphs, among, size, self._recipe.mined) for kind in mined
        }

    def _next(self, order: list[int], size: int, draw: np.random.Generator) -> list[int]:
        """Numbers of the next batch: everything once in a random order, then again in another."""
        if len(order) < self._recipe.batch:
            order[:0] = draw.permutation(size).tolist()
        taken = order[-self._recipe.batch :]
        del order[-len(taken) :]
        return taken

    def _batch(self, kind: str, numbers: Sequence[int], draw: np.random.Generator) -> Lessons:
        own: dict[int, int] = {}
        for number in numbers:  # one query for a paragraph: another one on it is no wrong answer
            own.setdefault(self._asked[kind][number][1], number)
        queries, paragraphs = [], []
        for place, number in own.items():
            query, rest = self._asked[kind][number][0], self.paragraphs[place]
            if kind in MADE:
                query, rest = _cut(kind, rest, draw)
            queries.append(query)
            paragraphs.append(rest)
        mined = [self._one_of(kind, number, draw) for number in own.values()]
        others = [place for place in dict.fromkeys(mined) if place is not None and place not in own]
        behind = {place: number for number, place in enumerate(others, start=len(own))}
        return Lessons(
            kind=kind,
            queries=queries,
            paragraphs=[*paragraphs, *(self.paragraphs[place] for place in others)],
            above=[_NOTHING if kind == "heading" else self._above[place] for place in (*own, *others)],
            mined=[-1 if place is None else behind.get(place, -1) for place in mined],
        )

    def _one_of(self, kind: str, number: int, draw: np.random.Generator) -> int | None:
        """The place of one of the paragraphs that were mined for a question."""
        found = self._mined[kind][number] if kind in self._mined else ()
        return int(draw.choice(found)) if len(found) else None


def _cut(kind: str, tokens: Tokens, draw: np.random.Generator) -> tuple[Tokens, Tokens]:
    """A few words of a paragraph, and it without them, or as it is for a clip."""
    length = max(3, int(len(tokens) * draw.uniform(0.1, 0.4)))
    start = int(draw.integers(0, len(tokens) - length))
    cut = tokens[start : start + length]
    return cut, tokens if kind == "clip" else np.concatenate([tokens[:start], tokens[start + length :]])


def tokens_of(tokenizer: Tokenizer, texts: Sequence[str], longest: int) -> list[Tokens]:
    """The tokens of each text."""
    tokens: list[Tokens] = []
    for start in range(0, len(texts), 4096):  # in parts: the library's own objects take ten times the memory
        part = tokenizer.encode_batch_fast(list(texts[start : start + 4096]), add_special_tokens=False)
        tokens += [np.asarray(encoding.ids[:longest], np.int32) for encoding in part]
    return tokens
