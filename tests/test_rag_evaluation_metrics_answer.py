"""Exact match and F1, as SQuAD and CMRC 2018 count them, and which of them counts for which question."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluation.metrics.answer import exact_match, f1
from rag.evaluation.metrics.cmrc_exact_match import cmrc_exact_match
from rag.evaluation.metrics.cmrc_f1 import cmrc_f1, segments
from rag.evaluation.metrics.squad_exact_match import squad_exact_match
from rag.evaluation.metrics.squad_f1 import squad_f1

TEXT = st.text(alphabet="园区有八家企业,。 the Park 12.5%是否yesno", max_size=20)
SOME = st.lists(TEXT, min_size=1, max_size=3)
COUNTS = [exact_match, f1, squad_exact_match, squad_f1, cmrc_exact_match, cmrc_f1]


def harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall)


@pytest.mark.parametrize(
    ("answer", "accepted", "em", "f1"),
    [
        ("The old mill.", ["old mill"], 1, 1),
        ("an old mill", ["The Old Mill", "barn"], 1, 1),
        ("the mill", ["old mill"], 0, harmonic(1 / 1, 1 / 2)),
        ("mill mill", ["mill stone"], 0, harmonic(1 / 2, 1 / 2)),  # a bag: one mill is one mill
        ("mill mill", ["mill mill"], 1, 1),
        ("by the old river", ["old stone mill"], 0, harmonic(1 / 3, 1 / 3)),
        ("barn", ["old mill"], 0, 0),
        ("", ["old mill"], 0, 0),
        ("", ["the", "mill"], 0, 0),  # an accepted answer of which nothing is left is none
        ("", [], 1, 1),
        ("mill", [], 0, 0),
        ("the", ["..."], 1, 1),  # nothing is left of either
    ],
)
def test_squad(answer: str, accepted: list[str], em: float, f1: float) -> None:
    assert squad_exact_match(answer, accepted) == em
    assert squad_f1(answer, accepted) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("answer", "accepted", "em", "f1"),
    [
        ("《河谷志》", ["河谷志"], 1, 1),
        ("ＡＢ厂", ["ab厂"], 1, 1),
        ("东郊的河谷", ["河谷"], 0, harmonic(2 / 5, 2 / 2)),
        ("河谷", ["东郊的河谷", "河边"], 0, harmonic(2 / 2, 2 / 5)),
        ("东河西谷", ["东山西谷"], 0, harmonic(2 / 4, 2 / 4)),  # 西谷, one run: 东 does not count beside it
        ("共2020年", ["2020年"], 0, harmonic(2 / 3, 2 / 2)),  # 2020 is one segment
        ("3.5万亩", ["3.5万"], 0, harmonic(2 / 3, 2 / 2)),
        ("1,200家", ["1200家"], 1, 1),  # the comma is punctuation, NFKC of the script's ，
        ("Covid-19期间", ["covid19"], 0, harmonic(1 / 3, 1 / 1)),
        ("山", ["河"], 0, 0),
        ("", ["河"], 0, 0),
        ("", [], 1, 1),
        ("河", [], 0, 0),
    ],
)
def test_cmrc(answer: str, accepted: list[str], em: float, f1: float) -> None:
    assert cmrc_exact_match(answer, accepted) == em
    assert cmrc_f1(answer, accepted) == pytest.approx(f1)


def test_segments() -> None:
    assert segments("《河谷》No.3，约12.5%的it's") == ["河", "谷", "no.3", "约", "12.5", "%", "的", "it's"]
    assert segments("かな한글") == list("かな한글")


@pytest.mark.parametrize(
    ("answer", "accepted", "em", "f1"),
    [
        # Chinese where an accepted answer is: 2 of 3 segments in a run, where words would share nothing
        ("老磨坊", ["磨坊"], 0, harmonic(2 / 3, 2 / 2)),
        # English where none is: articles go, order does not count
        ("the mill, old", ["an old mill"], 0, 1),
        ("", [], 1, 1),
        ("随便", [], 0, 0),
    ],
)
def test_each_language_has_its_count(answer: str, accepted: list[str], em: float, f1: float) -> None:
    assert exact_match(answer, accepted) == em
    assert globals()["f1"](answer, accepted) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("磨坊建于哪一年？", True),
        ("MILL 是？", True),
        ("When was the 磨坊 built?", False),
        ("When?", False),
        ("", False),
    ],
)
def test_a_chinese_question_is_counted_as_chinese_whatever_its_answer(question: str, chinese: bool) -> None:
    # 1998 and 年: one of two segments; as words, 1998年 is another word than 1998
    assert f1("1998年", ["1998"], question) == pytest.approx(harmonic(1 / 2, 1 / 1) if chinese else 0)
    # a point is a mark of its own in Chinese, and nothing in English
    assert exact_match("3.5 %", ["35"], question) == (0 if chinese else 1)


@pytest.mark.parametrize(
    ("answer", "accepted", "score"),
    [
        ("是，可以", ["是"], 1),
        ("是", ["否"], 0),
        ("否，不予调整", ["否", "一律不予调整"], 1),
        ("是，不予调整", ["否", "一律不予调整"], 0),  # the verdict counts, whatever is said after it
        ("yes", ["是"], 1),
        ("No, it is not", ["no"], 1),
        ("可以", ["是"], 0),
        ("", ["是"], 0),
    ],
)
def test_a_verdict_is_right_or_wrong(answer: str, accepted: list[str], score: float) -> None:
    assert exact_match(answer, accepted) == score
    assert f1(answer, accepted) == score


def test_without_a_verdict_the_other_answers_count() -> None:
    assert exact_match("一律不予调整", ["否", "一律不予调整"]) == 1
    assert f1("不予调整", ["否", "一律不予调整"]) == pytest.approx(harmonic(4 / 4, 4 / 6))


@pytest.mark.parametrize("count", COUNTS)
@given(answer=TEXT, accepted=SOME)
def test_between_0_and_1(count: object, answer: str, accepted: Sequence[str]) -> None:
    assert callable(count)
    assert 0 <= count(answer, accepted) <= 1


@pytest.mark.parametrize("count", COUNTS)
@given(answer=TEXT)
def test_an_accepted_answer_is_right(count: object, answer: str) -> None:
    assert callable(count)
    assert count(answer, [answer]) == 1


@given(answer=TEXT, accepted=SOME)
def test_an_exact_match_has_the_full_f1(answer: str, accepted: Sequence[str]) -> None:
    assert f1(answer, accepted) >= exact_match(answer, accepted)


@given(one=TEXT, other=TEXT)
def test_f1_is_the_same_both_ways(one: str, other: str) -> None:
    assert cmrc_f1(one, [other]) == pytest.approx(cmrc_f1(other, [one]))
    assert squad_f1(one, [other]) == pytest.approx(squad_f1(other, [one]))
