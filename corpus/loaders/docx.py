"""Word documents (.docx), read straight from their XML: tracked deletions left out, automatic numbers put in."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path, PurePosixPath

from corpus.loaders.breaks import BREAK, declared_title, paragraphs
from corpus.loaders.markup import Node, attribute, child, children, events, name
from corpus.loaders.package import Package
from corpus.loaders.source import Block, Source
from corpus.loaders.table import row_texts
from corpus.loaders.word_numbering import Numbering
from corpus.loaders.word_styles import Styles
from corpus.loaders.word_table import is_merged, row_cells

# Deleted text, field codes, the second form of a drawing, readings over characters; text boxes come after.
_LEFT_OUT = frozenset(["del", "movefrom", "instrtext", "deltext", "fallback", "rpr", "ppr", "rt", "txbxcontent"])
_TRANSPARENT = frozenset(["sdt", "sdtcontent", "ins", "moveto", "smarttag", "customxml"])
_SIGNS = {"tab": "\t", "cr": BREAK, "nobreakhyphen": "-"}
_CHINESE_END = re.compile(r"[\u2e80-\uffee]$")


def load_docx(path: Path, data: bytes) -> Source:
    """Paragraphs, headings (by style or outline level) and table rows in the order of the document, then its notes.

    Raises:
        EncryptedFile: A part is encrypted.
        UnreadableFile: The archive or its XML is damaged, or it unpacks to more than any text needs.
    """
    with Package(str(path), data) as package:
        main = _main_part(package)
        folder = PurePosixPath(main).parent
        reader = _Reader(package, folder)
        blocks = list(reader.content(child(package.tree(main), "body")))
        for notes in ("footnotes.xml", "endnotes.xml"):
            for note in children(package.tree_if_any(str(folder / notes))):
                if not attribute(note, "type"):
                    blocks += reader.content(note)
        core = package.tree_if_any("docProps/core.xml")
        title = child(core, "title")
    return Source(blocks=tuple(blocks), wrapped=False, title=declared_title(title.text if title is not None else None))


def _main_part(package: Package) -> str:
    """The part that the package names as its document."""
    for relation in children(package.tree_if_any("_rels/.rels")):
        if attribute(relation, "Type").endswith("/officeDocument"):
            return attribute(relation, "Target").lstrip("/")
    return "word/document.xml"


class _Reader:
    """Walks the body with the styles and list counters of one document."""

    def __init__(self, package: Package, folder: PurePosixPath) -> None:
        self._styles = Styles(package.tree_if_any(str(folder / "styles.xml")))
        self._numbering = Numbering(package.tree_if_any(str(folder / "numbering.xml")))

    def content(self, container: Node | None) -> Iterator[Block]:
        """The blocks of everything in a body, cell, note or text box."""
        for node in _content_of(container):
            if name(node) == "p":
                yield from self._paragraph(node)
            elif name(node) == "tbl":
                yield from self._table(node)

    def _paragraph(self, node: Node) -> Iterator[Block]:
        text, boxes = _text(node)
        properties = child(node, "ppr")
        if text.strip():
            heading = self._styles.heading(properties)
            label = self._label(properties)
            yield from (Block(text=piece, heading=heading) for piece in paragraphs(label + text))
        for box in boxes:
            yield from self.content(box)

    def _label(self, properties: Node | None) -> str:
        number, depth = self._styles.list_of(properties)
        label = self._numbering.label(number, depth) if number else ""
        return label if not label or _CHINESE_END.search(label) else label + " "

    def _table(self, table: Node) -> Iterator[Block]:
        """A block a row; a row of one cell is a frame around text, and its paragraphs stand for themselves."""
        rows = [row for row in _content_of(table) if name(row) == "tr"]
        cells = [[cell for cell in _content_of(row) if name(cell) == "tc"] for row in rows]
        contents = [[[] if is_merged(cell) else list(self.content(cell)) for cell in row] for row in cells]
        read = [row_cells(*three) for three in zip(rows, cells, contents, strict=True)]
        for text, content in zip(row_texts(read), contents, strict=True):
            yield from [Block(text=text)] if text else chain.from_iterable(content)


def _content_of(container: Node | None) -> Iterator[Node]:
    """The children of an element, those of content controls and tracked insertions among them."""
    for node in children(container):
        if name(node) in _TRANSPARENT:
            yield from _content_of(node)
        else:
            yield node


def _text(paragraph: Node) -> tuple[str, list[Node]]:
    """The text of a paragraph as it is seen, and the text boxes that are anchored in it."""
    parts: list[str] = []
    boxes: list[Node] = []
    skipped: Node | None = None
    for begins, node in events(paragraph):
        if skipped is not None:
            skipped = None if node is skipped else skipped
        elif begins:
            tag = name(node)
            if tag in _LEFT_OUT or (tag == "r" and child(child(node, "rpr"), "vanish") is not None):
                skipped = node
                boxes += [node] if tag == "txbxcontent" else []
            elif tag == "t":
                parts.append(node.text or "")
            elif tag == "br" and attribute(node, "type") not in ("page", "column"):
                parts.append(BREAK)
            else:
                parts.append(_SIGNS.get(tag, ""))
    return "".join(parts), boxes
