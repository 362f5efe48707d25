"""What an answer says that its quote does not."""

import pytest

from rag.answer_check import cuts, doubts, uncut

QUOTE = "2024年，松山县水利局拨付养护资金1.2亿元，占全县的95%，不得挪用，文号为松水发〔2024〕7号。"


@pytest.mark.parametrize(
    "said",
    [
        QUOTE,
        "1.2亿元",
        "12000万元",
        "一亿二千万元",
        "二〇二四年，松山县水利局拨付养护资金1.2亿元",
        "占全县的百分之九十五",
        "松山县水利局，95%",
        "松水发(2024)7号",
        "不得挪用",
        "2024年拨付1.2亿元",
        "",
    ],
)
def test_what_the_quote_says_in_whatever_writing(said: str) -> None:
    assert doubts(said, [QUOTE]) == []


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ("1.3亿元", "figure", "1.3亿元"),
        ("1.2万元", "figure", "1.2万元"),
        ("2023年，松山县水利局拨付养护资金1.2亿元", "date", "2023年"),
        ("占全县的95‰", "figure", "95‰"),
        ("松水发〔2024〕8号", "document", "松水发〔2024〕8号"),
        ("松林发〔2024〕7号", "document", "松林发〔2024〕7号"),
        ("柏山县财政局拨付养护资金1.2亿元", "office", "柏山县"),
    ],
)
def test_what_it_does_not_say(said: str, kind: str, words: str) -> None:
    found = doubts(said, [QUOTE])
    assert [(doubt.kind, said[slice(*doubt.span)]) for doubt in found][:1] == [(kind, words)]


def test_denied_here_and_not_there() -> None:
    quote = "未经批准，不得在水渠旁取土。符合条件的，应当给予补助。"
    assert [d.kind for d in doubts("未经批准，可以在水渠旁取土。", [quote])] == ["negation"]
    assert [d.kind for d in doubts("符合条件的，不应当给予补助。", [quote])] == ["negation"]
    assert [d.kind for d in doubts("经批准，不得在水渠旁取土。", [quote])] == ["negation"]
    assert doubts("未经批准，不得在水渠旁取土。", [quote]) == []


def test_one_figure_does_not_bear_out_two() -> None:
    assert doubts("处5万元以上5万元以下罚款", ["处1万元以上5万元以下罚款。"])


def test_several_quotes_bear_out_one_answer() -> None:
    assert doubts("30座，40座", ["修桥30座。", "修渠40座。"]) == []


def test_edges_that_cut_a_figure() -> None:
    text = "全县共有18家企业，补助120万元。"
    cut = (text.index("8家"), text.index("8家") + 2)
    assert cuts(text, cut)
    assert text[slice(*uncut(text, cut, (0, len(text))))] == "18家"
    whole = (text.index("120"), text.index("元") + 1)
    assert not cuts(text, whole)
    assert uncut(text, whole, (0, len(text))) == whole
    assert doubts("8家", [text])


def test_a_title_is_not_cut_at_one_edge() -> None:
    text = "您提出的《关于盘活乡村老戏台的提案》（第0412号）收悉。"
    title = "《关于盘活乡村老戏台的提案》"
    for cut, whole in (
        ("《关于盘活乡村", title),
        ("您提出的《关于", "您提出的" + title),
        ("的提案》（第0412号）", title + "（第0412号）"),
        ("乡村老戏台", "乡村老戏台"),
        (title[1:-1], title[1:-1]),
        ("您提出的", "您提出的"),
    ):
        start = text.index(cut)
        assert text[slice(*uncut(text, (start, start + len(cut)), (0, len(text))))] == whole
