"""What happens to the documents without anybody's doing on this page, as HTML and as a line of text. Pure."""

from collections.abc import Iterable
from datetime import datetime

from rag.library import Failure
from ui.catalog_documents import DOCUMENTS
from ui.escaping import html
from ui.language import Language, say
from ui.page_files import LISTED, explain, progress_html, step_text
from ui.page_jobs import Step
from ui.page_journal import Change, Journal, Watched


def change_text(change: Change, language: Language) -> str:
    """``新增 1，移除 2``: what of it happened."""
    counts = (
        ("added", change.added),
        ("updated", change.updated),
        ("dropped", change.dropped),
        ("failed", change.failed),
    )
    said = [say(DOCUMENTS, language, key, count=count) for key, count in counts if count]
    return ("，" if language == "zh" else ", ").join(said)


def clock(at: datetime, now: datetime) -> str:
    """``at`` on this machine's clock; with its day where that is not today."""
    local = at.astimezone()
    return local.strftime("%H:%M:%S" if local.date() == now.astimezone().date() else "%Y-%m-%d %H:%M")


def activity_html(journal: Journal, step: Step | None, language: Language, now: datetime) -> str:
    """The watched folders, the last change, and what is being done at this moment."""
    shown = "".join(_watched(each, language) for each in journal.watched)
    if journal.latest is not None:
        time, what = clock(journal.latest.at, now), change_text(journal.latest, language)
        line = html(say(DOCUMENTS, language, "latest", time=time, what=what))
        shown += f'<p class="latest" aria-live="polite">{line}</p>'
    shown += failing_html([failure for each in journal.watched for failure in each.failing.values()], language)
    if step is not None:
        shown += f'<div class="elsewhere">{progress_html(*step_text(step, language))}</div>'
    return shown


def failing_html(failed: Iterable[Failure], language: Language) -> str:
    """The files of watched folders that cannot be read, on demand."""
    failures = list(failed)
    if not failures:
        return ""
    rows = "".join(f"<li>{html(explain(each.error, language))}</li>" for each in failures[:LISTED])
    heading = html(say(DOCUMENTS, language, "failing", count=len(failures)))
    return f'<details class="failures"><summary>{heading}</summary><ul>{rows}</ul></details>'


def _watched(each: Watched, language: Language) -> str:
    key = {"well": "watching", "gone": "watched_gone", "empty": "watched_empty"}[each.state]
    text = html(say(DOCUMENTS, language, key, folder=each.folder))
    return f'<p class="watched {each.state}">{text}</p>'
