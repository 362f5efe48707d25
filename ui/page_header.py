"""The page's header: its name, its views, what can be done anywhere. On a phone its buttons are signs. Pure."""

from ui.catalog_web import WEB
from ui.escaping import html
from ui.language import Language, say
from ui.page_login import leave_html

VIEWS = ("chat", "evaluation")
SIGNS = {
    "history": "M12 7v5l3 2M3.6 12a8.4 8.4 0 1 0 2.6-6.1L3.5 8.4M3.5 4v4.4h4.4",
    "new": "M12 5v14M5 12h14",
    "files": "M3.5 6.5h6l2 2.5h9v10.5h-17z",
    "settings": "M4 7h9m5 0h2M4 17h2m5 0h9M13 4.5v5M8.5 14.5v5",
    "theme": "M12 3.5a8.5 8.5 0 1 0 0 17zM12 3.5a8.5 8.5 0 0 1 0 17",
}
"""Strokes in a square of 24."""
LABELS = {"language": "switch"}
SHORT = {"zh": "EN", "en": "ZH"}
"""The other language, where there is no room for its name."""


def header_html(language: Language, person: str = "") -> str:
    """``person`` is who has logged in, if anybody has; they get a way out."""
    views = "".join(
        f'<button type="button" data-view="{view}">{html(say(WEB, language, view))}</button>' for view in VIEWS
    )
    buttons = "".join(_button(action, language) for action in (*SIGNS, "language"))
    code = "zh-Hans" if language == "zh" else "en"
    name, label = html(say(WEB, language, "name")), html(say(WEB, language, "views"))
    return (
        f'<header class="bar" data-lang="{code}"><h1>{name}</h1><nav class="views" aria-label="{label}">{views}</nav>'
        f'<div class="actions">{buttons}{leave_html(person, language)}</div></header>'
    )


def _button(action: str, language: Language) -> str:
    label = html(say(WEB, language, LABELS.get(action, action)))
    if action in SIGNS:
        sign = f'<svg viewBox="0 0 24 24" aria-hidden="true"><path d="{SIGNS[action]}"></path></svg>'
    else:
        sign = f'<b aria-hidden="true">{SHORT[language]}</b>'
    return f'<button type="button" data-action="{action}" title="{label}">{sign}<span>{label}</span></button>'
