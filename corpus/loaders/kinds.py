"""What a file is, by its first bytes: so that a wrong suffix gets a plain word instead of a parser's."""

import io
import re
import zipfile

from corpus.loaders.package import DAMAGE

_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\0", "database"),
)
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_HEAD = 1024
_DIRECTORIES = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("OFD.xml", "ofd"))
_MEDIA_TYPES = (
    (b"application/epub+zip", "epub"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument", "opendocument"),
)
_LONGEST_MEDIA_TYPE = 100
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

DESCRIPTIONS = {
    "pdf": "a PDF (.pdf)",
    "docx": "a Word document (.docx)",
    "epub": "an EPUB book (.epub)",
    "odt": "an OpenDocument text (.odt)",
    "html": "a web page (.html)",
    "text": "plain text (.txt)",
    "xlsx": "an Excel workbook (.xlsx)",
    "pptx": "a PowerPoint presentation (.pptx)",
    "opendocument": "an OpenDocument file that is no text",
    "ofd": "an OFD document (.ofd)",
    "zip": "a ZIP archive (.zip)",
    "rtf": "rich text (.rtf)",
    "image": "a picture",
    "archive": "a compressed archive",
    "program": "a program",
    "database": "a database",
}
"""Words for a person, by kind."""


def kind_of(data: bytes) -> str | None:
    """A key of ``DESCRIPTIONS``, "ole" for old Office files, or ``None`` where nothing is recognised."""
    kind = next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)
    if kind == "zip":
        return _zip_kind(data)
    if kind is None and _HTML.match(data[:_HEAD]):
        return "html"
    return kind


def is_encrypted_office(data: bytes) -> bool:
    """Whether an OLE file is the shell that Office puts around an encrypted .docx."""
    return _ENCRYPTED_STREAM in data


def _zip_kind(data: bytes) -> str | None:
    """Which of the formats in a ZIP archive it is; ``None`` for an archive too damaged to say."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    said = stream.read(_LONGEST_MEDIA_TYPE)
                return next((kind for media_type, kind in _MEDIA_TYPES if said.startswith(media_type)), "zip")
    except DAMAGE:
        return None
    if "META-INF/container.xml" in names:
        return "epub"
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return "odt"
    return next((kind for start, kind in _DIRECTORIES if any(name.startswith(start) for name in names)), "zip")
