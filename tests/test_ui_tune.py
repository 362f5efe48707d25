"""``wenju tune`` and where it shows: words, JSON and exit codes, over a small index and a model of a few characters."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from rag.evaluation.bootstrap import Difference
from rag.library import Library
from rag.tuning.tuning import Tuning
from rag.tuning.verdict import Compared, Judgement
from tests.tuning_data import ask_nothing_else, write_documents, write_model
from ui.cli import main
from ui.tuning_text import tuning_lines, tuning_record


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


Wenju = Callable[..., Run]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    write_model(folder / "model")
    write_documents(folder / "documents")
    return folder


@pytest.fixture
def wenju(made: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Wenju:
    ask_nothing_else(monkeypatch)
    monkeypatch.setenv("WENJU_ENCODER", str(made / "model"))
    monkeypatch.setenv("WENJU_READER", "none")

    def run(*arguments: str) -> Run:
        code = main(arguments)
        said = capsys.readouterr()
        return Run(code, said.out, said.err)

    return run


@pytest.fixture
def index(made: Path, wenju: Wenju, tmp_path: Path) -> str:
    folder = tmp_path / "index"
    if not (made / "index").exists():
        assert wenju("index", str(made / "documents"), "--index", str(made / "index")).code == 0
    shutil.copytree(made / "index", folder)
    return str(folder)


def test_tune_and_undo_from_the_command_line(wenju: Wenju, index: str, made: Path) -> None:
    search = ("search", "红黄蓝", "--index", index, "--json")
    before = wenju(*search)
    tuned = wenju("tune", "--index", index)
    assert (tuned.code, tuned.err) == (0, "")
    first, held_out, *kinds, general, outcome = tuned.out.splitlines()
    assert first.startswith("从 240 段里配出 184 对来学；另有 56 对")
    assert "留着的 56 对" in held_out and "95% 区间" in held_out and "p < 0.001" in held_out
    assert "标题 → 段落" in kinds[1] and len(kinds) == 2
    assert "最多容许降 0.020" in general
    assert outcome.startswith("更好，已经采用") and index in outcome and "wenju tune --undo" in outcome
    assert wenju(*search).out != before.out

    health = wenju("doctor", "--index", index)
    assert health.code == 0 and "由 model-" in health.out and "wenju tune --undo" in health.out
    record = json.loads(wenju("doctor", "--index", index, "--json").out)["index"]
    assert record["tuned_from"].startswith("model-") and record["encoder"].startswith("tuned-encoder-")
    assert record["ok"] is True
    models = json.loads(wenju("models", "--index", index, "--json").out)["models"]
    assert [
        (model["name"], model["source"], model["in_use"]) for model in models[:4] if model["role"] == "encoder"
    ] == [
        ("bundled", "bundled", False),
        (str(made / "model"), "set", False),
        (record["encoder"], "index", True),
    ]

    undone = wenju("tune", "--undo", "--index", index, "--lang", "en")
    assert (undone.code, undone.err) == (0, "")
    assert undone.out.startswith(f"The index {index} is back to the encoder model-")
    assert wenju(*search).out == before.out
    again = wenju("tune", "--undo", "--index", index, "--json")
    assert json.loads(again.out) == {"index": index, "undone": False, "encoder": record["tuned_from"]}
    assert json.loads(wenju("doctor", "--index", index, "--json").out)["index"]["tuned_from"] is None


def test_a_dry_run_for_scripts(wenju: Wenju, index: str) -> None:
    run = wenju("tune", "--dry-run", "--json", "--index", index)
    assert (run.code, run.err) == (0, "")
    record = json.loads(run.out)
    assert (record["changed"], record["better"], record["reason"], record["index"]) == (False, True, None, index)
    assert record["learnt"] == {"heading": 184} and record["paragraphs"] == 240
    held_out = record["held_out"]
    assert (held_out["n"], held_out["groups"]) == (56, 56)
    assert held_out["mrr@10"]["before"] + held_out["mrr@10"]["difference"] == pytest.approx(held_out["mrr@10"]["after"])
    assert record["by_kind"]["heading"] == held_out
    assert record["general"]["n"] == 20 and record["general"]["margin"] == 0.02
    assert "tuned_from" not in wenju("models", "--index", index, "--json").out


def test_questions_of_ones_own(wenju: Wenju, index: str, tmp_path: Path) -> None:
    documents = json.loads(wenju("docs", "--index", index, "--json").out)["documents"]
    rows = []
    for record in documents:
        whole = json.loads(wenju("docs", "show", record["id"], "--index", index, "--json").out)
        body = next(paragraph for paragraph in whole["paragraphs"] if paragraph["heading"] is None)
        evidence = whole["text"][body["start"] : body["end"]]
        question = f"{body['section'][-1]}是什么"
        rows.append({"id": record["id"], "question": question, "answers": [evidence[:5]], "evidence": evidence})
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    run = wenju("tune", "--dry-run", "--json", "--index", index, "--questions", str(path))
    record = json.loads(run.out)
    assert record["learnt"]["question"] + record["by_kind"]["question"]["n"] == len(documents)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--undo", "--dry-run"), 2, "--undo goes with neither"),
        (("--undo", "--questions", "x"), 2, "--undo goes with neither"),
        (("--questions", ""), 2, "--questions: it is empty"),
        (("--questions", "/no/such.jsonl"), 2, "/no/such.jsonl"),
        (("extra",), 2, "unexpected argument extra"),
    ],
)
def test_the_wrong_words_are_bad_usage(
    wenju: Wenju, index: str, arguments: tuple[str, ...], code: int, said: str
) -> None:
    run = wenju("tune", *arguments, "--index", index, "--lang", "en")
    assert (run.code, run.out) == (code, "")
    assert run.err.startswith("Error: ") and said in run.err


def test_no_index_the_samples_and_too_few_documents(wenju: Wenju, tmp_path: Path, made: Path) -> None:
    missing = wenju("tune", "--index", str(tmp_path / "nothing"), "--lang", "en")
    assert missing.code == 3 and "no index here" in missing.err
    samples = wenju("tune", "--lang", "en")
    assert samples.code == 2 and "Error: the bundled samples cannot be changed" in samples.err
    few = tmp_path / "few"
    wenju("index", str(write_documents(tmp_path / "documents", documents=3)), "--index", str(few))
    run = wenju("tune", "--index", str(few))
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert run.err.startswith(f"错误：{few}：只有 15 段，太少")


def test_another_kind_of_encoder_and_a_folder_that_cannot_be_written(
    wenju: Wenju, index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", f"{index}/lock")

    with monkeypatch.context() as during:
        during.setattr("filelock.FileLock.acquire", refused)
        run = wenju("tune", "--index", index, "--lang", "en")
    assert (run.code, run.out) == (2, "")
    assert run.err == f"Error: {index}/lock: Permission denied; check the disk and the permissions\n"


@pytest.mark.parametrize("done", [False, True])
def test_an_interruption_says_whether_anything_was_changed(
    wenju: Wenju, index: str, monkeypatch: pytest.MonkeyPatch, done: bool
) -> None:
    tune = Library.tune

    def interrupted(library: Library, **given: object) -> Tuning:
        if done:
            tune(library)
        raise KeyboardInterrupt

    monkeypatch.setattr(Library, "tune", interrupted)
    run = wenju("tune", "--index", index)
    assert (run.code, run.out) == (130, "")
    assert run.err == ("已中断。\n" if done else "已中断；索引没有改动。\n")


def tuning(**facts: object) -> Tuning:
    """Figures that a person can check in the text."""
    mrr = Difference(mean_first=0.5, mean_second=0.75, difference=0.25, low=0.125, high=0.375, p_value=0.25, n=9)
    compared = Compared(n=40, hit_before=0.25, hit_after=0.5, mrr=mrr)
    values: dict[str, object] = {
        "changed": False,
        "reason": None,
        "judgement": Judgement(held_out=compared, by_kind={"cloze": compared}, general=compared),
        "learnt": {"heading": 3, "cloze": 4},
        "paragraphs": 60,
        "base": "b",
        "encoder": "e",
        "seconds": 1.5,
    }
    return Tuning(**{**values, **facts})  # type: ignore[arg-type]


def test_the_figures_in_words() -> None:
    learnt, held_out, head, row, general, outcome = tuning_lines(tuning(), "/i", 0.02, "en")
    assert learnt == "7 pairs made of 60 paragraphs were learnt from; 40 others were kept to judge by."
    assert "First: 25.0% before, 50.0% tuned" in held_out
    assert "0.500 before, 0.750 tuned, difference +0.250 (95% interval +0.125 to +0.375, p = 0.250)" in held_out
    assert head.split() == ["kind", "of", "pair", "n", "first,", "before", "tuned", "MRR@10,", "before", "tuned"]
    assert row.split()[-5:] == ["40", "25.0%", "50.0%", "0.500", "0.750"]
    assert "a fall of 0.020 is allowed" in general
    assert outcome.startswith("It is better.") and "--dry-run" in outcome


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("reason", ["not_better", "general_worse", "questions_worse", "same"])
def test_every_reason_has_words(reason: str, language: str) -> None:
    *_, outcome = tuning_lines(tuning(reason=reason), "/i", 0.02, language)  # type: ignore[arg-type]
    assert ("索引没有改动" if language == "zh" else "is as it was") in outcome
    assert tuning_record(tuning(reason=reason), "/i", 0.02)["better"] is (reason == "same")
