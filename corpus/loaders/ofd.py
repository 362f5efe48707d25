"""OFD (GB/T 33190-2016), the fixed-layout format of Chinese offices: a ZIP archive of XML, read straight from it.

A page's text stands in TextObjects, in millimetres from the upper left corner, each with a boundary, perhaps a matrix
(CTM), and runs of characters (TextCode) whose distances are told (DeltaX). What comes out are printed lines, as a PDF
has them.
"""

import math
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import EncryptedFile, NoTextLayer, UnreadableFile
from corpus.loaders.breaks import declared_title
from corpus.loaders.markup import Node, attribute, child, name
from corpus.loaders.package import Package
from corpus.loaders.printed import blocks
from corpus.loaders.printed_line import Line, joined
from corpus.loaders.running import without_running
from corpus.loaders.source import Source

_ROOT = "OFD.xml"
_POINTS = 72 / 25.4
_A4 = (0.0, 0.0, 210.0, 297.0)
_SLANT = 0.1
"""Radians off the four directions of print from which on text belongs to a watermark."""
_MOST_REPEATED = 10_000
_UPRIGHT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, kw_only=True)
class _Page:
    """The lines of a page in points from its lower left corner, and its height."""

    lines: list[Line]
    height: float


def load_ofd(path: Path, data: bytes) -> Source:
    """The printed lines of all documents in the archive, with their pages, without running headers and footers.

    Raises:
        EncryptedFile: It is encrypted.
        NoTextLayer: No page has text.
        UnreadableFile: The archive or its XML is damaged, or it unpacks to more than any text needs.
    """
    with Package(str(path), data) as package:
        root = package.tree(_ROOT)
        if any(name(node) == "encryptions" for node in root.iter()) or "Encryptions.xml" in package:
            raise EncryptedFile(str(path))
        title = next((node.text for node in root.iter() if name(node) == "title"), None)
        documents = [node.text.strip() for node in root.iter() if name(node) == "docroot" and node.text]
        pages = [page for document in documents for page in _pages(package, _resolved(_ROOT, document))]
    heights = [page.height for page in pages]
    found = tuple(blocks(without_running([joined(page.lines) for page in pages], heights)))
    if not any(block.text.strip() for block in found):
        raise NoTextLayer(str(path), pages=len(pages))
    return Source(blocks=found, wrapped=True, title=declared_title(title))


def _pages(package: Package, part: str) -> Iterator[_Page]:
    """The pages of one document in their order; one whose file is missing has no lines."""
    document = package.tree(part)
    usual = _box(child(child(document, "commondata"), "pagearea")) or _A4
    listed = child(document, "pages")
    if listed is None:
        raise UnreadableFile(package.path, detail=f"damaged: {part} lists no pages")
    for entry in listed:
        content = _resolved(part, attribute(entry, "BaseLoc", ""))
        page = package.tree_if_any(content) if name(entry) == "page" else None
        if page is not None:
            _, _, _, height = _box(child(page, "area")) or usual
            yield _Page(lines=list(_lines(child(page, "content"), height)), height=height * _POINTS)


def _lines(content: Node | None, height: float) -> Iterator[Line]:
    for node in content.iter() if content is not None else ():
        if name(node) == "textobject":
            yield from _text(node, height)


def _text(node: Node, height: float) -> Iterator[Line]:
    """The runs of characters of one TextObject; none of a slanted one."""
    left, top, *_ = _numbers(attribute(node, "Boundary", "")) or (0.0, 0.0)
    matrix = tuple(_numbers(attribute(node, "CTM", "")))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else _UPRIGHT
    if _slanted(a, b):
        return
    size = next(iter(_numbers(attribute(node, "Size", ""))), 0.0) * (math.hypot(c, d) or 1.0)
    x = y = 0.0
    for run in node:
        if name(run) != "textcode":
            continue
        x = next(iter(_numbers(attribute(run, "X", ""))), x)
        y = next(iter(_numbers(attribute(run, "Y", ""))), y)
        words = (run.text or "").strip()
        if words:
            reach = sum(_deltas(attribute(run, "DeltaX", ""), len(words))) * (math.hypot(a, b) or 1.0)
            start, base = left + a * x + c * y + e, top + b * x + d * y + f
            yield Line(
                text=words,
                left=start * _POINTS,
                right=(start + max(reach, 0.0) + size) * _POINTS,
                bottom=(height - base) * _POINTS,
                top=(height - base + size) * _POINTS,
            )


def _slanted(a: float, b: float) -> bool:
    quarter = math.pi / 2
    off = math.atan2(b, a) % quarter
    return min(off, quarter - off) > _SLANT


def _deltas(said: str, characters: int) -> list[float]:
    """The distances between the characters: ``5 5 4`` or, with repetitions, ``g 2 5 4``."""
    found: list[float] = []
    words = iter(said.split())
    for word in words:
        if word == "g":
            count, value = _numbers(f"{next(words, '')} {next(words, '')}") or (0.0, 0.0)
            found += [value] * min(int(count), _MOST_REPEATED)
        else:
            found += _numbers(word)
    return found[: max(characters - 1, 0)]


def _box(area: Node | None) -> tuple[float, float, float, float] | None:
    """The page's box (x, y, width, height) in millimetres, where it is told."""
    said = _numbers(getattr(child(area, "physicalbox"), "text", None) or "") if area is not None else []
    return (said[0], said[1], said[2], said[3]) if len(said) == 4 and said[2] > 0 < said[3] else None


def _numbers(said: str) -> list[float]:
    """The numbers of an attribute; none where one of its words is no number."""
    try:
        found = [float(word) for word in said.split()]
    except ValueError:
        return []
    return found if all(math.isfinite(number) for number in found) else []


def _resolved(part: str, location: str) -> str:
    """The name of the part that ``location`` in ``part`` means: from the root, or from where ``part`` lies."""
    joined_path = location if location.startswith("/") else posixpath.join(posixpath.dirname(part), location)
    return posixpath.normpath(joined_path).lstrip("/")
