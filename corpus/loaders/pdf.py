"""PDF with a text layer. Owner of pypdfium2 (Apache-2.0 or BSD-3-Clause)."""

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import EncryptedFile, NoTextFound, NoTextLayer, UnreadableFile
from corpus.loaders import recognition
from corpus.loaders.breaks import declared_title
from corpus.loaders.printed import blocks
from corpus.loaders.printed_line import Line, joined, pieces
from corpus.loaders.running import without_running
from corpus.loaders.source import Source
from corpus.page_progress import tell_page

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage  # type: ignore[import-untyped]

ONE_AT_A_TIME = threading.Lock()
"""PDFium must not be called from two threads at once, and the web page indexes in threads of its own."""
_PASSWORD_ERRORS = (4, 5)
"""FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY."""
_Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
_SLANT = 0.1
"""Radians off the four directions of print from which on a character belongs to a watermark."""
_SCALE, _LONGEST = 200 / 72, 4000
"""Pixels to a point in which a page is drawn to be read, and of its longer side at the most."""
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\0-\x08\x0e-\x1f]")
_MOST_UNREADABLE = 0.5


def load_pdf(path: Path, data: bytes) -> Source:
    """The printed lines of a PDF, with their pages, without running headers, footers and page numbers.

    Raises:
        EncryptedFile: It cannot be opened without a password.
        NoTextLayer: No page has text, or its fonts do not say which characters they show; what would read the pictures
            is not installed.
        NoTextFound: It is pictures, and nothing can be read in them.
        UnreadableFile: PDFium cannot parse it.
    """
    import pypdfium2

    with ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if error.err_code in _PASSWORD_ERRORS:
                raise EncryptedFile(str(path)) from error
            raise UnreadableFile(str(path), detail="damaged or not a PDF") from error
        try:
            title = declared_title(document.get_metadata_value("Title"))
            pages, heights = _read(document)
            if recognition.is_installed():
                pages = _recognised(document, pages)
        except pypdfium2.PdfiumError as error:
            raise UnreadableFile(str(path), detail=f"PDFium: {error}") from error
        finally:
            document.close()
    found = tuple(blocks(without_running([joined(page) for page in pages], heights)))
    text = "".join(block.text for block in found)
    if not text.strip() or len(_UNREADABLE.findall(text)) > _MOST_UNREADABLE * len(text):
        problem = NoTextFound if recognition.is_installed() else NoTextLayer
        raise problem(str(path), pages=len(pages))
    return Source(blocks=found, wrapped=True, title=title)


def _read(document: "PdfDocument") -> tuple[list[list[Line]], list[float]]:
    pages: list[list[Line]] = []
    heights: list[float] = []
    for number in range(len(document)):
        page = document[number]
        try:
            pages.append(list(_lines(page)))
            heights.append(float(page.get_height()))
        finally:
            page.close()
    return pages, heights


def _recognised(document: "PdfDocument", pages: Sequence[list[Line]]) -> list[list[Line]]:
    """``pages``, with those whose characters say nothing read from their pictures."""
    import numpy as np
    from pypdfium2 import raw

    found = []
    for number, lines in enumerate(pages):
        if _says_something(lines):
            found.append(lines)
            continue
        page = document[number]
        try:
            if not any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])):
                found.append([])
                continue
            tell_page(number, len(pages))
            scale = min(_SCALE, _LONGEST / max(page.get_width(), page.get_height(), 1.0))
            picture = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=False)
            found.append(recognition.lines_in(np.ascontiguousarray(picture.to_numpy()[:, :, :3]), scale))
        finally:
            page.close()
    return found


def _says_something(lines: Sequence[Line]) -> bool:
    text = "".join(line.text for line in lines)
    return bool(text.strip()) and len(_UNREADABLE.findall(text)) <= _MOST_UNREADABLE * len(text)


def _lines(page: "PdfPage") -> Iterator[Line]:
    """The lines of a page in PDFium's order, which is the order of the text in the file."""
    from pypdfium2 import raw

    textpage = page.get_textpage()
    turn, page_width, page_height = page.get_rotation(), float(page.get_width()), float(page.get_height())
    box = raw.FS_RECTF()
    characters: list[tuple[str, _Box | None]] = []
    try:
        for index in range(textpage.count_chars()):
            character = chr(raw.FPDFText_GetUnicode(textpage, index))
            if character in "\r\n":
                yield from _line(characters)
                characters = []
                continue
            if raw.FPDFText_IsGenerated(textpage, index) == 1:
                characters.append((character, None))
                continue
            if is_slanted(raw.FPDFText_GetCharAngle(textpage, index)):
                continue
            place = None
            if not character.isspace() and raw.FPDFText_GetLooseCharBox(textpage, index, box):
                place = _turned((box.left, box.bottom, box.right, box.top), turn, page_width, page_height)
            characters.append(("-" if character in "\ufffe\x02" else character, place))
        yield from _line(characters)
    finally:
        textpage.close()


def is_slanted(angle: float) -> bool:
    """Whether a character that is turned by ``angle`` radians belongs to a watermark."""
    quarter = 1.5707963267948966
    off = angle % quarter
    return angle >= 0 and min(off, quarter - off) > _SLANT


def _turned(box: _Box, turn: int, page_width: float, page_height: float) -> _Box:
    """A box (left, bottom, right, top) of the page's own coordinates on the page as it is seen, ``turn`` degrees on."""
    left, bottom, right, top = box
    if turn == 90:
        return bottom, page_height - right, top, page_height - left
    if turn == 180:
        return page_width - right, page_height - top, page_width - left, page_height - bottom
    if turn == 270:
        return page_width - top, left, page_width - bottom, right
    return box


def _line(characters: list[tuple[str, _Box | None]]) -> Iterator[Line]:
    """The line, if there is anything in it."""
    text = _whole("".join(character for character, _ in characters))
    boxes = [place for _, place in characters if place is not None]
    if text and boxes:
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        parts = pieces(
            [(character, (place[0], place[2]) if place else None) for character, place in characters],
            max(tops) - min(bottoms),
        )
        yield Line(
            text=text,
            left=min(lefts),
            right=max(rights),
            bottom=min(bottoms),
            top=max(tops),
            pieces=tuple(replace(piece, text=_whole(piece.text)) for piece in parts),
        )


def _whole(text: str) -> str:
    """``text`` with characters beyond the basic plane put together: they arrive as surrogate pairs."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "").strip()
