import pytest

from rag.figure_terms import figure_terms
from rag.terms import passage_terms

ADDED = {
    "1.9千万元": ["19000000", "19000000元"],
    "1900万": ["19000000"],
    "200 万元": ["2000000", "2000000元"],
    "三千家": ["3000", "3000家"],
    "三十日": ["30日"],
    "95%": ["95%"],
    "九成五": ["95%"],
    "2020-05-01": ["2020年", "2020年5月", "5月1日"],
    "二〇二〇年": ["2020", "2020年"],
    "2020年5月": ["2020年5月"],
    "五月": ["5月"],
    "国发〔2020〕1号": ["〔2020〕1号"],
    "30万平方米": ["300000", "300000平"],
    # In digits already, or too small to tell anything.
    **{text: [] for text in ("3000家", "12,000元", "2020年", "5月", "19000000", "３０日", "三年", "3年", "两家")},
}


@pytest.mark.parametrize(("text", "added"), ADDED.items())
def test_what_a_figure_adds(text: str, added: list[str]) -> None:
    assert figure_terms(text) == added


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1900万元", "1.9千万元"),
        ("一千九百万", "19000000元"),
        ("百分之九十五", "95％"),
        ("九成五", "95%"),
        ("12,000", "一万二"),
        ("三千", "3000人"),
        ("二〇二〇年五月一日", "2020-05-01"),
        ("2020年5月", "二零二零年五月"),
        ("5月1日", "二〇二〇年五月一日"),
        ("（2020）1号", "〔2020〕第1号"),
        ("2020", "二〇二〇年"),
        ("30日", "三十日"),
    ],
)
def test_two_writings_share_a_term_of_the_figure(one: str, other: str) -> None:
    def telling(text: str) -> set[str]:
        terms = [*passage_terms(text), *figure_terms(text)]
        return {term for term in terms if any(sign.isdecimal() for sign in term) and len(term) > 1}

    assert telling(one) & telling(other)
    assert telling(other) & telling(one)


def test_every_time_counts_and_no_space_is_inside() -> None:
    assert figure_terms("三千家，三千家") == ["3000", "3000家"] * 2
    assert all(" " not in term for term in figure_terms("200 万元，2020 年 5 月 1 日，〔2020〕 1 号"))
