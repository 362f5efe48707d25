"""One file to one :class:`~corpus.document.Document`: read, load, clean, describe, split."""

import stat
from collections.abc import Sequence
from pathlib import Path

from corpus.cleaning import clean
from corpus.document import Document, Paragraph, content_hash, document_id
from corpus.errors import EmptyFile, FileTooLarge, NotAFile, UnreadableFile
from corpus.loaders import load
from corpus.loaders.source import Block, Source
from corpus.official import Description, describe, heads_a_part
from corpus.splitting import assemble

_MEGABYTE = 1_000_000


def ingest(path: Path, *, max_bytes: int) -> Document:
    """Read the file at ``path``.

    Args:
        path: The file; a relative path is taken from the working directory.
        max_bytes: A larger file is refused unread.

    Raises:
        CorpusError: The file cannot be used; the class says why.
    """
    return ingest_bytes(path, read_bytes(path, max_bytes=max_bytes))


def ingest_bytes(path: Path, data: bytes) -> Document:
    """The document that ``data``, the content of the file at ``path``, holds.

    Raises:
        CorpusError: The content cannot be used; the class says why.
    """
    place = path.absolute()
    source = load(place, data)
    blocks = clean(source)
    text, paragraphs = assemble(blocks)
    if not text:
        raise EmptyFile(str(place))
    description = describe([text[p.start : p.end] for p in paragraphs])
    title = _title(place, source, blocks, description)
    digest = content_hash(data)
    return Document(
        id=document_id(str(place), digest),
        path=str(place),
        title=title,
        text=text,
        paragraphs=paragraphs,
        metadata={name: said.value for name, said in description.fields.items()},
        stated=_stated(description, title, paragraphs),
        content_hash=digest,
    )


def _stated(
    description: Description, title: str, paragraphs: Sequence[Paragraph]
) -> dict[str, tuple[tuple[int, int], ...]]:
    """Where the document states its title, if that is the one it goes by, and its fields."""
    said = dict(description.fields)
    if description.title is not None and description.title.value == title:
        said = {"title": description.title, **said}
    return {
        name: tuple((paragraphs[n].start + first, paragraphs[n].start + last) for n, first, last in each.places)
        for name, each in said.items()
    }


def read_bytes(path: Path, *, max_bytes: int) -> bytes:
    """The file's bytes, not more than ``max_bytes``.

    Raises:
        CorpusError: It is no file, too large, or cannot be read.
    """
    path = path.absolute()
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise NotAFile(str(path), kind="a folder" if path.is_dir() else "a pipe, socket or device")
        size = status.st_size
        if size > max_bytes:
            raise FileTooLarge(str(path), size=size / _MEGABYTE, limit=max_bytes / _MEGABYTE)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(str(path), detail=error.strerror or type(error).__name__) from error


def _title(path: Path, source: Source, blocks: tuple[Block, ...], description: Description) -> str:
    """An official title, else the first heading that the format marks, the title it declares, a first short line.

    Where that heading is the one of a first chapter, the title is what is printed above it.
    """
    described = description.title.value if description.title is not None else None
    official = described if {"number", "addressee"} & description.fields.keys() else None
    heading = next((block.text for block in blocks if block.heading is not None), None)
    declared = source.title.strip() if source.title else None
    if heading is not None and heads_a_part(heading):
        return official or described or declared or _shown(path.stem)
    return official or heading or declared or described or _shown(path.stem)


def _shown(name: str) -> str:
    """A file name as text: bytes of it that are no UTF-8 show as question marks."""
    return name.encode("utf-8", "replace").decode("utf-8")
