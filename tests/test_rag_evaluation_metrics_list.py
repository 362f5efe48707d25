"""F1 over the members of a list."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluation.metrics.containment import holds
from rag.evaluation.metrics.list_f1 import list_f1

MEMBERS = st.lists(st.sampled_from(["水", "电", "水电", "水电气", "气", "路"]), max_size=4)


@pytest.mark.parametrize(
    ("members", "wanted", "score"),
    [
        (["水", "电"], ["电", "水"], 1),
        (["水", "电"], ["电", "水", "气"], 2 * 2 / (2 + 3)),
        (["融资难的问题"], ["融资难"], 1),
        (["融资难"], ["融资难的问题", "用工难"], 2 * 1 / (1 + 2)),
        (["水", "水"], ["水"], 2 * 1 / (2 + 1)),  # said twice, counted once
        # 水电 fits both, 水 the first alone: greedily the second would be left without a partner
        (["水电", "水"], ["水", "电"], 1),
        (["18家"], ["8家"], 0),
        ([""], ["水"], 0),
        ([], ["水"], 0),
        (["水"], [], 0),
        ([], [], 1),
    ],
)
def test_list_f1(members: list[str], wanted: list[str], score: float) -> None:
    assert list_f1(members, wanted) == pytest.approx(score)


@given(MEMBERS, MEMBERS)
def test_the_matching_is_the_largest(members: list[str], wanted: list[str]) -> None:
    def matched(order: tuple[str, ...]) -> int:
        return sum(holds(one, other) or holds(other, one) for one, other in zip(members, order, strict=False))

    padded = wanted + [""] * max(0, len(members) - len(wanted))
    largest = max(map(matched, permutations(padded)))
    total = len(members) + len(wanted)
    assert list_f1(members, wanted) == pytest.approx(2 * largest / total if total else 1)


@given(MEMBERS, MEMBERS)
def test_the_same_both_ways_and_in_any_order(members: list[str], wanted: list[str]) -> None:
    score = list_f1(members, wanted)
    assert 0 <= score <= 1
    assert list_f1(wanted, members) == pytest.approx(score)
    assert list_f1(members[::-1], wanted) == pytest.approx(score)
