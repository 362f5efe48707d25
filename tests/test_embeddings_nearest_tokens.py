"""The loss by nearest tokens, and its gradient against differences."""

import numpy as np
import pytest

from embeddings.training.nearest_tokens import loss_and_gradient

DRAW = np.random.default_rng(3)
TABLE = DRAW.standard_normal((12, 5)).astype(np.float32)
QUERIES = [np.asarray(q, np.int32) for q in ([0, 1, 2], [3, 4], [])]
PASSAGES = [np.asarray(p, np.int32) for p in ([1, 5, 6], [4, 7, 7, 8], [9, 10], [])]
CANDIDATES = np.asarray([[0, 1, 2], [1, 2, 2], [2, 0, 1]])


def loss_of(table: np.ndarray) -> float:
    return loss_and_gradient(table, QUERIES, PASSAGES, CANDIDATES, 4.0)[0]


def test_the_loss_is_the_cross_entropy_of_the_weighed_nearest_cosines() -> None:
    unit = TABLE / np.linalg.norm(TABLE, axis=1, keepdims=True)
    losses = []
    for query, choice in zip(QUERIES[:2], ([0, 1, 2], [1, 2]), strict=True):
        lengths = np.linalg.norm(TABLE[query], axis=1)
        scores = np.asarray(
            [4 * (lengths / lengths.sum()) @ (unit[query] @ unit[PASSAGES[p]].T).max(axis=1) for p in choice]
        )
        losses.append(np.log(np.exp(scores).sum()) - scores[0])
    assert loss_of(TABLE) == pytest.approx(np.mean(losses), abs=1e-5)


def test_the_gradient_is_that_of_differences() -> None:
    _, tokens, gradient = loss_and_gradient(TABLE, QUERIES, PASSAGES, CANDIDATES, 4.0)
    assert tokens.tolist() == list(range(11))
    for token, row in zip(tokens, gradient, strict=True):
        for column in range(5):
            step = np.zeros(TABLE.shape)
            step[token, column] = 1e-4
            slope = (loss_of(TABLE + step) - loss_of(TABLE - step)) / 2e-4
            assert row[column] == pytest.approx(slope, abs=2e-3)


def test_nothing_to_tell_apart_moves_nothing() -> None:
    loss, tokens, gradient = loss_and_gradient(TABLE, QUERIES[:1], PASSAGES[:1], np.asarray([[0, 0]]), 4.0)
    assert loss == 0 and len(tokens) and not gradient.any()
