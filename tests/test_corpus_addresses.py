"""How paragraphs are cited."""

import pytest

from corpus.addresses import addresses, counted_at
from corpus.headings import outline
from corpus.loaders.source import Block


def cited(*texts: str) -> list[str]:
    """The addresses of paragraphs with these texts."""
    return addresses(outline([Block(text=text) for text in texts]))


def test_sections_one_behind_the_other() -> None:
    assert cited("关于水渠的意见", "一、总体要求", "说明在先。", "（二）巡查", "每月一次，不得遗漏。", "二、其他") == [
        "",
        "一、",
        "一、",
        "一、（二）",
        "一、（二）",
        "二、",
    ]


def test_articles_with_paragraphs_and_items() -> None:
    assert cited(
        "第二章 巡查",
        "第三条 巡查由下列人员进行：",
        "（一）渠长；",
        "（二）护渠员。",
        "没有渠长的，由村民委员会指定。",
        "第四条 巡查每月一次。",
    ) == ["第二章", "第三条第一款", "第三条第一款第（一）项", "第三条第一款第（二）项", "第三条第二款", "第四条"]


def test_one_paragraph_with_items_needs_no_number() -> None:
    assert cited("第三条 巡查由下列人员进行：", "（一）渠长；", "（二）护渠员。") == [
        "第三条",
        "第三条第（一）项",
        "第三条第（二）项",
    ]


def test_the_same_article_in_two_attachments() -> None:
    assert cited("附件1", "第一条 为了护渠。", "附件2", "第一条 为了护堤。") == [
        "附件1，",
        "附件1，第一条",
        "附件2，",
        "附件2，第一条",
    ]


def test_eleven_paragraphs() -> None:
    assert cited("第一条 其一。", *["又有一款。"] * 10)[-1] == "第一条第十一款"


@pytest.mark.parametrize(
    ("words", "found"),
    [("清渠", "一是"), ("修堤", "二是"), ("植树", "三是"), ("下一步", "")],
)
def test_what_is_counted_within_a_paragraph(words: str, found: str) -> None:
    text = "下一步要做三件事。一是清渠，逐村进行；二是修堤。三是植树，共三千棵。"
    assert counted_at(text, text.index(words)) == found


def test_a_figure_that_counts_nothing() -> None:
    assert counted_at("其中，三是单数，二是双数。", 10) == ""
