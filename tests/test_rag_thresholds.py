"""A figure of a question and one of a clause: met, missed, or a bound at all."""

import pytest

from rag.thresholds import Standing, standing


@pytest.mark.parametrize(
    ("question", "clause", "found"),
    [
        ("我62岁能办吗", "年满65周岁的老年人可以办理", Standing(bounded=True, within=False, rule=True)),
        ("我六十六岁能办吗", "年满65周岁的老年人可以办理", Standing(bounded=True, within=True, rule=True)),
        ("公示了十五天，够吗", "公示期限不少于十日", Standing(bounded=True, within=True, rule=False)),
        ("能续四年吗", "续贷期限不超过3年", Standing(bounded=True, within=False, rule=False)),
        ("280平米的要报批吗", "300平方米以上的项目应当报批", Standing(bounded=True, within=False, rule=True)),
        ("提前十天送到行吗", "应当在会议举行七日前发给委员", Standing(bounded=True, within=True, rule=True)),
        ("晚上六点还能进吗", "开放时间为9:00至17:00", Standing(bounded=True, within=False, rule=False)),
        ("下午两点半开吗", "上午9:00—12:00，下午14:00—17:30开放", Standing(bounded=True, within=True, rule=False)),
        ("3月12号交来得及吗", "材料于3月10日前报送", Standing(bounded=True, within=False, rule=False)),
        ("28号交行不", "每月25日前缴纳", Standing(bounded=True, within=False, rule=False)),
        ("2024年6月建的算不算", "2024年3月1日起新建的项目", Standing(bounded=True, within=True, rule=True)),
        ("周六能办吗", "周一至周五受理", Standing(bounded=True, within=False, rule=False)),
        ("礼拜一去看展行吗", "每周一闭馆", Standing(bounded=False, within=True, rule=False)),
        ("280平方米的要报批吗", "300平方米以上的项目应当报批", Standing(bounded=True, within=False, rule=True)),
        ("拖了二十天还能报吗", "应当在15日内申报", Standing(bounded=True, within=False, rule=False)),
        ("停八年合规吗", "责令停止从业五年以上十年以下", Standing(bounded=True, within=True, rule=False)),
        ("停四年合规吗", "责令停止从业五年以上十年以下", Standing(bounded=True, within=False, rule=False)),
        ("满一年半的能收回吗", "满2年未动工开发的，可以收回", Standing(bounded=True, within=False, rule=True)),
        ("一米六的孩子买半票行吗", "身高超过1.5米的购买全价票", Standing(bounded=True, within=True, rule=True)),
        ("四个月没用会停吗", "连续停用不满半年的不停", Standing(bounded=True, within=True, rule=False)),
        ("干了18个月能报吗", "工作满1年的可以申报", Standing(bounded=True, within=True, rule=True)),
        ("保费是三倍吗", "标准为工资的三倍", Standing(bounded=False, within=True, rule=False)),
        ("七条都落实了吗", "已落实四条", Standing(bounded=False, within=False, rule=False)),
        ("能带狗吗", "年满65周岁的可以办理", None),
        ("我62岁能办吗", "老年人可以办理", None),
        ("", "", None),
    ],
)
def test_how_a_figure_stands(question: str, clause: str, found: Standing | None) -> None:
    assert standing(question, clause) == found


@pytest.mark.parametrize("clause", ["9" * 5000, "不超过" * 2000, "五年以上" * 1000, "（含" * 2000 + "3年以上"])
def test_strange_clauses_are_no_trouble(clause: str) -> None:
    standing("能续四年吗", clause)
