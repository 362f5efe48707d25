"""How well the nearest tokens tell a query's own passage from others, and which way the rows of the table should move.

The score of a passage is that by which ``rag.late_interaction`` tells passages apart (Khattab and Zaharia, ColBERT,
2020): with the rows t of the query's distinct tokens, and u of the passage's,

    score = sum_i w_i max_j cos(t_i, u_j)      w_i = |t_i| / sum_k |t_k|

and the loss that of :mod:`embeddings.tuning.contrast`, over a few candidates for each query.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from embeddings.encoder import Vectors
from embeddings.static_encoder import unit_rows
from embeddings.tuning.bags import Numbers, Tokens
from embeddings.tuning.contrast import through

_NONE, _NOTHING = np.zeros(0, np.int64), np.zeros(0, np.float32)


def loss_and_gradient(
    table: Vectors, queries: Sequence[Tokens], passages: Sequence[Tokens], candidates: Numbers, scale: float
) -> tuple[float, Tokens, Vectors]:
    """The mean loss, the distinct tokens that matter to it, ascending, and the gradient of their rows.

    Args:
        table: Shape (tokens, d).
        queries: The distinct tokens of each, n of them; one without tokens is passed over.
        passages: All that are candidates for some query; a query with an empty one is passed over.
        candidates: Shape (n, c): places among ``passages``, first each query's own; what stands twice counts once.
        scale: Factor on the score before the softmax.
    """
    asked, read = _Texts(queries), _Texts(passages)
    rows, others = table[asked.tokens], table[read.tokens]
    near, far = unit_rows(rows), unit_rows(others)
    pulls = _Pulls(np.linalg.norm(rows, axis=1), near @ far.T, scale)
    for query, choice in enumerate(candidates):
        own, found = asked[query], [read[place] for place in dict.fromkeys(choice.tolist())]
        if len(own) and len(found) > 1 and all(map(len, found)):
            pulls.add(own, found)
    loss, pairs, lengths = pulls.mean()
    tokens = np.union1d(asked.tokens, read.tokens)
    gradient = np.zeros((len(tokens), table.shape[1]), np.float32)
    gradient[np.searchsorted(tokens, asked.tokens)] = through(rows, near, pairs @ far) + lengths[:, None] * near
    gradient[np.searchsorted(tokens, read.tokens)] += through(others, far, pairs.T @ near)
    return loss, tokens, gradient


class _Texts:
    """Texts as places in their distinct ``tokens``."""

    def __init__(self, texts: Sequence[Tokens]) -> None:
        self.tokens, self._places = np.unique(np.concatenate([np.zeros(0, np.int32), *texts]), return_inverse=True)
        self._starts = np.cumsum([0, *map(len, texts)])

    def __getitem__(self, text: int) -> Numbers:
        return self._places[self._starts[text] : self._starts[text + 1]]


class _Pulls:
    """What each pair of tokens, and the length of each of the queries', adds to the loss, one query after the other.

    ``lengths`` are those of the queries' tokens; ``likeness`` their cosines with the passages', shape (n, m).
    """

    def __init__(self, lengths: npt.NDArray[np.float32], likeness: Vectors, scale: float) -> None:
        self._lengths, self._likeness, self._scale = lengths, likeness, scale
        self._by_length = np.zeros_like(lengths)
        self._pairs: list[tuple[Numbers, Numbers, npt.NDArray[np.float32]]] = []
        self._losses: list[float] = []

    def add(self, own: Numbers, found: Sequence[Numbers]) -> None:
        """A query with the tokens ``own``, and its candidates, the right one first."""
        rows = self._likeness[own]
        nearest = np.stack([tokens[rows[:, tokens].argmax(axis=1)] for tokens in found], axis=1)
        cosines = np.take_along_axis(rows, nearest, axis=1)
        total = float(self._lengths[own].sum()) or 1.0
        weights = self._lengths[own] / total
        scores = self._scale * (weights @ cosines)
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        self._losses.append(-float(np.log(max(shares[0], 1e-30))))
        shares[0] -= 1
        pull = self._scale * shares
        self._pairs.append((np.repeat(own, len(found)), nearest.ravel(), np.outer(weights, pull).ravel()))
        told = cosines @ pull
        self._by_length[own] += (told - weights @ told) / total

    def mean(self) -> tuple[float, Any, npt.NDArray[np.float32]]:
        """The mean loss and its derivatives: by the cosines, sparse of shape (n, m), and by the lengths, shape (n,)."""
        from scipy.sparse import csr_matrix

        count = max(1, len(self._losses))
        rows, columns, values = map(np.concatenate, zip((_NONE, _NONE, _NOTHING), *self._pairs, strict=True))
        pairs = csr_matrix((values / np.float32(count), (rows, columns)), shape=self._likeness.shape)
        return sum(self._losses) / count, pairs, self._by_length / np.float32(count)
