"""The lines of ``--predictions``, and files that are written whole or not at all."""

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.evaluation.results import read_results
from tests.sample_outcomes import outcomes
from ui import whole_file
from ui.errors import InputError
from ui.predictions import write_predictions
from ui.records import answer_record
from ui.whole_file import check_targets, write_whole

OUTCOMES = outcomes()


def test_a_line_is_the_answer_of_ask_with_what_it_was_held_against(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    write_predictions(path, OUTCOMES, "en")
    lines = [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]
    assert len(lines) == len(OUTCOMES)
    for line, outcome in zip(lines, OUTCOMES, strict=True):
        answer = json.loads(json.dumps(answer_record(outcome.answer, "en")))
        assert line.items() >= answer.items()
        assert line["id"] == outcome.id and line["scores"] == outcome.scores and line["stage"] == outcome.stage
        assert line["answerable"] == outcome.case.answerable and line["left_out"] == bool(outcome.hidden)
        assert line["accepted"] == list(outcome.case.answers) and line["rank"] == outcome.rank
        draft = {"answer": outcome.draft.answer, "confidence": outcome.draft.confidence, "right": outcome.draft_right}
        assert line["draft"] == draft


def test_every_reader_of_lines_sees_the_same_lines_and_what_is_no_text_survives(tmp_path: Path) -> None:
    odd = "前\u2028后\u2029\x85\ud800"
    outcome = replace(OUTCOMES[0], answer=replace(OUTCOMES[0].answer, answer=odd))
    path = tmp_path / "p.jsonl"
    write_predictions(path, [outcome, outcome], "zh")
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) == 2 and json.loads(lines[0])["answer"] == odd


def test_the_comparison_reads_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    chosen = [outcome for outcome in OUTCOMES if "\ud800" not in outcome.case.question]
    write_predictions(path, chosen, "zh")
    results = read_results(path)
    assert list(results.questions) == [outcome.id for outcome in chosen]
    first = results.questions[chosen[0].id]
    assert (first.question, first.answer) == (chosen[0].case.question, chosen[0].answer.answer)
    assert first.accepted == chosen[0].case.answers and first.stage == chosen[0].stage


# files


def test_what_was_there_is_replaced_in_one_step_with_its_permissions(tmp_path: Path) -> None:
    path, link = tmp_path / "p", tmp_path / "link"
    path.write_text("old", "utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    (target,) = check_targets({"--predictions": str(link), "--report": None}, "set").values()
    write_whole(target, [b"new"])
    assert path.read_bytes() == b"new" and link.is_symlink() and stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link", "p"]


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_whole(tmp_path / "p", [b"a", b"b"])
    assert (tmp_path / "p").read_bytes() == b"ab"
    assert (tmp_path / "p").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_half_way_leaves_what_was_there(tmp_path: Path, error: BaseException) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise error

    (tmp_path / "p").write_text("old", "utf-8")
    with pytest.raises(InputError if isinstance(error, OSError) else KeyboardInterrupt):
        write_whole(tmp_path / "p", pieces())
    assert (tmp_path / "p").read_text("utf-8") == "old" and [each.name for each in tmp_path.iterdir()] == ["p"]


def test_a_check_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "p").write_text("old", "utf-8")
    before = (tmp_path / "p").stat()
    check_targets({"--predictions": str(tmp_path / "p"), "--report": str(tmp_path / "r")}, "set")
    assert (tmp_path / "p").stat() == before and [each.name for each in tmp_path.iterdir()] == ["p"]


def test_a_folder_or_file_that_may_not_be_written_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "p"
    path.touch()
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda *_: False)  # whoever runs the tests may be allowed everything
        with pytest.raises(InputError) as refused:
            check_targets({"--report": str(path)}, "set")
    assert refused.value.key == "target_unwritable" and refused.value.facts["detail"] == "Permission denied"

    def touch(self: Path, exist_ok: bool = True) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(whole_file.Path, "touch", touch)
    with pytest.raises(InputError) as refused:
        check_targets({"--report": str(tmp_path / "new")}, "set")
    assert refused.value.facts == {"path": str(tmp_path / "new"), "detail": "Read-only file system"}


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv", "qrels/new.tsv"])
def test_the_files_of_a_folder_of_a_test_set_are_not_written_over(tmp_path: Path, name: str) -> None:
    (tmp_path / "qrels").mkdir()
    for member in ("corpus.jsonl", "queries.jsonl", "qrels/test.tsv"):
        (tmp_path / member).touch()
    with pytest.raises(InputError) as refused:
        check_targets({"--predictions": str(tmp_path / name)}, str(tmp_path))
    assert refused.value.key == "target_is_test_set"
    assert check_targets({"--report": str(tmp_path / "report.html")}, str(tmp_path))


def test_another_name_of_the_test_set_is_the_test_set(tmp_path: Path) -> None:
    (tmp_path / "set").write_text("x", "utf-8")
    (tmp_path / "twin").hardlink_to(tmp_path / "set")
    with pytest.raises(InputError) as refused:
        check_targets({"--predictions": str(tmp_path / "twin")}, str(tmp_path / "set"))
    assert refused.value.key == "target_is_test_set"
