"""``wenju passwd``: who may log in to the web chat, and with which password."""

import getpass
import sys
from functools import partial
from pathlib import Path

import click

from ui import auth_file, output, passwords
from ui.bilingual import Command, not_empty
from ui.catalog_cli import HELP
from ui.catalog_login import AUTH
from ui.errors import AuthError
from ui.language import Language, say
from ui.session import Session, words

DONE = 0


class _Option(click.Option):
    """An option whose help says itself that it is required, in its own language."""

    def get_help_extra(self, ctx: click.Context) -> click.types.OptionHelpExtra:
        """Without click's own word for it."""
        extra = super().get_help_extra(ctx)
        extra.pop("required", None)
        return extra


def command(language: Language) -> click.Command:
    """``passwd NAME --auth-file FILE [--remove]``."""
    file = auth_file_option(language, "auth_file_to_write", required=True)
    remove = click.Option(["--remove"], is_flag=True, help=say(AUTH, language, "remove"))
    name = click.Argument(["name"], metavar=say(AUTH, language, "name_meta"))
    return Command(language, "passwd", partial(run, language), [name, file, remove])


def auth_file_option(language: Language, help: str = "auth_file", *, required: bool = False) -> click.Option:
    """``--auth-file``: who may log in; ``help`` is the key of what is done with it."""
    return _Option(
        ["--auth-file"],
        metavar=say(HELP, language, "file_meta"),
        callback=not_empty(language),
        required=required,
        help=say(AUTH, language, help),
    )


def run(language: Language, *, name: str, auth_file: str, remove: bool) -> int:
    """Write or take out one line of the file."""
    session = Session.start(language)
    return _run(session.language, words(name), Path(words(auth_file)), remove=remove)


def _run(language: Language, given: str, path: Path, *, remove: bool) -> int:
    name = auth_file.name_of(given)
    if name is None:
        raise AuthError("bad_name", name=given, limit=auth_file.LONGEST_NAME)
    if remove:
        left = auth_file.remove_person(path, name)
        output.show_line(say(AUTH, language, "removed", name=name, path=path, count=left))
        return DONE
    password = _asked(language, name)
    was_there, count = auth_file.set_person(path, name, passwords.keep(password))
    said = "changed" if was_there else "added"
    output.show_line(say(AUTH, language, said, name=name, path=path, count=count))
    return DONE


def _asked(language: Language, name: str) -> str:
    """The new password: typed twice and not shown, or a line of standard input where that is no terminal."""
    if sys.stdin.isatty():
        question = say(AUTH, language, "ask", name=name, least=passwords.SHORTEST)
        password = _good(_typed(question), name)
        if passwords.plain(_typed(say(AUTH, language, "again"))) != passwords.plain(password):
            raise AuthError("differ")
        return password
    return _good(words(sys.stdin.readline().rstrip("\r\n")), name)


def _typed(question: str) -> str:
    try:
        return words(getpass.getpass(question, stream=sys.stderr))
    except EOFError as error:
        raise AuthError("no_password") from error


def _good(password: str, name: str) -> str:
    count = len(passwords.plain(password))
    if not count:
        raise AuthError("no_password")
    if count < passwords.SHORTEST:
        raise AuthError("too_short", count=count, least=passwords.SHORTEST)
    if count > passwords.LONGEST:
        raise AuthError("too_long", count=count, limit=passwords.LONGEST)
    if passwords.plain(password) == name:
        raise AuthError("is_name")
    return password
