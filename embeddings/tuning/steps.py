"""Steps of the rows of a table: as wide as a row's gradients have been small so far, and drawn back to the beginning.

Adagrad with one number a row (Duchi, Hazan, Singer: Adaptive Subgradient Methods, JMLR 2011; by rows: Naumov et al.,
Deep Learning Recommendation Model, 2019, arXiv:1906.00091):

    h_r += mean(g_r^2)        t_r -= rate * r * g_r / sqrt(h_r)        t_r += decay * (o_r - t_r)

A row keeps the direction of its gradient, a word that is rare makes its few steps as wide as a common one its first,
and only the rows of a batch are touched. r is the root mean square of the table, so that the rate means the same for
any table; o is the table as it was, so that what the pairs do not ask for stays.
"""

import numpy as np

from embeddings.encoder import Vectors
from embeddings.tuning.bags import Tokens


class Steps:
    """Changes ``table`` in place."""

    def __init__(self, table: Vectors, *, decay: float) -> None:
        self._table = table
        self._origin = table.copy()
        self._unit = float(np.sqrt(np.mean(np.square(table)))) or 1.0
        self._history = np.zeros(len(table), dtype=np.float32)
        self._decay = decay

    def step(self, rows: Tokens, gradient: Vectors, rate: float) -> None:
        """One step of the distinct ``rows`` against ``gradient``, of shape (len(rows), dimension)."""
        self._history[rows] += np.square(gradient).mean(axis=1)
        width = rate * self._unit / np.sqrt(np.maximum(self._history[rows], 1e-30))
        moved = self._table[rows] - width[:, None] * gradient
        self._table[rows] = moved + self._decay * (self._origin[rows] - moved)
