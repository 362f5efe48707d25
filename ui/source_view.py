"""A document as it stands beside the chat, with the quote and the answer in it marked: pure, everything escaped.

Nothing is searched for here. The marks are the offsets that the citation carries, cut at paragraph borders, so what is
marked is exactly what was cited.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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
    links: Mapping[Span, str] | None = None,
) -> str:
    """The whole document; the first paragraph that holds ``quote`` has the id ``cited`` and can take the focus.

    What of the quote lies in a paragraph is a ``span.cited``, with each of ``highlights`` as a ``mark`` in it. Outside
    of it the spans of ``links``, other documents that are named, open the document with the id that they lead to.
    """
    view = _View(document=document, language=language, quote=quote, highlights=highlights, links=links or {})
    return (
        f'<article class="document" data-document="{html(document.id)}" aria-label="{html(document.title)}">'
        f"{_head(document, record, language)}"
        f'<div class="document-text" lang="zh">{"".join(view.body())}</div></article>'
    )


@dataclass(frozen=True, kw_only=True)
class _View:
    """A document with what is marked in it."""

    document: Document
    language: Language
    quote: Span | None
    highlights: Sequence[Span]
    links: Mapping[Span, str]

    def body(self) -> Iterator[str]:
        """The paragraphs, with a line where a page begins."""
        page = None
        anchored = self.quote is None
        for paragraph in self.document.paragraphs:
            if paragraph.page is not None and paragraph.page != page:
                page = paragraph.page
                yield f'<div class="page-break">{html(say(WEB, self.language, "page", page=page))}</div>'
            cited = self.quote is not None and self.quote[0] < paragraph.end and paragraph.start < self.quote[1]
            anchor = ' id="cited" tabindex="0"' if cited and not anchored else ""
            anchored = anchored or cited
            yield f"<p{_kind(paragraph)}{anchor}>{self._marked(paragraph)}</p>"

    def _marked(self, paragraph: Paragraph) -> str:
        """A paragraph, escaped, with the quote and the highlights inside it marked."""
        shown, position = [], paragraph.start
        text = self.document.text[paragraph.start : paragraph.end]
        for piece, cited in pieces(text, position, () if self.quote is None else (self.quote,)):
            if cited:
                shown.append(f'<span class="cited">{marked_html(piece, position, self.highlights)}</span>')
            else:
                shown.append(self._linked(piece, position))
            position += len(piece)
        return "".join(shown)

    def _linked(self, text: str, start: int) -> str:
        inside = [span for span in self.links if start <= span[0] and span[1] <= start + len(text)]
        shown, position = [], start
        for piece, linked in pieces(text, start, inside):
            # Two links may touch: then the piece is the first of them alone.
            id = self.links.get((position, position + len(piece))) if linked else None
            shown.append(_link(piece, id, self.language) if id else html(piece))
            position += len(piece)
        return "".join(shown)


def _link(text: str, id: str, language: Language) -> str:
    title = html(say(WEB, language, "open", title=text))
    return f'<button type="button" class="named" data-open="{html(id)}" title="{title}">{html(text)}</button>'


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
