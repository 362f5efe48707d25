"""``--document``, ``--folder``, ``--issuer``, ``--year``, ``--number``, ``--collection``: what is asked."""

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from rag.errors import BadScope
from rag.scope import Scope, scope_of, year_of
from ui.catalog_cli import USAGE
from ui.catalog_scope import SCOPE
from ui.language import Language, say
from ui.session import words

FIELDS = {
    "document": "documents",
    "folder": "folders",
    "issuer": "issuers",
    "year": "years",
    "number": "numbers",
    "collection": "collections",
}
"""The options, and the field of a scope that each fills."""
HERE = ("./", "../", ".\\", "..\\")
"""What a folder begins with that is written as seen from the current one."""


def scope_options(language: Language) -> list[click.Option]:
    """One option for each field of a scope, each of which may be given several times."""
    return [
        click.Option(
            [f"--{name}", field],
            multiple=True,
            metavar=say(SCOPE, language, f"{name}_meta"),
            callback=_chosen(language, field),
            help=say(SCOPE, language, name),
        )
        for name, field in FIELDS.items()
    ]


def scope_of_options(chosen: Mapping[str, tuple[str, ...]]) -> Scope | None:
    """The scope that the values of :func:`scope_options` come to; ``None`` where nobody chose anything."""
    return scope_of(**chosen) or None


def as_options(scope: Scope | None) -> list[str]:
    """The options that come to ``scope``, as they are typed."""
    said = scope.as_record() if scope else {}
    typed = [(f"--{name}", str(value)) for name, field in FIELDS.items() for value in said.get(field, [])]
    return [part for option in typed for part in option]


def _chosen(
    language: Language, field: str
) -> Callable[[click.Context, click.Parameter, tuple[str, ...]], tuple[str, ...]]:
    def check(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            if not value.strip():
                raise click.BadParameter(say(USAGE, language, "empty"), ctx, param)
            if field == "years" and not _is_year(value):
                raise click.BadParameter(say(SCOPE, language, "not_a_year", value=value), ctx, param)
        return tuple(map(_folder if field == "folders" else words, values))

    return check


def _is_year(value: str) -> bool:
    try:
        return bool(year_of(value))
    except BadScope:
        return False


def _folder(value: str) -> str:
    """A folder as seen from the current one as the index knows it; any other as it was written."""
    if value in (".", "..") or value.startswith(HERE):
        return str(Path(value).resolve())
    return words(value)
