"""OpenDocument text (.odt), read straight from its XML."""

from collections.abc import Iterator
from pathlib import Path

from corpus.errors import EncryptedFile
from corpus.loaders.breaks import BREAK, declared_title, paragraphs
from corpus.loaders.markup import Node, attribute, child, children, events, name
from corpus.loaders.package import Package
from corpus.loaders.source import Block, Source
from corpus.loaders.table import Cell, row_texts, span_of

# Tracked deletions, remarks, notes (they come at the end), tables of contents, text boxes (after their paragraph).
_LEFT_OUT = frozenset(["tracked-changes", "annotation", "note", "table-of-content", "text-box", "ruby-text"])
_ROWS = frozenset(["table-header-rows", "table-rows", "table-row-group"])
_MOST_SPACES = 100
_DEEPEST = 6


def load_odt(path: Path, data: bytes) -> Source:
    """Paragraphs, headings and table rows in the order of the document, then its notes.

    Raises:
        EncryptedFile: It was saved with a password.
        UnreadableFile: The archive or its XML is damaged, or it unpacks to more than any text needs.
    """
    with Package(str(path), data) as package:
        manifest = package.tree_if_any("META-INF/manifest.xml")
        if manifest is not None and any(name(node) == "encryption-data" for node in manifest.iter()):
            raise EncryptedFile(str(path))
        content = package.tree("content.xml")
        meta = package.tree_if_any("meta.xml")
    body = child(child(content, "body"), "text")
    blocks = list(_content(body))
    for note in content.iter():
        if name(note) == "note-body":
            blocks += _content(note)
    said = next((node.text for node in (meta.iter() if meta is not None else ()) if name(node) == "title"), None)
    return Source(blocks=tuple(blocks), wrapped=False, title=declared_title(said))


def _content(container: Node | None) -> Iterator[Block]:
    for node in children(container):
        tag = name(node)
        if tag in ("p", "h"):
            yield from _paragraph(node)
        elif tag == "table":
            yield from _table(node)
        elif tag and tag not in _LEFT_OUT:
            yield from _content(node)


def _paragraph(node: Node) -> Iterator[Block]:
    heading = None
    if name(node) == "h":
        level = attribute(node, "outline-level", "1")
        heading = max(1, min(int(level), _DEEPEST)) if level.isdecimal() else 1
    text, boxes = _text(node)
    yield from (Block(text=piece, heading=heading) for piece in paragraphs(text) if piece.strip())
    for box in boxes:
        yield from _content(box)


def _table(table: Node) -> Iterator[Block]:
    """A block a row; a row of one cell is a frame around text, and its paragraphs stand for themselves."""
    contents: list[list[Block]] = []
    rows: list[list[Cell]] = []
    for row, head in _rows(table, head=False):
        contents.append([])
        rows.append([])
        for cell in children(row):
            if name(cell) == "table-cell":
                inside = list(_content(cell))
                contents[-1] += inside
                # Empty cells stand once for all those that follow one another.
                columns = span_of(attribute(cell, "number-columns-spanned")) * span_of(
                    attribute(cell, "number-columns-repeated")
                )
                text = "\n".join(block.text for block in inside)
                rows[-1].append(
                    Cell(text=text, columns=columns, rows=span_of(attribute(cell, "number-rows-spanned")), head=head)
                )
    for line, content in zip(row_texts(rows), contents, strict=True):
        yield from [Block(text=line)] if line else content


def _rows(table: Node, *, head: bool) -> Iterator[tuple[Node, bool]]:
    """The rows in order, each with whether it is one of the head."""
    for row in children(table):
        if name(row) == "table-row":
            yield row, head
        elif name(row) in _ROWS:
            yield from _rows(row, head=head or name(row) == "table-header-rows")


def _text(paragraph: Node) -> tuple[str, list[Node]]:
    """The text of a paragraph, its counted spaces written out, and the text boxes that are anchored in it."""
    parts: list[str] = []
    boxes: list[Node] = []
    skipped: Node | None = None
    for begins, node in events(paragraph):
        tag = name(node)
        if skipped is None and begins:
            if tag in _LEFT_OUT or not tag:
                skipped = node
                boxes += [node] if tag == "text-box" else []
            else:
                parts.append(_sign(node, tag) + " ".join((node.text or "").split("\n")))
        if not begins and (skipped is None or skipped is node):
            skipped = None
            parts.append(" ".join((node.tail or "").split("\n")) if node is not paragraph else "")
    return "".join(parts), boxes


def _sign(node: Node, tag: str) -> str:
    if tag == "s":
        count = attribute(node, "c", "1")
        return " " * min(int(count), _MOST_SPACES) if count.isdecimal() else " "
    return {"tab": "\t", "line-break": BREAK}.get(tag, "")
