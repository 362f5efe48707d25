"""Whether it is up to the one asked about."""

import pytest

from rag.responsible import responsible


@pytest.mark.parametrize(
    ("question", "clause", "found"),
    [
        ("校门口摆摊的归城管撵吗", "校园周边流动摊点由城市管理部门负责清理", {"acts"}),
        ("校车检查是交警牵头不", "校车安全检查由县教育局牵头，公安交管部门参加", {"helps"}),
        ("罚单是水利局开的吗", "由县级农业农村主管部门责令改正", {"absent"}),
        ("挂号费医院自己涨行吗", "医疗服务价格由市医疗保障局会同市卫生健康委制定", {"absent, named first", "absent"}),
        (
            "体检单镇卫生院盖章行不行",
            "由县级以上医院出具，乡镇卫生院不予出具",
            {"acts", "refuses", "refuses, named first"},
        ),
        ("要送到市交通局批吗", "施工图由县交通运输局审批", {"other level"}),
        ("要带户口簿吗", "由县民政局受理", set()),
        ("归城管管吗", "每平方米补助30元", set()),
        ("", "", set()),
    ],
)
def test_what_a_clause_says_of_the_one_asked_about(question: str, clause: str, found: set[str]) -> None:
    assert responsible(question, clause) == found
