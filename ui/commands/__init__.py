"""One file a command: its options, one call into ``rag``, its output, its exit code."""

import click

from ui.bilingual import Group
from ui.catalog_cli import HELP
from ui.commands import ask, chat, collections, docs, doctor, index, mcp, models, passwd, search, serve, tune
from ui.commands import eval as evaluation
from ui.language import Language, say


def tree(language: Language) -> Group:
    """The ``wenju`` command with all its subcommands, in ``language``."""
    modules = (index, docs, collections, search, ask, chat, serve, passwd, mcp, evaluation, tune, models, doctor)
    version = click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_version,
        help=say(HELP, language, "version"),
    )
    return Group(language, "wenju", [module.command(language) for module in modules], version)


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        from ui.doctor import installed_version

        click.echo(f"wenju {installed_version('wenju') or '(source)'}")
        ctx.exit()
