"""One file per format. ``load`` turns the bytes of any of them into a :class:`corpus.loaders.source.Source`.

These are the only rooms that open a user's files. A loader gets the path, for its messages, and the bytes, which the
caller has read once; whatever is wrong with them comes out as a :class:`corpus.errors.CorpusError`.
"""

from collections.abc import Callable
from pathlib import Path

from corpus.errors import EmptyFile, EncryptedFile, OldOfficeFile, UnsupportedFormat, WrongSuffix
from corpus.loaders.docx import load_docx
from corpus.loaders.encoding import detect
from corpus.loaders.epub import load_epub
from corpus.loaders.html import load_html
from corpus.loaders.image import SUFFIXES as PICTURES
from corpus.loaders.image import load_image
from corpus.loaders.kinds import DESCRIPTIONS, is_encrypted_office, kind_of
from corpus.loaders.markdown import load_markdown
from corpus.loaders.odt import load_odt
from corpus.loaders.ofd import load_ofd
from corpus.loaders.pdf import load_pdf
from corpus.loaders.source import Source
from corpus.loaders.text import load_text

Loader = Callable[[Path, bytes], Source]

LOADERS: dict[str, Loader] = {
    ".txt": load_text,
    ".text": load_text,
    ".md": load_markdown,
    ".markdown": load_markdown,
    ".html": load_html,
    ".htm": load_html,
    ".xhtml": load_html,
    ".pdf": load_pdf,
    ".docx": load_docx,
    ".epub": load_epub,
    ".odt": load_odt,
    ".ofd": load_ofd,
    **dict.fromkeys(PICTURES, load_image),
}
"""Suffix, in lower case, to loader."""

OLD_OFFICE = (".doc", ".dot", ".wps", ".wpt")
"""Suffixes of the binary formats of Word and WPS, which have no loader."""

_BINARY: dict[Loader, str] = {
    load_pdf: "pdf",
    load_docx: "docx",
    load_epub: "epub",
    load_odt: "odt",
    load_ofd: "ofd",
    load_image: "image",
}
# Kinds of content that a text format may well hold: a web page is legal Markdown.
_FITTING: dict[Loader, tuple[str, ...]] = {load_html: ("html",), load_markdown: ("html",)}
_BLANK = b" \t\r\n\f\v\0"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


def load(path: Path, data: bytes) -> Source:
    """The text of one file in blocks.

    Args:
        path: Its suffix chooses the loader; otherwise only for messages.
        data: All bytes of the file.

    Raises:
        UnsupportedFormat: There is no loader for the suffix.
        OldOfficeFile: It is a .doc or .wps file, whatever its suffix.
        WrongSuffix: The content is of another kind than the suffix says.
        EmptyFile: There is no text in it.
        EncryptedFile: It cannot be opened without a password.
        NoTextLayer: It is a PDF of pictures, and what would read them is not installed.
        NoRecognition: It is a picture, and what would read it is not installed.
        NoTextFound: It is pictures without text.
        UnknownEncoding: It is no text in a supported encoding.
        UnreadableFile: Its format's parser cannot read it.
    """
    suffix = path.suffix.lower()
    loader = LOADERS.get(suffix)
    if loader is None:
        raise unsupported(path)
    if not data.strip(_BLANK):
        raise EmptyFile(str(path))
    _check_kind(path, data, loader)
    source = loader(path, data)
    if not any(block.text.strip().strip(_INVISIBLE) for block in source.blocks):
        raise EmptyFile(str(path))
    return source


def unsupported(path: Path) -> UnsupportedFormat | OldOfficeFile:
    """The error for a file whose suffix has no loader."""
    suffix = path.suffix.lower()
    if suffix in OLD_OFFICE:
        return OldOfficeFile(str(path))
    return UnsupportedFormat(str(path), suffix=suffix or path.name, supported=" ".join(sorted(LOADERS)))


def _check_kind(path: Path, data: bytes, loader: Loader) -> None:
    """Raise where the bytes are plainly of another kind than ``loader`` reads."""
    kind, wanted = kind_of(data), _BINARY.get(loader)
    if kind == "ole":
        raise EncryptedFile(str(path)) if is_encrypted_office(data) else OldOfficeFile(str(path))
    if kind is None and wanted and not data.startswith(b"PK") and _is_text(path, data):
        kind = "text"
    if kind is None or kind == wanted or kind in _FITTING.get(loader, ()):
        return
    if kind == "zip" and wanted in ("docx", "epub", "odt", "ofd"):
        return  # An archive without the usual parts: its loader says which one is missing.
    raise WrongSuffix(str(path), suffix=path.suffix, found=DESCRIPTIONS[kind])


def _is_text(path: Path, data: bytes) -> bool:
    """Whether the bytes read as text; a PDF may follow some stray lines."""
    return b"%PDF-" not in data[:1024] and detect(data[:4096]) is not None


__all__ = ["LOADERS", "Loader", "Source", "load", "unsupported"]
