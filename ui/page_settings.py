"""The settings of the page: how this browser's questions are answered, and what runs here. Pure, all escaped."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib.metadata import version

from rag.local_models import BUNDLED, NONE
from rag.readers import ReaderChoice
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
    """What answers: the settings it was started with, the encoder that searches, whether these are the samples.

    ``readers`` are those that can be chosen, among them the one that is set.
    """

    settings: Settings
    encoder: str
    samples: bool
    readers: tuple[ReaderChoice, ...] = ()


def ways_of(top_k: object, threshold: object, reader: object, readers: Collection[ReaderChoice]) -> Ways:
    """What the page says, which may be anything: what is no value of ours is as set.

    Args:
        top_k: Passages read.
        threshold: In hundredths.
        reader: A name of ``readers``; whoever can open the page is not to have any other path loaded.
        readers: Those of this machine.
    """
    hundredths = _whole(threshold, 0, HIGHEST)
    return Ways(
        top_k=_whole(top_k, 1, MOST_PASSAGES),
        threshold=None if hundredths is None else hundredths / 100,
        reader=next((each.name for each in readers if each.name == reader and not each.missing), None),
    )


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
        f"{_readers(running, ways, language)}"
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


def _readers(running: Running, ways: Ways, language: Language) -> str:
    """Those of this machine, one a line; that which cannot run says what it would need."""
    set_ = running.settings.reader or BUNDLED
    chosen = ways.reader or set_
    lines = []
    for each in running.readers:
        named = say(SETTINGS, language, each.name) if each.name in (BUNDLED, NONE) else each.name
        marks = [say(SETTINGS, language, "default")] if each.name == set_ else []
        marks += [say(SETTINGS, language, f"missing_{each.missing}")] if each.missing else []
        noted = f' <span class="hint">{html("；".join(marks) if language == "zh" else "; ".join(marks))}</span>'
        state = f"{' checked' if each.name == chosen else ''}{' disabled' if each.missing else ''}"
        lines.append(
            f'<label><input type="radio" name="reader" data-set="reader" value="{html(each.name)}"{state}>'
            f"<span>{html(named)}{noted if marks else ''}</span></label>"
        )
    others = any(each.name not in (BUNDLED, NONE) for each in running.readers)
    hint = f'<p class="hint">{_said(language, "others")}</p>' if others else ""
    legend = f"<legend>{_said(language, 'reader')}</legend>"
    return f'<fieldset data-choice="reader">{legend}<div class="lines">{"".join(lines)}{hint}</div></fieldset>'


def _here(running: Running, language: Language) -> str:
    settings = running.settings
    index = say(SETTINGS, language, "samples") if running.samples else str(settings.index)
    rows = (("encoder", running.encoder), ("index", index), ("version", version("wenju")))
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
