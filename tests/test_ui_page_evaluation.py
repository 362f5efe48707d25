"""The evaluation view without Gradio: what it takes, shows and gives away, whatever it is sent."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.evaluation.case import Case, Context, Dataset
from tests.fake_web_library import FakeLibrary, read
from tests.web_evaluation import CHOSEN, QUESTIONS, handlers_in, lines, parks, sent
from ui.catalog_web import EVALUATION, WEB
from ui.language import say
from ui.page_assessment import Sitting
from ui.page_evaluation import run_html
from ui.page_run import Look

# what is taken


def test_an_uploaded_test_set_is_asked_and_shown(tmp_path: Path) -> None:
    handlers, sitting = handlers_in(tmp_path), Sitting()
    assert handlers.upload(sent(tmp_path, "题 目.jsonl", lines(*QUESTIONS)), sitting) == ""
    assert "题 目.jsonl：3 题" in handlers.setup(sitting)
    assert list((tmp_path / "incoming").iterdir()) == []
    assert not [problem for problem in handlers.start(False, sitting) if problem]
    shown = handlers.outcome(sitting)
    assert "共 3 题" in shown and "食堂" not in shown  # refused rightly: no failure
    assert "<script" not in shown and "<img" not in shown and "&lt;script&gt;" in shown


@pytest.mark.parametrize(
    "claim",
    [None, "x", 5, [], {}, {"path": 5}, {"path": "\0"}, {"path": "/etc/passwd", "orig_name": "a.jsonl"}, [[]]],
)
def test_what_is_no_upload_is_none(tmp_path: Path, claim: object) -> None:
    sitting = Sitting(chosen=CHOSEN)
    assert handlers_in(tmp_path).upload(claim, sitting) == EVALUATION["not_received"][0]
    assert sitting.chosen is CHOSEN


def test_a_file_outside_the_incoming_folder_is_neither_read_nor_deleted(tmp_path: Path) -> None:
    secret = tmp_path / "secret.jsonl"
    secret.write_text(lines(*QUESTIONS))
    (tmp_path / "incoming").mkdir()
    sitting = Sitting()
    for path in (secret, tmp_path / "incoming" / ".." / "secret.jsonl"):
        assert handlers_in(tmp_path).upload({"path": str(path), "orig_name": "a.jsonl"}, sitting)
    assert secret.exists() and sitting.chosen is None


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.jsonl", "{no json", "a.jsonl"),
        ("a.jsonl", "", "a.jsonl"),
        ("a.jsonl", b"\xff\xfe{", "a.jsonl"),
        ("a.jsonl", lines(QUESTIONS[0], QUESTIONS[0]), "'1'|“1”"),
        ("a.json", "[" * 10**4, "a.json"),
        ("a.csv", "x,y\n1,2\n", "a.csv"),
        ("题.txt", lines(*QUESTIONS), "题.txt.*jsonl"),
        ("题", lines(*QUESTIONS), "题.*jsonl"),
        ("../../etc/题.jsonl", "{", "^题.jsonl"),
        ("..\\..\\题.jsonl", "{", "^题.jsonl"),
        ("a.jsonl", "长" * 10**4, "0.01 MB"),
        (7, lines(*QUESTIONS), "upload.part"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_changes_nothing(
    tmp_path: Path, name: object, text: str | bytes, told: str
) -> None:
    sitting = Sitting(chosen=CHOSEN)
    said = handlers_in(tmp_path).upload(sent(tmp_path, name, text), sitting)
    assert re.search(told, said) and "\n" not in said and str(tmp_path) not in said and "wenju-testset" not in said
    assert sitting.chosen is CHOSEN and list((tmp_path / "incoming").iterdir()) == []


def test_an_empty_csv_is_not_told_to_be_jsonl(tmp_path: Path) -> None:
    said = handlers_in(tmp_path).upload(sent(tmp_path, "a.csv", ""), Sitting())
    assert said == say(WEB, "zh", "DatasetEmpty", path="a.csv") and "JSONL" not in said


def test_the_progress_bar_has_a_name() -> None:
    shown = run_html(Look(stage="asking", done=1, total=4), "en")
    assert f'aria-label="{say(EVALUATION, "en", "asking", done=1, total=4)}"' in shown and 'aria-valuenow="25"' in shown


def test_the_samples_questions_are_there_while_the_samples_are(tmp_path: Path) -> None:
    library = parks(tmp_path)
    handlers, sitting = handlers_in(tmp_path, library), Sitting()
    for wrong in ("", "file", "../samples", None, ["samples"], 3):
        assert handlers.choose(wrong, sitting) == "" and sitting.chosen is None
    assert handlers.choose("samples", sitting) == "" and sitting.chosen is not None
    library.read_only, other = False, Sitting()
    assert handlers.choose("samples", other) == "" and other.chosen is None
    assert "data-choose" not in handlers.setup(other)


def test_feedback_of_which_nothing_can_be_asked_says_so(tmp_path: Path) -> None:
    assert "feedback.jsonl" in handlers_in(tmp_path).choose("feedback", Sitting())


def test_a_test_set_with_its_own_texts_is_asked_of_these_alone(tmp_path: Path) -> None:
    told: list[Any] = []

    def contexts(dataset: Dataset, tell: Callable[[int, int], None]) -> Any:
        path = tmp_path / "own.txt"
        path.write_text(dataset.contexts[0].text, encoding="utf-8")
        tell(1, 1)
        told.append(dataset.contexts)
        return FakeLibrary([read(path)])

    handlers, sitting = handlers_in(tmp_path, contexts=contexts), Sitting()
    case = Case(id="1", question="县城共有路灯多少", answers=("80盏",))
    texts = (Context(name="a", text="县城\n县城共有路灯80盏\n"),)
    sitting.chosen = Dataset(path="own.json", format="squad", cases=(case,), contexts=texts)
    assert "1 段文章" in handlers.setup(sitting)
    list(handlers.start(False, sitting))
    assert told == [texts] and sitting.result and sitting.result.outcomes[0].stage == "right"


# downloads


def test_a_tab_downloads_its_own_result_and_nobody_elses(tmp_path: Path) -> None:
    handlers = handlers_in(tmp_path)
    mine, other = handlers.sittings.of("mine"), handlers.sittings.of("other")
    handlers.upload(sent(tmp_path, "q.jsonl", lines(*QUESTIONS)), mine)
    list(handlers.start(True, mine))
    files = {name: handlers.download(mine.token, name) for name in ("report", "predictions", "summary")}
    assert all(each and each.name.startswith("wenju-") for each in files.values())
    assert files["report"] and files["report"].content.startswith(b"<!doctype html>")
    assert b"<script>window.hit" not in files["report"].content
    assert files["predictions"] and mine.result
    predicted = [json.loads(line) for line in files["predictions"].content.splitlines()]
    assert [each["id"] for each in predicted] == [outcome.id for outcome in mine.result.outcomes]
    assert files["summary"] and json.loads(files["summary"].content)["n"] == 3
    assert all(f'href="download/{mine.token}/{name}"' in handlers.outcome(mine) for name in files)

    assert handlers.download(other.token, "report") is None
    for name in ("", "Report", "report.html", "../report", "feedback/..", "wenju.toml"):
        assert handlers.download(mine.token, name) is None
    for token in ("", mine.token[:-1], mine.token + "x", "令牌", "\ud800", "../" + mine.token):
        assert handlers.download(token, "report") is None


def test_english_says_nothing_in_chinese_but_what_was_sent(tmp_path: Path) -> None:
    handlers, sitting = handlers_in(tmp_path), Sitting(language="en")
    handlers.upload(
        sent(tmp_path, "q.jsonl", lines({"id": "1", "question": "How many parks?", "answers": []})), sitting
    )
    list(handlers.start(False, sitting))
    shown = handlers.intro("en") + handlers.setup(sitting) + handlers.outcome(sitting) + handlers.panel(sitting)
    assert not re.search(r"[一-鿿]", shown)
