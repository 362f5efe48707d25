"""The conversations of each person, kept on this machine.

    HOME/conversations/PERSON/ID.jsonl      a line about the conversation, then an exchange a line

A file is written whole beside the old one and takes its place in one step. What two tabs add to one conversation is
all kept. A line that cannot be read is passed over and dropped with the next change.
"""

import json
import os
import re
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rag.variants import simplified
from rag.written_values import Written
from ui.page_exchange import Exchange

FOLDER = "conversations"
LONGEST_TITLE = 80
_EXCHANGES = Written(Exchange)
_ID = re.compile(r"[0-9a-f]{16}")
_PERSON = re.compile(r"[0-9a-z]{1,64}")


@dataclass(frozen=True, kw_only=True)
class Head:
    """What is listed of a conversation: its ``first`` question, how many there are, when the last came (s since 1970).

    ``title`` is empty until somebody gives it one.
    """

    id: str
    title: str = ""
    first: str = ""
    count: int = 0
    updated: float = 0.0

    @property
    def name(self) -> str:
        """What it is called in a list."""
        return self.title or self.first


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A conversation, its exchanges in the order in which they were asked."""

    head: Head
    exchanges: tuple[Exchange, ...]


class ConversationStore:
    """Every method sees what other processes have kept, and raises :class:`OSError` where the disk refuses.

    Ids and persons may be anything that a browser says: where they are none of ours there is nothing.
    """

    def __init__(self, home: Path) -> None:
        self.path = home / FOLDER
        self._changing = threading.Lock()

    def heads(self, person: str, wanted: str = "") -> tuple[Head, ...]:
        """The conversations of ``person``, the latest first; with ``wanted`` those that hold all of its words.

        Words are looked for in titles, questions and answers, whatever their script and case.
        """
        words = _plain(wanted).split()
        found = [head for head in map(self._head, self._files(person)) if head is not None]
        if words:
            found = [head for head in found if self._holds(person, head, words)]
        return tuple(sorted(found, key=lambda head: (-head.updated, head.id)))

    def load(self, person: str, id: object) -> Kept | None:
        """One conversation; ``None`` where ``person`` has none with this id."""
        file = self._file(person, id)
        if file is None or not file.is_file():
            return None
        about, *lines = file.read_bytes().split(b"\n")
        exchanges = tuple(each for each in map(_EXCHANGES.read, lines) if each is not None)
        return Kept(head=_about(file.stem, about), exchanges=exchanges)

    def keep(self, person: str, id: str, exchanges: Sequence[Exchange]) -> Head | None:
        """Add ``exchanges``, each instead of an earlier one with its key; a conversation that is not there begins.

        Of a question that still waits nothing is kept. ``None`` where there is nothing to keep.
        """
        answered = [each for each in exchanges if each.answer is not None or each.error is not None]
        with self._changing:
            before = self.load(person, id)
            merged = {each.key: each for each in (*(before.exchanges if before else ()), *answered)}
            if not merged:
                return None
            head = before.head if before else Head(id=id)
            return self._write(person, head, tuple(merged.values()))

    def rename(self, person: str, id: object, title: object) -> bool:
        """Call it ``title``, or as its first question where that is empty; whether there is such a conversation."""
        with self._changing:
            kept = self.load(person, id)
            if kept is None or not isinstance(title, str):
                return False
            called = " ".join(title.split())[:LONGEST_TITLE]
            self._write(person, replace(kept.head, title=called), kept.exchanges, touched=False)
            return True

    def remove(self, person: str, id: object) -> bool:
        """Take every trace of it from the disk; whether there was any."""
        with self._changing:
            file = self._file(person, id)
            if file is None or not file.is_file():
                return False
            file.unlink()
            return True

    def _write(self, person: str, head: Head, exchanges: Sequence[Exchange], *, touched: bool = True) -> Head:
        file = self._file(person, head.id)
        if file is None:
            raise FileNotFoundError(head.id)
        updated = time.time() if touched else head.updated
        new = replace(head, first=exchanges[0].question, count=len(exchanges), updated=updated)
        lines = [json.dumps(asdict(new)), *map(_EXCHANGES.line, exchanges)]
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        staged = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
        try:
            descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as opened:
                opened.write("\n".join(lines).encode("ascii"))
                opened.flush()
                os.fsync(opened.fileno())
            staged.replace(file)
        finally:
            staged.unlink(missing_ok=True)
        return new

    def _file(self, person: str, id: object) -> Path | None:
        """Where it is kept; ``None`` for what is no name of ours, which never becomes part of a path."""
        if not isinstance(id, str) or not _ID.fullmatch(id) or not _PERSON.fullmatch(person):
            return None
        return self.path / person / f"{id}.jsonl"

    def _files(self, person: str) -> Iterator[Path]:
        folder = self.path / person
        if _PERSON.fullmatch(person) and folder.is_dir():
            yield from (file for file in folder.glob("*.jsonl") if _ID.fullmatch(file.stem))

    def _head(self, file: Path) -> Head | None:
        try:
            with file.open("rb") as opened:
                return _about(file.stem, opened.readline())
        except FileNotFoundError:  # removed meanwhile
            return None

    def _holds(self, person: str, head: Head, words: Sequence[str]) -> bool:
        kept = self.load(person, head.id)
        said = [head.title]
        for each in kept.exchanges if kept else ():
            said += [each.question, each.answer.answer if each.answer else ""]
        text = _plain("\n".join(said))
        return all(word in text for word in words)


def new_id() -> str:
    """A name that no other conversation has."""
    return secrets.token_hex(8)


def _plain(text: str) -> str:
    return simplified(text).casefold()


def _about(id: str, line: bytes) -> Head:
    """What the first line says; a conversation whose first line is damaged is still one."""
    try:
        said = json.loads(line)
        return Head(
            id=id,
            title=str(said["title"]),
            first=str(said["first"]),
            count=int(said["count"]),
            updated=float(said["updated"]),
        )
    except (ValueError, KeyError, TypeError):
        return Head(id=id)
