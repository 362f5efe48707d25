"""The row of buttons above a document: back, the places of the answer, text or page, copying. Pure, escaped."""

import json

from rag.answer import DocumentRecord
from rag.original import has_pages
from ui.catalog_source import SOURCE
from ui.catalog_web import WEB
from ui.escaping import html
from ui.language import Language, say
from ui.reference import reference
from ui.render import source_line
from ui.source_link import link_to
from ui.source_places import Source, Words


def tools_html(opened: Source | None, language: Language, outline: str = "") -> str:
    """The row, ``outline`` under it; for our script the links and references of all places lie in it as JSON."""
    middle = "" if opened is None else _steps(opened, language) + _views(opened.document, language)
    copying = "" if opened is None else _copying(opened, language)
    left, right = (_button("action", key, say(WEB, language, key)) for key in ("back", "close"))
    return f'<div class="tools"{_data(opened, language)}>{left}{middle}{copying}{right}{outline}</div>'


def cite_html(words: Words, language: Language) -> str:
    """The button that copies a source as a reference."""
    label = say(SOURCE, language, "copy_reference")
    spoken = html(say(SOURCE, language, "copy_reference_of", source=source_line(words, language)))
    return (
        f'<button type="button" class="cite" data-copy="{html(reference(words, language))}" aria-label="{spoken}"'
        f"{said_of_copying(language)}>{html(label)}</button>"
    )


def _data(opened: Source | None, language: Language) -> str:
    if opened is None:
        return ""
    references = [None if spot.words is None else reference(spot.words, language) for spot in opened.spots]
    distinct = list(dict.fromkeys(references))
    places = [[link_to(spot), distinct.index(said)] for spot, said in zip(opened.spots, references, strict=True)]
    facts = json.dumps({"places": places, "references": distinct}, ensure_ascii=False)
    total = len(opened.spots)
    counting = html(say(SOURCE, language, "count", number="%s", total=total))
    return (
        f' data-document="{html(opened.document.id)}" data-current="{opened.current if total else -1}"'
        f' data-places="{html(facts)}" data-counting="{counting}"'
    )


def _steps(opened: Source, language: Language) -> str:
    total = len(opened.spots)
    if total < 2:
        return ""
    before, behind = (html(say(SOURCE, language, key)) for key in ("previous", "next"))
    count = html(say(SOURCE, language, "count", number=opened.current + 1, total=total))
    label = html(say(SOURCE, language, "places"))
    return (
        f'<span class="steps" role="group" aria-label="{label}">'
        f'<button type="button" data-step="-1" title="{before}" aria-label="{before}" aria-keyshortcuts="[">‹</button>'
        f'<output class="step-count" aria-live="polite">{count}</output>'
        f'<button type="button" data-step="1" title="{behind}" aria-label="{behind}" aria-keyshortcuts="]">›</button>'
        "</span>"
    )


def _views(record: DocumentRecord, language: Language) -> str:
    if not has_pages(record.path):
        return ""
    label = html(say(SOURCE, language, "as"))
    buttons = "".join(
        f'<button type="button" data-leaf="{key}" aria-pressed="{"true" if key == "text" else "false"}">'
        f"{html(say(SOURCE, language, key))}</button>"
        for key in ("text", "page")
    )
    return f'<span class="as" role="group" aria-label="{label}">{buttons}</span>'


def _copying(opened: Source, language: Language) -> str:
    link = html(say(SOURCE, language, "copy_link"))
    shown = f'<button type="button" data-copy-link{said_of_copying(language)}>{link}</button>'
    if opened.spots and opened.spots[opened.current].words is not None:
        said = html(say(SOURCE, language, "copy_reference"))
        shown += f'<button type="button" data-copy-reference{said_of_copying(language)}>{said}</button>'
    return f'<span class="copying">{shown}</span>'


def said_of_copying(language: Language) -> str:
    """What our script says when the words are on the clipboard, and when they are not: attributes of a button."""
    done, failed = (html(say(SOURCE, language, key)) for key in ("copied", "not_copied"))
    return f' data-copied="{done}" data-not-copied="{failed}"'


def _button(kind: str, value: str, text: str) -> str:
    return f'<button type="button" data-{kind}="{value}">{html(text)}</button>'
