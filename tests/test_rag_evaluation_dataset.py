"""Which format a test set has, and what is wrong with it: whatever the file, a dataset or an error of ours."""

import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluation.case import Dataset
from rag.evaluation.dataset import read_dataset
from rag.evaluation.errors import (
    DatasetEmpty,
    DatasetUnreadable,
    DuplicateCase,
    EvaluationError,
)
from ui.catalog_errors import explain

LINE = '{"id": "a", "question": "几家？", "answers": ["3家"]}'
SQUAD = {"data": [{"paragraphs": [{"context": "共有3家。", "qas": [{"id": 1, "question": "几家？", "answers": []}]}]}]}
SHARED = Path("../shared/data")


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def wrong(path: Path | str) -> tuple[str, str]:
    """What is said of a file that is no test set, in both languages."""
    with pytest.raises(EvaluationError) as caught:
        read_dataset(path)
    return str(caught.value), explain(caught.value, "zh")


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("a.jsonl", LINE, "jsonl"),
        ("a.txt", LINE, "jsonl"),
        ("a", f"\ufeff\r\n{LINE}\r\n\r\n", "jsonl"),
        ("a.json", LINE, "jsonl"),
        ("a.json", f'{LINE}\n{{"question": "谁？", "answers": []}}', "jsonl"),
        ("a.jsonl", '{"data": 1, "qas": 2, "question": "几家？", "answers": []}', "jsonl"),
        ("a.csv", "question,answer,source\n几家？,3家,a.txt", "csv"),
        ("a.TSV", "question\tanswer\tsource\n几家？\t3家\ta.txt", "csv"),
        ("a.json", json.dumps(SQUAD), "squad"),
        ("a.txt", json.dumps(SQUAD, indent=2), "squad"),
        ("a.json", "\ufeff" + json.dumps(SQUAD["data"]), "squad"),
    ],
)
def test_the_format_is_told_by_content_and_suffix(tmp_path: Path, name: str, content: str, format: str) -> None:
    path = written(tmp_path, name, content)
    dataset = read_dataset(path)
    assert (dataset.format, dataset.path, dataset.cases[0].question) == (format, str(path), "几家？")
    assert read_dataset(str(path)) == dataset and not dataset.retrieval_only


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jsonl", ""), ("a.jsonl", "\ufeff \n\r\n"), ("a.json", ""), ("a.json", "[]"), ("a.json", '{"data": []}')],
)
def test_an_empty_test_set(tmp_path: Path, name: str, content: str) -> None:
    with pytest.raises(DatasetEmpty):
        read_dataset(written(tmp_path, name, content))


def test_two_questions_with_the_same_id_are_both_named(tmp_path: Path) -> None:
    english, chinese = wrong(written(tmp_path, "a.jsonl", f"{LINE}\n\n{LINE}\n"))
    assert "line 3: the id 'a' was used before (line 1)" in english
    assert "第 3 行：编号“a”前面用过了（第 1 行）" in chinese
    with pytest.raises(DuplicateCase, match="line 2: the id '2' was used before"):
        read_dataset(written(tmp_path, "b.jsonl", LINE.replace('"a"', '"2"') + "\n" + LINE.replace('"id": "a", ', "")))
    # So is called the question "a" where it is asked with its document hidden.
    with pytest.raises(DuplicateCase, match="line 2: the id 'a#hidden' was used before"):
        read_dataset(written(tmp_path, "c.jsonl", LINE + "\n" + LINE.replace('"a"', '"a#hidden"')))


@pytest.mark.parametrize(
    ("name", "content", "english", "chinese"),
    [
        ("a.xlsx", b"PK\x03\x04rest", "a workbook or another packed file", "另存为 CSV"),
        ("a.csv", b"PK\x03\x04rest", "a workbook or another packed file", "另存为 CSV"),
        ("a.json", '[{"question": "几家？"}]', "JSON of no known kind", "不认识的 JSON"),
        ("a.json", '{\n"question": "几家？"}', "JSON of no known kind", "不认识的 JSON"),
        ("a.json", '{\n"data": [\n}', "line 3: not JSON", "第 3 行：不是 JSON"),
        ("a.txt", "[1,\n2", "line 2: not JSON", "第 2 行：不是 JSON"),
        ("a.json", '{"data": [NaN]}', "the whole file: not JSON (NaN)", "整个文件：不是 JSON（NaN）"),
        ("a.json", '{"data": 1, "data": 2}', "'data' must be there once", "“data”应为只出现一次，现在是出现两次"),
        ("a.jsonl", "\n\nquestion", "line 3: not JSON", "第 3 行：不是 JSON"),
        ("a.jsonl", b"\n\x00\x01\xff\xfe", "line 2: not UTF-8", "第 2 行：不是 UTF-8"),
        ("a.jsonl", "[" * 100_000, "nested too deeply", "嵌套太深"),
        ("a.jsonl", '{"id":' * 100_000, "nested too deeply", "嵌套太深"),
        ("a.jsonl", '{"id": ' + "9" * 5000 + "}", "a number of too many digits", "数字的位数太多"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, name: str, content: str | bytes, english: str, chinese: str
) -> None:
    path = written(tmp_path, name, content)
    said = wrong(path)
    assert english in said[0] and chinese in said[1]
    assert all(text.startswith(str(path)) and "\n" not in text for text in said)


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    assert "no such file or folder" in wrong(tmp_path / "none.jsonl")[0]
    assert "a folder without corpus.jsonl" in wrong(tmp_path)[0]
    assert "a pipe or device" in wrong("/dev/null")[0]
    assert "管道或设备" in wrong("/dev/null")[1]
    os.mkfifo(tmp_path / "pipe")
    assert "a pipe or device" in wrong(tmp_path / "pipe")[0]
    assert "no such file" in wrong("a\0b")[0]
    assert "x" * 300 in wrong(tmp_path / ("x" * 300))[0]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = written(tmp_path, "a.jsonl", LINE)
    path.chmod(0)
    with pytest.raises(DatasetUnreadable):
        read_dataset(path)


def outcome(name: str, content: bytes) -> Dataset | EvaluationError:
    """The dataset, or the error, which can be said in both languages on one line."""
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), name, content)
        try:
            dataset = read_dataset(path)
        except EvaluationError as error:
            for text in (str(error), explain(error, "zh")):
                assert "\n" not in text and text.encode()
            return error
    for case in dataset.cases:
        assert case.question.strip() and case.id and case.where
        str(case).encode()
    assert len({case.id for case in dataset.cases}) == len(dataset.cases) > 0
    return dataset


TEXTS = st.text(st.characters(exclude_categories=()), max_size=5)  # half surrogate pairs, too
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3))
FIELDS = ("id", "items", "doc", "evidence", "evidence_all", "type", "style", "history")
LINES = VALUES | st.fixed_dictionaries(
    {"question": TEXTS, "answers": st.lists(TEXTS, max_size=2)}, optional=dict.fromkeys(FIELDS, VALUES)
)
QAS = st.fixed_dictionaries(
    {
        "question": st.just("几家？") | VALUES,
        "answers": st.lists(st.fixed_dictionaries({"text": TEXTS}) | VALUES, max_size=2),
    },
    optional={"id": VALUES, "is_impossible": VALUES},
)
PARAGRAPHS = st.fixed_dictionaries(
    {"context": st.just("共有3家。") | VALUES, "qas": st.lists(QAS | VALUES, max_size=2) | VALUES},
    optional={"id": VALUES},
)
ARTICLES = st.fixed_dictionaries(
    {"paragraphs": st.lists(PARAGRAPHS | VALUES, max_size=2) | VALUES}, optional={"title": VALUES, "id": VALUES}
)


@given(st.lists(LINES, max_size=3))
def test_any_json_on_each_line(values: list[object]) -> None:
    outcome("a.jsonl", "\n".join(json.dumps(value) for value in values).encode())


@given(st.lists(ARTICLES | PARAGRAPHS | VALUES, max_size=2) | PARAGRAPHS, st.booleans())
def test_any_json_in_the_shape_of_squad(value: object, wrapped: bool) -> None:
    outcome("a.json", json.dumps({"data": value} if wrapped else value).encode())


@given(
    st.sampled_from(["a.jsonl", "a.json", "a.csv", "a.tsv"]),
    st.binary(max_size=60) | st.text(max_size=60).map(str.encode),
)
def test_any_bytes_at_all(name: str, content: bytes) -> None:
    outcome(name, content)


@given(st.lists(st.lists(st.text(max_size=6) | st.sampled_from(['"', '"a"b', "|", "3家"]), max_size=5), max_size=4))
def test_any_cells_under_the_columns_of_a_table(rows: list[list[str]]) -> None:
    outcome("a.csv", "\n".join(["question,answer,source", *(",".join(row) for row in rows)]).encode())


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data")
@pytest.mark.parametrize(
    ("name", "cases", "contexts"),
    [("cmrc2018_dev.json", 3219, 848), ("drcd_dev.json", 3524, 1000), ("drcd_test.json", 3493, 1000)],
)
def test_the_published_sets_are_read_whole(name: str, cases: int, contexts: int) -> None:
    dataset = read_dataset(SHARED / name)
    assert (len(dataset.cases), len(dataset.contexts)) == (cases, contexts)
    texts = {context.name: context.text for context in dataset.contexts}
    assert len({name.casefold() for name in texts}) == contexts
    for case in dataset.cases:
        assert case.answers and case.evidence[0] in texts[case.documents[0]]


@pytest.mark.parametrize("path", [SHARED / "seeds_dev.jsonl", Path("corpus/samples/questions.jsonl")], ids=str)
def test_our_own_questions_are_read_whole(path: Path) -> None:
    if not path.exists():
        pytest.skip("needs ../shared/data")
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    dataset = read_dataset(path)
    assert len(dataset.cases) == len(lines)
    for case, line in zip(dataset.cases, lines, strict=True):
        assert (case.id, case.question, list(case.answers)) == (line["id"], line["question"], line["answers"])
        assert list(case.items) == line.get("items", []) and list(case.history) == line.get("history", [])
        places = [place["text"] for place in line.get("evidence_all", [])] or [line["evidence"]]
        assert list(case.evidence) == [place for place in places if place]
        assert list(case.documents) == ([line["doc"]] if isinstance(line["doc"], str) else line["doc"])
        assert (case.type, case.style) == (line["type"], line["style"])
