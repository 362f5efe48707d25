"""Paragraphs that a search by words takes for the right one: what the vectors have to tell apart.

BM25 over the encoder's own tokens (Robertson and Zaragoza 2009; k1 = 1.2, b = 0.75), as one sparse matrix product.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embeddings.tuning.bags import Tokens

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

K1, B = 1.2, 0.75
BLOCK = 512
Found = npt.NDArray[np.int64]


def hard_negatives(
    queries: Sequence[tuple[Tokens, int]], paragraphs: Sequence[Tokens], among: Found, size: int, most: int
) -> list[Found]:
    """For each query the places of at most ``most`` paragraphs that share most with it, in no order.

    Args:
        queries: The tokens of each, and the place of its own paragraph, which is never among them.
        paragraphs: The tokens of all paragraphs.
        among: The places that are looked at.
        size: Tokens that there are.
        most: Paragraphs for a query.
    """
    weights = _bm25([paragraphs[place] for place in among], size).T.tocsr()
    found: list[Found] = []
    for start in range(0, len(queries), BLOCK):
        block = queries[start : start + BLOCK]
        scores = (_held([tokens for tokens, _ in block], size) @ weights).tocsr()
        for row, (_, own) in enumerate(block):
            first, last = scores.indptr[row : row + 2]
            best = among[scores.indices[first:last][_largest(scores.data[first:last], most + 1)]]
            found.append(best[best != own][:most])
    return found


def _largest(values: npt.NDArray[np.float32], most: int) -> Found:
    if len(values) <= most:
        return np.arange(len(values))
    return np.argpartition(-values, most - 1)[:most]


def _held(texts: Sequence[Tokens], size: int) -> "csr_matrix":
    from scipy.sparse import csr_matrix

    distinct = [np.unique(tokens) for tokens in texts]
    ends = np.cumsum([0, *map(len, distinct)])
    return csr_matrix((np.ones(ends[-1], np.float32), np.concatenate(distinct), ends), shape=(len(texts), size))


def _bm25(texts: Sequence[Tokens], size: int) -> "csr_matrix":
    from scipy.sparse import csr_matrix

    counted = [np.unique(tokens, return_counts=True) for tokens in texts]
    seen = np.bincount(np.concatenate([tokens for tokens, _ in counted]), minlength=size)
    rarity = np.log(1 + (len(texts) - seen + 0.5) / (seen + 0.5))
    lengths = np.fromiter(map(len, texts), np.float64)
    norms = K1 * (1 - B + B * lengths / lengths.mean())
    data = [rarity[t] * c * (K1 + 1) / (c + norm) for (t, c), norm in zip(counted, norms, strict=True)]
    ends = np.cumsum([0, *map(len, data)])
    columns = np.concatenate([tokens for tokens, _ in counted])
    return csr_matrix((np.concatenate(data).astype(np.float32), columns, ends), shape=(len(texts), size))


def pool(asked: Iterator[int], paragraphs: int, share: float, draw: np.random.Generator) -> Found:
    """The paragraphs that were ``asked`` about, and a ``share`` of the others: enough to be mistaken for them."""
    kept = draw.random(paragraphs) < share
    kept[np.fromiter(asked, np.int64)] = True
    return np.flatnonzero(kept)
