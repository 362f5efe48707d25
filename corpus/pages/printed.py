"""The pages of a PDF: how many, what characters stand where on one, and its picture.

PDFium is not made for two threads, so every call here takes the lock of :mod:`corpus.loaders.pdf` and gives up after a
while; a file may be hostile, so pixels, characters and the time to draw have bounds.
"""

import ctypes
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.loaders.pdf import ONE_AT_A_TIME, is_slanted
from corpus.pages.png import png

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage  # type: ignore[import-untyped]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, as parts of the page as it is seen: (0, 0, 1, 1) is all of it."""
MOST_PIXELS = 8_000_000
LONGEST_SIDE = 6000
MOST_CHARACTERS = 50_000
"""Of one page; a newspaper has a fifth of it."""
_PATIENCE, _DRAWING = 8.0, 6.0
"""Seconds to wait for PDFium, which may be reading a file meanwhile, and for one picture."""
_GRID = 1_000_000
"""PDFium tells places in whole pixels; on a page of so many they are exact enough."""


class PageUnusable(Exception):
    """The page cannot be shown: the file is none that PDFium can read, or it has no such page."""


class PageTooSlow(Exception):
    """PDFium is busy with another file, or with this page for too long."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """What is printed on a page: ``boxes[i]`` is where ``text[i]`` stands, ``None`` for what was not printed.

    ``width`` and ``height`` are in points.
    """

    text: str
    boxes: tuple[Box | None, ...]
    width: float
    height: float


def count_pages(data: bytes) -> int:
    """How many pages the PDF ``data`` has; raises what :func:`read_page` does."""
    with _opened(data) as document:
        return len(document)


def read_page(data: bytes, number: int) -> Page:
    """The characters of page ``number``, counted from 1, in the order of the file, without slanted watermarks.

    Raises:
        PageUnusable: PDFium cannot read the file, or it has no such page.
        PageTooSlow: PDFium is busy.
    """
    with _opened(data) as document, _page(document, number) as page:
        width, height = page.get_size()
        characters = list(_characters(page))
    text = "".join(character for character, _ in characters)
    return Page(text=text, boxes=tuple(box for _, box in characters), width=width, height=height)


def draw_page(data: bytes, number: int, width: int) -> bytes:
    """Page ``number``, counted from 1, as a PNG about ``width`` pixels wide, fewer where the page is very large.

    Raises:
        PageUnusable: PDFium cannot read the file, or it has no such page.
        PageTooSlow: PDFium is busy, or the page takes too long.
    """
    from pypdfium2 import PdfBitmap, raw

    with _opened(data) as document, _page(document, number) as page:
        across, down = page.get_size()
        scale = min(width / across, LONGEST_SIDE / max(across, down), math.sqrt(MOST_PIXELS / (across * down)))
        wide, high = max(round(across * scale), 1), max(round(down * scale), 1)
        bitmap = PdfBitmap.new_native(wide, high, raw.FPDFBitmap_BGR)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, wide, high)
        pause = _until(time.monotonic() + _DRAWING)
        state = raw.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, wide, high, 0, raw.FPDF_ANNOT, pause)
        raw.FPDF_RenderPage_Close(page)
        if state == raw.FPDF_RENDER_TOBECONTINUED:
            raise PageTooSlow
        if state != raw.FPDF_RENDER_DONE:
            raise PageUnusable
        pixels = bitmap.to_numpy().copy()
    return png(pixels)


def _until(end: float) -> "ctypes.Structure":
    """PDFium asks it now and then whether to stop; it does so from ``end`` on (``time.monotonic``)."""
    from pypdfium2 import raw

    pause: ctypes.Structure = raw.IFSDK_PAUSE(version=1)
    kind: Callable[..., object] = dict((name, kind) for name, kind, *_ in raw.IFSDK_PAUSE._fields_)["NeedToPauseNow"]
    pause.NeedToPauseNow = kind(lambda _: int(time.monotonic() > end))
    return pause


@contextmanager
def _opened(data: bytes) -> Iterator["PdfDocument"]:
    import pypdfium2

    if not ONE_AT_A_TIME.acquire(timeout=_PATIENCE):
        raise PageTooSlow
    try:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()
    except (pypdfium2.PdfiumError, ValueError, MemoryError, OverflowError) as error:
        raise PageUnusable from error
    finally:
        ONE_AT_A_TIME.release()


@contextmanager
def _page(document: "PdfDocument", number: int) -> Iterator["PdfPage"]:
    if not 1 <= number <= len(document):
        raise PageUnusable
    page = document[number - 1]
    try:
        if not all(0 < side < 1e6 for side in page.get_size()):
            raise PageUnusable
        yield page
    finally:
        page.close()


def _characters(page: "PdfPage") -> Iterator[tuple[str, Box | None]]:
    from pypdfium2 import raw

    seen = _as_seen(page)
    box, textpage, high = raw.FS_RECTF(), page.get_textpage(), 0
    try:
        for index in range(min(textpage.count_chars(), MOST_CHARACTERS)):
            code = raw.FPDFText_GetUnicode(textpage, index)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:  # what lies beyond the basic plane arrives in two halves
                code = 0x10000 + (high - 0xD800) * 0x400 + code - 0xDC00 if high else 0xFFFD
            high = 0
            if is_slanted(raw.FPDFText_GetCharAngle(textpage, index)):
                continue
            character = chr(code)
            printed = not character.isspace() and raw.FPDFText_IsGenerated(textpage, index) != 1
            if printed and raw.FPDFText_GetLooseCharBox(textpage, index, box):
                yield character, seen(box.left, box.bottom, box.right, box.top)
            else:
                yield character, None
    finally:
        textpage.close()


def _as_seen(page: "PdfPage") -> Callable[[float, float, float, float], Box]:
    """From the page's own coordinates to where it is seen: PDFium knows of its turn and of what is cut off."""
    from pypdfium2 import raw

    x, y = ctypes.c_int(), ctypes.c_int()
    far = max(page.get_size())

    def at(across: float, up: float) -> tuple[float, float]:
        raw.FPDF_PageToDevice(page, 0, 0, _GRID, _GRID, 0, across, up, x, y)
        return x.value / _GRID, y.value / _GRID

    (x0, y0), (x1, y1), (x2, y2) = at(0, 0), at(far, 0), at(0, far)
    ax, ay, bx, by = (x1 - x0) / far, (y1 - y0) / far, (x2 - x0) / far, (y2 - y0) / far

    def seen(left: float, bottom: float, right: float, top: float) -> Box:
        ends = ((left, bottom), (right, top))
        xs = sorted(x0 + ax * across + bx * up for across, up in ends)
        ys = sorted(y0 + ay * across + by * up for across, up in ends)
        return xs[0], ys[0], xs[1], ys[1]

    return seen
