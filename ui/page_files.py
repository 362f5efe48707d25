"""What is being done to the documents and what came of it, as HTML; errors in the language of the page. Pure."""

from collections.abc import Sequence

from rag.library import Failure, IndexReport
from rag.settings import Settings
from ui.catalog_documents import DOCUMENTS
from ui.catalog_errors import KnownError
from ui.catalog_errors import explain as explain_error
from ui.catalog_web import WEB
from ui.escaping import html
from ui.language import Language, say
from ui.page_jobs import Ended, Step

LISTED = 50
"""Failures that are listed; where whole folders fail, the first are enough to see why."""
Problem = KnownError | OSError


def limit_html(settings: Settings, language: Language) -> str:
    """What may be uploaded, and for our script what to say of a larger file (``%s`` stands for its name)."""
    limit = settings.max_file_mb
    too_large = html(say(WEB, language, "too_large", names="%s", limit=limit))
    return (
        f'<p class="hint" data-limit="{settings.max_file_bytes}" data-too-large="{too_large}">'
        f"{html(say(WEB, language, 'formats', limit=limit))}</p>"
    )


def progress_html(text: str, share: float) -> str:
    """A bar filled to ``share`` (0 to 1) with ``text`` under it."""
    percent = round(min(max(share, 0.0), 1.0) * 100)
    return (
        f'<div class="progress" role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-valuenow="{percent}"'
        f' aria-label="{html(text)}">'
        f'<span style="width:{percent}%"></span></div><p class="status">{html(text)}</p>'
    )


def step_text(step: Step, language: Language) -> tuple[str, float]:
    """What is being done, and how much of it is done."""
    if not step.total:
        return say(DOCUMENTS, language, "waiting"), 0.0
    if not step.name:
        return say(WEB, language, "indexing"), 1.0
    text = say(WEB, language, "reading", name=step.name, done=step.done + 1, total=step.total)
    return text, step.done / step.total


def report_html(report: IndexReport, language: Language) -> str:
    """How many files were added, and for each that was not, why."""
    counts = (("added", report.added), ("updated", report.updated), ("unchanged", report.unchanged))
    done = [say(WEB, language, key, count=count) for key, count in counts if count]
    shown = f'<p class="status">{html(" · ".join(done))}</p>' if done else ""
    if report.failed:
        shown += failures_html(say(WEB, language, "failed", count=len(report.failed)), report.failed, language)
    return shown or f'<p class="status">{html(say(DOCUMENTS, language, "nothing_there"))}</p>'


def failures_html(heading: str, failed: Sequence[Failure], language: Language) -> str:
    """``heading``, and the files with the reasons; of very many the first."""
    lines = [explain(each.error, language) for each in failed[:LISTED]]
    if len(failed) > LISTED:
        lines.append(say(DOCUMENTS, language, "more_failures", count=len(failed) - LISTED))
    rows = "".join(f"<li>{html(line)}</li>" for line in lines)
    return f'<div class="failures" role="alert"><p>{html(heading)}</p><ul>{rows}</ul></div>'


def problem_html(text: str) -> str:
    """One line about what went wrong."""
    return f'<p class="error" role="alert">{html(text)}</p>'


def explain(problem: Problem, language: Language) -> str:
    """What is wrong and what to do, in one line."""
    if isinstance(problem, Ended):
        return say(WEB, language, "ended")
    if isinstance(problem, OSError):
        return say(WEB, language, "error", detail=problem.strerror or str(problem))
    key = type(problem).__name__
    return say(WEB, language, key, **problem.facts) if key in WEB else explain_error(problem, language)
