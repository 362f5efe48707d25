"""The list of documents and what happened to an upload, as HTML; errors in the language of the page. Pure."""

from collections.abc import Sequence

from rag.answer import DocumentRecord
from rag.library import IndexReport
from rag.settings import Settings
from ui.catalog_errors import KnownError
from ui.catalog_errors import explain as explain_error
from ui.catalog_web import WEB
from ui.escaping import html
from ui.language import Language, say

Problem = KnownError | OSError


def files_html(documents: Sequence[DocumentRecord], language: Language, *, read_only: bool) -> str:
    """One row a document: opens on a click, is removed after a second click that confirms it."""
    note = say(WEB, language, "read_only") if read_only else "" if documents else say(WEB, language, "empty")
    rows = "".join(_row(record, language, removable=not read_only) for record in documents)
    count = say(WEB, language, "documents", count=len(documents))
    return (
        f'<p class="count">{html(count)}</p>{f"<p class=note>{html(note)}</p>" if note else ""}'
        f'<ul class="files">{rows}</ul>'
    )


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


def report_html(report: IndexReport, language: Language) -> str:
    """How many files were added, and for each that was not, why."""
    counts = (("added", report.added), ("updated", report.updated), ("unchanged", report.unchanged))
    done = [say(WEB, language, key, count=count) for key, count in counts if count]
    shown = f'<p class="status">{html(" · ".join(done))}</p>' if done else ""
    if report.failed:
        rows = "".join(f"<li>{html(explain(each.error, language))}</li>" for each in report.failed)
        heading = html(say(WEB, language, "failed", count=len(report.failed)))
        shown += f'<div class="failures" role="alert"><p>{heading}</p><ul>{rows}</ul></div>'
    return shown


def problem_html(text: str) -> str:
    """One line about what went wrong."""
    return f'<p class="error" role="alert">{html(text)}</p>'


def explain(problem: Problem, language: Language) -> str:
    """What is wrong and what to do, in one line."""
    if isinstance(problem, OSError):
        return say(WEB, language, "error", detail=problem.strerror or str(problem))
    key = type(problem).__name__
    return say(WEB, language, key, **problem.facts) if key in WEB else explain_error(problem, language)


def _row(record: DocumentRecord, language: Language, *, removable: bool) -> str:
    facts = [record.number, record.date, say(WEB, language, "paragraphs", count=record.paragraphs)]
    opener = (
        f'<button type="button" class="file" data-open="{html(record.id)}"'
        f' title="{html(say(WEB, language, "open", title=record.title))}">'
        f'<span class="file-title">{html(record.title)}</span>'
        f'<span class="file-facts">{html(" · ".join(fact for fact in facts if fact))}</span></button>'
    )
    if not removable:
        return f"<li>{opener}</li>"
    remover = (
        f'<button type="button" class="remove" data-ask-remove="{html(record.id)}"'
        f' aria-label="{html(say(WEB, language, "remove_title", title=record.title))}">'
        f"{html(say(WEB, language, 'remove'))}</button>"
    )
    confirmation = (
        f'<span class="confirm" hidden><span>{html(say(WEB, language, "confirm"))}</span>'
        f'<button type="button" class="danger" data-remove="{html(record.id)}">'
        f"{html(say(WEB, language, 'confirm_yes'))}</button>"
        f'<button type="button" data-keep>{html(say(WEB, language, "confirm_no"))}</button></span>'
    )
    return f"<li>{opener}{remover}{confirmation}</li>"
