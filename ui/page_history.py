"""The conversations that are kept, as HTML: to be found, opened, renamed, taken away, deleted. Pure, all escaped."""

import time
from collections.abc import Sequence

from ui.catalog_history import HISTORY
from ui.conversation_store import LONGEST_TITLE, Head
from ui.escaping import html
from ui.language import Language, say

CONVERSATION = "conversation"
"""First part of the address at which one is taken away: ``/conversation/ID/FORMAT``."""
FORMATS = ("md", "docx", "html")
LISTED = 200


def find_html(language: Language) -> str:
    """The field in which one searches; it stays as it is while the list below it changes."""
    label = html(say(HISTORY, language, "find"))
    return (
        f'<div class="history-head" data-label="{html(say(HISTORY, language, "history"))}">'
        f'<input type="search" data-find aria-label="{label}" placeholder="{label}" autocomplete="off"></div>'
    )


def history_html(
    heads: Sequence[Head], current: str, language: Language, *, wanted: str = "", problem: str = ""
) -> str:
    """The latest conversations; ``current`` is the one that is open, ``problem`` what went wrong just now."""
    said = f'<p class="error" role="alert">{html(problem)}</p>' if problem else ""
    if not heads:
        return f'{said}<p class="hint">{html(say(HISTORY, language, "none_found" if wanted else "none"))}</p>'
    rows = "".join(_row(head, language, current=head.id == current) for head in heads[:LISTED])
    return f'{said}<ul class="history" aria-label="{html(say(HISTORY, language, "history"))}">{rows}</ul>'


def moment(seconds: float, language: Language, now: float | None = None) -> str:
    """When that was, by this machine's clock: the time of today and yesterday, else the date."""
    then, present = time.localtime(seconds), time.localtime(now)
    yesterday = time.localtime(time.mktime((*present[:2], present.tm_mday - 1, 12, 0, 0, 0, 0, -1)))
    clock = time.strftime("%H:%M", then)
    if then[:3] == present[:3]:
        return say(HISTORY, language, "today", time=clock)
    if then[:3] == yesterday[:3]:
        return say(HISTORY, language, "yesterday", time=clock)
    return time.strftime("%Y-%m-%d", then)


def _row(head: Head, language: Language, *, current: bool) -> str:
    facts = f"{moment(head.updated, language)} · {say(HISTORY, language, 'count', count=head.count)}"
    mark = ' aria-current="true"' if current else ""
    title = html(say(HISTORY, language, "open", title=head.name))
    return (
        f'<li data-id="{html(head.id)}"><button type="button" class="pick"{mark} data-pick title="{title}">'
        f'<span class="file-title">{html(head.name)}</span><span class="file-facts">{html(facts)}</span></button>'
        f"{_tools(head, language)}{_renaming(head, language)}</li>"
    )


def _tools(head: Head, language: Language) -> str:
    exports = "".join(
        f'<a href="/{CONVERSATION}/{html(head.id)}/{each}?lang={language}" download>'
        f"{html(say(HISTORY, language, each))}</a>"
        for each in FORMATS
    )
    rename, question, yes, no = (html(say(HISTORY, language, key)) for key in ("rename", "confirm", "yes", "no"))
    return (
        f'<span class="row-tools"><button type="button" data-ask-rename>{rename}</button>'
        f'<details class="take"><summary>{html(say(HISTORY, language, "take"))}</summary>'
        f'<span class="formats">{exports}</span></details>'
        f'<button type="button" class="remove" data-ask-remove>{html(say(HISTORY, language, "delete"))}</button>'
        f'<span class="confirm" hidden><span>{question}</span>'
        f'<button type="button" class="danger" data-remove>{yes}</button>'
        f'<button type="button" data-keep>{no}</button></span></span>'
    )


def _renaming(head: Head, language: Language) -> str:
    label, save = (html(say(HISTORY, language, key)) for key in ("title", "save"))
    return (
        f'<span class="renaming" hidden><input type="text" maxlength="{LONGEST_TITLE}" value="{html(head.name)}"'
        f' aria-label="{label}" autocomplete="off"><button type="button" data-rename>{save}</button></span>'
    )
