"""``wenju eval``: how good are the answers to a test set, and is one result better than another."""

import contextlib
import shlex
import sys
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from rag.scope import Scope
from ui import output
from ui.asking import ask_all, termination_interrupts
from ui.bilingual import Command, not_empty, whole_number
from ui.catalog_cli import HELP
from ui.catalog_eval import EVAL
from ui.commands.options import index_option, json_option, reader_option, top_k_option
from ui.commands.scope_options import FIELDS, as_options, scope_of_options, scope_options
from ui.comparison_text import comparison_terminal
from ui.errors import InputError
from ui.evaluation_text import caution_line, summary_terminal
from ui.fail_under import read_bars
from ui.language import Language, say
from ui.predictions import write_predictions
from ui.progress import file_bar
from ui.session import Session
from ui.whole_file import check_targets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rag.evaluation.case import Dataset
    from rag.evaluation.checkpoint import Checkpoint
    from rag.evaluation.evaluation import Evaluation
    from rag.evaluation.outcome import Outcome
    from rag.library import Library

DONE, UNDER_THE_BAR, INTERRUPTED = 0, 1, 130
MOST_QUESTIONS = 10_000_000


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the command line says; the names are those of the options."""

    language: Language
    language_named: bool
    paths: tuple[str, ...]
    index: str | None
    reader: str | None
    as_json: bool
    predictions: str | None
    report: str | None
    fail_under: tuple[str, ...]
    leave_one_out: bool
    resume: bool
    limit: int | None
    top_k: int | None
    compare: bool
    scope: Scope | None

    def command_line(self, *more: str) -> str:
        """The command that was typed, for a shell, with ``more`` behind it."""
        values = {"--index": self.index, "--reader": self.reader, "--predictions": self.predictions}
        others = {"--report": self.report, "--limit": self.limit, "--top-k": self.top_k}
        parts = ["wenju", "eval", *self.paths]
        for option, value in {**values, **others}.items():
            parts += [] if value is None else [option, str(value)]
        for bar in self.fail_under:
            parts += ["--fail-under", bar]
        parts += as_options(self.scope)
        parts += ["--leave-one-out"] * self.leave_one_out + ["--json"] * self.as_json
        parts += ["--lang", self.language] * self.language_named
        return shlex.join([*parts, *more])


def command(language: Language) -> click.Command:
    """``eval TESTSET [options]`` and ``eval --compare A B [--json]``."""

    def flag(name: str) -> click.Option:
        return click.Option([f"--{name}"], is_flag=True, help=say(HELP, language, name.replace("-", "_")))

    def file(name: str) -> click.Option:
        meta, check = say(HELP, language, "file_meta"), not_empty(language)
        return click.Option([f"--{name}"], metavar=meta, callback=check, help=say(HELP, language, name))

    params = [
        click.Argument(["paths"], nargs=-1, metavar=say(HELP, language, "test_set_meta")),
        index_option(language),
        reader_option(language),
        json_option(language),
        file("predictions"),
        file("report"),
        click.Option(
            ["--fail-under"],
            multiple=True,
            metavar=say(HELP, language, "bar_meta"),
            help=say(HELP, language, "fail_under"),
        ),
        flag("leave-one-out"),
        flag("resume"),
        click.Option(
            ["--limit"],
            metavar=say(HELP, language, "number_meta"),
            callback=whole_number(language, 1, MOST_QUESTIONS),
            help=say(HELP, language, "limit"),
        ),
        top_k_option(language, "top_k_read"),
        *scope_options(language),
        flag("compare"),
    ]
    return Command(language, "eval", partial(_run, language), params)


def _run(language: Language, **given: Any) -> int:  # noqa: ANN401  # each value has the type of its field
    ctx: click.Context | None = click.get_current_context()
    named = False
    while ctx is not None:
        named = named or ctx.get_parameter_source("lang") is ParameterSource.COMMANDLINE
        ctx = ctx.parent
    scope = scope_of_options({field: given.pop(field) for field in FIELDS.values()})
    wanted = Wanted(language=language, language_named=named, scope=scope, **given)
    if wanted.compare:
        return _compare(wanted)
    with termination_interrupts():  # from the first on: a temporary index must not be left behind
        return _evaluate(wanted)


def _evaluate(wanted: Wanted) -> int:
    """Ask, add up, write, show, and hold the figures against the bars; what can be wrong is found before asking."""
    language, test_set = wanted.language, _test_set(wanted.paths)
    bars = read_bars(wanted.fail_under, leave_one_out=wanted.leave_one_out)
    targets = check_targets({"--predictions": wanted.predictions, "--report": wanted.report}, test_set)
    session = _session(wanted)
    dataset = _read(test_set, wanted)
    library = _library(session, dataset, wanted)
    evaluation, checkpoint, done = _prepare(session, dataset, library, wanted)
    go_on = wanted.command_line("--resume")
    outcomes = ask_all(evaluation, checkpoint, done, language, go_on)
    if outcomes is None:
        return INTERRUPTED
    try:
        summary = evaluation.summary(outcomes)
        _write(targets, summary, outcomes, language)
        _show(summary, wanted)
    except BrokenPipeError:  # whoever reads it has enough
        _discard(checkpoint)
        raise
    except (Exception, KeyboardInterrupt) as error:  # a full disk: nothing has to be asked again
        interrupted = isinstance(error, KeyboardInterrupt)
        if checkpoint.exists:
            key = "interrupted" if interrupted else "stopped"
            output.note(say(EVAL, language, key, done=len(outcomes), total=evaluation.total, command=go_on))
            if interrupted:
                return INTERRUPTED
        raise
    _discard(checkpoint)
    failures = [failure for bar in bars if (failure := bar.failure(summary, language))]
    for failure in failures:
        output.note(failure)
    return UNDER_THE_BAR if failures else DONE


def _test_set(paths: tuple[str, ...]) -> str:
    if not paths or not paths[0].strip():
        raise InputError("eval_no_test_set")
    if len(paths) > 1:
        raise InputError("eval_one_test_set", found=len(paths))
    return paths[0]


def _session(wanted: Wanted) -> Session:
    session = Session.start(wanted.language, wanted.index, wanted.reader)
    if wanted.top_k is None:
        return session
    return replace(session, settings=replace(session.settings, top_k=wanted.top_k))


def _read(test_set: str, wanted: Wanted) -> "Dataset":
    from rag.evaluation.dataset import read_dataset

    dataset = read_dataset(test_set)
    total = len(dataset.cases)
    if wanted.limit is None or wanted.limit >= total:
        return dataset
    output.note(say(EVAL, wanted.language, "limited", limit=wanted.limit, total=total))
    return replace(dataset, cases=dataset.cases[: wanted.limit])


def _library(session: Session, dataset: "Dataset", wanted: Wanted) -> "Library":
    """The index that was named; else one of the texts that the test set brings with it; else the default."""
    if wanted.index is not None or not dataset.contexts:
        return session.open(to_answer=True)
    from rag import build

    with file_bar(wanted.language) as progress:
        return build.open_contexts(session.settings, dataset, progress)


def _prepare(
    session: Session, dataset: "Dataset", library: "Library", wanted: Wanted
) -> "tuple[Evaluation, Checkpoint, list[Outcome]]":
    """What is to be asked, where it is kept meanwhile, and what an interrupted run has left of it."""
    from rag.evaluation.checkpoint import Checkpoint
    from rag.evaluation.errors import NothingKept
    from rag.evaluation.evaluation import Evaluation

    if wanted.scope:
        library.within(wanted.scope)  # whether what it names is there is told before the first question
    evaluation = Evaluation.prepare(dataset, library, leave_one_out=wanted.leave_one_out, scope=wanted.scope)
    for caution in evaluation.cautions:
        output.note(caution_line(caution.key, caution.facts, wanted.language))
    checkpoint = Checkpoint(session.settings.home, evaluation.key)
    if wanted.resume and not checkpoint.exists:
        raise NothingKept(path=dataset.path)
    done = checkpoint.load()
    if wanted.resume:
        output.note(say(EVAL, wanted.language, "resumed", done=len(done), rest=evaluation.total - len(done)))
        return evaluation, checkpoint, done
    if done:
        output.note(say(EVAL, wanted.language, "anew", done=len(done)))
    return evaluation, checkpoint, []


def _write(
    targets: "Mapping[str, Path]", summary: "Mapping[str, Any]", outcomes: "Sequence[Outcome]", language: Language
) -> None:
    if path := targets.get("--predictions"):
        write_predictions(path, outcomes, language)
        output.note(say(EVAL, language, "written", path=path))
    if path := targets.get("--report"):
        from ui.report.page import report_html
        from ui.report.writing import write_report

        write_report(path, report_html(summary, outcomes, language))
        output.note(say(EVAL, language, "written", path=path))


def _show(summary: "Mapping[str, Any]", wanted: Wanted) -> None:
    """The result on standard output, and through to whatever takes it."""
    if wanted.as_json:
        output.emit(summary)
    else:
        output.show(summary_terminal(summary, wanted.language, color=output.colored()))
    sys.stdout.flush()


def _discard(checkpoint: "Checkpoint") -> None:
    with contextlib.suppress(OSError):  # it was in nobody's way, and the result is there
        checkpoint.discard()


def _compare(wanted: Wanted) -> int:
    """Show the difference of two results."""
    given = (wanted.index, wanted.reader, wanted.predictions, wanted.report, wanted.limit, wanted.top_k, wanted.scope)
    if wanted.leave_one_out or wanted.resume or wanted.fail_under or any(value is not None for value in given):
        raise InputError("compare_alone")
    if len(wanted.paths) != 2:
        raise InputError("compare_two", found=len(wanted.paths))
    from rag.evaluation.comparison import compare
    from rag.evaluation.results import read_results

    language = wanted.language
    comparison = compare(*map(read_results, wanted.paths))
    if comparison.only_first or comparison.only_second:
        alone = {"first": comparison.only_first, "second": comparison.only_second}
        output.note(say(EVAL, language, "only_in", **alone))
    if wanted.as_json:
        output.emit(comparison.as_record())
    else:
        output.show(comparison_terminal(comparison.as_record(), language, color=output.colored()))
    return DONE
