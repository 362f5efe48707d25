"""Lists that documents spell out, whole way through a small index."""

from collections.abc import Iterator

import pytest

from rag.build import open_for_writing
from rag.fitted_weights import fitted_weights
from rag.library import Library
from rag.series_evidence import SIGNS
from rag.series_reader import WEIGHTS
from rag.settings import load

RULES = """松山县公共图书馆管理办法

松政发〔2021〕6号

各乡镇人民政府：

现将办法印发给你们。

第一条 读者有下列情形之一的，暂停借阅一年：

（一）逾期不还图书超过三个月；

（二）损坏图书拒不赔偿；

（三）转借读者证件。

第二条 图书馆每周开放六天，周一闭馆，读者应当爱护馆内的桌椅、灯具和电脑。

第三条 本办法由县图书馆负责解释。

松山县人民政府
2021年5月8日
"""
REPLY = """对县人大代表第7号建议的答复

某某代表：

您提出的关于水渠管护的建议收悉，现答复如下：

针对水渠管护，我局推进了三项工作。一是清淤水渠三十公里；二是修建泵站两座；三是聘用管护员九十人。

下一步将继续抓好落实。

松山县水利局
2022年4月2日
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("series")
    (folder / "办法.txt").write_text(RULES, encoding="utf-8")
    (folder / "答复.txt").write_text(REPLY, encoding="utf-8")
    opened = open_for_writing(load(index=str(folder / "index")))
    opened.add([str(folder / "办法.txt"), str(folder / "答复.txt")])
    yield opened


@pytest.mark.parametrize(
    ("question", "items", "addresses"),
    [
        (
            "读者有哪些情形要暂停借阅？",
            ("逾期不还图书超过三个月", "损坏图书拒不赔偿", "转借读者证件"),
            ["第一条第（一）项", "第一条第（二）项", "第一条第（三）项"],
        ),
        (
            "针对水渠管护，水利局推进了哪三项工作？",
            ("清淤水渠三十公里", "修建泵站两座", "聘用管护员九十人"),
            ["一是", "二是", "三是"],
        ),
    ],
)
def test_a_list_is_whole_in_order_and_every_member_cited(
    library: Library, question: str, items: tuple[str, ...], addresses: list[str]
) -> None:
    given = library.ask(question)
    assert given.kind == "list"
    assert given.items == items
    assert given.answer == "、".join(items)
    assert [citation.address for citation in given.citations] == addresses
    assert [citation.marker for citation in given.citations] == [1, 2, 3]
    for item, citation in zip(items, given.citations, strict=True):
        text = library.document(citation.document.id).text
        assert text[citation.start : citation.end] == citation.quote
        assert [text[start:end] for start, end in citation.highlights] == [item]


def test_what_one_sentence_enumerates_is_read_there(library: Library) -> None:
    assert library.ask("读者应当爱护馆内的哪些东西？").items == ("桌椅", "灯具和电脑")


def test_a_question_for_a_figure_gets_no_list(library: Library) -> None:
    assert library.ask("聘用了多少名管护员？").answer == "九十人"


def test_the_weights_are_whole() -> None:
    assert fitted_weights(WEIGHTS)["weights"].keys() == set(SIGNS)
