"""``wenju docs``: list, show or remove the documents of an index."""

from functools import partial
from typing import TYPE_CHECKING

import click

from rag.answer import Document, DocumentRecord
from rag.errors import UnknownDocument
from rag.members import memberships
from ui import escaping, output, render
from ui.bilingual import Command
from ui.catalog_cli import FIELDS, HELP, MESSAGES
from ui.commands.options import index_option, json_option
from ui.errors import InputError
from ui.language import Language, say
from ui.records import document_record, whole_document
from ui.session import Session

if TYPE_CHECKING:
    from rag.library import Library


def command(language: Language) -> click.Command:
    """``docs [list | show ID | remove ID...] [--index DIR] [--json]``: one command, so that options stand anywhere."""
    params = [
        click.Argument(["words"], nargs=-1, metavar=say(HELP, language, "docs_meta")),
        index_option(language),
        json_option(language),
    ]
    return Command(language, "docs", partial(run, language), params)


def run(language: Language, *, words: tuple[str, ...], index: str | None, as_json: bool) -> int:
    """Do what the first of ``words`` says with the documents that the others name."""
    action, ids = (words[0], words[1:]) if words else ("list", ())
    _check(action, ids)
    library = Session.start(language, index).open()
    if action == "show":
        _show(library, ids[0], language, as_json=as_json)
    elif action == "remove":
        removed = library.remove(ids)
        if as_json:
            output.emit({"removed": removed})
        else:
            output.show_line(say(MESSAGES, language, "removed", count=removed))
    else:
        _list(library, language, as_json=as_json)
    return 0


def _check(action: str, ids: tuple[str, ...]) -> None:
    if action not in ("list", "show", "remove"):
        raise InputError("docs_action", action=action)
    if action == "list" and ids:
        raise InputError("docs_list_none")
    if action == "show" and len(ids) != 1:
        raise InputError("docs_show_one")
    if action == "remove" and not ids:
        raise InputError("docs_remove_some")


def _list(library: "Library", language: Language, *, as_json: bool) -> None:
    records = library.documents()
    if as_json:
        inside = memberships(library.collections.all(), [record.path for record in records])
        output.emit({"documents": [document_record(record, inside[record.path]) for record in records]})
        return
    if not records:
        output.note(say(MESSAGES, language, "docs_empty"))
    for record in records:
        output.show_line(_line(record, language))


def _line(record: DocumentRecord, language: Language) -> str:
    size = say(MESSAGES, language, "docs_size", paragraphs=record.paragraphs, characters=record.characters)
    return f"{record.id}  {render.document_name(record)}  {size}  {record.path}"


def _show(library: "Library", id: str, language: Language, *, as_json: bool) -> None:
    document = library.document(id)
    record = _record_of(library, document)
    if as_json:
        inside = memberships(library.collections.all(), [record.path])[record.path]
        output.emit(whole_document(document, record, library.references(document), inside))
        return
    output.show_line(_line(record, language))
    for name, value in document.metadata.items():
        output.show_line(f"  {say(FIELDS, language, name) if name in FIELDS else name}: {value}")
    for reference, named in library.references(document):
        name = (f"《{reference.title}》" if reference.title else "") + (reference.number or "")
        output.show_line(f"  {say(FIELDS, language, 'references')}: {name}{f'  {named}' if named else ''}")
    output.show(f"\n{escaping.terminal(document.text)}")


def _record_of(library: "Library", document: Document) -> DocumentRecord:
    for record in library.documents():
        if record.id == document.id:
            return record
    # Somebody removed it between the two looks.
    raise UnknownDocument(id=document.id)
