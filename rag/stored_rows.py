"""Rows of the document store as the values that leave it."""

import json
from collections.abc import Sequence
from typing import Any

from corpus.document import Document
from rag.answer import DocumentRecord, Passage
from rag.stored_text import restored

RECORD = "d.id, d.path, d.title, d.metadata, d.paragraphs, d.characters"
BESIDE = 150
"""Characters on each side of a passage that come along with it."""
PASSAGE = (
    f"{RECORD}, p.ordinal, p.section, p.address, p.page, p.first, p.last,"
    f" substr(d.text, max(0, p.first - {BESIDE}) + 1, p.last + {BESIDE} - max(0, p.first - {BESIDE}))"
)


def record_of(document: Document) -> DocumentRecord:
    """What a citation says about ``document``."""
    said = document.metadata
    return DocumentRecord(
        id=document.id,
        path=document.path,
        title=document.title,
        number=said.get("number"),
        issuer=said.get("issuer"),
        date=said.get("date"),
        paragraphs=len(document.paragraphs),
        characters=len(document.text),
    )


def passage_of(document: Document, first: int, last: int | None = None) -> Passage:
    """The paragraphs of ``document`` from number ``first`` to ``last``, or the first alone, in one piece."""
    paragraph = document.paragraphs[first]
    end = document.paragraphs[first if last is None else last].end
    return Passage(
        document=record_of(document),
        paragraph=first,
        section=paragraph.section,
        page=paragraph.page,
        text=document.text[paragraph.start : end],
        start=paragraph.start,
        end=end,
        address=paragraph.address,
    )


def record(row: Sequence[Any]) -> DocumentRecord:
    """A row of ``RECORD``."""
    id, path, title, metadata, paragraphs, characters = row
    said = json.loads(metadata)
    return DocumentRecord(
        id=id,
        path=restored(path),
        title=title,
        number=said.get("number"),
        issuer=said.get("issuer"),
        date=said.get("date"),
        paragraphs=paragraphs,
        characters=characters,
    )


def passage(row: Sequence[Any]) -> Passage:
    """A row of ``PASSAGE``."""
    ordinal, section, address, page, first, last, around = row[6:]
    start, end = min(first, BESIDE), min(first, BESIDE) + last - first
    return Passage(
        document=record(row[:6]),
        paragraph=ordinal,
        section=tuple(json.loads(section)),
        page=page,
        text=around[start:end],
        start=first,
        end=last,
        before=around[:start],
        after=around[end:],
        address=address,
    )
