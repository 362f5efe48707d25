"""What happens around an open document, without Gradio: plain values in, HTML out; every input is checked here."""

from rag.answer import DocumentRecord
from rag.errors import CorpusError, EmbeddingsError, RagError
from rag.original import Lack, Leaf, Original, Originals, Sighting, first_page
from rag.settings import Settings
from ui.catalog_source import SOURCE
from ui.catalog_web import WEB
from ui.escaping import html
from ui.language import Language, say
from ui.page_desk import Desk
from ui.page_files import explain, problem_html
from ui.source_leaf import Overlay, leaf_html
from ui.source_link import read_link
from ui.source_outline import outline_html
from ui.source_places import Source, linked
from ui.source_tools import tools_html
from ui.source_view import document_html

PROBLEMS = (RagError, CorpusError, EmbeddingsError, OSError)
HIGHEST_PAGE = 10**6
MOST_LOOKED_FOR = 12
"""Places of an answer that are looked for on one page, beside the current one."""


class SourceHandlers:
    """One method for each thing that can happen, over the desk that all tabs share."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self._desk = desk
        self._originals = Originals(max_bytes=settings.max_file_bytes)

    def listed(self, id: object) -> Source | None:
        """A document of the list, nothing in it marked."""
        record = self._record(id)
        return Source(document=record) if record else None

    def linked(self, link: object) -> Source | None:
        """The document and place of an address; ``None`` where the document is not here."""
        read = read_link(link)
        record = self._record(read[0]) if read else None
        if read is None or record is None:
            return None
        try:
            return linked(record, self._desk.document(record.id), read[1])
        except PROBLEMS:
            return None

    def document(self, opened: Source | None, language: Language) -> str:
        """The document beside the chat, with its row of buttons."""
        if opened is None:
            return f'{tools_html(None, language)}<p class="hint">{html(say(WEB, language, "no_document"))}</p>'
        try:
            document = self._desk.document(opened.document.id)
            links = self._desk.links(document)
        except PROBLEMS as problem:
            return tools_html(opened, language) + problem_html(explain(problem, language))
        note = problem_html(say(SOURCE, language, opened.note)) if opened.note else ""
        text = document_html(
            document,
            language,
            record=opened.document,
            quote=opened.quote,
            highlights=opened.highlights,
            spots=opened.here,
            links=links,
        )
        return tools_html(opened, language, outline_html(document, language, opened.quote)) + note + text

    def unknown(self, language: Language) -> str:
        """What is shown where a link leads nowhere."""
        return tools_html(None, language) + problem_html(say(SOURCE, language, "link_unknown"))

    def leaf(self, opened: Source | None, place: object, number: object, language: Language) -> str:
        """The page ``number`` as it was printed, or else the one with the place; says why where there is none."""
        if opened is None:
            return ""
        opened = opened.at(place) or opened
        try:
            document = self._desk.document(opened.document.id)
        except PROBLEMS as problem:
            return problem_html(explain(problem, language))
        original = self._originals.open(document)
        seen = original if isinstance(original, Lack) else _current(opened, original)
        if isinstance(original, Lack) or isinstance(seen, Lack):
            return _lacking(seen if isinstance(seen, Lack) else Lack.UNREADABLE, language)
        if isinstance(number, int) and not isinstance(number, bool) and 0 < number <= HIGHEST_PAGE:
            wanted = number
        else:
            wanted = (seen.marks or seen.quote)[0][0] if seen and seen.quote else first_page(document, opened.quote)
        leaf = original.leaf(wanted)
        if isinstance(leaf, Lack):
            return _lacking(leaf, language)
        overlay = _overlay(opened, original, seen, leaf.number)
        note = _note(opened, seen, leaf, language)
        return leaf_html(leaf, overlay, language, id=document.id, title=document.title, note=note)

    def picture(self, id: str, number: int, width: int) -> bytes | None:
        """A page as a PNG; ``None`` where there is none to be had."""
        try:
            if self._record(id) is None or not 0 < number <= HIGHEST_PAGE:
                return None
            drawn = self._originals.picture(self._desk.document(id), number, width)
        except PROBLEMS:
            return None
        return drawn if isinstance(drawn, bytes) else None

    def _record(self, id: object) -> DocumentRecord | None:
        try:
            return next((each for each in self._desk.documents() if each.id == id), None)
        except PROBLEMS:
            return None


def _current(opened: Source, original: Original) -> Sighting | Lack | None:
    """Where the current place is printed."""
    if opened.quote is None:
        return None
    marks = (opened.spots[opened.current].mark,) if opened.spots else opened.highlights
    return original.sight(opened.quote, [mark for mark in marks if mark != opened.quote])


def _overlay(opened: Source, original: Original, seen: Sighting | None, page: int) -> Overlay:
    """What is marked on the page: the current quote, and the other places of the answer that are on it."""
    others, marks = [], []
    for _, spot in opened.here[:MOST_LOOKED_FOR]:
        other = original.sight(spot.quote, (spot.mark,))
        if not isinstance(other, Sighting):
            continue
        if spot.quote != opened.quote:
            others += [box for number, box in other.quote if number == page]
        elif spot.mark != spot.quote:
            marks += [box for number, box in other.marks if number == page]
    quote = [] if seen is None else [box for number, box in seen.quote if number == page]
    return Overlay(others=list(dict.fromkeys(others)), quote=quote, marks=list(dict.fromkeys(marks)))


def _lacking(lack: Lack, language: Language) -> str:
    return f'<p class="leaf-lack error" role="alert">{html(say(SOURCE, language, lack.value))}</p>'


def _note(opened: Source, seen: Sighting | None, leaf: Leaf, language: Language) -> str:
    """What has to be said of the quote on this page: that it is not found, or that it is on another page."""
    if opened.quote is None:
        return ""
    if seen is None or not seen.quote:
        return say(SOURCE, language, "not_found")
    pages = sorted({number for number, _ in seen.quote})
    if pages == [leaf.number]:
        return ""
    return say(SOURCE, language, "quote_elsewhere", pages="–".join(map(str, dict.fromkeys((pages[0], pages[-1])))))
