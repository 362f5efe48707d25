"""The part of an address behind ``#source=`` that opens a document at a place: ``ID:START-END,START-END``. Pure.

The first span is the quote, those behind it are marked inside it; both are offsets of the document's text. A document
that changes gets another id, so a link never shows other words than those that were meant.
"""

import re

from rag.answer import Span
from ui.source_places import Spot

MOST_MARKS = 20
_LINK = re.compile(r"(?P<id>[0-9A-Za-z_-]{1,64})(?::(?P<spans>\d{1,9}-\d{1,9}(?:,\d{1,9}-\d{1,9})*))?", re.ASCII)


def link_to(spot: Spot) -> str:
    """What opens this place again."""
    start, end = spot.quote
    mark = "" if spot.mark == spot.quote else f",{spot.mark[0]}-{spot.mark[1]}"
    return f"{spot.document.id}:{start}-{end}{mark}"


def read_link(link: object) -> tuple[str, tuple[Span, ...]] | None:
    """The document's id and the spans; ``None`` for what is no such link."""
    found = _LINK.fullmatch(link) if isinstance(link, str) else None
    if found is None:
        return None
    spans = (each.split("-") for each in (found["spans"] or "").split(",") if each)
    read = tuple((int(start), int(end)) for start, end in spans)
    return (found["id"], read) if len(read) <= MOST_MARKS else None
