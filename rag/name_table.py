"""The table of an index in which the documents within a scope are looked up: SQL for what ``rag.scope`` defines."""

from collections.abc import Callable, Sequence
from typing import Any

from rag.answer import DocumentRecord
from rag.errors import NotInIndex
from rag.scope import Scope, Way, collected, names, ways
from rag.stored_text import storable
from rag.suggestions import nearest

Ask = Callable[[str, tuple[object, ...]], list[tuple[Any, ...]]]
"""Runs a query with its values and gives the rows."""
SCHEMA = """
CREATE TABLE names (
  kind TEXT NOT NULL, name TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (kind, name, document)
) WITHOUT ROWID;
CREATE INDEX names_of ON names (document);
"""
INSERT = "INSERT INTO names VALUES (?, ?, ?)"
DELETE = "DELETE FROM names WHERE document = ?"
HOW = {
    "is": "name = ?",
    "begins": "name >= ? AND substr(name, 1, length(?)) = ?",
    "ends": "substr(name, -length(?)) = ?",
    "holds": "instr(name, ?)",
}
"""How a :class:`rag.scope.Way` is asked; each mark stands for its words."""
PARTICULARS = {
    "documents": "name",
    "folders": "folder",
    "issuers": "issuer",
    "years": "year",
    "numbers": "document number",
}
"""What a message calls the fields of a scope."""


def rows(record: DocumentRecord) -> list[tuple[str, str, str]]:
    """What to ``INSERT`` for a document."""
    return [(kind, storable(name), record.id) for kind, name in sorted(names(record))]


def chosen(scope: Scope, ask: Ask, records: Callable[[], Sequence[DocumentRecord]]) -> frozenset[str] | None:
    """The ids of the documents that ``scope`` chooses; ``None`` where it chooses nothing, which is everything.

    ``records`` gives all documents, for the names that a message proposes.

    Raises:
        NotInIndex: One of its values names no document at all.
    """
    found = collected(scope)
    for field, values in ways(scope):
        named: frozenset[str] = frozenset()
        for value, each in values:
            called = frozenset(id for way in each for id in _named(way, ask))
            if not called:
                near = "; ".join(nearest(field, value, records())) or "-"
                raise NotInIndex(particular=PARTICULARS[field], name=value, nearest=near)
            named |= called
        found = named if found is None else found & named
    return found


def numbered(number: str, ask: Ask) -> list[str]:
    """The ids of the documents whose 文号 is ``number``."""
    return _within(Scope(numbers=(number,)), ask)


def titled(title: str, ask: Ask) -> list[str]:
    """The ids of the documents that are called ``title``."""
    return _within(Scope(documents=(title,)), ask)


def _within(scope: Scope, ask: Ask) -> list[str]:
    """The ids of the documents that are what any value of ``scope`` names."""
    return [id for _, values in ways(scope) for _, each in values for way in each for id in _named(way, ask)]


def _named(way: Way, ask: Ask) -> list[str]:
    test = HOW[way.how]
    words = (storable(way.words),) * test.count("?")
    return [id for (id,) in ask(f"SELECT document FROM names WHERE kind = ? AND {test}", (way.kind, *words))]
