"""The evaluation view as HTML: which test set, how far, what came of it. Pure, everything escaped."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rag.evaluation.case import Dataset
from rag.evaluation.outcome import Outcome
from ui.catalog_report import REPORT
from ui.catalog_web import EVALUATION
from ui.escaping import html
from ui.language import Language, say
from ui.page_files import problem_html, progress_html
from ui.page_run import Look
from ui.page_testset import SUFFIXES
from ui.report.figures import costs_html, overview_html
from ui.report.plots import reliability_svg, risk_coverage_svg
from ui.report.questions import questions_html

FAILURES_SHOWN = 200
"""Rows of the page; the report to download has them all."""
TOLD = 5
"""Questions after which the time that is left can be guessed."""
DOWNLOADS = ("report", "predictions", "summary")


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What can be asked.

    Attributes:
        samples: Whether the samples are open, so that their questions make sense.
        documents: How many documents are open.
        feedback: How many test questions the kept verdicts make.
        chosen: The test set to be asked next.
        going: Whether a run of this tab is going on.
    """

    samples: bool
    documents: int
    feedback: int
    chosen: Dataset | None
    going: bool


def intro_html(language: Language, *, limit: float) -> str:
    """What this is, and which files it takes (up to ``limit`` MB)."""
    title, intro = (html(say(EVALUATION, language, key)) for key in ("title", "intro"))
    formats = html(say(EVALUATION, language, "formats", limit=limit))
    accepted = html(",".join(SUFFIXES))
    return (
        f'<h2>{title}</h2><p class="note">{intro}</p>'
        f"<h3>{html(say(EVALUATION, language, 'test_set'))}</h3>"
        f'<p class="hint" data-accept="{accepted}">{formats}</p>'
    )


def setup_html(offer: Offer, language: Language, problem: str = "") -> str:
    """The test sets that are at hand, the chosen one, how it is asked, and the button that starts it."""
    near = []
    if offer.samples:
        near.append(("samples", say(EVALUATION, language, "samples")))
    if offer.feedback:
        near.append(("feedback", say(EVALUATION, language, "feedback", count=offer.feedback)))
    buttons = "".join(
        f'<button type="button" class="button" data-choose="{origin}">{html(label)}</button>' for origin, label in near
    )
    disabled = " disabled" if offer.going or offer.chosen is None else ""
    return (
        f"{f'<p class=near>{buttons}</p>' if buttons else ''}{problem_html(problem) if problem else ''}"
        f'<div class="chosen" aria-live="polite">{_chosen(offer, language)}</div>'
        f'<p class="option"><label><input type="checkbox" data-leave-one-out>'
        f" {html(say(EVALUATION, language, 'leave_one_out'))}</label></p>"
        f'<p><button type="button" class="button primary" data-start{disabled}>'
        f"{html(say(EVALUATION, language, 'start'))}</button></p>"
    )


def _chosen(offer: Offer, language: Language) -> str:
    dataset = offer.chosen
    if dataset is None:
        return f'<p class="hint">{html(say(EVALUATION, language, "nothing_chosen"))}</p>'
    name = say(EVALUATION, language, "chosen", name=dataset.path, count=len(dataset.cases))
    silent = sum(not case.answerable for case in dataset.cases)
    facts = [say(EVALUATION, language, "unanswerable", count=silent)] if silent else []
    if dataset.contexts:
        facts.append(say(EVALUATION, language, "asked_contexts", count=len(dataset.contexts)))
    elif offer.samples:
        facts.append(say(EVALUATION, language, "asked_samples"))
    else:
        facts.append(say(EVALUATION, language, "asked_here", count=offer.documents))
    listed = "".join(f'<p class="hint">{html(fact)}</p>' for fact in facts)
    return f'<p class="chosen-name">{html(name)}</p>{listed}'


def run_html(look: Look, language: Language) -> str:
    """How far a run is, and the button that stops it."""
    share = look.done / look.total if look.total and look.stage in ("asking", "stopping") else 0.0
    text = say(EVALUATION, language, look.stage, done=look.done, total=look.total)
    if look.stage == "asking" and TOLD <= look.done < look.total:
        left = look.seconds / look.done * (look.total - look.done)
        text = f"{text} · {say(EVALUATION, language, 'left', time=_time(left, language))}"
    disabled = " disabled" if look.stage == "stopping" else ""
    stop = html(say(EVALUATION, language, "stop"))
    return (
        f'<div class="running"><div>{progress_html(text, share)}</div>'
        f'<button type="button" class="button" data-stop{disabled}>{stop}</button></div>'
    )


def result_html(
    summary: dict[str, Any], outcomes: Sequence[Outcome], look: Look, language: Language, *, address: str
) -> str:
    """The figures, the plots, the failures, and the same to download from below ``address``."""
    note = ""
    if look.stage == "stopped":
        text = say(EVALUATION, language, "stopped", done=look.done, total=look.total)
        note = f'<p class="error">{html(text)}</p>'
    links = "".join(
        f'<a class="button" href="{html(f"{address}/{name}")}" download>'
        f"{html(say(EVALUATION, language, f'download_{name}'))}</a>"
        for name in DOWNLOADS
    )
    return (
        f'<h2 id="result" tabindex="-1">{html(say(EVALUATION, language, "result"))}</h2>{note}'
        f'<p class="downloads">{links}</p>{overview_html(summary, language)}{_plots(summary, language)}'
        f"{costs_html(summary, language)}"
        f'<div class="report"><section><h2>{html(say(EVALUATION, language, "failures"))}</h2>'
        f"{_failures(outcomes, language)}</section></div>"
    )


def ended_html(problem: str, language: Language, *, stopped: bool) -> str:
    """A run that has come to nothing."""
    if stopped:
        return f'<p class="status">{html(say(EVALUATION, language, "stopped_early"))}</p>'
    return problem_html(problem or say(EVALUATION, language, "failed"))


def _plots(summary: dict[str, Any], language: Language) -> str:
    plots = risk_coverage_svg(summary, language) + reliability_svg(summary, language)
    title = html(say(REPORT, language, "plots"))
    return f'<div class="report"><section class="plots"><h2>{title}</h2>{plots}</section></div>'


def _failures(outcomes: Sequence[Outcome], language: Language) -> str:
    if not any(outcome.failed for outcome in outcomes):
        return f'<p class="status">{html(say(EVALUATION, language, "no_failures"))}</p>'
    return questions_html(outcomes, language, failures_only=True, most=FAILURES_SHOWN)


def _time(seconds: float, language: Language) -> str:
    if seconds >= 90:
        return say(EVALUATION, language, "minutes", count=round(seconds / 60))
    return say(EVALUATION, language, "seconds", count=max(round(seconds), 1))
