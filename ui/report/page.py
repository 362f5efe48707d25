"""The whole report as one file that asks for nothing from anywhere. Pure, everything escaped."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from rag.evaluation.outcome import Outcome
from ui import render
from ui.catalog_eval import STAGES
from ui.catalog_report import REPORT
from ui.escaping import html, terminal
from ui.language import Language, say
from ui.report.figures import costs_html, measured_html, overview_html
from ui.report.plots import reliability_svg, risk_coverage_svg
from ui.report.questions import row_html, table_html

POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'"
LANG = {"zh": "zh-CN", "en": "en"}
HIDDEN = "hidden"
"""In the place of a stage: questions asked again with their document hidden, which no stage counts."""
WORDS = ("shown", "shown_none")
"""What the script puts together itself."""
SORTS = ("sort_order", "sort_unsure", "sort_sure")


def report_html(summary: Mapping[str, Any], outcomes: Sequence[Outcome], language: Language) -> str:
    """The report of ``outcomes``, which add up to ``summary`` (as ``eval --json`` prints it).

    A page of its own, with a policy that lets it run its one script and its one style sheet and nothing else.
    """
    style, script = _asset("report.css"), _asset("report.js")
    policy = f"{POLICY}; style-src {_digest(style)}; script-src {_digest(script)}"
    title = f"{say(REPORT, language, 'title')} · {summary['test_set']}"
    plots = f"{risk_coverage_svg(summary, language)}{reliability_svg(summary, language)}"
    if summary["right"] is None:
        plots = ""
    else:
        plots = f'<div class="report"><section class="plots"><h2>{_say("plots", language)}</h2>{plots}</section></div>'
    return (
        f'<!doctype html>\n<html lang="{LANG[language]}" class="report-page">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{html(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{html(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f'<div class="report"><h1>{_say("title", language)}</h1>{measured_html(summary, language)}</div>\n'
        f"{overview_html(summary, language)}\n{plots}\n{costs_html(summary, language)}\n"
        f"{_questions(outcomes, language)}\n</main>\n<script>{script}</script>\n</body>\n</html>\n"
    )


def _questions(outcomes: Sequence[Outcome], language: Language) -> str:
    """The table, empty, and its rows as data: the script shows some of them at a time."""
    if not outcomes:
        return ""
    data = {
        "words": {key: say(REPORT, language, key) for key in WORDS},
        "click": say(REPORT, language, "lost_click"),
        "rows": [_row(outcome, language) for outcome in outcomes],
    }
    return (
        f'<div class="report"><section class="every" id="questions"><h2>{_say("questions", language)}</h2>'
        f'<noscript><p class="note">{_say("no_script", language)}</p></noscript>'
        f'<div class="scripted" hidden>{_filters(outcomes, language)}{table_html("", language)}{_pager(language)}</div>'
        f'</section></div>\n<script type="application/json" id="rows">{_json(data)}</script>'
    )


def _row(outcome: Outcome, language: Language) -> dict[str, Any]:
    """A question ready to be shown, and what it is found by."""
    case, answer = outcome.case, outcome.answer
    sources = (render.source_line(citation, language) for citation in answer.citations)
    quotes = (citation.quote for citation in answer.citations)
    words = (case.id, case.question, answer.asked, *case.answers, *case.items, answer.answer, *case.evidence)
    return {
        "html": row_html(outcome, language),
        "text": terminal("\n".join(dict.fromkeys((*words, *quotes, *sources)))),
        "stage": HIDDEN if outcome.hidden else outcome.stage,
        "type": terminal(case.type or ""),
        "style": terminal(case.style or ""),
        "failed": outcome.failed,
        "confidence": answer.confidence,
    }


def _filters(outcomes: Sequence[Outcome], language: Language) -> str:
    stages = {stage: say(STAGES, language, stage) for stage in STAGES if any(o.stage == stage for o in outcomes)}
    if any(outcome.hidden for outcome in outcomes):
        stages[HIDDEN] = say(REPORT, language, HIDDEN)
    types = sorted({terminal(outcome.case.type) for outcome in outcomes if outcome.case.type})
    styles = sorted({terminal(outcome.case.style) for outcome in outcomes if outcome.case.style})
    sorts = {key: say(REPORT, language, key) for key in SORTS}
    selects = (
        _select("stage", say(REPORT, language, "every_stage"), stages),
        _select("type", say(REPORT, language, "every_type"), dict(zip(types, types, strict=True))),
        _select("style", say(REPORT, language, "every_style"), dict(zip(styles, styles, strict=True))),
        _select("sort", None, sorts, label=say(REPORT, language, "sort")),
    )
    search = _say("search", language)
    return (
        f'<div class="filters"><label><input type="checkbox" name="failed"> {_say("failures_only", language)}</label>'
        f'<input type="search" name="search" placeholder="{search}" aria-label="{search}">'
        f'{"".join(selects)}<button type="button" name="reset">{_say("reset", language)}</button></div>'
    )


def _select(name: str, every: str | None, values: Mapping[str, str], label: str | None = None) -> str:
    """A choice among ``values``, or all of them; nothing where there is nothing to choose from."""
    if not values:
        return ""
    first = f'<option value="">{html(every)}</option>' if every else ""
    options = "".join(f'<option value="{html(value)}">{html(shown)}</option>' for value, shown in values.items())
    return f'<select name="{name}" aria-label="{html(label or every or "")}">{first}{options}</select>'


def _pager(language: Language) -> str:
    return (
        f'<div class="pager"><button type="button" name="previous">{_say("previous", language)}</button>'
        f'<span class="shown" aria-live="polite"></span>'
        f'<button type="button" name="next">{_say("next", language)}</button></div>'
    )


def _json(data: object) -> str:
    """JSON that nothing in it can bring to an end: no ``<`` is left, nor a line end of JavaScript's own."""
    written = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _asset(name: str) -> str:
    return resources.files("ui").joinpath("assets", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """As a Content-Security-Policy names an inline script or style (CSP 3, 6.7.3.3)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _say(key: str, language: Language) -> str:
    return html(say(REPORT, language, key))
