"""The list of documents as HTML: what to look for, a page of rows, what one document says of itself. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rag.answer import DocumentRecord
from ui.catalog_collections import COLLECTIONS
from ui.catalog_documents import DOCUMENTS
from ui.catalog_web import WEB
from ui.escaping import html
from ui.language import Language, say
from ui.page_listing import ORDERS, Listing, View, counted_issuers, counted_years, kind

ORDER_LABELS = {
    "title": "by_title",
    "date": "by_date",
    "age": "by_age",
    "issuer": "by_issuer",
    "size": "by_size",
    "indexed": "by_indexed",
}
FINDER_FROM = 2
"""Documents from which on there is something to look for."""
CHOICES = 500
"""Issuers to choose from; the rest can be searched for."""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A page of the list with what belongs to it: when documents came in, and the one whose details are shown.

    ``collection`` is the one that is looked at, empty for everything; ``collections`` are the names of all.
    """

    listing: Listing
    view: View
    indexed: Mapping[str, datetime]
    details: str = ""
    collection: str = ""
    collections: Sequence[str] = ()


def finder_html(records: Sequence[DocumentRecord], view: View, language: Language, *, total: int) -> str:
    """Words to search for, and what to filter and sort by among ``records``; nothing where ``total`` is one."""
    if total < FINDER_FROM or not records:
        return ""
    label = html(say(DOCUMENTS, language, "find"))
    orders: dict[str, str] = {each: say(DOCUMENTS, language, ORDER_LABELS[each]) for each in ORDERS}
    filters = (
        ("issuer", "issuer_filter", "any_issuer", counted_issuers(records)),
        ("year", "year_filter", "any_year", counted_years(records)),
    )
    lists = "".join(
        _select(field, say(DOCUMENTS, language, name), _counted(everything, counts, language), getattr(view, field))
        for field, name, everything, counts in filters
        if counts
    )
    return (
        f'<div class="finder" role="search"><input type="search" data-words maxlength="200" value="{html(view.words)}"'
        f' aria-label="{label}" placeholder="{label}">'
        f'<div class="choosers">{lists}'
        f"{_select('order', say(DOCUMENTS, language, 'sort'), orders, view.order)}</div></div>"
    )


def rows_html(rows: Rows, language: Language, *, read_only: bool) -> str:
    """How many fit, what can be done with those that are ticked, one row a document, and the other pages."""
    listing = rows.listing
    if not listing.total and rows.collection:
        empty = say(COLLECTIONS, language, "empty", name=rows.collection)
        return f'<p class="note">{html(empty)}</p>'
    if not listing.total:
        return f'<p class="note">{html(say(WEB, language, "empty"))}</p>'
    note = f'<p class="note">{html(say(WEB, language, "read_only"))}</p>' if read_only else ""
    if not listing.found:
        return f'{_count(rows, language)}{note}<p class="note">{html(say(DOCUMENTS, language, "none_found"))}</p>'
    items = "".join(_row(record, rows, language, removable=not read_only) for record in listing.shown)
    several = "" if read_only else _several(rows, language)
    return f'{_count(rows, language)}{note}{several}<ul class="files">{items}</ul>{_pages(listing, language)}'


def details_html(
    record: DocumentRecord, facts: Sequence[tuple[str, str, str]], plain: Sequence[tuple[str, str]], language: Language
) -> str:
    """What a document says of itself, each value a button that opens it there; then what is known of the file.

    Args:
        record: The document.
        facts: Label, value and field of what it says; without a field where its text does not say so.
        plain: Label and value of what is known besides.
        language: Of the page.
    """
    said = "".join(
        f"<div><dt>{html(label)}</dt><dd>{_value(record, value, field, language)}</dd></div>"
        for label, value, field in facts
    )
    known = "".join(f"<div><dt>{html(label)}</dt><dd>{html(value)}</dd></div>" for label, value in plain)
    label = html(say(DOCUMENTS, language, "details_of", title=record.title))
    return f'<dl class="details" role="group" aria-label="{label}">{said}{known}</dl>'


def named_html(label: str, named: Sequence[tuple[str, str | None]], language: Language) -> str:
    """The documents that one names, as a last line of its details; those in the index open on a click."""
    if not named:
        return ""
    items = "".join(
        f'<li><button type="button" data-open="{html(id)}" title="{html(say(WEB, language, "open", title=name))}">'
        f"{html(name)}</button></li>"
        if id
        else f"<li>{html(name)}</li>"
        for name, id in named
    )
    return f'<div class="named-documents"><p>{html(label)}</p><ul>{items}</ul></div>'


def foot_html(lines: Sequence[str], language: Language, *, read_only: bool) -> str:
    """What there is and what it takes of the disk, in ``lines``; and a button to look at all files again."""
    hint = html(say(DOCUMENTS, language, "refresh_hint"))
    again = (
        ""
        if read_only
        else f'<button type="button" class="button" data-refresh title="{hint}">'
        f"{html(say(DOCUMENTS, language, 'refresh'))}</button>"
    )
    return f'<div class="foot"><p>{"<br>".join(map(html, lines))}</p>{again}</div>'


def _count(rows: Rows, language: Language) -> str:
    listing = rows.listing
    if not rows.view.narrowed:
        return f'<p class="count">{html(say(WEB, language, "documents", count=listing.total))}</p>'
    said = say(DOCUMENTS, language, "found", count=listing.found, total=listing.total)
    clear = html(say(DOCUMENTS, language, "clear"))
    return (
        f'<p class="count"><span role="status">{html(said)}</span>'
        f' <button type="button" class="plain" data-clear-view>{clear}</button></p>'
    )


def _several(rows: Rows, language: Language) -> str:
    """What can be done with several documents; our script fills in how many they are, and hides it for none."""

    def text(key: str) -> str:
        return html(say(DOCUMENTS, language, key, count="%s"))

    return (
        f'<div class="several"><label><input type="checkbox" data-tick-page><span>{text("tick_page")}</span></label>'
        f'<span class="ticked" hidden><span data-count="{text("ticked")}" aria-live="polite"></span>'
        f'<button type="button" class="remove" data-ask-ticked>{text("remove_ticked")}</button>'
        f'<button type="button" class="plain" data-untick>{text("untick")}</button></span>{_sorting(rows, language)}'
        f'<span class="confirm" hidden><span data-confirm="{text("confirm_ticked")}"></span>'
        f'<span class="titles" data-more="{text("and_more")}"></span>'
        f'<button type="button" class="danger" data-remove-ticked>{html(say(WEB, language, "confirm_yes"))}</button>'
        f'<button type="button" data-keep-ticked>{html(say(WEB, language, "confirm_no"))}</button></span></div>'
    )


def _sorting(rows: Rows, language: Language) -> str:
    """Where the ticked documents can be put, and taken out of."""
    others = [name for name in rows.collections if name != rows.collection]
    options = "".join(f'<option value="{html(name)}">{html(name)}</option>' for name in others)
    put = (
        f"<label>{html(say(COLLECTIONS, language, 'into'))}<select data-into>{options}</select></label>"
        f'<button type="button" class="button" data-put>{html(say(COLLECTIONS, language, "put_in"))}</button>'
    )
    take = say(COLLECTIONS, language, "take_out", name=rows.collection)
    taken = f'<button type="button" class="button" data-take="{html(rows.collection)}">{html(take)}</button>'
    ways = (put if others else "") + (taken if rows.collection else "")
    return f'<span class="sorting" hidden>{ways}</span>' if ways else ""


def _row(record: DocumentRecord, rows: Rows, language: Language, *, removable: bool) -> str:
    opened = rows.view.opened == record.id
    came = rows.indexed.get(record.id)
    facts = (
        record.number,
        record.issuer,
        record.date,
        say(WEB, language, "paragraphs", count=record.paragraphs),
        kind(record),
        came and say(DOCUMENTS, language, "indexed_on", date=came.astimezone().strftime("%Y-%m-%d")),
    )
    id, title = html(record.id), html(record.title)
    tick = (
        f'<input type="checkbox" data-tick="{id}" data-title="{title}"'
        f' aria-label="{html(say(DOCUMENTS, language, "tick", title=record.title))}">'
    )
    opener = (
        f'<button type="button" class="file" data-open="{id}"'
        f' title="{html(say(WEB, language, "open", title=record.title))}"><span class="file-title">{title}</span>'
        f'<span class="file-facts">{_joined([fact for fact in facts if fact])}</span></button>'
    )
    more = (
        f'<button type="button" class="more" data-details="{id}" aria-expanded="{str(opened).lower()}"'
        f' aria-label="{html(say(DOCUMENTS, language, "details_of", title=record.title))}">'
        f"{html(say(DOCUMENTS, language, 'details'))}</button>"
    )
    tail = _remover(record, language) if removable else ""
    return f"<li>{tick if removable else ''}{opener}{more}{tail}{rows.details if opened else ''}</li>"


def _joined(facts: Sequence[str]) -> str:
    """``facts`` in one line that breaks between them alone."""
    behind = [" ·"] * (len(facts) - 1) + [""]
    return " ".join(f"<span>{html(fact + dot)}</span>" for fact, dot in zip(facts, behind, strict=True))


def _remover(record: DocumentRecord, language: Language) -> str:
    """A button, and what asks back once it has been pressed."""
    return (
        f'<button type="button" class="remove" data-ask-remove="{html(record.id)}"'
        f' aria-label="{html(say(WEB, language, "remove_title", title=record.title))}">'
        f"{html(say(WEB, language, 'remove'))}</button>"
        f'<span class="confirm" hidden><span>{html(say(WEB, language, "confirm"))}</span>'
        f'<button type="button" class="danger" data-remove="{html(record.id)}">'
        f"{html(say(WEB, language, 'confirm_yes'))}</button>"
        f'<button type="button" data-keep>{html(say(WEB, language, "confirm_no"))}</button></span>'
    )


def _value(record: DocumentRecord, value: str, field: str, language: Language) -> str:
    if not field:
        return html(value)
    title = html(say(DOCUMENTS, language, "see", value=value))
    return (
        f'<button type="button" data-open="{html(record.id)}" data-field="{html(field)}" title="{title}">'
        f"{html(value)}</button>"
    )


def _pages(listing: Listing, language: Language) -> str:
    if listing.pages < 2:
        return ""
    place = say(DOCUMENTS, language, "of_pages", page=listing.page + 1, pages=listing.pages)
    steps = (
        ("earlier", listing.page - 1, listing.page == 0),
        ("later", listing.page + 1, listing.page + 1 >= listing.pages),
    )
    first, last = (
        f'<button type="button" class="button" data-page="{page}"{" disabled" if end else ""}>'
        f"{html(say(DOCUMENTS, language, key))}</button>"
        for key, page, end in steps
    )
    label = html(say(DOCUMENTS, language, "pages"))
    return f'<nav class="pages" aria-label="{label}">{first}<span>{html(place)}</span>{last}</nav>'


def _counted(everything: str, counts: Mapping[str, int], language: Language) -> dict[str, str]:
    """The values of a filter with the number of their documents, and first none of them."""
    shown = list(counts.items())[:CHOICES]
    said = {name: say(DOCUMENTS, language, "counted", name=name, count=count) for name, count in shown}
    return {"": say(DOCUMENTS, language, everything), **said}


def _select(field: str, label: str, choices: Mapping[str, str], chosen: str) -> str:
    options = "".join(
        f'<option value="{html(value)}"{" selected" if value == chosen else ""}>{html(shown)}</option>'
        for value, shown in choices.items()
    )
    return f'<select data-find="{field}" aria-label="{html(label)}">{options}</select>'
