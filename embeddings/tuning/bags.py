"""Texts as bags of tokens, and the matrix that makes their means out of a table."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from embeddings.encoder import Vectors

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Bags:
    """Texts, n of them, without the order of their tokens.

    Attributes:
        tokens: The tokens of all texts, one text after the other.
        sizes: How many of them each text has, shape (n,).
    """

    tokens: Numbers
    sizes: Numbers

    @classmethod
    def of(cls, texts: Sequence[Sequence[int]], most: int) -> "Bags":
        """The bags of ``texts``, of each at most its first ``most`` tokens."""
        kept = [ids[:most] for ids in texts]
        return cls(
            tokens=np.fromiter((id for ids in kept for id in ids), dtype=np.int64),
            sizes=np.fromiter(map(len, kept), dtype=np.int64, count=len(kept)),
        )

    def pick(self, rows: Numbers) -> "Bags":
        """The bags with the numbers ``rows``, in that order."""
        sizes = self.sizes[rows]
        first = np.cumsum(self.sizes) - self.sizes
        # The places of the picked tokens: each text's first place, counted on from there.
        steps = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return Bags(tokens=self.tokens[np.repeat(first[rows], sizes) + steps], sizes=sizes)

    def thinned(self, share: float, draw: np.random.Generator) -> "Bags":
        """Without a random ``share`` of the tokens of each text; a text that would lose all of them keeps all."""
        owner = np.repeat(np.arange(len(self.sizes)), self.sizes)
        kept = draw.random(len(self.tokens)) >= share
        left = np.bincount(owner[kept], minlength=len(self.sizes))
        kept |= left[owner] == 0
        return Bags(tokens=self.tokens[kept], sizes=np.bincount(owner[kept], minlength=len(self.sizes)))


def together(bags: Sequence[Bags]) -> Bags:
    """All texts of ``bags`` in one."""
    return Bags(tokens=np.concatenate([b.tokens for b in bags]), sizes=np.concatenate([b.sizes for b in bags]))


def means(bags: Bags) -> tuple[Numbers, Vectors]:
    """The distinct tokens, u of them, and a matrix of shape (n, u) that times their rows is the mean of each text.

    Most of it is zeros, but two products with a dense matrix are what a processor does best: on two cores they take
    less time than gathering and scattering the rows token by token.
    """
    tokens, columns = np.unique(bags.tokens, return_inverse=True)
    shape = (len(bags.sizes), len(tokens))
    owner = np.repeat(np.arange(shape[0]), bags.sizes)
    counts = np.bincount(owner * shape[1] + columns, minlength=shape[0] * shape[1]).reshape(shape)
    return tokens, (counts / np.maximum(bags.sizes, 1)[:, None]).astype(np.float32)
