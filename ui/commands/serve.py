"""``wenju serve``: the web chat."""

from functools import partial
from pathlib import Path

import click

from ui.bilingual import Command, whole_number
from ui.catalog_cli import HELP
from ui.commands.options import index_option, reader_option
from ui.commands.passwd import auth_file_option
from ui.language import Language, say
from ui.session import Session, words

HOST, PORT, LAST_PORT = "127.0.0.1", 7860, 65535


def command(language: Language) -> click.Command:
    """``serve [--index DIR] [--reader ...] [--host 127.0.0.1] [--port 7860] [--auth-file FILE]``."""
    host = click.Option(
        ["--host"], default=HOST, metavar=say(HELP, language, "text_meta"), help=say(HELP, language, "host")
    )
    port = click.Option(
        ["--port"],
        default=str(PORT),
        metavar=say(HELP, language, "number_meta"),
        callback=whole_number(language, 1, LAST_PORT),
        help=say(HELP, language, "port"),
    )
    browser = click.Option(["--open", "open_browser"], is_flag=True, help=say(HELP, language, "open"))
    params = [index_option(language), reader_option(language), host, port, auth_file_option(language), browser]
    return Command(language, "serve", partial(run, language), params)


def run(
    language: Language,
    *,
    index: str | None,
    reader: str | None,
    host: str,
    port: int,
    auth_file: str | None,
    open_browser: bool,
) -> int:
    """Serve until interrupted; the page itself says where a host or a port cannot be had."""
    settings = Session.start(language, index, reader).settings
    from ui import app

    people = Path(words(auth_file)) if auth_file else None
    app.serve(settings, host=host, port=port, auth_file=people, open_browser=open_browser)
    return 0
