"""The row above the question in which the documents to ask are chosen: what there is to choose, as HTML. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rag.answer import DocumentRecord
from rag.scope import Scope, issuers, year
from ui import render
from ui.catalog_collections import COLLECTIONS
from ui.catalog_scope import SCOPE
from ui.escaping import html
from ui.language import Language, say

MOST = 2000
"""Documents that are listed; whoever has more chooses among them by issuer or year."""
FILTERED = 8
"""Lines above which a list can be searched."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the documents of an index can be chosen by: value -> what is shown, in the order shown.

    With each of the ``collections`` stands how many documents are in it.
    """

    collections: Mapping[str, int]
    documents: dict[str, str]
    issuers: dict[str, str]
    years: dict[str, str]


NO_COLLECTIONS: Mapping[str, int] = MappingProxyType({})


def choices_of(records: Sequence[DocumentRecord], collections: Mapping[str, int] = NO_COLLECTIONS) -> Choices:
    """The documents by title, their issuers with the most documents first, their years with the latest first."""
    counted: dict[str, int] = {}
    for name in (name for record in records for name in issuers(record)):
        counted[name] = counted.get(name, 0) + 1
    dated = {found for record in records if (found := year(record)) is not None}
    titled = sorted(records[:MOST], key=lambda record: (record.title, record.path))
    return Choices(
        collections=collections,
        documents={record.id: render.document_name(record) for record in titled},
        issuers={name: name for name in sorted(counted, key=lambda name: (-counted[name], name))},
        years={str(each): str(each) for each in sorted(dated, reverse=True)},
    )


def chosen(choices: Choices, *, documents: object, issuers: object, years: object, collections: object = None) -> Scope:
    """The scope that the page says; what it says may be anything, and only what there is to choose counts."""
    return Scope(
        documents=_known(documents, choices.documents),
        issuers=_known(issuers, choices.issuers),
        years=tuple(map(int, _known(years, choices.years))),
        collections=_known(collections, choices.collections),
    )


def kept(choices: Choices, scope: Scope) -> Scope:
    """What of ``scope`` there still is to choose."""
    years = [str(each) for each in scope.years]
    said = {"documents": list(scope.documents), "issuers": list(scope.issuers), "years": years}
    return chosen(choices, **said, collections=list(scope.collections))


def named(choices: Choices, scope: Scope) -> tuple[str, ...]:
    """What is chosen in words, the same in both languages."""
    documents = (choices.documents.get(id, id) for id in scope.documents)
    return (*scope.collections, *documents, *scope.issuers, *map(str, scope.years))


def scope_html(choices: Choices, scope: Scope, language: Language) -> str:
    """A list to open for each field that has more than one value, and for collections where there are any."""
    counted = {
        name: say(COLLECTIONS, language, "counted", name=name, count=count)
        for name, count in choices.collections.items()
    }
    fields = (
        ("collections", counted, scope.collections),
        ("documents", choices.documents, scope.documents),
        ("issuers", choices.issuers, scope.issuers),
        ("years", choices.years, [str(each) for each in scope.years]),
    )
    lists = "".join(
        _list(field, values, ticked, language)
        for field, values, ticked in fields
        if len(values) > (0 if field == "collections" else 1)
    )
    if not lists:
        return ""
    return (
        f'<div class="scope" role="group" aria-label="{html(say(SCOPE, language, "scope"))}">{lists}'
        f'<button type="button" class="clear" data-clear{"" if scope else " hidden"}>'
        f"{html(say(SCOPE, language, 'everything'))}</button></div>"
    )


def within_html(names: Iterable[str], language: Language) -> str:
    """The line under a question that was not asked of everything; nothing where it was."""
    shown = "、".join(names)
    return f'<p class="within">{html(say(SCOPE, language, "within"))}<span>{html(shown)}</span></p>' if shown else ""


def _known(said: object, values: Mapping[str, object]) -> tuple[str, ...]:
    """Those of ``values`` that are ticked."""
    ticked = {each for each in said if isinstance(each, str)} if isinstance(said, list) else set()
    return tuple(value for value in values if value in ticked)


def _list(field: str, values: dict[str, str], ticked: Iterable[str], language: Language) -> str:
    label, on = html(say(SCOPE, language, field)), set(ticked)
    rows = "".join(
        f'<li><label><input type="checkbox" value="{html(value)}"{" checked" if value in on else ""}>'
        f"<span>{html(shown)}</span></label></li>"
        for value, shown in values.items()
    )
    filter_label = html(say(SCOPE, language, "filter"))
    search = f'<input type="search" data-filter aria-label="{filter_label}" placeholder="{filter_label}">'
    return (
        f'<details class="choice" data-field="{field}"><summary>{label}<b>{len(on) or ""}</b></summary>'
        f'<div class="choices">{search if len(values) > FILTERED else ""}<ul aria-label="{label}">{rows}</ul></div>'
        "</details>"
    )
