"""``wenju collections``: list them, make, rename and remove one, put documents in and take them out."""

from functools import partial
from typing import TYPE_CHECKING

import click

from rag.members import memberships
from ui import output
from ui.bilingual import Command
from ui.catalog_collections import COLLECTIONS
from ui.collection_size import Size, lies_in, size_of
from ui.commands.options import index_option, json_option
from ui.errors import CollectionError
from ui.footprint import bytes_in, megabytes
from ui.language import Language, say
from ui.records import collection_record
from ui.session import Session
from ui.session import words as decoded

if TYPE_CHECKING:
    from rag.library import Library

ARGUMENTS = {"list": (0, 0), "create": (1, 1), "rename": (2, 2), "remove": (1, 1), "put": (2, None), "take": (2, None)}
"""How many words each action takes: at least, at most."""


def command(language: Language) -> click.Command:
    """``collections [list | create NAME | ...] [--index DIR] [--json]``: one command, as ``docs`` is."""
    params = [
        click.Argument(["words"], nargs=-1, metavar=say(COLLECTIONS, language, "meta")),
        index_option(language),
        json_option(language),
    ]
    return Command(language, "collections", partial(run, language), params)


def run(language: Language, *, words: tuple[str, ...], index: str | None, as_json: bool) -> int:
    """Do what the first of ``words`` says; as JSON the collections are listed afterwards, whatever was done."""
    action, *rest = words or ("list",)
    _check(action, rest, language)
    session = Session.start(language, index)
    library = session.open()
    done = "" if action == "list" else _change(library, action, [decoded(each) for each in rest], language)
    sizes = _sizes(library, session) if as_json or not done else {}
    if as_json:
        output.emit({"collections": [collection_record(name, size) for name, size in sizes.items()]})
    elif done:
        output.show_line(done)
    elif not sizes:
        output.note(say(COLLECTIONS, language, "none"))
    for name, size in {} if as_json else sizes.items():
        facts = {"documents": size.documents, "paragraphs": size.paragraphs}
        taken = megabytes(size.index + size.uploads)
        output.show_line(say(COLLECTIONS, language, "line", name=name, size=taken, **facts))
    return 0


def _check(action: str, rest: list[str], language: Language) -> None:
    if action not in ARGUMENTS:
        raise CollectionError("action", action=action)
    least, most = ARGUMENTS[action]
    if len(rest) < least or (most is not None and len(rest) > most):
        raise CollectionError("usage", action=action, form=say(COLLECTIONS, language, f"form_{action}"))


def _change(library: "Library", action: str, rest: list[str], language: Language) -> str:
    """Do it, and say what was done."""
    kept, (name, *others) = library.collections, rest
    match action:
        case "create":
            return say(COLLECTIONS, language, "created", name=kept.create(name))
        case "rename":
            return say(COLLECTIONS, language, "renamed", name=kept.rename(name, others[0]))
        case "remove":
            kept.delete(name)
            return say(COLLECTIONS, language, "deleted", name=name)
    paths = {library.document(id).path for id in others}
    if action == "put":
        kept.put(name, sorted(paths))
        return say(COLLECTIONS, language, "put", count=len(paths), name=name)
    known = [record.path for record in library.documents()]
    for folder in kept.take(name, paths, known):
        output.note(say(COLLECTIONS, language, "opened", folder=folder, name=name))
    return say(COLLECTIONS, language, "taken", count=len(paths), name=name)


def _sizes(library: "Library", session: Session) -> dict[str, Size]:
    """What each collection takes, by its name."""
    kept, records = library.collections.all(), library.documents()
    inside = memberships(kept, [record.path for record in records])
    index, uploaded = bytes_in(session.settings.index), lies_in(session.settings.home / "uploads")
    return {
        each.name: size_of(
            [record for record in records if each.name in inside[record.path]], records, index=index, kept=uploaded
        )
        for each in kept
    }
