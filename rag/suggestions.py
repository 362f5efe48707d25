"""The names nearest to one that no document has, for a message that helps."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from heapq import nlargest

from rag.answer import DocumentRecord
from rag.scope import issuers, year
from rag.terms import folded

SHOWN = 5
COMPARED = 200
"""Names that are compared letter by letter: those that share the most characters."""
LIKENESS = 0.3
"""Of difflib, between 0 and 1: whoever mistypes a short name shares little with it."""


def nearest(field: str, value: str | int, records: Sequence[DocumentRecord]) -> tuple[str, ...]:
    """The names that ``records`` have for ``field`` of a scope, the likest to ``value`` first, at most ``SHOWN``."""
    if field == "years":
        known = {found for record in records if (found := year(record)) is not None}
        return tuple(map(str, sorted(known, key=lambda each: (abs(each - int(value)), each))[:SHOWN]))
    return likest(str(value), _names(field, records))


def likest(value: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of ``names`` that are likest to ``value``, at most ``SHOWN``."""
    shown = {folded(name): name for name in names}
    wanted = folded(value)
    characters = set(wanted)
    near = nlargest(COMPARED, shown, key=lambda name: (len(characters & set(name)), -len(name)))
    return tuple(shown[name] for name in get_close_matches(wanted, near, SHOWN, LIKENESS) or near[:SHOWN])


def _names(field: str, records: Sequence[DocumentRecord]) -> Iterable[str]:
    for record in records:
        match field:
            case "documents":
                yield from (record.title, record.path.replace("\\", "/").rpartition("/")[2])
            case "folders":
                yield record.path.replace("\\", "/").rpartition("/")[0]
            case "issuers":
                yield from issuers(record)
            case "numbers" if record.number:
                yield record.number
