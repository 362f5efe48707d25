"""``wenju mcp``: the documents as tools of an assistant, over standard input and output."""

import shutil
from functools import partial

import click

from ui.bilingual import Command
from ui.commands.options import index_option, reader_option
from ui.language import Language
from ui.session import Session


def command(language: Language) -> click.Command:
    """``mcp [--index DIR] [--reader ...]``."""
    return Command(language, "mcp", partial(run, language), [index_option(language), reader_option(language)])


def run(language: Language, *, index: str | None, reader: str | None) -> int:
    """Answer the assistant that started it until it closes our input."""
    session = Session.start(language, index, reader)
    library = session.open(to_answer=True)
    from rag.build import open_for_writing
    from ui.mcp_server import serve_stdio
    from ui.page_api import Api
    from ui.page_desk import Desk

    def leave() -> None:
        if library.read_only:  # the samples lie in a temporary folder
            shutil.rmtree(library.folder, ignore_errors=True)

    serve_stdio(Api(Desk(library, session.settings, open_for_writing), session.settings), leave=leave)
    return 0
