"""First vectors of characters: what stands near them, as positive pointwise mutual information, reduced.

Levy and Goldberg, Neural word embedding as implicit matrix factorization, 2014.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

NEAR = 4
"""How many places before and behind count, each side for itself."""


def character_vectors(texts: Iterable[npt.NDArray[np.int32]], size: int, dimension: int) -> npt.NDArray[np.float32]:
    """Shape (size, dimension); characters that never occur get small noise.

    Args:
        texts: Token ids of one text each.
        size: Entries of the vocabulary.
        dimension: Of the vectors.
    """
    from scipy.sparse import coo_matrix, csr_matrix
    from sklearn.utils.extmath import randomized_svd

    # Neighbours before and behind are counted apart at the distance 1, together further off.
    whole = np.concatenate([np.concatenate([text, np.full(NEAR, -1, text.dtype)]) for text in texts])
    counts = csr_matrix((size, 3 * size), dtype=np.float64)
    for distance in range(1, NEAR + 1):
        left, right = whole[:-distance], whole[distance:]
        both = (left >= 0) & (right >= 0)
        left, right = left[both], right[both]
        shift = (0, size) if distance == 1 else (2 * size, 2 * size)
        for a, b, column in ((left, right, shift[0]), (right, left, shift[1])):
            ones = np.full(len(a), 1.0 / distance)
            counts = counts + coo_matrix((ones, (a, b + column)), shape=counts.shape).tocsr()
    rows, columns = np.asarray(counts.sum(1)).ravel(), np.asarray(counts.sum(0)).ravel() ** 0.75
    cells = counts.tocoo()
    share = cells.data * columns.sum() / (rows[cells.row] * columns[cells.col])
    positive = np.log(np.maximum(share, 1.0))
    shares = csr_matrix((positive, (cells.row, cells.col)), shape=counts.shape)
    u, s, _ = randomized_svd(shares, dimension, random_state=0)
    vectors = u * np.sqrt(s)
    # Equal norms for all: how often a character occurs says nothing of what it means.
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    draw = np.random.default_rng(0)
    noise = draw.normal(size=vectors.shape) * 0.3 / np.sqrt(dimension)
    known = np.where(norms > 1e-6, vectors / np.maximum(norms, 1e-6), 0)
    return np.asarray(known + noise * (norms <= 1e-6), np.float32)
