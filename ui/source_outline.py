"""The sections of a document as a list that folds away, each of which leads to its heading. Pure, escaped."""

from rag.answer import Document, Paragraph, Span
from ui.catalog_source import SOURCE
from ui.escaping import html
from ui.language import Language, say

LONGEST = 60
"""Characters of a heading; what is cut off stands where the heading leads to."""


def outline_html(document: Document, language: Language, quote: Span | None) -> str:
    """Nothing for a document of fewer than two headings; the section in which ``quote`` begins is the current one."""
    headings = [paragraph for paragraph in document.paragraphs if paragraph.heading is not None]
    if len(headings) < 2:
        return ""
    before = [paragraph for paragraph in headings if quote is not None and paragraph.start <= quote[0]]
    current = before[-1] if before else None
    rows = "".join(_row(document, paragraph, current=paragraph is current) for paragraph in headings)
    label = html(say(SOURCE, language, "outline", count=len(headings)))
    inside = ""
    if current is not None:
        said = say(SOURCE, language, "in_section", section=_name(document, current))
        inside = f'<span class="outline-here">{html(said)}</span>'
    return (
        f'<details class="outline"><summary><span>{label}</span>{inside}</summary><ul lang="zh">{rows}</ul></details>'
    )


def _row(document: Document, paragraph: Paragraph, *, current: bool) -> str:
    here = ' aria-current="location"' if current else ""
    level = min(max(paragraph.heading or 1, 1), 6)
    return (
        f'<li class="outline-{level}"><button type="button" data-section="{paragraph.start}"{here}>'
        f"{html(_name(document, paragraph))}</button></li>"
    )


def _name(document: Document, paragraph: Paragraph) -> str:
    text = document.text[paragraph.start : paragraph.end]
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
