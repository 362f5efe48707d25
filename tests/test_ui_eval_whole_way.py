"""``wenju eval`` over the real library: the bundled samples, a small SQuAD file, an interruption, two runs compared."""

import json
import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rag import build
from rag.evaluation.evaluation import Evaluation
from rag.evaluation.outcome import Outcome
from ui.cli import main

TIMES = ("date", "seconds", "latency", "indexing")
"""What differs between two runs of the same."""


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str

    @property
    def record(self) -> dict[str, Any]:
        return json.loads(self.out)

    @property
    def timeless(self) -> dict[str, Any]:
        questions = [
            question | {"scores": {name: value for name, value in question["scores"].items() if "ms" not in name}}
            for question in self.record["questions"]
        ]
        return {name: value for name, value in self.record.items() if name not in TIMES} | {"questions": questions}


Wenju = Callable[..., Run]


@pytest.fixture
def wenju(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Wenju:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Run:
        code = main(["--lang", "en", "eval", *arguments])
        said = capsys.readouterr()
        return Run(code, said.out, said.err)

    return run


@pytest.fixture
def few(tmp_path: Path) -> str:
    """Every fourth question about the samples, unanswerable ones among them."""
    lines = build.sample_test_set().read_text("utf-8").splitlines()[::4]
    path = tmp_path / "few.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return str(path)


def squad(*paragraphs: tuple[str, str, str, str]) -> str:
    """A test set of (context, id, question, answer) in the shape of SQuAD 1.1."""
    data = [
        {
            "context": context,
            "qas": [{"id": id, "question": question, "answers": [
                {"text": answer, "answer_start": context.index(answer)}]}],
        }
        for context, id, question, answer in paragraphs
    ]  # fmt: skip
    return json.dumps({"version": "1.1", "data": [{"title": "渠", "paragraphs": data}]}, ensure_ascii=False)


def interrupt_after(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    plain = Evaluation.outcomes

    def outcomes(self: Evaluation, done: Sequence[Outcome] = ()) -> Iterator[Outcome]:
        for n, outcome in enumerate(plain(self, done)):
            if n == count:
                raise KeyboardInterrupt
            yield outcome

    monkeypatch.setattr(Evaluation, "outcomes", outcomes)


def test_the_samples_are_asked_interrupted_and_gone_on_with(
    wenju: Wenju, few: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whole = wenju(few, "--json", "--leave-one-out", "--predictions", "whole.jsonl", "--report", "r.html")
    assert whole.code == 0 and "bundled samples" in whole.err
    record = whole.record
    assert record["n"] == 10 and sum(record["stages"].values()) == 10 and record["quote_exactness"] == 1.0
    assert {"em", "f1", "answer_recall", "hit@1", "hit@5", "mrr@10", "citation_precision", "false_refusal"} <= set(
        record["answerable"]
    )
    assert len(record["questions"]) == 10 + record["left_out"]["n"]

    with monkeypatch.context() as patch:
        interrupt_after(patch, 4)
        stopped = wenju(few, "--json", "--leave-one-out", "--predictions", "part.jsonl")
    assert (stopped.code, stopped.out) == (130, "") and not Path("part.jsonl").exists()
    command = stopped.err.splitlines()[-1].partition("to go on: ")[2]
    assert "Interrupted. 4 of " in stopped.err

    resumed = wenju(*shlex.split(command)[2:])
    assert resumed.code == 0 and "Going on: 4 questions are done" in resumed.err
    assert resumed.timeless == whole.timeless
    answers = [
        [(line["id"], line["answer"], line["scores"].get("f1"), line["draft"])
         for line in map(json.loads, Path(name).read_text("utf-8").splitlines())]
        for name in ("whole.jsonl", "part.jsonl")
    ]  # fmt: skip
    assert answers[0] == answers[1] and len(answers[0]) == len(record["questions"])
    gone = wenju(few, "--json", "--leave-one-out", "--resume")
    assert gone.code == 2 and "no interrupted run" in gone.err


def test_a_person_reads_a_page(wenju: Wenju, few: str) -> None:
    run = wenju(few, "--fail-under", "answerable.right=0", "--fail-under", "right=1")
    assert run.code == 1 and run.out.startswith("10 questions, ") and "Failed: right is 0." in run.err
    assert "  hit@5 " in run.out and "  refused " in run.out and "By type\n" in run.out


def test_a_squad_file_is_asked_of_its_own_texts(wenju: Wenju, tmp_path: Path, own_home: Path) -> None:
    text = squad(
        ("东塘水渠全长3.2公里，已修好45%。", "a", "东塘水渠全长多少公里？", "3.2公里"),
        ("西山苗圃今年育苗7万株，由林场负责。", "b", "西山苗圃今年育苗多少株？", "7万株"),
    )
    Path("渠.json").write_text(text, "utf-8")
    run = wenju("渠.json", "--json")
    record = run.record
    assert (run.code, run.err, record["format"], record["n"]) == (0, "", "squad", 2)
    assert record["indexing"]["documents"] == 2 and record["answerable"]["hit@1"] == 1.0
    assert not (own_home / "default").exists()
    assert wenju("渠.json", "--limit", "1", "--json").record["indexing"]["documents"] == 2
    assert "temporary index: 2 documents" in wenju("渠.json").out


def test_two_runs_are_compared_without_an_index(wenju: Wenju, few: str, own_home: Path) -> None:
    first = wenju(few, "--json", "--predictions", "a.jsonl")
    Path("a.json").write_text(first.out, "utf-8")
    wenju(few, "--json", "--predictions", "b.jsonl", "--top-k", "1", "--limit", "8")
    run = wenju("--compare", "a.jsonl", "b.jsonl", "--json")
    assert run.code == 0 and run.record["n"] == 8
    assert run.err == "Note: 2 question(s) of A alone and 0 of B alone are not compared.\n"
    same = wenju("--compare", "a.json", "a.jsonl")
    assert same.code == 0 and same.err == ""
    assert same.out.startswith("B wins 0 question(s) and loses 0;") and "B is better" not in same.out
    broken = wenju("--compare", "a.json", few)
    assert (broken.code, broken.out, broken.err.count("\n")) == (2, "", 1)
    missing = wenju("--compare", "a.json", "no.json")
    assert missing.code == 2 and missing.err.startswith("Error: no.json")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"answers": ["x"], "doc": "没有这个文件.txt"}, "没有这个文件.txt"),
        ({"answers": ["谁也没说过的一句话"]}, "none of its answers stands in a document"),
    ],
)
def test_a_test_set_that_does_not_fit_the_index_is_bad_input(wenju: Wenju, line: dict[str, Any], words: str) -> None:
    Path("set.jsonl").write_text(json.dumps({"id": "a", "question": "？", **line}, ensure_ascii=False), "utf-8")
    run = wenju("set.jsonl", "--json")
    assert (run.code, run.out) == (2, "")
    assert words in run.err.splitlines()[-1] and run.err.splitlines()[-1].startswith("Error: set.jsonl: ")
