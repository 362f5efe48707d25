"""The features of a sentence, each against its arithmetic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evidence import FEATURES, Evidence
from rag.figures import figures
from rag.late_interaction import late_interaction
from rag.question import understand
from rag.terms import passage_terms, query_terms


def even(terms: list[str] | tuple[str, ...]) -> list[float]:
    return [1.0] * len(terms)


def row(question: str, sentence: str, around: str = "") -> dict[str, float]:
    evidence = Evidence(understand(question)[0], even)
    nearness = late_interaction().nearness(question, [around, sentence])
    values = evidence.features(sentence, [(0, len(sentence))], around=around, rank=2, meaning=[0.5], nearness=nearness)
    return dict(zip(FEATURES, map(float, values[0]), strict=True))


def test_shares_of_terms_and_characters() -> None:
    """大桥 gives the terms 大, 桥 and 大桥; of 桥梁 the sentence holds one in three, and one character in two."""
    assert row("大桥", "桥梁")["terms"] == pytest.approx(1 / 3)
    assert row("大桥", "桥梁")["characters"] == pytest.approx(1 / 2)
    assert row("大桥", "一座大桥")["terms"] == pytest.approx(1.0)


@given(
    st.text(st.sampled_from("大桥通車车2019年aAＢ·，、"), min_size=1, max_size=8),
    st.text(st.sampled_from("大桥通車车2019年aAbB·，、 \n"), max_size=30),
)
def test_terms_are_found_as_the_index_counts_them(question: str, text: str) -> None:
    asked = understand(question)[0]
    terms = set(query_terms(asked.content))
    found = Evidence(asked, even).found(text)
    written = terms & set(passage_terms(text))
    assert written <= found <= terms
    if not figures(question):
        assert found == written


def test_what_the_headings_hold_is_context() -> None:
    found = row("大桥", "桥梁", around="大桥")
    assert (found["context"], found["paragraph"]) == (pytest.approx(2 / 3), pytest.approx(0.0))
    assert row("大桥", "桥梁")["paragraph"] == pytest.approx(2 / 3)


def test_a_year_that_is_not_there_is_missed() -> None:
    assert row("大桥2020年通车？", "大桥2019年通车。")["figures"] == 1.0
    assert row("大桥2020年通车？", "大桥2019年通车。", around="2020年报告")["figures"] == 0.0
    assert row("大桥通车？", "大桥2019年通车。")["figures"] == 0.0


def test_a_figure_is_held_in_any_writing() -> None:
    asked = "投资1900万元的项目？"
    # Of the twelve terms only the pair 资1900 is not there.
    assert row(asked, "项目投资1.9千万元。")["terms"] == pytest.approx(11 / 12)
    assert row(asked, "项目投资1900万元。")["terms"] == 1.0
    assert row(asked, "项目投资一千九百万元。")["figures"] == 0.0
    assert row(asked, "项目投资一千八百万元。")["figures"] == 1.0
    assert row("大桥2020年通车？", "大桥二〇二〇年五月通车。")["figures"] == 0.0
    assert row("期限3年？", "期限三年。")["terms"] == pytest.approx(6 / 7)
    assert row("期限3年？", "期限三天。")["terms"] < row("期限3年？", "期限三年。")["terms"]


def test_a_figure_counts_as_one_only_with_the_measure_asked_for() -> None:
    assert row("有多少家企业？", "企业63家。")["typed"] == 1.0
    assert row("有多少家企业？", "企业产值63万元。")["typed"] == 0.0
    assert row("有多少家企业？", "企业产值63万元。")["untyped"] == 1.0
    assert row("企业情况", "企业63家。")["untyped"] == 0.0


def test_rank_meaning_length_and_form() -> None:
    found = row("大桥", "大桥是谁修的？")
    assert (found["rank"], found["meaning"], found["question"], found["short"]) == (0.5, 0.5, 1.0, 1.0)
    assert found["length"] == pytest.approx(np.log(7) / 5)


def test_a_question_of_nothing_but_question_words_is_measured_without_harm() -> None:
    assert np.isfinite(list(row("多少？", "企业63家。").values())).all()
