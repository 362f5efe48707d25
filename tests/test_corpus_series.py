"""Lists that documents spell out over sentences and paragraphs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from corpus.ingest import ingest_bytes
from corpus.series import KINDS, series


def document(text: str) -> Document:
    return ingest_bytes(Path("/a.txt"), text.encode())


def told(text: str) -> list[tuple[str, str, list[str]]]:
    """Kind, lead and members of each series."""
    found = document(text)
    return [
        (each.kind, found.text[slice(*each.lead)].strip(), [found.text[slice(*m.words)] for m in each.members])
        for each in series(found)
    ]


RULES = """松山县图书馆管理办法

第一条 读者有下列情形之一的，暂停借阅：

（一）逾期不还超过三个月；

（二）损坏书刊拒不赔偿；

（三）转借证件的。

第二条 本办法由县图书馆解释。
"""
PLAN = """关于开展读书活动的通知

各学校：

一、活动内容

（一）校园晨读。每天早上二十分钟。各班自行安排。

（二）图书漂流。每月一次。

二、工作要求

（三）加强领导。校长负责。

（四）做好总结。年底前报送。

办公室
"""


def test_items_of_an_article_and_the_articles_themselves() -> None:
    found = told(RULES)
    assert (
        "marked",
        "第一条 读者有下列情形之一的，暂停借阅：",
        ["逾期不还超过三个月", "损坏书刊拒不赔偿", "转借证件的"],
    ) in found


def test_a_numbering_that_runs_on_counts_for_each_heading_and_as_a_whole() -> None:
    found = told(PLAN)
    assert ("marked", "一、活动内容", ["校园晨读", "图书漂流"]) in found
    assert ("marked", "二、工作要求", ["加强领导", "做好总结"]) in found
    assert ("marked", "一、活动内容", ["校园晨读", "图书漂流", "加强领导", "做好总结"]) in found
    assert ("marked", "各学校：", ["活动内容", "工作要求"]) in found


@pytest.mark.parametrize(
    ("paragraph", "kind", "lead", "members"),
    [
        (
            "全县推进三项工作。一是清淤三十公里；二是修建泵站两座；三是聘用管护员。其他工作另行安排。",
            "counted",
            "全县推进三项工作。",
            ["清淤三十公里", "修建泵站两座", "聘用管护员"],
        ),
        ("申请人应当提交：（1）申请书；（2）身份证件。", "counted", "申请人应当提交：", ["申请书", "身份证件"]),
        ("标准为：水稻每亩九十元；大豆每亩一百元。", "clauses", "标准为：", ["水稻每亩九十元", "大豆每亩一百元"]),
    ],
)
def test_lists_within_a_paragraph(paragraph: str, kind: str, lead: str, members: list[str]) -> None:
    assert (kind, lead, members) in told(f"关于水利工作的答复\n\n某某委员：\n\n{paragraph}\n\n水利局\n")


def test_no_series_of_one() -> None:
    assert told("一、总则\n\n本办法自发布之日起施行。\n") == []


TEXTS = st.text(alphabet="一二三是、（）①。；：\n 章条第1.（2）甲乙丙", max_size=200)


@given(TEXTS)
def test_members_stand_in_order_within_their_paragraphs(text: str) -> None:
    if not text.strip():
        return
    try:
        found = document(text)
    except Exception as error:  # an empty document is refused
        assert type(error).__name__ == "EmptyFile"
        return
    for each in series(found):
        assert each.kind in KINDS
        assert len(each.members) > 1
        assert 0 <= each.lead[0] <= each.lead[1] <= len(found.text)
        for member in each.members:
            paragraph = found.paragraphs[member.paragraph]
            assert paragraph.start <= member.quote[0] <= member.words[0] <= member.words[1] <= paragraph.end
            assert member.words[1] <= member.quote[1] <= paragraph.end
        starts = [member.words[0] for member in each.members]
        assert starts == sorted(starts)
