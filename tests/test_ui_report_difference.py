"""What differs between two texts: exact where it says the same, readable where not, quick whatever comes."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ui.report.difference import MOST_PAIRS, closest, differences, likeness

TEXTS = st.text(alphabet="甲乙丙丁12年月，", max_size=30)


def cut(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def left(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    kept, done = "", 0
    for start, end in spans:
        kept, done = kept + text[done:start], end
    return kept + text[done:]


def marked(expected: str, given: str) -> tuple[list[str], list[str]]:
    missing, extra = differences(expected, given)
    return cut(expected, missing), cut(given, extra)


def test_the_same_and_nothing() -> None:
    assert marked("12个", "12个") == ([], [])
    assert marked("", "") == ([], [])
    assert marked("12个", "") == (["12个"], [])
    assert marked("", "12个") == ([], ["12个"])


def test_one_digit_is_marked_alone() -> None:
    assert marked("2022年5月1日", "2023年5月1日") == (["2"], ["3"])


def test_what_is_missing_and_what_is_too_much() -> None:
    assert marked("新材料、生物医药、电子信息", "新材料、电子信息") == (["生物医药、"], [])
    assert marked("56.5公顷", "绿化56.5公顷左右") == ([], ["绿化", "左右"])


def test_an_evidence_inside_a_long_quote_is_not_different() -> None:
    assert marked("有12个", "前" * 200 + "有12个" + "后" * 200) == ([], ["前" * 200, "后" * 200])


def test_a_single_character_in_common_is_no_agreement() -> None:
    assert marked("县财政局", "交通运输局") == (["县财政局"], ["交通运输局"])
    assert marked("甲乙丙丁戊己庚辛", "子丑丙寅卯辰巳午") == (["甲乙丙丁戊己庚辛"], ["子丑丙寅卯辰巳午"])


@given(TEXTS, TEXTS)
def test_outside_of_the_marks_both_say_the_same(expected: str, given: str) -> None:
    missing, extra = differences(expected, given)
    assert left(expected, missing) == left(given, extra)
    for text, spans in ((expected, missing), (given, extra)):
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(one[1] < other[0] for one, other in pairwise(spans))


@given(TEXTS, TEXTS)
def test_likeness_is_between_nothing_and_all(first: str, second: str) -> None:
    assert 0 <= likeness(first, second) <= 1
    assert likeness(first, first) == 1


def test_likeness_counts_the_common_characters_twice() -> None:
    assert likeness("甲乙丙", "甲乙丁") == 2 * 2 / (3 + 3)


def test_the_closest_is_the_one_with_most_in_common() -> None:
    assert closest("56.5公顷", ["五十六点五公顷", "56.5公顷左右", "7公顷"]) == "56.5公顷左右"
    assert closest("x", []) is None
    assert closest("x", ["y", "z"]) == "y"


def test_periodic_texts_do_not_take_minutes() -> None:
    expected, given = "头" + "的一是" * 2_000 + "尾", "头" + "一的是" * 2_000 + "尾"
    pairs = 3 * 2_000**2  # each of the three characters, 2,000 times in both
    assert pairs > MOST_PAIRS
    missing, extra = marked(expected, given)
    assert missing and extra
