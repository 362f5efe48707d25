"""EPUB books: the XHTML files of the spine, in reading order."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from corpus.errors import EncryptedFile, UnreadableFile
from corpus.loaders.breaks import declared_title
from corpus.loaders.encoding import decode
from corpus.loaders.html import html_blocks
from corpus.loaders.markup import Node, attribute, name
from corpus.loaders.package import Package
from corpus.loaders.source import Block, Source

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html")
# XHTML may close any element at once; to an HTML parser such a title or script swallows the page.
_SELF_CLOSED = re.compile(r"<(?!(?:br|hr|img|meta|link|input|col|wbr)\b)([a-z][\w:]*)((?:\s[^<>]*)?)/>", re.IGNORECASE)


def load_epub(path: Path, data: bytes) -> Source:
    """The chapters of a book; its table of contents is left out.

    Raises:
        EncryptedFile: The chapters are encrypted (DRM).
        UnreadableFile: The archive or its package file is damaged, or it unpacks to more than any text needs.
    """
    with Package(str(path), data) as package:
        roots = (node for node in package.tree(_CONTAINER).iter() if name(node) == "rootfile")
        opf = next((attribute(node, "full-path") for node in roots), "")
        book = package.tree(opf)
        locked = _locked(package)
        blocks: list[Block] = []
        for part in _chapters(book, posixpath.dirname(opf)):
            if part in locked:
                raise EncryptedFile(str(path))
            if part in package:
                blocks += html_blocks(_SELF_CLOSED.sub(r"<\1\2></\1>", decode(package.read(part), str(path))))
        if not blocks and not any(name(node) == "itemref" for node in book.iter()):
            raise UnreadableFile(str(path), detail="damaged: the book lists no chapters")
    said = next((node.text for node in book.iter() if name(node) == "title"), None)
    return Source(blocks=tuple(blocks), wrapped=False, title=declared_title(said))


def _chapters(book: Node, folder: str) -> Iterator[str]:
    """Archive names of the chapters in reading order."""
    items = {attribute(node, "id"): node for node in book.iter() if name(node) == "item"}
    for reference in book.iter():
        item = items.get(attribute(reference, "idref")) if name(reference) == "itemref" else None
        if item is None or attribute(item, "media-type") not in _PAGES:
            continue
        if "nav" not in attribute(item, "properties").split():
            yield posixpath.normpath(posixpath.join(folder, unquote(attribute(item, "href"))))


def _locked(package: Package) -> set[str]:
    """Archive names of the encrypted parts."""
    root = package.tree_if_any(_ENCRYPTION)
    found = root.iter() if root is not None else ()
    return {unquote(attribute(node, "URI")) for node in found if name(node) == "cipherreference"}
