"""Reciprocal rank fusion against the arithmetic written out."""

import pytest

from rag.fusion import reciprocal_rank_fusion


def test_scores_are_sums_of_reciprocal_ranks() -> None:
    fused = dict(reciprocal_rank_fusion([["a", "b", "c"], ["c", "a"]]))
    assert fused == pytest.approx(
        {"a": 1 / (60 + 1) + 1 / (60 + 2), "b": 1 / (60 + 2), "c": 1 / (60 + 3) + 1 / (60 + 1)}
    )


def test_best_first_and_ties_in_the_order_they_are_met() -> None:
    assert [item for item, _ in reciprocal_rank_fusion([["x", "y"], ["y", "x"], ["z"]])] == ["x", "y", "z"]


def test_weights_and_k() -> None:
    fused = dict(reciprocal_rank_fusion([["a"], ["b"]], weights=[1.0, 3.0], k=10))
    assert fused == pytest.approx({"a": 1 / 11, "b": 3 / 11})


def test_nothing_in_nothing_out() -> None:
    assert reciprocal_rank_fusion([]) == []
    assert reciprocal_rank_fusion([[], []]) == []


def test_one_weight_for_each_ranking() -> None:
    with pytest.raises(ValueError, match="shorter"):
        reciprocal_rank_fusion([["a"], ["b"]], weights=[1.0])
