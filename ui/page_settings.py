"""The settings of the page: how this browser's questions are answered, and what runs here. Pure, all escaped."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version

from rag.settings import Settings
from ui.catalog_settings import SETTINGS
from ui.chat import Ways
from ui.escaping import html
from ui.language import Language, say

MOST_PASSAGES = 30
STEP = 5
"""Of the threshold, in hundredths."""
HIGHEST = 95
KEYS = (("enter", "key_enter"), ("Ctrl+K", "key_find"), ("[ ]", "key_steps"), ("Esc", "key_escape"))


@dataclass(frozen=True, kw_only=True)
class Running:
    """What answers: the settings it was started with, the encoder that searches, whether these are the samples."""

    settings: Settings
    encoder: str
    samples: bool


def ways_of(top_k: object, threshold: object) -> Ways:
    """What the page says, which may be anything: what is no value of ours is as set. ``threshold`` in hundredths."""
    hundredths = _whole(threshold, 0, HIGHEST)
    return Ways(top_k=_whole(top_k, 1, MOST_PASSAGES), threshold=None if hundredths is None else hundredths / 100)


def settings_html(running: Running, ways: Ways, language: Language) -> str:
    """The panel; theme and language are the script's affair, the rest comes back to :func:`ways_of`."""
    settings = running.settings
    top_k = settings.top_k if ways.top_k is None else ways.top_k
    hundredths = round(100 * (settings.threshold if ways.threshold is None else ways.threshold))
    default = round(100 * settings.threshold)
    themes = [(each, say(SETTINGS, language, each)) for each in ("system", "light", "dark")]
    languages = [("zh", "中文"), ("en", "English")]
    here, keys = _here(running, language), _keys(language)
    return (
        f'<div class="tools"><h2>{_said(language, "title")}</h2>'
        f'<button type="button" data-action="close">{_said(language, "close")}</button></div>'
        f"{_choice(language, 'language', languages, chosen=language)}{_choice(language, 'theme', themes)}"
        f"<h3>{_said(language, 'answering')}</h3>"
        f"{_number(language, 'top_k', top_k, settings.top_k, (1, MOST_PASSAGES, 1))}"
        f"{_number(language, 'threshold', hundredths, default, (0, HIGHEST, STEP))}"
        f'<p><button type="button" class="button" data-as-set{"" if ways != Ways() else " hidden"}>'
        f"{_said(language, 'as_set')}</button></p>"
        f"<h3>{_said(language, 'here')}</h3>{here}<h3>{_said(language, 'keys')}</h3>{keys}"
    )


def _whole(said: object, least: int, most: int) -> int | None:
    return said if isinstance(said, int) and not isinstance(said, bool) and least <= said <= most else None


def _choice(language: Language, name: str, values: Iterable[tuple[str, str]], chosen: str = "") -> str:
    boxes = "".join(
        f'<label><input type="radio" name="{name}" value="{value}"{" checked" if value == chosen else ""}>'
        f"<span>{html(shown)}</span></label>"
        for value, shown in values
    )
    return f'<fieldset data-choice="{name}"><legend>{_said(language, name)}</legend>{boxes}</fieldset>'


def _number(language: Language, name: str, value: int, default: int, limits: tuple[int, int, int]) -> str:
    least, most, step = limits
    hint = html(say(SETTINGS, language, f"{name}_hint", default=default))
    unit = "%" if name == "threshold" else ""
    return (
        f'<p class="number"><label for="set-{name}">{_said(language, name)}</label>'
        f'<input type="number" id="set-{name}" data-set="{name}" value="{value}" min="{least}" max="{most}"'
        f' step="{step}" aria-describedby="hint-{name}">{unit}<span class="hint" id="hint-{name}">{hint}</span></p>'
    )


def _here(running: Running, language: Language) -> str:
    settings = running.settings
    bundled = say(SETTINGS, language, "bundled")
    reader = say(SETTINGS, language, "none") if settings.reader == "none" else settings.reader or bundled
    index = say(SETTINGS, language, "samples") if running.samples else str(settings.index)
    rows = (("reader", reader), ("encoder", running.encoder), ("index", index), ("version", version("wenju")))
    listed = "".join(f"<div><dt>{_said(language, key)}</dt><dd>{html(value)}</dd></div>" for key, value in rows)
    notes = "".join(f'<p class="hint">{_said(language, key)}</p>' for key in ("change", "local"))
    return f"<dl>{listed}</dl>{notes}"


def _keys(language: Language) -> str:
    rows = "".join(
        f"<div><dt><kbd>{html(say(SETTINGS, language, key) if key in SETTINGS else key)}</kbd></dt>"
        f"<dd>{_said(language, what)}</dd></div>"
        for key, what in KEYS
    )
    return f'<dl class="keys">{rows}</dl>'


def _said(language: Language, key: str) -> str:
    return html(say(SETTINGS, language, key))
