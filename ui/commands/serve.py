"""``wenju serve``: the web chat."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from rag.errors import SettingsError
from ui.bilingual import Command, whole_number
from ui.catalog_cli import HELP
from ui.catalog_documents import DOCUMENTS
from ui.commands.options import index_option, reader_option
from ui.commands.passwd import auth_file_option
from ui.language import Language, say
from ui.page_paths import NoFolder, Places, folders
from ui.session import Session, words

HOST, PORT, LAST_PORT = "127.0.0.1", 7860, 65535


def command(language: Language) -> click.Command:
    """``serve [--index DIR] [--reader ...] [--host ...] [--port 7860] [--auth-file FILE] [--allow-folder DIR]...``."""
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
    allowed, watched = (
        click.Option(
            [option, name],
            multiple=True,
            metavar=say(HELP, language, "folder_meta"),
            callback=_folders(language),
            help=say(DOCUMENTS, language, key),
        )
        for option, name, key in (
            ("--allow-folder", "allowed", "allow_folder"),
            ("--watch", "watched", "watch"),
        )
    )
    params = [index_option(language), reader_option(language), host, port, auth_file_option(language), browser]
    params += [allowed, watched]
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
    allowed: tuple[Path, ...],
    watched: tuple[Path, ...],
) -> int:
    """Serve until interrupted; the page itself says where a host or a port cannot be had."""
    settings = Session.start(language, index, reader).settings
    for folder in watched:
        if any(folder.is_relative_to(own.resolve()) for own in (settings.home, settings.index)):
            raise SettingsError(where="--watch", detail=say(DOCUMENTS, language, "own_folder", folder=folder))
    from ui import app

    people = Path(words(auth_file)) if auth_file else None
    places = Places(allowed=allowed, watched=watched)
    app.serve(settings, host=host, port=port, auth_file=people, open_browser=open_browser, places=places)
    return 0


def _folders(
    language: Language,
) -> Callable[[click.Context, click.Parameter, tuple[str, ...]], tuple[Path, ...]]:
    def check(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[Path, ...]:
        try:
            return folders(values)
        except NoFolder as error:
            raise click.BadParameter(say(DOCUMENTS, language, "no_folder", folder=error), ctx, param) from error

    return check
