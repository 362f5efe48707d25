"""Questions about tables, whole way through a small index; and rows taken apart."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.build import open_for_writing
from rag.cell_reader import SIGNS, WEIGHTS
from rag.fitted_weights import fitted_weights
from rag.library import Library
from rag.settings import load
from rag.table_rows import RowCell, as_quantity, row_cells, shown, unit_of
from rag.training.cell_weights import DECAY, cases, page
from rag.training.choice import fit

HOURS = {
    "title": "松山县政务大厅关于公布办事窗口的通知",
    "lead": "各窗口受理事项和时限如下，全县共设窗口六十个。",
    "rows": [
        ["事项", "受理单位", "法定时限", "承诺时限", "咨询电话"],
        ["取水许可", "水利局", "45个工作日", "18个工作日", "6210001"],
        ["林木采伐许可", "林业局", "20个工作日", "6个工作日", ""],
        ["道路运输许可", "交通运输局", "20个工作日", "5个工作日", "6210003"],
    ],
}
CROPS = {
    "title": "松山县2022年农业生产情况",
    "lead": "各乡镇种植情况见下表。",
    "rows": [["乡镇", "水稻（亩）", "大豆（亩）"], ["东乡", "1250", "80"], ["西乡", "960", "410"]],
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("tables")
    for name, table in (("窗口", HOURS), ("农业", CROPS)):
        (folder / f"{name}.html").write_text(page(table), encoding="utf-8")
    opened = open_for_writing(load(index=str(folder / "index")))
    opened.add([str(folder)])
    yield opened


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("取水许可的承诺时限是多久？", "18个工作日"),
        ("取水许可法定几个工作日办结？", "45个工作日"),
        ("林木采伐许可归哪个单位受理？", "林业局"),
        ("道路运输许可的咨询电话是多少？", "6210003"),
        ("西乡种了多少亩大豆？", "大豆（亩）：410"),
        ("东乡水稻面积有多少亩？", "水稻（亩）：1250"),
    ],
)
def test_a_cell_answers(library: Library, question: str, answer: str) -> None:
    given = library.ask(question)
    assert given.answer == answer
    citation = given.citations[0]
    document = library.document(citation.document.id)
    assert document.text[citation.start : citation.end] == citation.quote
    assert [document.text[start:end] for start, end in citation.highlights] == [answer]


def test_what_an_empty_cell_does_not_say_is_not_taken_from_another(library: Library) -> None:
    assert not library.ask("林木采伐许可的咨询电话是多少？").answered


def test_running_text_beside_a_table_is_read_as_before(library: Library) -> None:
    assert library.ask("松山县全县共设多少个窗口？").answer == "六十个"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("区：东 | 人：12", [("区", "东"), ("人", "12")]),
        ("区：东 | 户： | 人：12", [("区", "东"), ("户", ""), ("人", "12")]),
        ("东 | 区：东 | 人：12：30", [("", "东"), ("区", "东"), ("人", "12：30")]),
        ("区 | 人", []),
        ("区：东 | 人", []),
        ("注：甲 乙", []),
    ],
)
def test_rows(text: str, cells: list[tuple[str, str]]) -> None:
    found = row_cells(text)
    assert [(text[slice(*cell.head)], text[slice(*cell.value)]) for cell in found] == cells


@pytest.mark.parametrize(
    ("text", "words"),
    [("面积（亩）：12", "面积（亩）：12"), ("面积（亩）：12亩", "12亩"), ("面积：12", "12"), ("人（名）：无", "无")],
)
def test_a_bare_figure_is_shown_with_the_unit_of_its_head(text: str, words: str) -> None:
    middle = text.index("：")
    assert text[slice(*shown(text, RowCell(head=(0, middle), value=(middle + 1, len(text)))))] == words


@pytest.mark.parametrize(
    ("words", "quantity"),
    [
        ("面积（亩）：12", "12亩"),
        ("面积：12", "面积：12"),
        ("12亩", "12亩"),
        ("备注（略）：见附件", "备注（略）：见附件"),
    ],
)
def test_a_head_with_its_figure_is_a_quantity(words: str, quantity: str) -> None:
    assert as_quantity(words) == quantity


def test_two_cells_are_added_with_their_unit(library: Library) -> None:
    given = library.ask("东乡和西乡的大豆一共多少亩？")
    assert (given.answer, given.arithmetic) == ("490亩", "80亩 + 410亩 = 490亩")


def test_units() -> None:
    assert unit_of("面积（单位：亩）") == "亩"
    assert unit_of("面积") == ""


def test_the_weights_are_whole_and_can_be_fitted(library: Library) -> None:
    assert fitted_weights(WEIGHTS)["weights"].keys() == set(SIGNS)
    path = Path(__file__).parents[1] / "rag/training/table_questions.jsonl"
    tables = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:6]]
    from embeddings.encoder import load_encoder

    found = cases(tables, load_encoder(None))
    assert len(found) == 42
    assert sum(case.answerable and bool(case.right[:-1].any()) for case in found) > 30
    assert any(fit(found, DECAY))
