"""Does a quote prove the answer, is it exact, and was there an answer at all?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluation.metrics.citation_precision import citation_precision
from rag.evaluation.metrics.citation_recall import citation_recall
from rag.evaluation.metrics.quote_exactness import is_exact
from rag.evaluation.metrics.refusal import refusal_rate
from rag.evaluation.metrics.sentence_hit import sentence_hit
from rag.evaluation.metrics.supports import covers, supports

PROOF = "磨坊于1921年由河谷村集资修建"


@pytest.mark.parametrize(
    ("quote", "covered"),
    [
        (f"据村志，{PROOF}。", True),  # holds it
        ("由河谷村集资", True),  # six characters of it
        ("由河谷村集", False),  # five: too little to tell it from others
        ("由 河谷村 集", False),  # white space is no character
        ("磨坊于1921年由邻村修建", False),
        ("21年由河谷村集资", False),  # a piece of a figure
    ],
)
def test_covers(quote: str, covered: bool) -> None:
    assert covers(quote, PROOF) is covered


def test_supports() -> None:
    assert supports(PROOF, [PROOF], [], [])
    assert supports("修建于1921年", [PROOF], ["1921年"], [])
    assert not supports("修建于11921年", [PROOF], ["1921年"], [])
    assert supports("内有水磨和油坊", [], [], ["石磨", "油坊"])
    assert not supports("内有水磨", [PROOF], ["1921年"], ["石磨"])


def test_a_verdict_proves_nothing() -> None:
    assert not supports("这是河谷村的规定", [PROOF], ["是"], [])
    assert not supports("There is no mill", [], ["no"], [])
    assert supports(PROOF, [PROOF], ["是"], [])
    assert supports("一律不得修建", [], ["否", "不得修建"], [])


def test_sentence_hit() -> None:
    assert sentence_hit([PROOF, "别处"], [PROOF], ["1921年"]) == 1
    assert sentence_hit(["别处", PROOF], [PROOF], ["1921年"]) == 0  # the first quote counts
    assert sentence_hit(["又于1921年重修"], [PROOF], ["1921年"]) == 0  # the answer, in another sentence
    assert sentence_hit(["又于1921年重修"], [], ["1921年"]) == 1
    assert sentence_hit([], [PROOF], ["1921年"]) == 0


def test_citation_precision() -> None:
    assert citation_precision([True, False, True]) == pytest.approx(2 / 3)
    assert citation_precision([]) == 0


def test_citation_recall() -> None:
    evidence = [PROOF, "油坊于1950年并入磨坊"]
    assert citation_recall([PROOF, PROOF], evidence) == 1 / 2
    assert citation_recall([f"{PROOF}，{evidence[1]}。"], evidence) == 1
    assert (citation_recall([], evidence), citation_recall([PROOF], [])) == (0, 0)


@pytest.mark.parametrize(
    ("start", "end", "quote", "exact"),
    [
        (0, 2, "河谷", True),
        (1, 3, "谷村", True),
        (0, 2, "谷村", False),
        (-2, 3, "谷村", False),  # Python would count from the end
        (1, 9, "谷村", False),  # and would stop at the end
        (1, 1, "", False),
    ],
)
def test_is_exact(start: int, end: int, quote: str, exact: bool) -> None:
    assert is_exact("河谷村", start, end, quote) is exact


def test_refusal_rate() -> None:
    assert refusal_rate([True, False, False, False]) == 1 / 4
    assert refusal_rate([]) is None


@given(st.lists(st.booleans()))
def test_shares_are_between_0_and_1(flags: list[bool]) -> None:
    assert 0 <= citation_precision(flags) <= 1
    assert 0 <= (refusal_rate(flags) or 0) <= 1
