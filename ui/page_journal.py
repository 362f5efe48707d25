"""What happened to the documents of late, for every tab to show: the last change, and the folders that are watched."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from rag.library import Failure, IndexReport

State = Literal["well", "gone", "empty"]
"""Of a watched folder: it is looked after; it cannot be reached; it is empty although documents came from it."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """How many documents came and went, and when."""

    added: int = 0
    updated: int = 0
    dropped: int = 0
    failed: int = 0
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __bool__(self) -> bool:
        """Whether anything happened at all."""
        return bool(self.added or self.updated or self.dropped or self.failed)

    @classmethod
    def of(cls, report: IndexReport) -> "Change":
        """What ``report`` says."""
        return cls(added=report.added, updated=report.updated, dropped=report.removed, failed=len(report.failed))


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A folder that is watched, and which of its files cannot be read: path -> why."""

    folder: Path
    state: State = "well"
    failing: Mapping[str, Failure] = field(default_factory=dict)


class Journal:
    """Written by the thread that changes the index and by the one that watches; read by all."""

    def __init__(self) -> None:
        self.latest: Change | None = None
        self.watched: tuple[Watched, ...] = ()

    def write(self, change: Change) -> None:
        """Keep ``change``, unless nothing happened."""
        if change:
            self.latest = change

    def tell(self, folder: Path, *, state: State | None = None, failing: Mapping[str, Failure] | None = None) -> None:
        """What is new about one of the watched folders."""
        self.watched = tuple(
            replace(each, state=state or each.state, failing=each.failing if failing is None else dict(failing))
            if each.folder == folder
            else each
            for each in self.watched
        )
