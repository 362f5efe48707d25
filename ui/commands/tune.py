"""``wenju tune``: adapt the encoder of an index to its documents, and keep it if it is better."""

from functools import partial
from typing import TYPE_CHECKING

import click

from ui import output
from ui.asking import termination_interrupts
from ui.bilingual import Command, not_empty
from ui.catalog_cli import HELP
from ui.catalog_tune import TUNE
from ui.commands.options import index_option, json_option
from ui.errors import InputError
from ui.language import Language, say
from ui.progress import stage_bar
from ui.session import Session
from ui.tuning_text import tuning_lines, tuning_record

if TYPE_CHECKING:
    from rag.evaluation.case import Dataset
    from rag.library import Library

DONE, INTERRUPTED = 0, 130


def command(language: Language) -> click.Command:
    """``tune [--index DIR] [--questions FILE] [--dry-run] [--undo] [--json]``."""
    params = [
        index_option(language),
        click.Option(
            ["--questions"],
            metavar=say(HELP, language, "file_meta"),
            callback=not_empty(language),
            help=say(HELP, language, "tune_questions"),
        ),
        click.Option(["--dry-run"], is_flag=True, help=say(HELP, language, "dry_run")),
        click.Option(["--undo"], is_flag=True, help=say(HELP, language, "undo")),
        json_option(language),
    ]
    return Command(language, "tune", partial(run, language), params)


def run(
    language: Language, *, index: str | None, questions: str | None, dry_run: bool, undo: bool, as_json: bool
) -> int:
    """Tune or go back. That the tuned encoder is not kept is no failure: the figures say why."""
    if undo and (questions is not None or dry_run):
        raise InputError("tune_undo_alone")
    session = Session.start(language, index)
    dataset = _read(questions)
    with termination_interrupts():
        library = session.open()
        before = None if library.read_only else library.state
        try:
            if undo:
                _undo(library, session, as_json=as_json)
            else:
                _tune(library, session, dataset, dry_run=dry_run, as_json=as_json)
        except KeyboardInterrupt:
            if library.state != before:  # it came when all was done
                raise
            output.note(say(TUNE, language, "interrupted"))
            return INTERRUPTED
    return DONE


def _read(questions: str | None) -> "Dataset | None":
    if questions is None:
        return None
    from rag.evaluation.dataset import read_dataset

    return read_dataset(questions)


def _tune(library: "Library", session: Session, dataset: "Dataset | None", *, dry_run: bool, as_json: bool) -> None:
    language = session.language
    with stage_bar(language) as progress:
        tuning = library.tune(questions=dataset, dry_run=dry_run, progress=progress)
    from rag.tuning.verdict import MARGIN

    if as_json:
        output.emit(tuning_record(tuning, library.folder, MARGIN))
        return
    for line in tuning_lines(tuning, library.folder, MARGIN, language):
        output.show_line(line)


def _undo(library: "Library", session: Session, *, as_json: bool) -> None:
    with stage_bar(session.language) as progress:
        undone = library.untune(progress)
    folder, encoder = library.folder, library.encoder_name
    if as_json:
        output.emit({"index": folder, "undone": undone, "encoder": encoder})
    else:
        key = "undone" if undone else "not_tuned"
        output.show_line(say(TUNE, session.language, key, folder=folder, encoder=encoder))
