"""Years that a place in a text speaks of."""

import pytest

from rag.years import YearsOf, asked_years


def years_at(text: str, words: str, around: str = "") -> set[int]:
    start = text.index(words)
    return set(YearsOf(text, around).at((start, start + len(words))))


@pytest.mark.parametrize(
    ("text", "words", "years"),
    [
        ("2021年41家；2022年增至53家，产值331亿元。", "331亿元", {2022}),
        ("2021年41家；2022年增至53家，产值331亿元。", "41家", {2021}),
        ("二〇二二年投入2350万元。", "2350万元", {2022}),
        ("２０２２年投入2350万元。", "2350万元", {2022}),
        ("产值比2021年增长20%。", "20%", set()),
        ("2022年产值较2021年增长20%。", "20%", {2022}),
        ("2021—2023年投入9亿元。", "9亿元", {2021, 2022, 2023}),
        ("2021年至2023年投入9亿元。", "9亿元", {2021, 2022, 2023}),
        ("“十四五”期间投入9亿元。", "9亿元", {2021, 2022, 2023, 2024, 2025}),
        ("按《规划（2021—2025年）》（京发〔2020〕1号）投入9亿元。", "9亿元", set()),
        ("2021年5家。今年投入9亿元。", "9亿元", set()),
        ("共53家（2022年），又增2家。", "53家", {2022}),
        ("In 2022 it cost 5 million.", "5 million", {2022}),
        ("2022-05-01投入9亿元。", "9亿元", {2022}),
        ("2019年由市政府发起，投入9亿元。", "9亿元", {2019}),
        ("20世纪90年代建成5座。", "5座", set()),
    ],
)
def test_a_year_holds_until_another_is_named(text: str, words: str, years: set[int]) -> None:
    assert years_at(text, words) == years


def test_since_a_year_reaches_on() -> None:
    assert {2019, 2023} <= years_at("2019年以来完工1268台。", "1268台")


def test_the_title_speaks_where_the_text_does_not() -> None:
    assert years_at("投入9亿元。", "9亿元", "关于2022年工作的报告") == {2022}
    assert years_at("2021年投入9亿元。", "9亿元", "关于2022年工作的报告") == {2021}


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2023年投入了多少改造资金？", {2023}),
        ("2023投入多少", {2023}),
        ("二〇二三年投入多少", {2023}),
        ("投入2000万元的是谁", set()),
        ("投入多少", set()),
        ("2021年到2023年共多少", {2021, 2022, 2023}),
        ("how much in 2023?", {2023}),
    ],
)
def test_years_of_a_question(question: str, years: set[int]) -> None:
    assert asked_years(question) == years


def test_a_sentence_may_speak_of_several() -> None:
    text = "2021年启动。当年41家，2022年53家。"
    assert YearsOf(text).of((8, len(text))) == {2021, 2022}
