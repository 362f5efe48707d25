"""Web pages: the main content in blocks, with headings, table rows and paragraphs that only ``<br>`` separates."""

import re
from pathlib import Path

from corpus.loaders.breaks import BREAK, declared_title, lines, paragraphs
from corpus.loaders.content import main_content
from corpus.loaders.encoding import decode
from corpus.loaders.markup import Node, events, html_tree, name
from corpus.loaders.source import Block, Source
from corpus.loaders.table import Cell, row_texts, span_of

_BLOCKS = frozenset(
    [
        "html",
        "body",
        "address",
        "article",
        "blockquote",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "ul",
    ]
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
_WHITE = re.compile(r"[ \t\r\n\f]+")
# Lines around the text that pages rarely mark as what they are.
_FRAME_LINE = re.compile(
    r"版权所有|ICP\s*备|公网安备|网站标识码|copyright\s*(?:©|\(c\)|\d{4})|^©|all rights reserved"
    r"|打印本页|关闭(?:窗口|本页)|扫一扫|分享到"
    r"|^【?(?:上一篇|下一篇|返回顶部|打印|关闭)|(?:当前|所在|您的)位置[：:]",
    re.IGNORECASE,
)
_LONGEST_FRAME_LINE = 120
_SITE_NAME = re.compile(r"_|\s[-–—|]\s|\|")
_SHARE_OF_LAYOUT_CELL, _PARAGRAPHS_OF_LAYOUT_CELL = 0.8, 3


def load_html(path: Path, data: bytes) -> Source:
    """The main content of a page; see :mod:`corpus.loaders.content` for what is left out.

    Raises:
        UnknownEncoding: The bytes are no text in a supported encoding.
    """
    charset = _CHARSET.search(data[:_HEAD_BYTES])
    text = decode(data, str(path), declared=charset[1].decode("ascii") if charset else None)
    root = html_tree(text)
    if root is None:
        return Source(blocks=(), wrapped=False)
    title = _title(root)
    return Source(blocks=tuple(_without_frame_lines(tree_blocks(main_content(root)))), wrapped=False, title=title)


def html_blocks(text: str) -> list[Block]:
    """The blocks of a piece of HTML, everything in it taken as content except scripts and the like."""
    root = html_tree(text)
    return tree_blocks(root) if root is not None else []


def _title(root: Node) -> str | None:
    """What ``<title>`` says, without the name of the site; the first ``h1`` where it begins the title."""
    said = next((" ".join("".join(node.itertext()).split()) for node in root.iter() if name(node) == "title"), "")
    heading = next((" ".join("".join(node.itertext()).split()) for node in root.iter() if name(node) == "h1"), "")
    if heading and said.startswith(heading):
        return heading
    return declared_title(_SITE_NAME.split(said)[0])


def _without_frame_lines(blocks: list[Block]) -> list[Block]:
    """``blocks`` without the first and last ones that speak of the site, not of the subject."""

    def is_frame(block: Block) -> bool:
        return len(block.text) < _LONGEST_FRAME_LINE and _FRAME_LINE.search(block.text) is not None

    first, end = 0, len(blocks)
    while first < end and is_frame(blocks[first]):
        first += 1
    while end > first and is_frame(blocks[end - 1]):
        end -= 1
    return blocks[first:end] or blocks


def tree_blocks(root: Node) -> list[Block]:
    """Every paragraph, heading, list item and table row below ``root``."""
    layout = {table for table in root.iter() if name(table) == "table" and _is_layout(table)}
    writer = _Writer()
    skipped: Node | None = None
    for begins, node in events(root):
        tag = name(node)
        if skipped is None and begins and tag in ("script", "style", "head", "template", ""):
            skipped = node
        if skipped is None:
            in_row = tag in ("tr", "td", "th") and next(node.iterancestors("table"), None) not in layout
            (writer.begin if begins else writer.end)(node, tag, in_row)
        if not begins:
            skipped = None if skipped is node else skipped
            if skipped is None and node is not root:
                writer.write(node.tail)
    writer.flush()
    writer.end_table()
    return writer.blocks


def _is_layout(table: Node) -> bool:
    """Whether a table only places text: it holds tables or headings, has one column, or is nearly all one cell."""
    if any(name(node) in ("table", "h1", "h2", "h3") for node in table.iter() if node is not table):
        return True
    rows = [[cell for cell in row if name(cell) in ("td", "th")] for row in table.iter() if name(row) == "tr"]
    lengths = {cell: len("".join("".join(cell.itertext()).split())) for row in rows for cell in row}
    if all(sum(lengths[cell] > 0 for cell in row) <= 1 for row in rows):
        return True
    largest = max(lengths, key=lambda cell: lengths[cell])
    paragraphs = sum(name(node) in ("p", "div", "li") for node in largest.iter())
    share = lengths[largest] / max(1, sum(lengths.values()))
    return share >= _SHARE_OF_LAYOUT_CELL and paragraphs >= _PARAGRAPHS_OF_LAYOUT_CELL


class _Writer:
    """Collects text into blocks while the tree goes by."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._heading: int | None = None
        self._cells: list[Cell] | None = None
        self._rows: list[list[Cell]] = []
        self._in_cell = False
        self._verbatim = 0

    def write(self, text: str | None) -> None:
        if text and self._verbatim:
            self._parts.append(text.replace("\n", BREAK))
        elif text:
            self._parts.append(_WHITE.sub(" ", text))

    def begin(self, node: Node, tag: str, in_row: bool) -> None:
        if tag == "br":
            self._parts.append(BREAK)
        elif tag in _BLOCKS:
            self._boundary()
            if tag == "tr" and in_row:
                self._cells = []
            elif tag in ("td", "th") and in_row:
                self._in_cell, self._parts = True, []
            elif tag == "pre":
                self._verbatim += 1
            elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
                self._heading = int(tag[1])
        self.write(node.text)

    def end(self, node: Node, tag: str, in_row: bool) -> None:
        if tag not in _BLOCKS:
            return
        if tag in ("td", "th") and in_row and self._cells is not None:
            text = "\n".join(self._paragraphs(whole=True))
            columns, rows = (span_of(node.get(key)) for key in ("colspan", "rowspan"))
            self._cells.append(Cell(text=text, columns=columns, rows=rows, head=tag == "th"))
            self._in_cell, self._parts = False, []
        elif tag == "tr" and in_row and self._cells is not None:
            self._rows.append(self._cells)
            self._cells, self._parts = None, []
        elif tag == "table" and self._rows:
            self.end_table()
        else:
            self._boundary()
            self._verbatim -= tag == "pre"
            self._heading = None if tag[0] == "h" else self._heading

    def end_table(self) -> None:
        """Turn the rows so far into blocks."""
        told = zip(row_texts(self._rows), self._rows, strict=True)
        texts = [text or "".join(cell.text for cell in row) for text, row in told]
        self.blocks += [Block(text=text) for text in texts if text]
        self._rows = []

    def _boundary(self) -> None:
        if self._in_cell:
            self._parts.append(BREAK)
        elif self._cells is None:
            self.flush()

    def flush(self) -> None:
        """End the block."""
        self.blocks += [Block(text=text, heading=self._heading) for text in self._paragraphs()]
        self._parts = []

    def _paragraphs(self, whole: bool = False) -> list[str]:
        """The text so far, cut where doubled breaks or indents say so, or (``whole``) at every break."""
        text = "".join(self._parts)
        if not self._verbatim:
            text = re.sub(" {2,}", " ", text)
        return lines(text) if whole else paragraphs(text)
