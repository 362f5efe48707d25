"""What a collection takes of the disk."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.answer import DocumentRecord


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much there is in a collection, and what it takes in bytes.

    ``index`` is an estimate: nobody can say which byte of an index is whose, so each document counts for its share of
    all characters. ``uploads`` are the kept copies of uploaded files, which other collections may hold as well.
    """

    documents: int
    paragraphs: int
    index: int
    uploads: int


def size_of(
    inside: Sequence[DocumentRecord], everything: Sequence[DocumentRecord], *, index: int, kept: Callable[[str], bool]
) -> Size:
    """The size of a collection.

    Args:
        inside: Its documents.
        everything: All documents of the index.
        index: What the index takes, in bytes.
        kept: Whether the file at a path is a copy of ours.
    """
    characters = sum(record.characters for record in everything)
    share = sum(record.characters for record in inside) / characters if characters else 0.0
    return Size(
        documents=len(inside),
        paragraphs=sum(record.paragraphs for record in inside),
        index=round(index * share),
        uploads=sum(_bytes(record.path) for record in inside if kept(record.path)),
    )


def _bytes(path: str) -> int:
    try:
        return Path(path).lstat().st_size
    except (OSError, ValueError):
        return 0


def lies_in(folder: Path) -> Callable[[str], bool]:
    """Whether a path of the index is that of a file right in ``folder``."""
    real = os.path.realpath(folder)
    return lambda path: os.path.dirname(path) == real  # noqa: PTH120  # of thousands of documents
