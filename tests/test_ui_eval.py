"""``wenju eval`` over made-up outcomes: streams, exit codes, files, interruptions."""

import json
import os
import shlex
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import rag
import rag.evaluation.evaluation
import ui.commands.eval
from rag.errors import IndexBusy
from rag.evaluation.case import Dataset
from rag.evaluation.checkpoint import Checkpoint
from rag.evaluation.errors import UnknownDocuments
from rag.evaluation.outcome import Outcome
from rag.evaluation.preparation import Caution
from rag.scope import Scope
from tests import sample_outcomes
from tests.fake_library import FakeBuild, FakeLibrary
from tests.test_ui_output import Screen
from ui import asking
from ui.cli import main
from ui.errors import InputError

OUTCOMES = sample_outcomes.outcomes()
IDS = [outcome.id for outcome in OUTCOMES]
SUMMARY = sample_outcomes.summary()


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


Wenju = Callable[..., Run]


class FakeEvaluation:
    """Gives the made-up outcomes, whatever is asked; ``after`` so many of them ``raised`` is raised."""

    cautions: tuple[Caution, ...] = ()
    after: int | None = None
    raised: BaseException = KeyboardInterrupt()
    asked: int = 0
    prepared: tuple[Dataset, FakeLibrary, bool] | None = None
    scope: Scope | None = None
    key = "fake"
    total = len(OUTCOMES)

    def prepare(
        self, dataset: Dataset, library: FakeLibrary, *, leave_one_out: bool = False, scope: Scope | None = None
    ) -> "FakeEvaluation":
        self.prepared, self.scope = (dataset, library, leave_one_out), scope
        return self

    def outcomes(self, done: Sequence[Outcome] = ()) -> Iterator[Outcome]:
        known = {outcome.id for outcome in done}
        for outcome in OUTCOMES:
            if outcome.id in known:
                continue
            if self.asked == self.after:
                raise self.raised
            self.asked += 1
            yield outcome

    def in_order(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        return sorted(outcomes, key=lambda outcome: IDS.index(outcome.id))

    def summary(self, outcomes: Sequence[Outcome]) -> dict[str, Any]:
        return {**SUMMARY, "questions": [{"id": outcome.id, "stage": outcome.stage} for outcome in outcomes]}


@pytest.fixture
def evaluation(monkeypatch: pytest.MonkeyPatch) -> FakeEvaluation:
    fake = FakeEvaluation()
    monkeypatch.setattr(rag.evaluation.evaluation, "Evaluation", fake)
    return fake


@pytest.fixture
def wenju(
    evaluation: FakeEvaluation, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Wenju:
    monkeypatch.setattr(rag, "build", FakeBuild(), raising=False)
    monkeypatch.chdir(tmp_path)
    lines = [{"id": f"q{n}", "question": f"第{n}个问题？", "answers": ["45%"]} for n in range(5)]
    Path("set.jsonl").write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    Path("index").mkdir()

    def run(*arguments: str, index: str | None = "index") -> Run:
        named = ["--index", index] if index else []
        code = main(["eval", *arguments, *named])
        said = capsys.readouterr()
        return Run(code, said.out, said.err)

    return run


def kept(home: Path) -> list[Outcome]:
    return Checkpoint(home, FakeEvaluation.key).load()


# what is shown


def test_json_is_the_summary_and_nothing_else(wenju: Wenju) -> None:
    run = wenju("set.jsonl", "--json")
    assert (run.code, run.err, run.out.count("\n")) == (0, "", 1)
    record = json.loads(run.out)
    assert record.keys() == SUMMARY.keys() and len(record["questions"]) == len(OUTCOMES)


def test_a_person_reads_one_sentence_first(wenju: Wenju) -> None:
    run = wenju("set.jsonl", "--lang", "en")
    assert run.code == 0 and run.err == "" and run.out.startswith("37 questions, 15 right (40.5%)")


def test_the_samples_are_asked_where_there_is_no_index_with_the_usual_note(wenju: Wenju) -> None:
    run = wenju("set.jsonl", "--json", index=None)
    assert run.code == 0 and "自带的示例" in run.err and run.err.count("\n") == 1
    assert wenju("set.jsonl", index="/nowhere").code == 3


def test_options_reach_the_evaluation_and_a_limit_is_said(wenju: Wenju, evaluation: FakeEvaluation) -> None:
    run = wenju("set.jsonl", "--limit", "2", "--leave-one-out", "--top-k", "3", "--lang", "en")
    assert run.err == "Note: only the first 2 of the test set's 5 questions are asked.\n"
    assert evaluation.prepared
    dataset, _, leave_one_out = evaluation.prepared
    assert [case.id for case in dataset.cases] == ["q0", "q1"] and leave_one_out
    assert wenju("set.jsonl", "--limit", "5").err == ""


def test_texts_of_the_test_set_are_indexed_for_the_time_being(
    wenju: Wenju, evaluation: FakeEvaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    paragraph = {"context": "水渠长3.2公里。", "qas": [{"id": "a", "question": "多长？", "answers": [
        {"text": "3.2公里", "answer_start": 3}]}]}  # fmt: skip
    Path("squad.json").write_text(json.dumps({"version": "1", "data": [{"title": "x", "paragraphs": [paragraph]}]}))
    opened = []

    def open_contexts(settings: Any, dataset: Dataset, progress: Any = None) -> FakeLibrary:
        opened.append((settings.top_k, dataset.contexts[0].text))
        return FakeLibrary(settings)

    monkeypatch.setattr(rag.build, "open_contexts", open_contexts, raising=False)  # type: ignore[attr-defined]
    assert wenju("squad.json", "--top-k", "3", index=None).code == 0
    assert opened == [(3, "水渠长3.2公里。")]
    assert wenju("squad.json", index="index").code == 0 and len(opened) == 1


def test_cautions_go_to_standard_error(wenju: Wenju, evaluation: FakeEvaluation) -> None:
    listed = [(f"q{n}", f"答{n}") for n in range(13)]
    evaluation.cautions = (Caution(key="answers_nowhere", facts={"count": 13, "listed": listed}),)
    run = wenju("set.jsonl", "--json")
    assert run.err.startswith("注意：13 题的答案在文件里找不到原文：q0（答0）、q1（答1）、")
    assert run.err.endswith("q9（答9），另有 3 个\n") and "q10" not in run.err and run.err.count("\n") == 1


def test_a_bar_on_a_terminal_and_nowhere_else(wenju: Wenju, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    assert main(["eval", "set.jsonl", "--json", "--index", "index"]) == 0
    assert "提问中" in screen.getvalue() and f"/{len(OUTCOMES)}" in screen.getvalue()


# what is written


def test_predictions_and_report_are_written_and_named(wenju: Wenju) -> None:
    run = wenju("set.jsonl", "--predictions", "p.jsonl", "--report", "r.html", "--json")
    lines = [json.loads(line) for line in Path("p.jsonl").read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == [outcome.id for outcome in OUTCOMES]
    assert Path("r.html").is_file()
    assert [line.split()[-1] for line in run.err.splitlines()] == [
        os.path.realpath("p.jsonl"),
        os.path.realpath("r.html"),
    ]
    assert sorted(path.name for path in Path().iterdir()) == ["index", "p.jsonl", "r.html", "set.jsonl"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--predictions", "no/where/p.jsonl"), "there is no folder"),
        (("--report", "index"), "this is a folder; --report takes the name of a file"),
        (("--report", "set.jsonl/r.html"), "there is no folder"),
        (("--predictions", "set.jsonl"), "belongs to the test set"),
        (("--report", "./index/../set.jsonl"), "belongs to the test set"),
        (("--report", "link.jsonl"), "belongs to the test set"),
        (("--predictions", "x", "--report", "./x"), "--predictions and --report name the same file"),
        (("--predictions", "/dev/null"), "not a regular file"),
        (("--predictions", "-"), "not a regular file"),
        (("--predictions", "a\0b"), "cannot be written"),
        (("--predictions", "n" * 300), "cannot be written"),
        (("--predictions", "~nobody-of-this-name/p"), "cannot be written"),
        (("--report", " "), "it is empty"),
    ],
)
def test_a_path_that_cannot_be_written_is_found_before_the_first_question(
    wenju: Wenju, evaluation: FakeEvaluation, arguments: tuple[str, ...], words: str
) -> None:
    Path("link.jsonl").symlink_to("set.jsonl")
    before = Path("set.jsonl").read_bytes()
    run = wenju("set.jsonl", *arguments, "--lang", "en")
    assert (run.code, run.out, evaluation.prepared) == (2, "", None)
    assert words in run.err and (run.err.count("\n") == 1 or "--help" in run.err)
    assert Path("set.jsonl").read_bytes() == before
    assert sorted(path.name for path in Path().iterdir()) == ["index", "link.jsonl", "set.jsonl"]


def test_a_run_that_fails_leaves_the_files_of_the_last_one(wenju: Wenju, evaluation: FakeEvaluation) -> None:
    Path("p.jsonl").write_text("old", "utf-8")
    evaluation.after, evaluation.raised = 3, RuntimeError("wires crossed")
    assert wenju("set.jsonl", "--predictions", "p.jsonl").code == 2
    assert Path("p.jsonl").read_text("utf-8") == "old" and not list(Path().glob(".wenju*"))


def test_a_disk_that_is_full_at_the_end_costs_no_answer(
    wenju: Wenju, evaluation: FakeEvaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: Any) -> None:
        raise InputError("target_unwritable", path="p.jsonl", detail="No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(ui.commands.eval, "write_predictions", fail)
        run = wenju("set.jsonl", "--predictions", "p.jsonl", "--lang", "en")
    kept_line, error = run.err.splitlines()
    assert (run.code, run.out) == (2, "") and error == "Error: p.jsonl: cannot be written (No space left on device)"
    evaluation.asked = 0
    assert wenju(*shlex.split(kept_line.partition("to go on: ")[2])[2:], index=None).code == 0
    assert evaluation.asked == 0 and len(Path("p.jsonl").read_text("utf-8").splitlines()) == len(OUTCOMES)


@pytest.mark.parametrize(
    ("place", "problem", "code"),
    [
        ("write_predictions", KeyboardInterrupt(), 130),
        ("summary_terminal", KeyboardInterrupt(), 130),
        ("summary_terminal", OSError(28, "No space left on device"), 2),
    ],
)
def test_whatever_stops_the_writing_costs_no_answer(
    wenju: Wenju,
    evaluation: FakeEvaluation,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    problem: BaseException,
    code: int,
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise problem

    with monkeypatch.context() as patch:
        patch.setattr(ui.commands.eval, place, fail)
        run = wenju("set.jsonl", "--predictions", "p.jsonl", "--lang", "en")
    (kept_line,) = [line for line in run.err.splitlines() if "to go on: " in line]
    assert (run.code, run.out) == (code, "")
    evaluation.asked = 0
    assert wenju(*shlex.split(kept_line.partition("to go on: ")[2])[2:], index=None).code == 0
    assert evaluation.asked == 0 and len(Path("p.jsonl").read_text("utf-8").splitlines()) == len(OUTCOMES)


# bars


def test_bars_decide_the_exit_code_and_say_which_what_and_by_how_much(wenju: Wenju) -> None:
    run = wenju("set.jsonl", "--json", "--fail-under", "f1=0.5", "--fail-under", "ece=0.2", "--lang", "en")
    assert (run.code, run.err) == (0, "")
    run = wenju(
        "set.jsonl", "--json", "--fail-under", "coverage=0.9", "--fail-under", "ece=0.1", "--predictions", "p.jsonl",
        "--fail-under", "latency_p95=1000", "--fail-under", "left_out.refused=0.3", "--leave-one-out", "--lang", "en",
    )  # fmt: skip
    assert run.code == 1 and json.loads(run.out) and Path("p.jsonl").exists()
    coverage = 31 / 37
    assert run.err.splitlines()[1:] == [
        f"Failed: coverage is {coverage:.6g}, under 0.9 by {0.9 - coverage:.6g}",
        f"Failed: ece is 0.118, over 0.1 by {0.118 - 0.1:.6g}",
        "Failed: latency_p95 is 1234.5, over 1000 by 234.5",
    ]


@pytest.mark.parametrize(
    ("bar", "words"),
    [
        ("f1", "expected METRIC=VALUE"),
        ("f1=", "expected METRIC=VALUE"),
        ("f1=high", "expected METRIC=VALUE"),
        ("f1=60", "f1 lies between 0 and 1, such as f1=0.6"),
        ("f1=-1", "f1 lies between 0 and 1"),
        ("f1=nan", "f1 lies between 0 and 1"),
        ("latency_p95=0", "is in milliseconds"),
        ("left_out.refused=0.5", "with --leave-one-out alone"),
        ("f2=0.5", "no metric 'f2' was measured here; there are right, precision, coverage, answerable.right, em, f1"),
        ("answerable.ece=0.5", "no metric 'answerable.ece'"),
    ],
)
def test_a_bar_that_makes_no_sense_is_found_before_the_first_question(
    wenju: Wenju, evaluation: FakeEvaluation, bar: str, words: str
) -> None:
    run = wenju("set.jsonl", "--fail-under", bar, "--lang", "en")
    assert (run.code, run.out, evaluation.prepared) == (2, "", None)
    assert words in run.err and run.err.count("\n") == 1


def test_a_bar_for_a_figure_that_applies_to_no_question_is_bad_usage(wenju: Wenju) -> None:
    run = wenju("set.jsonl", "--fail-under", "list_f1=0.5", "--json", "--lang", "en")
    assert run.code == 2 and json.loads(run.out)
    assert run.err == (
        "Error: --fail-under list_f1: no question of this test set has a list_f1, so nothing can be said; "
        "choose another figure\n"
    )


# interruptions


@pytest.mark.parametrize("between_writes", [0.0, 3600.0])
def test_an_interruption_keeps_what_is_done_and_says_how_to_go_on(
    wenju: Wenju,
    evaluation: FakeEvaluation,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    between_writes: float,
) -> None:
    monkeypatch.setattr(asking, "BETWEEN_WRITES", between_writes)
    whole = json.loads(wenju("set.jsonl", "--json").out)
    Path("a set.jsonl").write_bytes(Path("set.jsonl").read_bytes())
    evaluation.after, evaluation.asked = 7, 0
    run = wenju("a set.jsonl", "--json", "--predictions", "p.jsonl", "--fail-under", "f1=0.1", "--limit", "9")
    assert (run.code, run.out) == (130, "")
    command = run.err.removesuffix("\n").partition("接着做：")[2]
    assert run.err == f"已中断。{len(OUTCOMES)} 题中的 7 题已保留；接着做：{command}\n"
    assert command == (
        "wenju eval 'a set.jsonl' --index index --predictions p.jsonl --limit 9 --fail-under f1=0.1 --json --resume"
    )
    assert kept(own_home) == list(OUTCOMES[:7]) and not Path("p.jsonl").exists()

    evaluation.after, evaluation.asked = None, 0
    resumed = wenju(*shlex.split(command)[2:], index=None)
    assert resumed.code == 0 and evaluation.asked == len(OUTCOMES) - 7
    assert resumed.err.startswith(f"接着上次：已有 7 题，还剩 {len(OUTCOMES) - 7} 题。\n")
    assert json.loads(resumed.out) == whole
    assert len(Path("p.jsonl").read_text("utf-8").splitlines()) == len(OUTCOMES)
    assert kept(own_home) == []


def test_every_option_is_said_again() -> None:
    from ui.commands.eval import Wanted

    wanted = Wanted(
        language="en", language_named=True, paths=("s.csv",), index=None, reader="my reader", as_json=False,
        predictions=None, report="r.html", fail_under=("f1=0.5", "em=0.4"), leave_one_out=True, resume=True,
        limit=None, top_k=4, compare=False, scope=Scope(folders=("a b",)),
    )  # fmt: skip
    assert wanted.command_line("--resume") == (
        "wenju eval s.csv --reader 'my reader' --report r.html --top-k 4 --fail-under f1=0.5 --fail-under em=0.4 "
        "--folder 'a b' --leave-one-out --lang en --resume"
    )


def test_an_interruption_of_a_run_that_went_on_keeps_both_parts(
    wenju: Wenju, evaluation: FakeEvaluation, own_home: Path
) -> None:
    for after in (4, 9):
        evaluation.after = after
        assert wenju("set.jsonl", *(["--resume"] if after > 4 else [])).code == 130
    assert kept(own_home) == list(OUTCOMES[:9])


def test_without_resume_a_run_starts_anew_and_says_so(wenju: Wenju, evaluation: FakeEvaluation, own_home: Path) -> None:
    evaluation.after = 5
    wenju("set.jsonl")
    evaluation.after, evaluation.asked = 2, 0
    run = wenju("set.jsonl", "--lang", "en")
    assert run.err.startswith("Note: an interrupted run of 5 questions was there; this one starts anew")
    assert run.err.endswith("--lang en --resume\n") and kept(own_home) == list(OUTCOMES[:2])


def test_nothing_to_go_on_with_is_bad_usage(wenju: Wenju, evaluation: FakeEvaluation) -> None:
    run = wenju("set.jsonl", "--resume", "--lang", "en")
    assert (run.code, run.out, evaluation.asked) == (2, "", 0)
    assert run.err.startswith("Error: set.jsonl: no interrupted run") and run.err.count("\n") == 1


def test_an_interruption_before_the_first_answer(wenju: Wenju, evaluation: FakeEvaluation) -> None:
    evaluation.after = 0
    run = wenju("set.jsonl")
    assert (run.code, run.out, run.err) == (130, "", "已中断。\n")
    assert wenju("set.jsonl", "--resume").code == 2


def test_a_failure_on_the_way_keeps_what_is_done_as_well(
    wenju: Wenju, evaluation: FakeEvaluation, own_home: Path
) -> None:
    evaluation.after, evaluation.raised = 6, RuntimeError("wires crossed")
    run = wenju("set.jsonl", "--lang", "en")
    assert run.code == 2 and run.err.splitlines()[0].startswith(f"The 6 of {len(OUTCOMES)} questions asked before")
    assert "wires crossed" in run.err.splitlines()[1] and kept(own_home) == list(OUTCOMES[:6])


def test_a_run_of_the_same_questions_at_the_same_time_takes_nothing_away(
    wenju: Wenju, evaluation: FakeEvaluation, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "BETWEEN_WRITES", 0.0)
    whole = json.loads(wenju("set.jsonl", "--json").out)
    other, plain = Checkpoint(own_home, evaluation.key), evaluation.outcomes

    def outcomes(done: Sequence[Outcome] = ()) -> Iterator[Outcome]:
        for n, outcome in enumerate(plain(done)):
            if n == 3:  # it begins anew, and is ahead of this one
                other.discard()
                other.append(OUTCOMES[4:9])
            yield outcome

    with monkeypatch.context() as patch:
        patch.setattr(evaluation, "outcomes", outcomes)
        evaluation.after, evaluation.asked = 6, 0
        assert "的 6 题已保留" in wenju("set.jsonl").err
    assert sorted(IDS.index(outcome.id) for outcome in kept(own_home)) == list(range(9))
    evaluation.after, evaluation.asked = None, 0
    resumed = wenju("set.jsonl", "--json", "--resume")
    assert evaluation.asked == len(OUTCOMES) - 9 and json.loads(resumed.out) == whole


def test_nothing_is_kept_of_an_index_that_changed_meanwhile(
    wenju: Wenju, evaluation: FakeEvaluation, own_home: Path
) -> None:
    evaluation.after, evaluation.raised = 6, IndexBusy(folder="index")
    run = wenju("set.jsonl", "--lang", "en")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert run.err.startswith("Error: index: another process is changing this index")
    assert kept(own_home) == [] and "no interrupted run" in wenju("set.jsonl", "--resume", "--lang", "en").err


def test_a_home_that_takes_no_file_stops_nobody(wenju: Wenju, evaluation: FakeEvaluation, own_home: Path) -> None:
    (own_home / "evaluations").write_text("in the way", "utf-8")
    assert wenju("set.jsonl", "--json").code == 0
    evaluation.after, evaluation.asked = 6, 0
    run = wenju("set.jsonl", "--lang", "en")
    assert run.code == 130 and run.err.startswith("Interrupted; what was asked could not be kept")
    assert run.err.count("\n") == 1


def test_a_request_to_end_finds_somebody_from_the_first_text_on(wenju: Wenju, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = (signal.SIGTERM, signal.SIGHUP)
    paragraph = {"context": "水渠长3.2公里。", "qas": [{"id": "a", "question": "多长？", "answers": ["3.2公里"]}]}
    Path("squad.json").write_text(json.dumps({"data": [{"title": "x", "paragraphs": [paragraph]}]}))
    found = []

    def open_contexts(settings: Any, dataset: Dataset, progress: Any = None) -> FakeLibrary:
        found.append([signal.getsignal(number) for number in numbers])
        return FakeLibrary(settings)

    monkeypatch.setattr(rag.build, "open_contexts", open_contexts, raising=False)
    before = [signal.getsignal(number) for number in numbers]
    try:
        for hangup in (signal.SIG_DFL, signal.SIG_IGN):  # the latter as nohup has it
            signal.signal(signal.SIGHUP, hangup)
            assert wenju("squad.json", index=None).code == 0
            assert [signal.getsignal(number) for number in numbers] == [before[0], hangup]
    finally:
        signal.signal(signal.SIGHUP, before[1])
    interrupts = signal.default_int_handler
    assert found == [[interrupts, interrupts], [interrupts, signal.SIG_IGN]]


def test_a_request_to_end_is_taken_as_an_interruption(
    wenju: Wenju, evaluation: FakeEvaluation, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    plain = evaluation.outcomes

    def outcomes(done: Sequence[Outcome] = ()) -> Iterator[Outcome]:
        for n, outcome in enumerate(plain(done)):
            if n == 3:
                os.kill(os.getpid(), signal.SIGTERM)
            yield outcome

    monkeypatch.setattr(evaluation, "outcomes", outcomes)
    assert wenju("set.jsonl").code == 130
    assert kept(own_home) == list(OUTCOMES[:3]) and signal.getsignal(signal.SIGTERM) == before


# bad input


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "no test set"),
        (("",), "no test set"),
        (("set.jsonl", "other.jsonl"), "one test set at a time, not 2; to compare two results add --compare"),
        (("--compare",), "--compare takes two files of results, not 0"),
        (("--compare", "a"), "--compare takes two files of results, not 1"),
        (("--compare", "a", "b", "c"), "--compare takes two files of results, not 3"),
        (("--compare", "a", "b", "--limit", "3"), "goes with --json alone"),
        (("--compare", "a", "b", "--fail-under", "f1=1"), "goes with --json alone"),
        (("--compare", "a", "b", "--reader", "none"), "goes with --json alone"),
        (("nowhere.jsonl",), "nowhere.jsonl: cannot be read as a test set"),
        (("empty.jsonl",), "empty.jsonl: there is no question in it"),
        (("twice.jsonl",), "the id 'a' was used before"),
        (("broken.jsonl",), "broken.jsonl, line 2: not JSON"),
    ],
)
def test_bad_input_is_one_line_and_code_2(
    wenju: Wenju, evaluation: FakeEvaluation, arguments: tuple[str, ...], words: str
) -> None:
    good = '{"id": "a", "question": "x", "answers": []}\n'
    for name, text in (("empty", "\n"), ("twice", good * 2), ("broken", good + "{\n")):
        Path(f"{name}.jsonl").write_text(text, "utf-8")
    run = wenju(*arguments, "--lang", "en", "--json", index=None)
    assert (run.code, run.out, evaluation.prepared) == (2, "", None)
    assert words in run.err and run.err.count("\n") == 1


def test_a_reader_that_is_not_there_is_found_before_the_first_question(
    wenju: Wenju, evaluation: FakeEvaluation
) -> None:
    run = wenju("set.jsonl", "--reader", "/no/reader", "--lang", "en")
    assert (run.code, run.out, evaluation.prepared) == (2, "", None)
    assert run.err.startswith("Error: /no/reader: no such folder") and run.err.count("\n") == 1
    assert wenju("set.jsonl", "--reader", "good/reader").code == 0
    assert evaluation.prepared and evaluation.prepared[1].settings.reader == "good/reader"


def test_documents_that_are_not_in_the_index_are_bad_input(
    wenju: Wenju, evaluation: FakeEvaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepare(*arguments: Any, **named: Any) -> FakeEvaluation:
        raise UnknownDocuments(path="set.jsonl", count=1, names="塘.txt", folder="index")

    monkeypatch.setattr(evaluation, "prepare", prepare)
    run = wenju("set.jsonl", "--json")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1) and "塘.txt" in run.err


def test_questions_can_be_asked_of_some_documents_alone(wenju: Wenju, evaluation: FakeEvaluation) -> None:
    evaluation.after = 2
    told = wenju("set.jsonl", "--issuer", "东塘", "--year", "2031", "--year", "2030年")
    assert evaluation.scope == Scope(issuers=("东塘",), years=(2031, 2030))
    assert told.code == 130 and "--issuer 东塘 --year 2031 --year 2030 --resume" in told.err.replace("'", "")
    wenju("set.jsonl")
    assert evaluation.scope is None


def test_a_scope_that_names_nothing_is_told_before_the_first_question(wenju: Wenju, evaluation: FakeEvaluation) -> None:
    told = wenju("set.jsonl", "--issuer", "北山")
    assert (told.code, told.out, evaluation.asked) == (2, "", 0) and "北山" in told.err
    assert wenju("--compare", "a", "b", "--year", "2031", index=None).code == 2
