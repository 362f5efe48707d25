"""Figures set side by side, whole way through a small index."""

from collections.abc import Iterator

import pytest

from rag.build import open_for_writing
from rag.library import Library
from rag.settings import load

REPORT = """松山县水利局关于2023年水渠改造情况的通报

各镇人民政府：

一、总体情况。2023年全县改造水渠120处，投入资金860万元；2022年改造水渠95处，投入资金640万元。验收投诉共14件，比2022年减少6件。

二、分镇情况。东河镇改造水渠46处，户均补助3.1万元。西河镇改造水渠31处，户均补助2.85万元。北山镇改造水渠18处，因地形不一，补助分档执行，未定统一标准。

三、资金情况。县级安排资金520万元，镇级配套340万元。东河镇第一批工程于2023年4月开工，西河镇于2023年7月开工。
东河镇与西河镇拨付率相差12.6个百分点。

松山县水利局
2024年1月8日
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("side")
    (folder / "通报.txt").write_text(REPORT, encoding="utf-8")
    opened = open_for_writing(load(index=str(folder / "index")))
    opened.add([str(folder / "通报.txt")])
    yield opened


@pytest.mark.parametrize(
    ("question", "answer", "arithmetic"),
    [
        ("松山县改造的水渠，2023年比上一年多了多少处？", "25处", "120处 − 95处 = 25处"),
        ("松山县改造水渠投入的资金，2023年和2022年合计多少万元？", "1500万元", "860万元 + 640万元 = 1500万元"),
        (
            "东河、西河、北山三个镇改造的水渠一共多少处？",
            "95处",
            "46处 + 31处 + 18处 = 95处",
        ),
        ("改造水渠的户均补助，东河镇比西河镇多多少？", "0.25万元", "3.1万元 − 2.85万元 = 0.25万元"),
        ("改造水渠，东河镇和西河镇哪个镇的户均补助高？", "东河镇", "3.1万元 > 2.85万元"),
        ("水渠工程，东河镇跟西河镇谁开工早？", "东河镇", "2023年4月 < 2023年7月"),
    ],
)
def test_computed_of_quoted_figures(library: Library, question: str, answer: str, arithmetic: str) -> None:
    given = library.ask(question)
    assert (given.answer, given.arithmetic) == (answer, arithmetic)
    text = library.document(given.citations[0].document.id).text
    quoted = [text[start:end] for citation in given.citations for start, end in citation.highlights]
    assert all(any(words.startswith(figure) for words in quoted) for figure in arithmetic.split(" = ")[0].split()[::2])
    assert all(text[c.start : c.end] == c.quote for c in given.citations)


@pytest.mark.parametrize(
    "question",
    [
        "改造水渠的户均补助，东河镇和北山镇哪个镇高？",
        "东河镇改造的水渠，2023年比2022年多多少处？",
        "东河镇和西河镇的水渠一共多少公里？",
        "东河镇比2022年多改造了多少处水渠？",
    ],
)
def test_one_figure_alone_is_no_answer(library: Library, question: str) -> None:
    assert not library.ask(question).answered


def test_what_the_document_says_of_both_needs_no_computing(library: Library) -> None:
    given = library.ask("东河镇与西河镇的拨付率相差多少个百分点？")
    assert (given.answer, given.arithmetic) == ("12.6个百分点", "")
