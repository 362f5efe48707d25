"""When does an answer stand in a text: folding, whole words and figures, verdicts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluation.metrics.containment import answer_recall, holds, is_verdict, verdict
from rag.evaluation.metrics.folding import fold

CHINESE = st.text(alphabet="园区企业共有三十八家，约５％ab 12.\n", max_size=30)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ　１２％", "abc12%"),
        ("二〇二四 年\n三月", "二〇二四年三月"),
        ("A\u200bB\ufeffc\u00add", "abcd"),
        ("（一）", "(一)"),
        ("Cafe\u00b4", "caf\u00e9"),  # the accent comes with a space before it, and joins the letter when that goes
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_no_white_space_is_left(text: str) -> None:
    assert not any(map(str.isspace, fold(text)))


HELD = [
    ("全区共有 8 家企业", "8家"),
    ("增长１２．５％。", "12.5%"),
    ("投入1,200万元", "1200万元"),
    ("投入1200万元", "1,200万元"),
    ("总计 1,234,567.89 元", "1234567.89元"),
    ("第12、200、3000号", "200"),
    ("12,200,3000", "200"),  # groups that are not thousands: a list
    ("每度0.38元", "0.38元。"),
    ("1.2020年建成", "2020年"),
    ("2019年-2020年", "2020年"),
    ("3-5家", "5家"),
    ("COVID-19疫情", "19"),
    ("见①8家企业", "8家"),
    ("占地10m²", "10m²"),
    ("重5kg", "5"),
    ("重 5 kg", "5kg"),
    ("2020年第3季度", "第3季度"),
    ("2020一季度", "一季度"),
    ("进一步做好", "一步"),
    ("由统一部门管", "统一"),
    ("唯一一家", "一家"),
    ("唯一一家", "唯一"),
    ("全区唯一的", "唯一"),
    ("三十 二百", "三十"),
    ("共三十家", "三十"),
    ("The State of the Art.", "the art"),
    ("the\nstate-of-the-art", "art"),
    ("他用GPT4写", "gpt"),
    ("Zürich", "zürich"),
    ("\u043c\u0438\u0440", "\u041c\u0418\u0420"),
    ("18家和8家", "8家"),  # the first place is a piece of a figure, the second is whole
]


@pytest.mark.parametrize(("text", "wanted"), HELD)
def test_held(text: str, wanted: str) -> None:
    assert holds(text, wanted)


NOT_HELD = [
    ("全区共有18家企业", "8家"),
    ("平均3.8家", "8家"),
    ("1.25", "1.2"),
    ("1.2.3版", "1.2"),
    ("1.2万", "2万"),
    ("1,200", "200"),
    ("1,200", "1"),
    ("1\u202f200元", "200元"),
    ("5%", "5"),
    ("5 ％", "5"),
    ("5‰", "5"),
    ("同比增长-5%", "5%"),
    ("a change of -5%", "5%"),
    ("-5%", "5%"),
    ("2万", "2"),
    ("5千元", "千元"),
    ("1万2000元", "2000元"),
    ("百分之8", "8"),
    ("二百三十", "三十"),
    ("三十", "十"),
    ("三十", "三"),
    ("五万元", "万元"),
    ("几十家", "十家"),
    ("十一月", "一月"),
    ("十一五规划", "十一"),
    ("二〇二〇年", "二〇二"),
    ("三点五亿", "五亿"),
    ("三点五", "三"),
    ("三分之一", "一"),
    ("三分之一", "三"),
    ("百分之五十", "五十"),
    ("part", "art"),
    ("arts", "art"),
    ("\u043c\u0438\u0440\u043d\u044b\u0439", "\u043c\u0438\u0440"),
    ("南疆", "北疆"),
    ("任何文字", ""),
    ("任何文字", " \n"),
    ("", "字"),
]


@pytest.mark.parametrize(("text", "wanted"), NOT_HELD)
def test_not_held(text: str, wanted: str) -> None:
    assert not holds(text, wanted)


@given(CHINESE)
def test_a_text_holds_itself(text: str) -> None:
    assert holds(text, text) == bool(fold(text))


@given(CHINESE, CHINESE)
def test_white_space_around_changes_nothing(text: str, wanted: str) -> None:
    assert holds(f" {text}\n", f"\n{wanted} ") == holds(text, wanted)


@given(st.integers(0, 99_999), st.integers(0, 99_999))
def test_a_figure_is_held_by_itself_alone(one: int, other: int) -> None:
    assert holds(f"共{one}家", f"{other}家") == (one == other)
    assert holds(f"共{one:,}家", f"{other}") == (one == other)


@given(st.text(), st.text())
def test_what_is_held_stands_in_the_folded_text(text: str, wanted: str) -> None:
    if "," not in text + wanted and holds(text, wanted):
        assert unicodedata.normalize("NFKC", fold(wanted)).rstrip("。，、；：！？,;:!?.") in fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("是，已经批复", "是"),
        ("是", "是"),
        ("“是”", "是"),
        ("是的，可以", "是"),
        (" Yes, it does", "是"),
        ("YES!", "是"),
        ("否：不作调整", "否"),
        ("no", "否"),
        ("No.", "否"),
        ("No (see 3)", "否"),
        ("是本辖区", None),
        ("是否", None),
        ("是/否", None),
        ("否定", None),
        ("No man", None),
        ("No. 5", None),
        ("no-one", None),
        ("yesterday", None),
        ("不是", None),
        ("", None),
    ],
)
def test_verdict(text: str, expected: str | None) -> None:
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "alone"), [("是。", True), ("No", True), ("Ｙｅｓ", True), ("否，因为", False), ("", False)]
)
def test_is_verdict(text: str, alone: bool) -> None:
    assert is_verdict(text) is alone


@pytest.mark.parametrize(
    ("answer", "accepted", "recall"),
    [
        ("约38家企业", ["38家"], 1),
        ("约138家企业", ["38家"], 0),
        ("约38家企业", ["三十八家", "38家"], 1),
        ("是，可以", ["是"], 1),
        ("是，可以", ["Yes"], 1),
        ("可以，是这样", ["是"], 0),  # 是 stands in it, but is no verdict
        ("否，不予调整", ["是"], 0),
        ("不予调整", ["否", "不予调整"], 1),
        ("", ["38家"], 0),
        ("什么", [], 0),
    ],
)
def test_answer_recall(answer: str, accepted: list[str], recall: float) -> None:
    assert answer_recall(answer, accepted) == recall
