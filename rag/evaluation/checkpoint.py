"""What an interrupted evaluation keeps: the outcomes so far, a line each, so that it can go on where it was."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rag.evaluation.outcome import Outcome

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FOLDER = "evaluations"


class Checkpoint:
    """One file under ``home``; ``key`` names test set, index and settings (:attr:`Evaluation.key`)."""

    def __init__(self, home: Path, key: str) -> None:
        self._file = home / FOLDER / f"{key}.jsonl"

    @property
    def exists(self) -> bool:
        """Whether an interrupted run has left something."""
        return self._file.is_file()

    def load(self) -> list[Outcome]:
        """The outcomes kept, each once: two runs may have written here. A line that was cut off is passed over.

        Raises:
            OSError: The file cannot be read.
        """
        if not self.exists:
            return []
        kept = dict[str, Outcome]()
        for line in self._file.read_bytes().split(b"\n"):
            if outcome := _read(line):
                kept.setdefault(outcome.id, outcome)
        return list(kept.values())

    def append(self, outcomes: Iterable[Outcome]) -> None:
        """Add ``outcomes``.

        Raises:
            OSError: The file cannot be written.
        """
        self._file.parent.mkdir(parents=True, exist_ok=True)
        # ASCII, so that a file name that is no valid text (a lone surrogate) survives as well.
        lines = [json.dumps(_adapter().dump_python(outcome)) + "\n" for outcome in outcomes]
        with self._file.open("ab") as file:  # all at once, so that two runs do not write into one line
            file.write(("\n" + "".join(lines)).encode("ascii"))  # what was cut off before stands by itself

    def complete(self, outcomes: Sequence[Outcome]) -> None:
        """Have all of ``outcomes`` kept: another run of the same questions may have forgotten them meanwhile.

        Raises:
            OSError: The file cannot be read or written.
        """
        there = {outcome.id for outcome in self.load()}
        if missing := [outcome for outcome in outcomes if outcome.id not in there]:
            self.append(missing)

    def discard(self) -> None:
        """Forget what was kept."""
        self._file.unlink(missing_ok=True)


def _read(line: bytes) -> Outcome | None:
    """The outcome on one line, or ``None`` where the line is not whole."""
    if not line:
        return None
    try:
        return _adapter().validate_python(json.loads(line))
    except ValueError:  # that of pydantic is one too
        return None


@cache
def _adapter() -> "TypeAdapter[Outcome]":
    """Built once: it looks at every type that an outcome is made of."""
    from pydantic import TypeAdapter

    return TypeAdapter(Outcome)
