"""What an interrupted evaluation keeps: the outcomes so far, a line each, so that it can go on where it was."""

import json
from collections.abc import Iterable
from pathlib import Path

from rag.evaluation.outcome import Outcome

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
        """The outcomes kept; a last line that was cut off is left out.

        Raises:
            OSError: The file cannot be read.
        """
        from pydantic import TypeAdapter, ValidationError

        if not self.exists:
            return []
        adapter, kept = TypeAdapter(Outcome), []
        for line in self._file.read_bytes().splitlines():
            try:
                kept.append(adapter.validate_python(json.loads(line)))
            except (ValueError, ValidationError):
                break
        return kept

    def append(self, outcomes: Iterable[Outcome]) -> None:
        """Add ``outcomes``.

        Raises:
            OSError: The file cannot be written.
        """
        from pydantic import TypeAdapter

        adapter = TypeAdapter(Outcome)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        # ASCII, so that a file name that is no valid text (a lone surrogate) survives as well.
        lines = [json.dumps(adapter.dump_python(outcome)) + "\n" for outcome in outcomes]
        with self._file.open("a", encoding="ascii") as file:
            file.writelines(lines)

    def discard(self) -> None:
        """Forget what was kept."""
        self._file.unlink(missing_ok=True)
