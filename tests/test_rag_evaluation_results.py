"""Results read back, and what is wrong with those that cannot be."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from rag.errors import NoSuchPath
from rag.evaluation.errors import PredictionsDamaged
from rag.evaluation.results import read_results


def line(id: str = "a", **changes: Any) -> dict[str, Any]:
    return {
        "id": id,
        "question": "磨坊有几座？",
        "answer": "三座",
        "answered": True,
        "scores": {"f1": 0.5, "list_f1": None},
        "stage": "wrong_words",
        "answerable": True,
        "left_out": False,
        "accepted": ["四座"],
        "accepted_items": [],
    } | changes


def lines(*records: object) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def summary(*questions: object, indent: int | None = None) -> str:
    return json.dumps({"n": len(questions), "questions": list(questions)}, indent=indent)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "results"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_predictions(file: Path, mark: str) -> None:
    file.write_text(mark + lines(line("a"), line("b", answer="", stage="refused")) + "\n", encoding="utf-8")
    results = read_results(file)
    assert (results.path, list(results.questions)) == (str(file), ["a", "b"])
    first = results.questions["a"]
    assert (first.question, first.answer, first.accepted) == ("磨坊有几座？", "三座", ("四座",))
    assert (first.scores, first.stage, first.answerable, first.left_out) == ({"f1": 0.5}, "wrong_words", True, False)
    assert results.questions["b"].answer == ""


def test_one_prediction_is_not_taken_for_a_summary(file: Path) -> None:
    file.write_text(lines(line("a")), encoding="utf-8")
    assert list(read_results(str(file)).questions) == ["a"]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_summary(file: Path, indent: int | None) -> None:
    question = {"id": "a", "type": None, "answerable": False, "left_out": False, "stage": "refused_rightly"}
    file.write_text(summary({**question, "scores": {"refused": 1}}, indent=indent), encoding="utf-8")
    found = read_results(file).questions["a"]
    assert (found.question, found.answer, found.accepted) == (None, None, ())
    assert not found.failed
    assert found.answered is False


def test_a_question_with_its_document_hidden_is_another_one(file: Path) -> None:
    file.write_text(lines(line("a"), line("a", left_out=True)), encoding="utf-8")
    assert list(read_results(file).questions) == ["a", "a#hidden"]
    file.write_text(lines(line("a"), line("a#hidden", left_out=True)), encoding="utf-8")
    assert list(read_results(file).questions) == ["a", "a#hidden"]


@pytest.mark.parametrize(
    ("scores", "answered"),
    [
        ({"answered": 1.0, "refused": 1.0}, True),
        ({"answered": 0.0}, False),
        ({"false_refusal": 0.0}, True),
        ({"refused": 1.0}, False),
        ({"hit@1": 1.0}, None),
    ],
)
def test_answered(file: Path, scores: dict[str, float], answered: bool | None) -> None:
    file.write_text(lines(line("a", scores=scores)), encoding="utf-8")
    assert read_results(file).questions["a"].answered is answered


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in line("b").items() if key != name}


DAMAGED = [
    (lines(line("a")) + "{oops\n", "line 2", "Expecting property name"),
    (lines(line("a")) + '{"id": "b"', "line 2", "delimiter"),
    (lines(line("a")) + "\n" + lines(line("a")), "line 3", "'id': \"a\", line 1"),
    (lines(line("a"), [1]), "line 2", "a list"),
    (lines(line("a"), without("id")), "line 2", "'id'"),
    (lines(line("a"), without("scores")), "line 2", "'scores'"),
    (lines(line("a"), without("stage")), "line 2", "'stage'"),
    (lines(line("a"), without("answerable")), "line 2", "'answerable'"),
    (lines(line("a"), line("b", left_out="no")), "line 2", "'left_out': \"no\""),
    (lines(line("a"), line("b", scores={"f1": "half"})), "line 2", "'scores.f1': \"half\""),
    (lines(line("a"), line("b", scores={"f1": 10**400})), "line 2", "'scores.f1': 1000"),
    (lines(line("a")) + '{"id": "b", "scores": {"f1": NaN}}', "line 2", "NaN"),
    (lines(line("a"), line("b", answer=3)), "line 2", "'answer': 3"),
    (lines(line("a"), line("b", accepted="x")), "line 2", "'accepted': \"x\""),
    (lines(line("a")) + "[" * 100_000, "line 2", "nested"),
    ('{"n": 1,\n "questions": [', "line 2", "Expecting value"),
    ('{"n": 1,\n "questions": 3}', "the whole file", "'questions': 3"),
    (summary([]), "questions[0]", "a list"),
    (summary({"id": "a"}), "questions[0]", "'left_out'"),
    (summary(line("a"), line("b"), line("a")), "questions[2]", "'id': \"a\", questions[0]"),
    (summary(), "the whole file", "empty"),
    ("", "the whole file", "empty"),
    ("\n \n", "the whole file", "empty"),
    ("id,question\n1,x\n", "line 1", "Expecting value"),
    ("[]", "line 1", "a list"),
    ("3", "line 1", "3"),
]


@pytest.mark.parametrize(("text", "where", "detail"), DAMAGED)
def test_damaged(file: Path, text: str, where: str, detail: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PredictionsDamaged) as caught:
        read_results(file)
    assert caught.value.facts["where"] == where
    assert detail in str(caught.value.facts["detail"])
    assert str(caught.value).startswith(f"{file}, {where}: not a result of 'wenju eval'")
    assert "\n" not in str(caught.value)


def test_not_text(file: Path) -> None:
    file.write_bytes(lines(line("a")).encode() + "磨坊".encode("gb18030"))
    with pytest.raises(PredictionsDamaged, match=r"line 2: .*UTF-8"):
        read_results(file)


def test_nothing_there(file: Path) -> None:
    with pytest.raises(NoSuchPath, match="no such file"):
        read_results(file)
    file.write_text("", encoding="utf-8")
    with pytest.raises(NoSuchPath, match="no such file"):
        read_results(file / "within")


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(PredictionsDamaged) as caught:
        read_results(tmp_path)
    assert "pipe" not in str(caught.value)  # a folder is none
    with pytest.raises(PredictionsDamaged, match="null"):
        read_results("a\0b")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(file: Path) -> None:
    os.mkfifo(file)
    with pytest.raises(PredictionsDamaged, match="not a file"):
        read_results(file)
