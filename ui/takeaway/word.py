"""A conversation as a Word file: owner of python-docx as far as it writes."""

import io
from typing import TYPE_CHECKING

from rag.answer import Citation, Passage
from ui import render
from ui.catalog_history import TAKEAWAY
from ui.conversation_store import Kept
from ui.escaping import terminal
from ui.language import Language, say
from ui.page_exchange import Exchange
from ui.takeaway.lines import numbered, told

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Microsoft YaHei"
"""For Chinese text; what a machine does not have, Word and its like replace by what it has."""
NOT_XML = "\ufffe\uffff"


def word(kept: Kept, language: Language, *, date: str) -> bytes:
    """The whole conversation; ``date`` is today's."""
    import docx
    from docx.oxml.ns import qn

    written = docx.Document()
    normal = written.styles["Normal"]
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    written.core_properties.title = _text(kept.head.name)
    written.core_properties.author = ""
    written.add_heading(_text(kept.head.name), level=1)
    written.add_paragraph(_text(say(TAKEAWAY, language, "made", date=date)))
    for exchange in kept.exchanges:
        _exchange(written, exchange, language)
    content = io.BytesIO()
    written.save(content)
    return content.getvalue()


def _exchange(written: "Document", exchange: Exchange, language: Language) -> None:
    each = told(exchange, language)
    written.add_heading(_text(each.question), level=2)
    for line in each.about:
        written.add_paragraph().add_run(_text(line)).italic = True
    several = len(each.said) > 1
    for said in each.said:
        written.add_paragraph(style="List Number" if several else None).add_run(_text(said)).bold = True
    for line in (*each.facts, each.heading):
        if line:
            written.add_paragraph(_text(line))
    for marker, source in numbered(each.sources):
        _source(written, marker, source, language)


def _source(written: "Document", marker: int, source: Citation | Passage, language: Language) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    written.add_paragraph(_text(f"[{marker}] {render.source_line(source, language)}"))
    quote = written.add_paragraph(style="Quote")
    text, marks = (source.quote, source.highlights) if isinstance(source, Citation) else (source.text, ())
    for piece, marked in render.pieces(text, source.start, marks):
        run = quote.add_run(_text(piece))
        if marked:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    for line in render.copies_lines(source.copies, language):
        written.add_paragraph(_text(line))


def _text(text: str) -> str:
    """What XML can hold of ``text``."""
    return terminal(text).translate(dict.fromkeys(map(ord, NOT_XML), "\ufffd"))
