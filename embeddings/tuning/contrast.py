"""How well queries tell their own passages from the others of a batch, and which way everything should move.

With unit vectors q_i and p_j, the passage p_i belonging to q_i, and s a factor on the cosine:

    loss = -1/n * sum_i ln( exp(s q_i p_i) / sum_j exp(s q_i p_j) )      j over i and all that count as wrong

Henderson et al., Efficient Natural Language Response Suggestion for Smart Reply, 2017, arXiv:1705.00652. It is the loss
with which the bundled encoder was made.
"""

import numpy as np
import numpy.typing as npt

from embeddings.encoder import Vectors
from embeddings.static_encoder import unit_rows


def loss_and_gradients(
    queries: Vectors, passages: Vectors, counted: npt.NDArray[np.bool_], scale: float
) -> tuple[float, Vectors, Vectors]:
    """The loss, and its gradients with respect to ``queries`` and ``passages``, neither of which needs unit length.

    Args:
        queries: Shape (n, d).
        passages: Shape (m, d), m >= n; each of the first n belongs to the query at its place, the others to none.
        counted: Shape (n, m): whether a passage counts in a query's sum. One that may be right as well does not.
        scale: The factor s.
    """
    n = len(queries)
    near, far = unit_rows(queries), unit_rows(passages)
    logits = np.where(counted, scale * (near @ far.T), -np.inf)
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    own = np.arange(n)
    loss = -float(np.log(np.maximum(shares[own, own], 1e-30)).mean())
    pull = shares.copy()
    pull[own, own] -= 1
    pull *= scale / n
    return loss, through(queries, near, pull @ far), through(passages, far, pull.T @ near)


def through(rows: Vectors, unit: Vectors, gradient: Vectors) -> Vectors:
    """The gradient before the division by the length: without its part along the row, over the length."""
    across = gradient - (gradient * unit).sum(axis=1, keepdims=True) * unit
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    moved: Vectors = np.divide(across, lengths, out=np.zeros_like(across), where=lengths > 0)
    return moved
