"""The row above the list of documents in which a collection is chosen, made, renamed and deleted, as HTML. Pure."""

from collections.abc import Mapping

from rag.collections import LONGEST
from ui.catalog_collections import COLLECTIONS
from ui.escaping import html
from ui.language import Language, say


def row_html(counts: Mapping[str, int], total: int, chosen: str, language: Language) -> str:
    """The row.

    Args:
        counts: Every collection with how many documents are in it, in the order shown.
        total: How many documents there are in all.
        chosen: The collection that is looked at; empty for everything.
        language: Of the page.
    """

    def text(key: str, **facts: object) -> str:
        return html(say(COLLECTIONS, language, key, **facts))

    shown = {"": text("everything", count=total)}
    shown |= {name: text("counted", name=name, count=count) for name, count in counts.items()}
    options = "".join(
        f'<option value="{html(name)}"{" selected" if name == chosen else ""}>{said}</option>'
        for name, said in shown.items()
    )
    picker = f'<select data-collection aria-label="{text("collection")}">{options}</select>' if counts else ""
    make = f'<button type="button" class="more" data-naming="make" aria-expanded="false">{text("make")}</button>'
    forms = _naming("make", "", language)
    if chosen:
        make += (
            f'<button type="button" class="more" data-naming="rename" aria-expanded="false"'
            f' aria-label="{text("rename_one", name=chosen)}">'
            f"{text('rename')}</button>"
            f'<button type="button" class="remove" data-ask-remove aria-label="{text("delete_one", name=chosen)}">'
            f"{text('delete')}</button>"
        )
        forms += _naming("rename", chosen, language) + (
            f'<span class="confirm" hidden><span>{text("confirm", name=chosen)}</span>'
            f'<button type="button" class="danger" data-drop="{html(chosen)}">{text("yes")}</button>'
            f'<button type="button" data-keep>{text("no")}</button></span>'
        )
        forms += f'<p class="hint">{text("hint", name=chosen)}</p>'
    return f'<div class="collections" role="group" aria-label="{text("collections")}">{picker}{make}{forms}</div>'


def _naming(form: str, name: str, language: Language) -> str:
    """A field for a name, hidden until it is wanted; ``name`` is what it is called now."""
    label, save, leave = (html(say(COLLECTIONS, language, key)) for key in ("name", "save", "no"))
    return (
        f'<span class="naming" data-form="{form}" data-of="{html(name)}" hidden>'
        f'<input type="text" data-name maxlength="{LONGEST}" value="{html(name)}" autocomplete="off"'
        f' aria-label="{label}" placeholder="{label}"><button type="button" class="button" data-save>{save}</button>'
        f'<button type="button" class="more" data-leave>{leave}</button></span>'
    )
