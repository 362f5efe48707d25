"""The frozen values that leave this package: a document and the paragraphs that are slices of its text."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """One paragraph of a document.

    Attributes:
        start: First character, as an offset into ``Document.text``.
        end: One past the last character, so that ``document.text[start:end]`` is the paragraph.
        section: The headings above it, outermost first, as they stand in the text.
        address: How it is cited, 第十二条第二款 or 三、（五）; empty where nothing above it is numbered.
        page: The page on which it starts, counted from 1; ``None`` where the format has no pages.
        heading: The level of the heading that this paragraph is (1 is the outermost); ``None`` for body text.
    """

    start: int
    end: int
    section: tuple[str, ...] = ()
    address: str = ""
    page: int | None = None
    heading: int | None = None


@dataclass(frozen=True, kw_only=True)
class Document:
    """One file after cleaning. ``text`` never changes afterwards: every offset anywhere refers to it.

    Attributes:
        id: 16 hexadecimal digits from the file's path and bytes, see :func:`document_id`.
        path: Absolute path of the file.
        title: What the document calls itself, or the file's name where it does not say.
        text: The cleaned text; one line feed stands between paragraphs.
        paragraphs: In reading order, not overlapping, together all of ``text`` but the line feeds between them.
        metadata: What the document says of itself, by the field names of ``corpus.official``; absent ones are left out.
        stated: Where it says so: spans of ``text`` for each of these fields, and for ``title`` where the text has it.
        content_hash: SHA-256 of the file's bytes, in hexadecimal.
    """

    id: str
    path: str
    title: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    content_hash: str


def content_hash(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def document_id(path: str, digest: str) -> str:
    """Identifier of the file at ``path`` with the content ``digest``: copies at other paths keep ids of their own."""
    return hashlib.sha256(f"{digest}\0{path}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
