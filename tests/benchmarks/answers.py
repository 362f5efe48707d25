"""How good the answers are: encyclopedia questions, official documents nobody tuned on, and the seeds.

    python -m tests.benchmarks.answers [--data ../shared/data] [--only NAME ...] [--most N] [--failures]

* ``pooled``, ``pooled+laws``: CMRC 2018 dev, DRCD dev and test, asked of their 2,848 contexts together, and of these
  among the laws. The reader's weights were fitted on some of these articles: ``apart`` are the questions on the rest.
* ``fresh``: questions on 68 laws that no question of the training data is about (``questions/fresh_*.jsonl``), asked of
  all laws. The questions of ``dev`` may be looked at while something is built; those of ``test`` never are.
* ``seeds``, ``seeds+all``: the five seed documents alone, and among the policies and the laws; by style, too.
* ``policies``, ``policies+all``: 120 questions on the 29 policies (``questions/policies.jsonl``), asked of them alone,
  and of them among the laws.
* ``named``, ``named+all``: 140 questions that name one of the policies, by its number, title, topic, issuer or year;
  30 of them ask what another one says, or name a document that there is not (``questions/named.jsonl``).
* ``replies``: 180 questions on 15 made-up replies, notices and rules (``questions/replies``), by three writers who knew
  nothing of the program. Those of ``a`` and ``c`` may be looked at; those of ``b`` never are.
* ``comparisons``: 100 questions for a difference, a sum or a choice, on ten made-up documents
  (``questions/comparisons``), by a writer who knew nothing of the program; a quarter of them cannot be answered. Those
  of ``dev`` may be looked at, those of ``test``, on five other documents, never are.
* ``yes_no``: 120 questions for yes or no on ten made-up documents (``questions/yes_no``), likewise; a sixth of them the
  documents do not decide.
* ``documents``: questions on whole made-up documents of which the networks have learnt nothing
  (``own_paragraphs.jsonl``, one in seven): of ``unseen`` ones, which weights were fitted on, and of those ``apart``.

Every answerable question of ``apart``, ``fresh``, ``seeds`` and ``policies`` is asked once more with its document
hidden.
``WENJU_READER=none`` before the command measures the evidence without the trained reader.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rag.evaluation.case import Dataset
from rag.evaluation.dataset import read_dataset
from rag.evaluation.evaluation import Evaluation
from rag.evaluation.outcome import Outcome
from rag.library import Library
from rag.training.pool import Part, part_of
from tests.benchmarks.pools import (
    FRESH,
    article,
    encyclopedia,
    fresh,
    library,
    policy_questions,
    sample,
    write_documents,
)

COLUMNS = (
    ("right", "answerable right"), ("em", "answerable em"), ("f1", "answerable f1"),
    ("false refusal", "answerable false_refusal"), ("precision", "precision"), ("refused", "unanswerable refused"),
    ("refused, left out", "left_out refused"), ("hit@1", "answerable hit@1"), ("hit@5", "answerable hit@5"),
    ("cit. prec.", "answerable citation_precision"), ("ece", "calibration ece"), ("aurc", "risk_coverage aurc"),
    ("aurc, left out", "left_out aurc"),
    ("p50 ms", "latency p50_ms"),
)  # fmt: skip


def figure(summary: dict[str, Any], path: str) -> str:
    value: Any = summary
    for key in path.split():
        value = (value or {}).get(key)
    if value is None:
        return "–"
    return f"{value:.0f}" if "ms" in path else f"{value:.3f}"


def measure(
    name: str, pool: Library, dataset: Dataset, *, leave_one_out: bool, failures: bool, styles: bool = False
) -> None:
    evaluation = Evaluation.prepare(dataset, pool, leave_one_out=leave_one_out)
    outcomes = list(evaluation.outcomes())
    print(row(name, evaluation.summary(outcomes)), flush=True)
    for style in sorted({each.case.style or "" for each in outcomes}) if styles else ():
        part = [each for each in outcomes if each.case.style == style]
        print(row(f"{name}, {style}", evaluation.summary(part)), flush=True)
    for caution in evaluation.cautions:
        print(f"  {name}: {caution.key} {caution.facts['count']}", file=sys.stderr)
    if failures:
        show([outcome for outcome in outcomes if outcome.failed and not outcome.hidden])


def row(name: str, summary: dict[str, Any]) -> str:
    figures = " | ".join(figure(summary, path) for _, path in COLUMNS)
    return f"| {name} | {summary['n']:,} | {figures} |"


def show(failed: Sequence[Outcome]) -> None:
    for outcome in failed:
        given = outcome.answer.answer or f"({outcome.draft.answer})"
        print(f"  {outcome.id} [{outcome.case.type}] {outcome.stage} {outcome.case.question}", file=sys.stderr)
        print(
            f"      {given} {outcome.answer.confidence:.2f} | {' / '.join(outcome.case.answers[:2])}", file=sys.stderr
        )


def measure_encyclopedia(data: Path, name: str, *, laws: bool, most: int | None, failures: bool) -> None:
    sets = encyclopedia(data)
    with library(data, contexts=list(sets.values()), laws=laws) as pool:
        for set_name, dataset in sets.items():
            apart = [case for case in dataset.cases if part_of(article(set_name, case)) == "measured"]
            measure(f"{name}, {set_name}", pool, sample(dataset, most), leave_one_out=False, failures=failures)
            kept = replace(dataset, cases=tuple(apart))
            measure(f"{name}, {set_name}, apart", pool, kept, leave_one_out=True, failures=False)


def measure_replies(data: Path, *, failures: bool) -> None:
    with library(data, folders=[FRESH / "replies"]) as pool:
        for part in ("a", "b", "c"):
            dataset = read_dataset(FRESH / f"replies_{part}.jsonl")
            measure(f"replies, {part}", pool, dataset, leave_one_out=False, failures=failures and part != "b")


def measure_halves(name: str, data: Path, *, failures: bool) -> None:
    """The questions on half of a folder's documents may be looked at; those on the rest never are."""
    with library(data, folders=[FRESH / name]) as pool:
        for part in ("dev", "test"):
            dataset = read_dataset(FRESH / f"{name}_{part}.jsonl")
            shown = failures and part == "dev"
            measure(f"{name}, {part}", pool, dataset, leave_one_out=False, failures=shown)


def measure_documents(data: Path, *, failures: bool) -> None:
    parts: tuple[Part, ...] = ("unseen", "measured")
    for part in parts:
        with TemporaryDirectory() as folder:
            dataset = write_documents(Path(folder), part)
            with library(data, folders=[Path(folder)]) as pool:
                title = f"documents, {'apart' if part == 'measured' else part}"
                measure(title, pool, dataset, leave_one_out=False, failures=failures and part == "unseen")


def measure_fresh(data: Path, *, failures: bool) -> None:
    with library(data, laws=True) as pool:
        for part in ("dev", "test"):
            shown = failures and part == "dev"
            measure(f"fresh, {part}", pool, fresh(data, part), leave_one_out=True, failures=shown)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    names = (
        "pooled",
        "pooled+laws",
        "fresh",
        "seeds",
        "seeds+all",
        "policies",
        "policies+all",
        "named",
        "named+all",
        "replies",
        "comparisons",
        "yes_no",
        "documents",
    )
    parser.add_argument("--only", nargs="+", choices=names, default=names)
    parser.add_argument("--most", type=int, help="questions of each encyclopedia set")
    parser.add_argument("--failures", action="store_true", help="print the failures (never those of fresh test)")
    arguments = parser.parse_args()
    data: Path = arguments.data
    if not data.is_dir():
        print(f"skipped: {data} is not here")
        return 0
    print(f"| questions | n | {' | '.join(title for title, _ in COLUMNS)} |\n|{'---|' * (len(COLUMNS) + 2)}")
    for name in ("pooled", "pooled+laws"):
        if name in arguments.only:
            measure_encyclopedia(data, name, laws="laws" in name, most=arguments.most, failures=arguments.failures)
    seeds = [data.parent / "seeds"]
    for name, folders in (("seeds", seeds), ("seeds+all", [*seeds, data / "policies"])):
        if name in arguments.only:
            with library(data, folders=folders, laws=len(folders) > 1) as pool:
                dataset = read_dataset(data / "seeds_dev.jsonl")
                measure(name, pool, dataset, leave_one_out=True, failures=arguments.failures, styles=True)
    for name in ("policies", "policies+all", "named", "named+all"):
        if name in arguments.only:
            dataset = policy_questions(data, name.removesuffix("+all"))
            with library(data, folders=[data / "policies"], laws=name.endswith("+all")) as pool:
                measure(name, pool, dataset, leave_one_out=name[0] == "p", failures=arguments.failures)
    further = {
        "fresh": measure_fresh,
        "replies": measure_replies,
        "comparisons": partial(measure_halves, "comparisons"),
        "yes_no": partial(measure_halves, "yes_no"),
        "documents": measure_documents,
    }
    for name, measured in further.items():
        if name in arguments.only:
            measured(data, failures=arguments.failures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
