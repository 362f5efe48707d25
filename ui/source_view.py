"""A document as it stands beside the chat, with the quote and the answer in it marked: pure, everything escaped.

Nothing is searched for here. The marks are the offsets that the citation carries, cut at paragraph borders, so what is
marked is exactly what was cited.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.answer import Document, DocumentRecord, Paragraph, Span
from ui.catalog_web import WEB
from ui.escaping import html
from ui.language import Language, say
from ui.render import pieces
from ui.source_places import Spot

DEEPEST_HEADING = 6
LONG = 50_000
"""Characters from which on, or a hundredth of it in paragraphs, only what is near the window is laid out."""
STRETCH = re.compile(r"[\s\S]{2000}[^。！？]{0,500}[。！？]?|[\s\S]+")
"""Of such a paragraph: it ends where a sentence does, if one ends soon."""


def document_html(
    document: Document,
    language: Language,
    *,
    record: DocumentRecord | None = None,
    quote: Span | None = None,
    highlights: Sequence[Span] = (),
    links: Mapping[Span, str] | None = None,
    spots: Sequence[tuple[int, Spot]] = (),
) -> str:
    """The whole document; the first paragraph that holds ``quote`` has the id ``cited`` and can take the focus.

    What of the quote lies in a paragraph is a ``span.cited``, with each of ``highlights`` as a ``mark`` in it. Outside
    of it the spans of ``links``, other documents that are named, open the document with the id that they lead to.
    ``spots`` are all places of the answer in this document, each with its number: they are marked in the same way, and
    each can take the focus.
    """
    long = " long" if len(document.text) > LONG or len(document.paragraphs) > LONG // 100 else ""
    quotes = {spot.quote for _, spot in spots} | (set() if quote is None else {quote})
    view = _View(
        document=document,
        language=language,
        quote=quote,
        quotes=sorted(quotes),
        highlights=sorted({*highlights, *(spot.mark for _, spot in spots if spot.marked)}),
        links=sorted((links or {}).items()),
        spots=spots,
    )
    return (
        f'<article class="document{long}" data-document="{html(document.id)}" aria-label="{html(document.title)}">'
        f"{_head(document, record, language)}"
        f'<div class="document-text" lang="zh">{"".join(view.body())}</div></article>'
    )


@dataclass(frozen=True, kw_only=True)
class _View:
    """A document with what is marked in it; spans are in order."""

    document: Document
    language: Language
    quote: Span | None
    quotes: Sequence[Span]
    highlights: Sequence[Span]
    links: Sequence[tuple[Span, str]]
    spots: Sequence[tuple[int, Spot]]

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
            yield f"<p{_kind(paragraph)}{anchor}>{self._whole(paragraph)}</p>"

    def _whole(self, paragraph: Paragraph) -> str:
        """A paragraph; one that is as long as a book in stretches, or laying it out would take seconds."""
        span = (paragraph.start, paragraph.end)
        if span[1] - span[0] <= LONG:
            return self._marked(*span)
        ends = [found.end() for found in STRETCH.finditer(self.document.text, *span)]
        stretches = (self._marked(*each) for each in pairwise([span[0], *ends]))
        return "".join(f'<span class="stretch">{each}</span>' for each in stretches)

    def _marked(self, start: int, end: int) -> str:
        """What stands between two offsets, escaped, with the quotes and the highlights inside it marked."""
        shown, position = [], start
        text = self.document.text[start:end]
        for piece, cited in pieces(text, position, self.quotes):
            if cited:
                shown.append(self._cited(piece, position))
            else:
                shown.append(self._linked(piece, position))
            position += len(piece)
        return "".join(shown)

    def _cited(self, text: str, start: int) -> str:
        """A piece of a quote, and each place that begins in it as something that can take the focus."""
        shown, position = [], start
        for piece, marked in pieces(text, start, self.highlights):
            markup = f"<mark>{html(piece)}</mark>" if marked else html(piece)
            span = (position, position + len(piece))
            number = self._spot(span) if marked else None
            shown.append(markup if number is None else _place(markup, number))
            position = span[1]
        whole = None if len(shown) > 1 else self._spot((start, start + len(text)))
        if whole is not None and "<mark>" not in shown[0]:
            return _place(f'<span class="cited">{shown[0]}</span>', whole)
        return f'<span class="cited">{"".join(shown)}</span>'

    def _spot(self, piece: Span) -> int | None:
        """The number of the first place whose words lie in ``piece``."""
        return next((n for n, spot in self.spots if spot.mark[0] < piece[1] and piece[0] < spot.mark[1]), None)

    def _linked(self, text: str, start: int) -> str:
        first = bisect_left(self.links, ((start, start), ""))
        last = bisect_left(self.links, ((start + len(text), 0), ""))
        inside = {span: id for span, id in self.links[first:last] if span[1] <= start + len(text)}
        shown, position = [], start
        for piece, linked in pieces(text, start, inside):
            # Two links may touch: then the piece is the first of them alone.
            id = inside.get((position, position + len(piece))) if linked else None
            shown.append(_link(piece, id, self.language) if id else html(piece))
            position += len(piece)
        return "".join(shown)


def _place(markup: str, number: int) -> str:
    return f'<span class="place" data-place="{number}" tabindex="-1">{markup}</span>'


def _link(text: str, id: str, language: Language) -> str:
    title = html(say(WEB, language, "open", title=text))
    return f'<button type="button" class="named" data-open="{html(id)}" title="{title}">{html(text)}</button>'


def _kind(paragraph: Paragraph) -> str:
    if paragraph.heading is None:
        return ' class="stretched"' if paragraph.end - paragraph.start > LONG else ""
    level = min(max(paragraph.heading, 1), DEEPEST_HEADING)
    # The document's title is the heading of level 2, so its own headings start below it.
    return f' class="heading level-{level}" role="heading" aria-level="{level + 2}" data-at="{paragraph.start}"'


def _head(document: Document, record: DocumentRecord | None, language: Language) -> str:
    values = () if record is None else (("number", record.number), ("issuer", record.issuer), ("date", record.date))
    rows = "".join(
        f"<div><dt>{html(say(WEB, language, key))}</dt><dd>{html(value)}</dd></div>" for key, value in values if value
    )
    return f"<header><h2>{html(document.title)}</h2>{f'<dl>{rows}</dl>' if rows else ''}</header>"
