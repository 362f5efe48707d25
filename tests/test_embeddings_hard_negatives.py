"""The paragraphs that share most with a question are mined, and never its own."""

import numpy as np

from embeddings.training.hard_negatives import hard_negatives, pool
from embeddings.tuning.bags import Tokens


def tokens(*ids: int) -> Tokens:
    return np.asarray(ids, np.int32)


PARAGRAPHS = [tokens(1, 2, 3), tokens(1, 2, 9), tokens(7, 8, 9), tokens(1, 6, 6), tokens(4, 5)]


def test_the_likest_come_and_not_its_own() -> None:
    everything = np.arange(len(PARAGRAPHS))
    (found,) = hard_negatives([(tokens(1, 2), 0)], PARAGRAPHS, everything, 10, 1)
    assert found.tolist() == [1]
    (found,) = hard_negatives([(tokens(1, 2), 0)], PARAGRAPHS, everything, 10, 4)
    assert sorted(found.tolist()) == [1, 3], "only what shares a token"


def test_only_some_are_looked_at() -> None:
    (found,) = hard_negatives([(tokens(1, 2), 4)], PARAGRAPHS, np.asarray([0, 3]), 10, 4)
    assert sorted(found.tolist()) == [0, 3]


def test_a_query_that_shares_nothing_has_none() -> None:
    shared, nothing = hard_negatives([(tokens(9), 1), (tokens(0), 1)], PARAGRAPHS, np.arange(5), 10, 4)
    assert (shared.tolist(), nothing.tolist()) == ([2], [])


def test_many_queries_are_taken_in_blocks() -> None:
    found = hard_negatives([(tokens(1, 2), 0)] * 1100, PARAGRAPHS, np.arange(5), 10, 1)
    assert len(found) == 1100 and {each.item() for each in found} == {1}


def test_the_pool_holds_all_that_was_asked_about() -> None:
    draw = np.random.default_rng(0)
    assert pool(iter([3, 3, 1]), 5, 0.0, draw).tolist() == [1, 3]
    assert 300 < len(pool(iter([]), 1000, 0.35, draw)) < 400
