"""What an interrupted evaluation keeps: the outcomes so far, a line each, so that it can go on where it was."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from rag.evaluation.outcome import Outcome
from rag.written_values import Written

FOLDER = "evaluations"
_OUTCOMES = Written(Outcome)


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
            if outcome := _OUTCOMES.read(line):
                kept.setdefault(outcome.id, outcome)
        return list(kept.values())

    def append(self, outcomes: Iterable[Outcome]) -> None:
        """Add ``outcomes``.

        Raises:
            OSError: The file cannot be written.
        """
        self._file.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{_OUTCOMES.line(outcome)}\n" for outcome in outcomes]
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
