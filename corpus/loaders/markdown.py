"""Markdown. Owner of markdown-it-py (MIT): CommonMark with tables."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.loaders.breaks import BREAK, declared_title, paragraphs
from corpus.loaders.encoding import decode
from corpus.loaders.html import html_blocks
from corpus.loaders.source import Block, Source
from corpus.loaders.table import Cell, row_texts

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"^[\w-]+[ \t]*:", re.MULTILINE)
_TITLE = re.compile(r"^title[ \t]*:[ \t]*(.+)$", re.MULTILINE | re.IGNORECASE)
_LONGEST_LINE = 100_000
"""Nobody types a longer line, and the parser needs minutes for some of them: such a file is read as plain lines."""
_LINE_TAG = re.compile(r"<br\b", re.IGNORECASE)


def load_markdown(path: Path, data: bytes) -> Source:
    """Headings with their levels, paragraphs, list items, table rows and lines of code; comments are left out.

    Raises:
        UnknownEncoding: The bytes are no text in a supported encoding.
    """
    from markdown_it import MarkdownIt

    text = decode(data, str(path)).replace(BREAK, "\n")
    title = None
    matter = _FRONT_MATTER.match(text)
    if matter and (_FIELD.search(matter[1]) or not matter[1].strip()):
        said = _TITLE.search(matter[1])
        title = declared_title(said[1].strip().strip("'\"")) if said else None
        text = text[matter.end() :]
    if max(map(len, text.split("\n"))) > _LONGEST_LINE:
        plain = tuple(Block(text=line) for line in text.split("\n") if line.strip())
        return Source(blocks=plain, wrapped=False, title=title)
    writer = _Writer()
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        writer.take(token)
    return Source(blocks=tuple(writer.blocks), wrapped=False, title=title)


class _Writer:
    """Turns the flat sequence of tokens into blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._heading: int | None = None
        self._marker = ""
        self._cells: list[str] | None = None
        self._rows: list[list[str]] = []

    def take(self, token: "Token") -> None:
        """The next token of the document."""
        if token.type == "heading_open":
            self._heading = int(token.tag[1])
        elif token.type == "list_item_open":
            # An ordered list keeps the number that was typed; a bullet says nothing.
            self._marker = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "tr_open":
            self._cells = []
        elif token.type == "tr_close":
            self._rows.append(self._cells or [])
            self._cells = None
        elif token.type == "table_close":
            rows = [[Cell(text=cell, head=n == 0) for cell in row] for n, row in enumerate(self._rows)]
            told = zip(row_texts(rows), self._rows, strict=True)
            self._add([text or "".join(cells) for text, cells in told])
            self._rows = []
        elif token.type == "inline":
            self._inline(_shown(token))
        elif token.type in ("fence", "code_block"):
            self._add(token.content.split("\n"))
        elif token.type == "html_block":
            self.blocks += html_blocks(token.content)

    def _inline(self, text: str) -> None:
        if self._cells is not None:
            self._cells.append(" ".join(text.replace(BREAK, "\n").split("\n")).strip())
            return
        self._add(paragraphs(self._marker + text))
        self._heading, self._marker = None, ""

    def _add(self, texts: list[str]) -> None:
        self.blocks += [Block(text=text, heading=self._heading) for text in texts if text.strip()]


def _shown(token: "Token") -> str:
    """What a reader sees of an inline token: marks and comments gone, the words of links and pictures kept."""
    parts: list[str] = []
    for one in token.children or ():
        if one.type in ("text", "code_inline"):
            parts.append(one.content)
        elif one.type == "softbreak":
            parts.append("\n")
        elif one.type == "hardbreak" or (one.type == "html_inline" and _LINE_TAG.match(one.content)):
            parts.append(BREAK)
        elif one.type == "image":
            parts.append(_shown(one))
    return "".join(parts)
