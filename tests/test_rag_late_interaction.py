"""Words of a question against words of texts, by the bundled encoder's tokens."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.late_interaction import MOST, SAME, late_interaction


def test_another_word_for_the_same_is_nearer_than_one_for_something_else() -> None:
    found = late_interaction().nearness("泳池", ["游泳馆", "羽毛球馆"])
    same, other = (found.held(row) for row in found.near)
    assert same > 2 * other
    assert found.farthest(found.near[1]) > found.farthest(found.near[0])


def test_the_same_words_are_wholly_held_and_none_of_them_is_kindred() -> None:
    found = late_interaction().nearness("泳池每小时收费", ["泳池每小时收费", "收费每小时泳池在此"])
    assert found.weights.sum() == pytest.approx(1.0)
    for row in found.near:
        assert found.held(row) == pytest.approx(1.0, abs=1e-3)
        assert found.kindred(row) == 0.0
    assert found.cosines[0] == pytest.approx(1.0)


def test_a_word_alone_is_found_among_many_where_the_mean_of_all_drowns_it() -> None:
    text = "本市加强绿化养护，整治背街小巷，新建公园七处，改造老旧小区，增设公共自行车。路边的照明设施由供电公司维护。"
    found = late_interaction().nearness("路灯", [text, "路边的照明设施由供电公司维护。"])
    assert found.held(found.near[0]) == pytest.approx(found.held(found.near[1]))
    assert found.cosines[0] < found.cosines[1]


def test_of_some_texts() -> None:
    whole = late_interaction().nearness("水库", ["水库检查。", "道路。", "水库。"])
    some = whole.of([2, 0])
    assert np.array_equal(some.near, whole.near[[2, 0]])
    assert np.array_equal(some.cosines, whole.cosines[[2, 0]])


def test_a_long_question_is_looked_for_by_what_tells_most() -> None:
    question = "".join(chr(0x4E00 + 7 * n) for n in range(400))
    assert late_interaction().nearness(question, ["水库。"]).near.shape == (1, MOST)


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=4))
@settings(max_examples=60)
def test_whatever_is_asked_of_whatever_text(question: str, texts: list[str]) -> None:
    found = late_interaction().nearness(question, texts)
    assert found.near.shape == (len(texts), len(found.weights))
    assert found.cosines.shape == (len(texts),)
    for row in found.near:
        assert found.kindred(row) <= max(0.0, found.held(row)) + SAME
        assert np.isfinite((found.held(row), found.kindred(row), found.farthest(row))).all()
