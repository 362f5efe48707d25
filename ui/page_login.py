"""The page to log in on, as HTML that works without any script; its policy allows nothing but its own style. Pure."""

import base64
import hashlib
import math
import re
from functools import cache
from importlib import resources

from ui.catalog_login import LOGIN
from ui.catalog_web import WEB
from ui.escaping import html
from ui.language import Language, say

LOGIN_PATH, LOGOUT_PATH = "/login", "/logout"


def login_html(language: Language, *, name: str = "", problem: str = "", query: str = "") -> str:
    """The form; ``name`` is in it already, ``problem`` says why the last attempt came to nothing.

    ``query`` is what keeps the chosen language (``?lang=en``), empty where none was chosen.
    """
    told = f'<p class="problem" role="alert">{html(problem)}</p>' if problem else ""
    # Whoever has to type the password again begins there.
    first, then = ("", " autofocus") if name else (" autofocus", "")
    fields = (
        f"<label>{_said(language, 'name')}"
        f'<input name="name" value="{html(name)}" autocomplete="username" autocapitalize="none" spellcheck="false" '
        f"required{first}></label>"
        f"<label>{_said(language, 'password')}"
        f'<input name="password" type="password" autocomplete="current-password" required{then}></label>'
    )
    form = (
        f'<form method="post" action="{LOGIN_PATH}{html(query)}">{told}{fields}'
        f'<button type="submit">{_said(language, "enter")}</button></form>'
    )
    other: Language = "en" if language == "zh" else "zh"
    switch = f'<a class="switch" href="{LOGIN_PATH}?lang={other}" lang="{_code(other)}">{_said(language, "switch")}</a>'
    return _page(language, f'{form}<p class="note">{_said(language, "where")}</p>', switch)


def logout_html(language: Language) -> str:
    """Asks whether to leave: only what is sent by a form ends a session, never a link."""
    form = (
        f'<form method="post" action="{LOGOUT_PATH}"><p class="question">{_said(language, "leave_question")}</p>'
        f'<button type="submit">{_said(language, "leave_title")}</button></form>'
    )
    return _page(language, f'{form}<p class="note"><a href="/">{_said(language, "back")}</a></p>')


def leave_html(name: str, language: Language) -> str:
    """Who has logged in and the button to leave, for the page's header; nothing where nobody has."""
    if not name:
        return ""
    return (
        f'<form class="leave" method="post" action="{LOGOUT_PATH}">'
        f'<span class="signed-in" title="{html(say(LOGIN, language, "signed_in", name=name))}">{html(name)}</span>'
        f'<button type="submit" title="{_said(language, "leave_title")}">'
        f"<span>{_said(language, 'leave')}</span></button></form>"
    )


def onward_html(language: Language, path: str) -> str:
    """Goes to ``path`` by itself. Unlike a redirection it is a step of our own page, to which its cookies belong."""
    onward = f'<p class="note"><a href="{html(path)}">{_said(language, "continue")}</a></p>'
    return _page(language, onward, refresh=f'<meta http-equiv="refresh" content="0;url={html(path)}">')


def wait_text(seconds: float, language: Language) -> str:
    """How long to wait, and why."""
    whole = math.ceil(seconds)
    unit, count = ("seconds", whole) if whole < 90 else ("minutes", math.ceil(whole / 60))
    return say(LOGIN, language, "wait", time=say(LOGIN, language, unit, count=count))


@cache
def policy() -> str:
    """What the browser may load for these pages: their style, known by its hash, and nothing else."""
    style = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; img-src data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _page(language: Language, content: str, switch: str = "", refresh: str = "") -> str:
    title = html(f"{say(LOGIN, language, 'title')} · {say(WEB, language, 'name')}")
    return (
        f'<!doctype html><html lang="{_code(language)}"><head><meta charset="utf-8">{refresh}'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"{_asset('icon.html')}"
        f"<style>{_style()}</style></head><body>{switch}<main>"
        f'<h1 class="name">{html(say(WEB, language, "name"))}</h1>'
        f'<p class="tagline">{html(say(WEB, language, "tagline"))}</p>{content}</main></body></html>'
    )


def _said(language: Language, key: str) -> str:
    return html(say(LOGIN, language, key))


def _code(language: Language) -> str:
    return "zh-Hans" if language == "zh" else "en"


@cache
def _style() -> str:
    return re.sub(r"\s+", " ", _asset("login.css"))


@cache
def _asset(name: str) -> str:
    return resources.files("ui").joinpath("assets", name).read_text(encoding="utf-8")
