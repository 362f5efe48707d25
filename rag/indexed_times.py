"""When each document came into the index: a table of its own, which an index of an earlier release lacks."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

SCHEMA = "CREATE TABLE IF NOT EXISTS indexed (document TEXT PRIMARY KEY, second INTEGER NOT NULL) WITHOUT ROWID;"
INSERT = "INSERT OR REPLACE INTO indexed VALUES (?, ?)"
DELETE = "DELETE FROM indexed WHERE document = ?"

Rows = Callable[[str], list[tuple[Any, ...]]]


def row(document: str) -> tuple[str, int]:
    """What ``INSERT`` takes for a document that comes in now."""
    return document, int(time.time())


def indexed(rows: Rows) -> dict[str, datetime]:
    """Document id -> when it came in; those of an earlier release are missing."""
    if not rows("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'indexed'"):
        return {}
    return {id: datetime.fromtimestamp(second, UTC) for id, second in rows("SELECT document, second FROM indexed")}
