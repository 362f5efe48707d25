"""``wenju index``: add or update files and folders."""

from functools import partial

import click

from rag.collections import clean_name
from rag.members import addable
from ui import output
from ui.bilingual import Command, not_empty
from ui.catalog_cli import HELP, MESSAGES
from ui.catalog_collections import COLLECTIONS
from ui.catalog_errors import explain
from ui.commands.options import index_option, json_option
from ui.language import Language, say
from ui.progress import file_bar
from ui.records import report_record
from ui.session import Session, words

DONE, BAD_INPUT = 0, 2


def command(language: Language) -> click.Command:
    """``index PATH... [--index DIR] [--collection NAME] [--prune] [--json]``."""
    params = [
        click.Argument(["paths"], nargs=-1, required=True, metavar=say(HELP, language, "path_meta")),
        index_option(language),
        click.Option(
            ["--collection"],
            metavar=say(COLLECTIONS, language, "option_meta"),
            callback=not_empty(language),
            help=say(COLLECTIONS, language, "option"),
        ),
        click.Option(["--prune"], is_flag=True, help=say(HELP, language, "prune")),
        json_option(language),
    ]
    return Command(language, "index", partial(run, language), params)


def run(
    language: Language,
    *,
    paths: tuple[str, ...],
    index: str | None,
    collection: str | None,
    prune: bool,
    as_json: bool,
) -> int:
    """Index ``paths``; a file that cannot be used is reported and the rest goes on."""
    name = clean_name(words(collection)) if collection else None
    session = Session.start(language, index)
    library = session.open_for_writing()
    with file_bar(language) as progress:
        report = library.add(paths, prune=prune, progress=progress)
    if name is not None:
        known = {record.path for record in library.documents()}
        library.collections.put(name, addable(paths, known), make=True)
    if as_json:
        output.emit(report_record(report, language))
    else:
        for failure in report.failed:
            output.note(explain(failure.error, language))
        facts = {**vars(report), "failed": len(report.failed), "folder": session.settings.index}
        output.show_line(say(MESSAGES, language, "indexed", **facts))
    if report.vanished:
        session.note("vanished", vanished=report.vanished)
    usable = report.added + report.updated + report.unchanged + report.removed
    return BAD_INPUT if report.failed and not usable else DONE
