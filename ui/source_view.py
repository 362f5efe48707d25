"""A document as it stands beside the chat, with the quote and the answer in it marked: pure, everything escaped.

Nothing is searched for here. The marks are the offsets that the citation carries, cut at paragraph borders, so what is
marked is exactly what was cited.
"""

from collections.abc import Iterator, Sequence

from rag.answer import Document, DocumentRecord, Paragraph, Span
from ui.catalog_web import WEB
from ui.escaping import html
from ui.language import Language, say
from ui.render import marked_html, pieces

DEEPEST_HEADING = 6


def document_html(
    document: Document,
    language: Language,
    *,
    record: DocumentRecord | None = None,
    quote: Span | None = None,
    highlights: Sequence[Span] = (),
) -> str:
    """The whole document; the first paragraph that holds ``quote`` has the id ``cited`` and can take the focus.

    What of the quote lies in a paragraph is a ``span.cited``, with each of ``highlights`` as a ``mark`` in it.
    """
    return (
        f'<article class="document" data-document="{html(document.id)}" aria-label="{html(document.title)}">'
        f"{_head(document, record, language)}"
        f'<div class="document-text" lang="zh">{"".join(_body(document, language, quote, highlights))}</div></article>'
    )


def _body(document: Document, language: Language, quote: Span | None, highlights: Sequence[Span]) -> Iterator[str]:
    page = None
    anchored = quote is None
    for paragraph in document.paragraphs:
        if paragraph.page is not None and paragraph.page != page:
            page = paragraph.page
            yield f'<div class="page-break">{html(say(WEB, language, "page", page=page))}</div>'
        cited = quote is not None and quote[0] < paragraph.end and paragraph.start < quote[1]
        anchor = ' id="cited" tabindex="0"' if cited and not anchored else ""
        anchored = anchored or cited
        text = document.text[paragraph.start : paragraph.end]
        yield f"<p{_kind(paragraph)}{anchor}>{_marked(text, paragraph.start, quote if cited else None, highlights)}</p>"


def _marked(text: str, start: int, quote: Span | None, highlights: Sequence[Span]) -> str:
    """``text``, which begins at offset ``start``, escaped, with the quote and the highlights inside it marked."""
    shown, position = [], start
    for piece, cited in pieces(text, start, () if quote is None else (quote,)):
        shown.append(f'<span class="cited">{marked_html(piece, position, highlights)}</span>' if cited else html(piece))
        position += len(piece)
    return "".join(shown)


def _kind(paragraph: Paragraph) -> str:
    if paragraph.heading is None:
        return ""
    level = min(max(paragraph.heading, 1), DEEPEST_HEADING)
    # The document's title is the heading of level 2, so its own headings start below it.
    return f' class="heading level-{level}" role="heading" aria-level="{level + 2}"'


def _head(document: Document, record: DocumentRecord | None, language: Language) -> str:
    values = () if record is None else (("number", record.number), ("issuer", record.issuer), ("date", record.date))
    rows = "".join(
        f"<div><dt>{html(say(WEB, language, key))}</dt><dd>{html(value)}</dd></div>" for key, value in values if value
    )
    return f"<header><h2>{html(document.title)}</h2>{f'<dl>{rows}</dl>' if rows else ''}</header>"
