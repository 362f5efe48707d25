"""A stretch of a document for another program: the words, what stands around them, where they stand. Pure."""

from rag.answer import Document, DocumentRecord
from ui.program_functions import AROUND, LONGEST_TEXT, MOST_AROUND
from ui.program_values import BadArgument, shown, whole
from ui.records import Record, document_record

FURTHEST = 10**12
"""An offset that no document reaches; what lies between is told with the document's own length."""


def excerpt_record(
    document: Document, record: DocumentRecord, *, start: object = None, end: object = None, around: object = None
) -> Record:
    """What ``open_source`` gives: ``document.text[start:end]`` as ``quote``, and ``text`` with ``around`` on each side.

    Without ``end`` the document is read on from ``start``, as far as one answer goes, and ``next`` is where to go on.

    Raises:
        BadArgument: The offsets are none, or none of this document.
    """
    first, last = whole(start, "start", 0, FURTHEST), whole(end, "end", 0, FURTHEST)
    beside = whole(around, "around", 0, MOST_AROUND)
    length = len(document.text)
    for name, offset in (("start", first), ("end", last)):
        if offset is not None and offset > length:
            raise BadArgument("beyond", name=name, found=shown(offset), characters=length)
    begin = first or 0
    if last is not None and begin > last:
        raise BadArgument("reversed", start=begin, end=last)
    stop = min(length if last is None else last, begin + LONGEST_TEXT)
    margin = 0 if last is None else AROUND if beside is None else beside
    left, right = max(0, begin - margin), min(length, stop + margin)
    return {
        "document": document_record(record),
        "quote": document.text[begin:stop],
        "start": begin,
        "end": stop,
        "text": document.text[left:right],
        "text_start": left,
        "text_end": right,
        "next": right if right < length else None,
        **_place(document, begin),
    }


def _place(document: Document, offset: int) -> Record:
    """Section, address and page of the paragraph that holds ``offset``, or of the one behind it."""
    for ordinal, paragraph in enumerate(document.paragraphs):
        if offset < paragraph.end:
            return {
                "section": list(paragraph.section),
                "address": paragraph.address,
                "page": paragraph.page,
                "paragraph": ordinal,
            }
    return {"section": [], "address": "", "page": None, "paragraph": None}
