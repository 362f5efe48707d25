"""Yes or no, told from a question and the clause that decides it."""

import pytest

from rag.fitted_weights import fitted_weights
from rag.verdict import BY_NEGATION, WEIGHTS, affirms, features


@pytest.mark.parametrize(
    ("question", "clause", "yes"),
    [
        ("过期的票还能用吗？", "过期的票不得使用", False),
        ("未成年人可以单独办卡吗？", "未成年人办卡须由监护人陪同", False),
        ("办证要不要交钱？", "办理证件不收取任何费用", False),
        ("办证用不用交钱？", "无须缴纳费用", False),
        ("学生进馆是不是免费？", "学生凭证免费进馆", True),
        ("残疾人能不能免费停车？", "残疾人专用车辆免费停放", True),
        ("学生票是不是不能退？", "学生票不能退", True),
        ("展馆周二营业吗？", "展馆周二停业检修", False),
        ("展馆周二停业吗？", "展馆周二停业检修", True),
        ("旧票还有效吗？", "旧票同时作废", False),
        ("Can members enter free of charge?", "Members may enter free of charge", True),
        ("May dogs enter?", "Dogs must not enter", False),
    ],
)
def test_what_a_clause_says_to_a_question(question: str, clause: str, yes: bool) -> None:
    assert (affirms(question, clause) > 0.5) == yes


def test_english_is_no_surer_than_negation_makes_it() -> None:
    assert affirms("May dogs enter?", "Dogs may enter") == BY_NEGATION


def test_the_weights_are_of_these_features() -> None:
    found = features("过期的票还能用吗？", "过期的票不得使用")
    assert {"one denied", "asked still, said forbidden", "shared denied"} <= found.keys()
    assert found.keys() & fitted_weights(WEIGHTS, "bias", "one denied")["weights"].keys()


def test_very_long_texts_stay_within_bounds() -> None:
    assert 0 <= affirms("能" * 500, "不得" * 5000) <= 1
