"""Documents and paragraphs of an index in one SQLite file. Paragraph texts are slices, never copies.

The file is written by one writer before its generation is published and only read afterwards, so readers open it
as immutable: no locks, and a writer elsewhere cannot disturb them.
"""

import errno
import json
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from corpus.document import Document, Paragraph
from corpus.references import Reference
from rag import indexed_times, name_table
from rag.answer import DocumentRecord, Passage
from rag.errors import IndexDamaged, UnknownDocument
from rag.extent import Extent
from rag.scope import Scope
from rag.stored_rows import PASSAGE, RECORD, passage, record, record_of
from rag.stored_text import restored, storable

FILE = "documents.sqlite"
SCHEMA = """
CREATE TABLE documents (
  id TEXT PRIMARY KEY, path TEXT UNIQUE NOT NULL, title TEXT NOT NULL, metadata TEXT NOT NULL,
  stated TEXT NOT NULL, content_hash TEXT NOT NULL, paragraphs INTEGER NOT NULL, characters INTEGER NOT NULL,
  first_paragraph INTEGER, text TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE paragraphs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL, ordinal INTEGER NOT NULL,
  first INTEGER NOT NULL, last INTEGER NOT NULL, section TEXT NOT NULL, page INTEGER, heading INTEGER,
  address TEXT NOT NULL
);
CREATE UNIQUE INDEX paragraphs_of ON paragraphs (document, ordinal);
"""
DISK = {"SQLITE_FULL": errno.ENOSPC, "SQLITE_READONLY": errno.EROFS}
"""SQLite's names of errors that are the disk's."""
AT_ONCE = 500
"""Passages read in one statement."""
SCOPES_KEPT = 32
"""Scopes whose extent is remembered: a conversation asks the same one again and again."""


class DocumentStore:
    """Reads and, when opened for writing, changes the documents of one generation. Safe to share between threads."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder
        self._lock = threading.Lock()
        self._extents: dict[Scope, Extent] = {}

    @classmethod
    def create(cls, folder: Path) -> "DocumentStore":
        """An empty store in ``folder``, open for writing."""
        store = cls.open(folder, writable=True)
        store._connection.executescript(SCHEMA + name_table.SCHEMA)
        return store

    @classmethod
    def open(cls, folder: Path, *, writable: bool = False) -> "DocumentStore":
        """Open the file in ``folder``.

        Raises:
            IndexDamaged: It is not there, or no such file.
        """
        mode = "mode=rwc" if writable else "mode=ro&immutable=1"
        try:
            connection = sqlite3.connect(f"{(folder / FILE).as_uri()}?{mode}", uri=True, check_same_thread=False)
            if writable:
                # The generation is thrown away if the program dies while writing, so the journal protects nothing.
                connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + indexed_times.SCHEMA)
        except sqlite3.Error as error:
            raise IndexDamaged(folder=folder, detail=f"{FILE}: {error}") from error
        return cls(connection, folder)

    def close(self) -> None:
        """Commit what was written and close the file."""
        with self._lock:
            try:
                with self._translated():
                    self._connection.commit()
            finally:
                self._connection.close()

    def add(self, document: Document) -> list[int]:
        """Store ``document``; returns the new ids of its paragraphs, in order. Ids are never used twice.

        Raises:
            OSError: The disk is full or cannot be written.
            IndexDamaged: The file is not what it was.
        """
        with self._lock, self._translated():
            ids = [self._add_paragraph(document.id, n, p) for n, p in enumerate(document.paragraphs)]
            self._connection.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    document.id,
                    storable(document.path),
                    document.title,
                    json.dumps(dict(document.metadata), ensure_ascii=False),
                    json.dumps(dict(document.stated)),
                    document.content_hash,
                    len(document.paragraphs),
                    len(document.text),
                    ids[0] if ids else None,
                    document.text,
                ),
            )
            self._extents.clear()
            self._connection.execute(indexed_times.INSERT, indexed_times.row(document.id))
            self._connection.executemany(name_table.INSERT, name_table.rows(record_of(document)))
            return ids

    def _add_paragraph(self, document: str, ordinal: int, paragraph: Paragraph) -> int:
        cursor = self._connection.execute(
            "INSERT INTO paragraphs (document, ordinal, first, last, section, page, heading, address)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document,
                ordinal,
                paragraph.start,
                paragraph.end,
                json.dumps(paragraph.section, ensure_ascii=False),
                paragraph.page,
                paragraph.heading,
                paragraph.address,
            ),
        )
        return int(cursor.lastrowid or 0)

    def remove(self, id: str) -> list[int]:
        """Delete the document ``id``; returns the ids its paragraphs had. Raises what :meth:`add` does."""
        with self._lock, self._translated():
            self._extents.clear()
            rows = self._connection.execute("SELECT id FROM paragraphs WHERE document = ?", (id,)).fetchall()
            self._connection.execute(name_table.DELETE, (id,))
            self._connection.execute(indexed_times.DELETE, (id,))
            self._connection.execute("DELETE FROM paragraphs WHERE document = ?", (id,))
            self._connection.execute("DELETE FROM documents WHERE id = ?", (id,))
        return [row[0] for row in rows]

    def paragraph_ids(self, id: str) -> list[int]:
        """The ids of the paragraphs of the document ``id``, in order."""
        return [row[0] for row in self._rows("SELECT id FROM paragraphs WHERE document = ? ORDER BY ordinal", (id,))]

    def hashes(self) -> dict[str, tuple[str, str]]:
        """Path -> (document id, content hash) of every document."""
        rows = self._rows("SELECT path, id, content_hash FROM documents")
        return {restored(path): (id, digest) for path, id, digest in rows}

    def indexed(self) -> dict[str, datetime]:
        """Document id -> when it came in, where that is known."""
        return indexed_times.indexed(self._rows)

    def counts(self) -> tuple[int, int]:
        """How many documents, how many paragraphs."""
        documents = self._rows("SELECT count(*) FROM documents")[0][0]
        return int(documents), int(self._rows("SELECT count(*) FROM paragraphs")[0][0])

    def records(self) -> tuple[DocumentRecord, ...]:
        """Every document, ordered by path."""
        return tuple(record(row) for row in self._rows(f"SELECT {RECORD} FROM documents d ORDER BY d.path"))

    def within(self, scope: Scope) -> Extent:
        """The documents that ``scope`` chooses, its collections looked up, with their paragraphs.

        Raises:
            NotInIndex: One of its values names no document at all.
        """
        known = self._extents.get(scope)
        if known is not None:
            return known
        extent = self._extent(name_table.chosen(scope, self._rows, self.records))
        if len(self._extents) >= SCOPES_KEPT:
            self._extents.clear()
        self._extents[scope] = extent
        return extent

    def numbered(self, number: str) -> list[str]:
        """The ids of the documents whose own 文号 is ``number``, however either is bracketed."""
        return name_table.numbered(number, self._rows)

    def titled(self, title: str) -> list[str]:
        """The ids of the documents that are called ``title``."""
        return name_table.titled(title, self._rows)

    def named(self, reference: Reference) -> str | None:
        """The id of the document that ``reference`` names, by its 文号 or else its title; ``None`` for none."""
        ids = self.numbered(reference.number) if reference.number else []
        return next(iter(ids or (self.titled(reference.title) if reference.title else [])), None)

    def _extent(self, ids: Collection[str] | None) -> Extent:
        """Where the paragraphs of the documents ``ids`` are, of all where it is ``None``.

        They have ids that follow one another, because a document is added as a whole.
        """
        chosen = "" if ids is None else " AND id IN (SELECT value FROM json_each(?))"
        rows = self._rows(
            f"SELECT first_paragraph, paragraphs FROM documents WHERE first_paragraph IS NOT NULL{chosen} ORDER BY 1",
            () if ids is None else (json.dumps(list(ids)),),
        )
        return Extent(firsts=tuple(first for first, _ in rows), counts=tuple(count for _, count in rows))

    def full_id(self, prefix: str) -> str:
        """The one id that begins with ``prefix``.

        Raises:
            UnknownDocument: There is none, or more than one.
        """
        pattern = prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        rows = self._rows("SELECT id FROM documents WHERE id LIKE ? ESCAPE '\\' LIMIT 2", (pattern,))
        if len(rows) != 1 or not prefix:
            raise UnknownDocument(id=prefix)
        return str(rows[0][0])

    def document(self, id: str) -> Document:
        """The whole document ``id``, which must exist."""
        path, title, text, metadata, stated, digest = self._rows(
            "SELECT path, title, text, metadata, stated, content_hash FROM documents WHERE id = ?", (id,)
        )[0]
        rows = self._rows(
            "SELECT first, last, section, page, heading, address FROM paragraphs WHERE document = ? ORDER BY ordinal",
            (id,),
        )
        paragraphs = tuple(
            Paragraph(
                start=first,
                end=last,
                section=tuple(json.loads(section)),
                address=address,
                page=page,
                heading=heading,
            )
            for first, last, section, page, heading, address in rows
        )
        return Document(
            id=id,
            path=restored(path),
            title=title,
            text=text,
            paragraphs=paragraphs,
            metadata=json.loads(metadata),
            stated={name: tuple((s, e) for s, e in spans) for name, spans in json.loads(stated).items()},
            content_hash=digest,
        )

    def passages(self, ids: Sequence[int]) -> Iterator[Passage]:
        """The paragraphs ``ids`` as passages, in that order; ids that are gone are left out."""
        for start in range(0, len(ids), AT_ONCE):
            wanted = ids[start : start + AT_ONCE]
            rows = self._rows(
                f"SELECT p.id, {PASSAGE} FROM paragraphs p JOIN documents d ON d.id = p.document"
                " WHERE p.id IN (SELECT value FROM json_each(?))",
                (json.dumps([int(id) for id in wanted]),),
            )
            found = {id: passage(row) for id, *row in rows}
            yield from (found[id] for id in wanted if id in found)

    def _rows(self, sql: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        with self._lock, self._translated():
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """The library's errors as ours: what the disk refuses as the system says it, all else as damage."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname in DISK:
                raise OSError(DISK[error.sqlite_errorname], str(error), str(self._folder / FILE)) from error
            raise IndexDamaged(folder=self._folder, detail=f"{FILE}: {error}") from error
