"""Folders of BEIR."""

import json
from pathlib import Path

import pytest

from rag.evaluation.case import Case, Context
from rag.evaluation.dataset import read_dataset
from rag.evaluation.errors import DatasetEmpty, DatasetUnreadable, EvaluationError

CORPUS = [
    {"_id": "d/1", "title": "Parks", "text": "There are 3 parks."},
    {"_id": 2, "text": "Nobody said so.", "metadata": {}},
    {"_id": "d3", "title": "", "text": ""},
    {"_id": "d_1", "title": "Only a title"},
]
QUERIES = [
    {"_id": "q1", "text": "How many parks?"},
    {"_id": "q2", "text": "Who said so?"},
    {"_id": "q3", "text": "Why?"},
]
QRELS = "query-id\tcorpus-id\tscore\nq2\t2\t2\nq1\td/1\t1\nq1\td3\t0\nq1\td_1\t-1\n"


def folder(path: Path, **files: str) -> Path:
    files = {
        "corpus.jsonl": "\n".join(map(json.dumps, CORPUS)),
        "queries.jsonl": "\n".join(map(json.dumps, QUERIES)),
        "qrels/test.tsv": QRELS,
    } | {name.replace("__", "/").replace("_", "."): text for name, text in files.items()}
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    return path


def said(path: Path) -> str:
    with pytest.raises(EvaluationError) as caught:
        read_dataset(path)
    return str(caught.value).removeprefix(f"{path}/")


def test_a_folder(tmp_path: Path) -> None:
    dataset = read_dataset(folder(tmp_path))
    assert (dataset.format, dataset.retrieval_only, dataset.path) == ("beir", True, str(tmp_path))
    assert dataset.contexts == (
        Context(name="d_1", text="Parks\nThere are 3 parks."),
        Context(name="2", text="Nobody said so."),
        Context(name="d3", text=""),
        Context(name="d_1-2", text="Only a title"),
    )
    # In the order of the queries; q3 is in no qrel and so no part of this split.
    assert dataset.cases == (
        Case(id="q1", question="How many parks?", relevance={"d_1": 1}, where="1"),
        Case(id="q2", question="Who said so?", relevance={"2": 2}, where="2"),
    )


def test_which_split_is_taken(tmp_path: Path) -> None:
    folder(tmp_path, qrels_tsv="q3\t2\t1\n", qrels__train_tsv="q2\t2\t1\n", qrels__dev_tsv="\ufeffq1\t2\t1\r\n\r\n")
    assert [case.id for case in read_dataset(tmp_path).cases] == ["q1", "q2"]
    taken = []
    for name in ("test", "dev", "train"):
        (tmp_path / f"qrels/{name}.tsv").unlink()
        taken.append([case.id for case in read_dataset(tmp_path).cases])
    assert taken == [["q1"], ["q2"], ["q3"]]
    (tmp_path / "qrels.tsv").unlink()
    with pytest.raises(DatasetUnreadable, match="qrels"):
        read_dataset(tmp_path)


def test_a_query_that_was_judged_stays_although_nothing_is_relevant(tmp_path: Path) -> None:
    (case,) = read_dataset(folder(tmp_path, qrels__test_tsv="q1\td3\t0\nq1\td3\t0\n")).cases
    assert case.relevance == {}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"qrels__test_tsv": "q9\td3\t1\n"}, "qrels/test.tsv, line 1: 'query-id' must be an '_id' of queries.jsonl"),
        ({"qrels__test_tsv": "q1\td3\t1\nq1\td9\t1\n"}, "qrels/test.tsv, line 2: 'corpus-id' must be an '_id'"),
        ({"qrels__test_tsv": "\nq1\td3\n"}, "qrels/test.tsv, line 2: 'score' must be a text, but is missing"),
        ({"qrels__test_tsv": "q1 d3 1\n"}, "qrels/test.tsv, line 1: 'corpus-id' must be a text, but is missing"),
        ({"qrels__test_tsv": "q1\td3\t1.5\n"}, "qrels/test.tsv, line 1: 'score' must be a whole number of at most"),
        ({"qrels__test_tsv": f"q1\td3\t{'9' * 5000}\n"}, "qrels/test.tsv, line 1: 'score' must be a whole number"),
        ({"qrels__test_tsv": "q1\td3\t1\t2\n"}, "qrels/test.tsv, line 1: 'score' must be a whole number"),
        ({"qrels__test_tsv": "q1\td3\t1\nq1\td3\t2\n"}, "qrels/test.tsv, line 2: 'score' must be the same grade"),
        ({"queries_jsonl": '{"_id": "q1"}'}, "queries.jsonl, line 1: 'text' must be a text, but is missing"),
        ({"queries_jsonl": '{"text": "Why?"}'}, "queries.jsonl, line 1: '_id' must be a text or a whole number"),
        ({"queries_jsonl": "[]"}, "queries.jsonl, line 1: 'line' must be an object, but is a list"),
        ({"corpus_jsonl": "{"}, "corpus.jsonl, line 1: not JSON"),
        ({"corpus_jsonl": '{"_id": "a"}'}, "corpus.jsonl, line 1: 'text' must be a text, but is missing"),
        ({"corpus_jsonl": '{"_id": "1", "text": "a"}\n{"_id": 1, "text": "b"}'},
         "corpus.jsonl, line 2: the id '1' was used before (line 1)"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_and_line(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    assert said(folder(tmp_path, **files)).startswith(expected)


def test_nothing_judged(tmp_path: Path) -> None:
    with pytest.raises(DatasetEmpty):
        read_dataset(folder(tmp_path, qrels__test_tsv="query-id\tcorpus-id\tscore\n"))


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "qrels/test.tsv").write_bytes(b"q1\td3\t1\nq1\t\xff\t1\n")
    assert said(tmp_path).startswith("qrels/test.tsv, line 2: not UTF-8")
    (tmp_path / "corpus.jsonl").write_bytes(b"\n\n\xff")
    assert said(tmp_path).startswith("corpus.jsonl, line 3: not UTF-8")
