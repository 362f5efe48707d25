"""The recipe of the sentence reader's weights: its parts against arithmetic, and one whole tiny run."""

import json
import lzma
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from embeddings.training.exercises import Exercise, exercises
from embeddings.training.sources import tidy
from embeddings.training.split import held_out
from rag.reader import CONFIDENCE, ORDER, Weights
from rag.span_features import SPAN_FEATURES
from rag.training.conditional_logit import conditional_logit
from rag.training.pool import part_of
from rag.training.sentence_weights import character_f1
from tests.conftest import SHARED
from tests.training_data import write_data


def test_conditional_logit_meets_the_odds() -> None:
    """With one feature, on in one of two members and right in 3 of 4 groups: exp(w) / (exp(w) + 1) = 3 / 4."""
    rows = np.array([[1.0], [0.0]], np.float32)
    groups = [(rows, np.array([True, False]))] * 3 + [(rows, np.array([False, True]))]
    assert conditional_logit(groups, [0.0], 0.0) == [pytest.approx(math.log(3), abs=0.01)]


def test_without_evidence_the_prior_stands() -> None:
    groups = [(np.zeros((2, 2), np.float32), np.array([True, False]))]
    assert conditional_logit(groups, [2.0, -1.0], 0.1) == [2.0, -1.0]


def test_character_f1() -> None:
    assert character_f1("共63家", "63家") == pytest.approx(2 * 3 / (4 + 3))
    assert character_f1("甲，乙", "甲乙") == 1.0
    assert character_f1("甲", "乙") == 0.0


def test_parts_are_by_article_and_only_what_the_encoder_has_not_seen_is_measured() -> None:
    articles = [f"law:{number}" for number in range(2000)]
    assert {part_of(article) for article in articles} == {"seen", "unseen", "measured"}
    assert all((part_of(article) == "seen") != held_out(article) for article in articles)


def written() -> list[dict[str, Any]]:
    return [
        json.loads(line) for line in Path("embeddings/training/law_questions.jsonl").read_text("utf-8").splitlines()
    ]


def test_every_question_on_the_laws_is_whole() -> None:
    rows = written()
    assert len({row["question"] for row in rows}) == len(rows) > 2000
    for row in rows:
        assert 0 <= row["start"] < row["end"], row
        assert row["style"] in ("paraphrase", "lexical"), row
        assert bool(row["answer"]) != (row["type"] == "unanswerable"), row
        assert (row["type"] == "yes_no") == (row.get("verdict") in ("是", "否")), row
        assert all(item in row["answer"] for item in row.get("items", ())), row


def searches() -> list[dict[str, Any]]:
    lines = Path("embeddings/training/search_questions.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_every_search_question_is_whole_and_on_a_law_that_may_be_trained_on() -> None:
    rows = searches()
    questions = [question for row in rows for question in row["questions"]]
    assert len({(row["law"], row["start"]) for row in rows}) == len(rows) > 9000
    assert len(set(questions)) == len(questions) > 30_000
    assert all(question.strip() == question != "" for question in questions)
    assert all(0 <= row["start"] < row["end"] and not held_out(f"law:{row['law']}") for row in rows)


def test_no_question_to_measure_with_is_about_a_law_of_the_training_questions() -> None:
    trained = {Path(row["law"]).stem for row in (*written(), *searches())}
    for part in ("dev", "test"):
        lines = Path(f"tests/benchmarks/questions/fresh_{part}.jsonl").read_text("utf-8").splitlines()
        assert not {json.loads(line)["doc"] for line in lines} & trained


def test_questions_on_the_laws_stand_on_their_paragraphs(tmp_path: Path) -> None:
    data = write_data(tmp_path)
    assert laws(data) == [], "these laws are not among the made-up ones"
    row = next(row for row in written() if row["answer"])
    text = "甲" * row["start"] + row["answer"].ljust(row["end"] - row["start"], "乙") + "丙"
    (data / "laws.jsonl.xz").write_bytes(lzma.compress(json.dumps({"path": row["law"], "text": text}).encode()))
    found = next(each for each in laws(data) if each.question == row["question"])
    assert (found.text, bool(found.spans)) == (tidy(text[row["start"] : row["end"]]), True)
    assert found.answers[0] in found.text


@pytest.mark.skipif(not SHARED.is_dir(), reason="the laws are not here")
def test_every_answer_stands_in_its_paragraph() -> None:
    questions = laws(SHARED / "data")
    assert len(questions) == len(written())
    assert [each.question for each in questions if each.answers and not each.spans] == []


def laws(data: Path) -> list[Exercise]:
    return [each for each in exercises(data) if each.source == "laws"]


def test_a_whole_run_writes_every_weight(tmp_path: Path) -> None:
    data, output = write_data(tmp_path), tmp_path / "weights.json"
    command = [sys.executable, "-m", "rag.training", "--data", str(data), "--output", str(output), "--most", "40"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(output.read_text(encoding="utf-8"))["weights"]
    assert said["order"].keys() == set(ORDER)
    assert said["spans"].keys() == set(SPAN_FEATURES)
    assert said["confidence"].keys() == set(CONFIDENCE)
    assert all(np.isfinite(vector).all() for vector in vars(Weights(**said)).values())
