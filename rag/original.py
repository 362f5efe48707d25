"""The file that a document was read from: its pages as pictures, and where on them its words are printed.

The file may be gone or another by now: it is read anew for everything that is asked of it, and only one with the very
bytes that were indexed is shown.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeVar

from corpus.document import content_hash
from corpus.errors import CorpusError
from corpus.ingest import read_bytes
from corpus.pages.alignment import Spot, align
from corpus.pages.printed import Box as Box
from corpus.pages.printed import Page, PageTooSlow, PageUnusable, count_pages, draw_page, read_page
from corpus.pages.rectangles import rectangles
from rag.answer import Document, Span

WIDTHS = (800, 1200, 1800, 2600)
"""Pixels across in which a page is drawn."""
SUFFIXES = (".pdf",)
"""Of files whose pages can be shown."""
_PICTURES_KEPT, _CHARACTERS_KEPT = 24_000_000, 150_000
"""Bytes of pictures, and characters with their places."""
_WINDOW = 8
"""Pages on which a quote is looked for at the most."""
_BESIDE = 120
_Result = TypeVar("_Result")


class Lack(Enum):
    """Why there is nothing to show."""

    NO_PAGES = "no_pages"
    GONE = "gone"
    CHANGED = "changed"
    UNREADABLE = "unreadable"
    BUSY = "busy"


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One page: its number from 1, how many there are, and its size in points."""

    number: int
    total: int
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """Where a quote is printed: rectangles of it, and of what is marked inside it, each with the number of its page."""

    quote: tuple[tuple[int, Box], ...]
    marks: tuple[tuple[int, Box], ...] = ()


def has_pages(path: str) -> bool:
    """Whether the pages of the file at ``path`` can be shown, as far as its name says."""
    return path.lower().endswith(SUFFIXES)


class Originals:
    """The files behind the documents, safe to share between threads; a few pages are kept in memory.

    Args:
        max_bytes: A larger file is not read.
    """

    def __init__(self, *, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._pictures: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()
        self._pages: OrderedDict[tuple[str, int], Page] = OrderedDict()
        self._lock = threading.Lock()

    def picture(self, document: Document, number: int, width: int) -> bytes | Lack:
        """Page ``number``, counted from 1, as a PNG; of ``WIDTHS`` the one next to ``width``."""
        wide = min(WIDTHS, key=lambda each: abs(each - width))
        key = (document.content_hash, number, wide)
        with self._lock:
            if key in self._pictures:
                self._pictures.move_to_end(key)
                return self._pictures[key]
        data = self._read(document)
        drawn = data if isinstance(data, Lack) else _tried(lambda: draw_page(data, number, wide))
        if isinstance(drawn, bytes):
            with self._lock:
                self._pictures[key] = drawn
                while len(self._pictures) > 1 and sum(map(len, self._pictures.values())) > _PICTURES_KEPT:
                    self._pictures.popitem(last=False)
        return drawn

    def open(self, document: Document) -> "Original | Lack":
        """The file of ``document`` as it is now."""
        data = self._read(document)
        if isinstance(data, Lack):
            return data
        total = _tried(lambda: count_pages(data))
        if isinstance(total, Lack):
            return total
        return Original(document, total, lambda number: self._page(document, data, number))

    def _page(self, document: Document, data: bytes, number: int) -> Page | Lack:
        key = (document.content_hash, number)
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
                return self._pages[key]
        page = _tried(lambda: read_page(data, number))
        if isinstance(page, Page):
            with self._lock:
                self._pages[key] = page
                while len(self._pages) > 1 and sum(len(each.text) for each in self._pages.values()) > _CHARACTERS_KEPT:
                    self._pages.popitem(last=False)
        return page

    def _read(self, document: Document) -> bytes | Lack:
        if not has_pages(document.path):
            return Lack.NO_PAGES
        path = Path(document.path)
        try:
            if not path.exists():
                return Lack.GONE
            data = read_bytes(path, max_bytes=self._max_bytes)
        except (CorpusError, OSError, ValueError):
            return Lack.UNREADABLE
        return data if content_hash(data) == document.content_hash else Lack.CHANGED


class Original:
    """One file while one thing is asked of it; :meth:`Originals.open` makes it."""

    def __init__(self, document: Document, total: int, page: Callable[[int], Page | Lack]) -> None:
        self.total = total
        self._document = document
        self._page = page

    def leaf(self, number: int) -> Leaf | Lack:
        """Page ``number``, or the nearest that there is."""
        number = min(max(number, 1), self.total)
        page = self._page(number)
        if isinstance(page, Lack):
            return page
        return Leaf(number=number, total=self.total, width=page.width, height=page.height)

    def sight(self, quote: Span, marks: Sequence[Span] = ()) -> Sighting | Lack | None:
        """Where ``quote``, a span of the document's text, is printed; ``None`` where that is not certain."""
        first, last = _between(self._document, quote, self.total)
        pages = []
        for number in range(first, last + 1):
            page = self._page(number)
            if isinstance(page, Lack):
                return page
            pages.append(page)
        (start, end), text = quote, self._document.text
        before, after = text[max(start - _BESIDE, 0) : start], text[end : end + _BESIDE]
        spots = align(text[start:end], before, after, [page.text for page in pages])
        if spots is None:
            return None
        inner = [spots[max(mark[0] - start, 0) : max(mark[1] - start, 0)] for mark in marks]
        drawn = [box for each in inner for box in _drawn(each, pages, first)]
        return Sighting(quote=tuple(_drawn(spots, pages, first)), marks=tuple(drawn))


def first_page(document: Document, quote: Span | None) -> int:
    """The page on which the paragraph with ``quote`` begins; 1 where that is not known."""
    if quote is None:
        return 1
    return next((p.page for p in document.paragraphs if p.page is not None and quote[0] < p.end), 1)


def _between(document: Document, quote: Span, total: int) -> tuple[int, int]:
    """The first and the last page on which ``quote`` may stand."""
    first = min(max(first_page(document, quote), 1), total)
    behind = (p.page for p in document.paragraphs if p.page is not None and p.start >= quote[1])
    last = max(next(behind, total), first)
    return first, min(last, total, first + _WINDOW - 1)


def _drawn(spots: Sequence[Spot | None], pages: Sequence[Page], first: int) -> list[tuple[int, Box]]:
    found: list[tuple[int, Box]] = []
    for place, page in enumerate(pages):
        boxes = [page.boxes[spot[1]] for spot in spots if spot is not None and spot[0] == place]
        shape = page.height / page.width
        found += [(first + place, box) for box in rectangles([b for b in boxes if b is not None], shape=shape)]
    return found


def _tried(call: Callable[[], _Result]) -> _Result | Lack:
    try:
        return call()
    except PageUnusable:
        return Lack.UNREADABLE
    except PageTooSlow:
        return Lack.BUSY
