"""The thumbs of the chat: kept on this machine alone, and saved as a test set.

    HOME/feedback.jsonl      a verdict a line, appended; of several with the same id the last one counts

A verdict is written by one append, so that two processes never mix theirs and a crash harms no more than the line that
it was writing. Removing one writes spaces over its lines where they stand: nothing of it is left, and what another
process appends meanwhile is not lost. A line that cannot be read is counted and stays as it is.
"""

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import NamedTemporaryFile

from rag.evaluation.case import Case
from rag.evaluation.errors import DatasetEmpty, EvaluationError, FeedbackUnusable, UnknownFeedback
from rag.evaluation.formats import jsonl
from rag.evaluation.formats.parsing import json_lines
from rag.evaluation.formats.record import Record
from rag.evaluation.verdict import Thumb, Verdict, verdict_of

FILE = "feedback.jsonl"
_BINARY = getattr(os, "O_BINARY", 0)
"""Windows would otherwise write a carriage return before each line feed."""


class FeedbackStore:
    """What users thought of the answers. Every method sees what other processes have recorded.

    Args:
        home: The user's data folder; made when the first verdict is recorded.

    Every method raises :class:`FeedbackUnusable` where the file cannot be read or written.
    """

    def __init__(self, home: Path) -> None:
        self.path = home / FILE

    def record(self, verdict: Verdict) -> Verdict:
        """Keep ``verdict``, instead of an earlier one with its id; returns it as it was kept.

        Raises:
            CaseField: Something in it is empty, too long or no text.
        """
        kept = verdict.checked(str(self.path))
        line = json.dumps(asdict(kept), ensure_ascii=False).encode() + b"\n"
        with _reported(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _BINARY, 0o600)
            try:
                _append(descriptor, line)
            finally:
                os.close(descriptor)
        return kept

    def update(
        self,
        id: str,
        *,
        verdict: Thumb | None = None,
        right_answer: str | None = None,
        not_stated: bool | None = None,
    ) -> Verdict:
        """Change what is given and keep the rest.

        A right answer takes the place of ``not_stated`` and the other way round; either says that the answer was wrong.

        Raises:
            UnknownFeedback: There is none with this id.
            CaseField: As for :meth:`record`.
        """
        old = self.find(id)
        if old is None:
            raise UnknownFeedback(id=id)
        said = (right_answer or "").strip()
        if said or not_stated:
            new = replace(old, verdict="down", right_answer=said or None, not_stated=not said)
        else:
            # What is given is empty or false: it is taken back.
            kept = None if right_answer is not None else old.right_answer
            new = replace(old, right_answer=kept, not_stated=old.not_stated and not_stated is None)
        return self.record(replace(new, verdict=verdict or new.verdict))

    def remove(self, id: str) -> bool:
        """Take every trace of a verdict out of the file; ``False`` where there is none."""
        places = [(start, len(line)) for start, line, verdict in self._lines() if verdict and verdict.id == id]
        if places:
            with _reported(self.path), self.path.open("r+b") as file:
                for start, length in places:
                    file.seek(start)
                    file.write(b" " * length)
                file.flush()
                os.fsync(file.fileno())
        return bool(places)

    def find(self, id: str) -> Verdict | None:
        """The verdict on the answer ``id``."""
        return self._latest().get(id)

    def all(self) -> tuple[Verdict, ...]:
        """Every verdict, in the order in which they were first given."""
        return tuple(self._latest().values())

    def damaged(self) -> int:
        """How many lines cannot be read; they stay in the file."""
        return sum(verdict is None for _, _, verdict in self._lines())

    def as_cases(self) -> tuple[tuple[Case, ...], int]:
        """The verdicts as test questions, and how many are none yet: for them nobody has said what would be right."""
        cases = [verdict.as_case() for verdict in self.all()]
        known = tuple(case for case in cases if case is not None)
        return known, len(cases) - len(known)

    def to_jsonl(self) -> str:
        """The test questions as a test set that ``wenju eval`` reads."""
        return jsonl.write(self.as_cases()[0])

    def save(self, path: Path) -> int:
        """Write :meth:`to_jsonl` to ``path``, whole or not at all; returns the number of questions.

        Raises:
            DatasetEmpty: There is no question yet; nothing was written.
            FeedbackUnusable: ``path`` cannot be written.
        """
        cases, _ = self.as_cases()
        if not cases:
            raise DatasetEmpty(path=self.path)
        with _reported(path):
            _replace_with(path, jsonl.write(cases))
        return len(cases)

    def _latest(self) -> dict[str, Verdict]:
        return {verdict.id: verdict for _, _, verdict in self._lines() if verdict}

    def _lines(self) -> Iterator[tuple[int, bytes, Verdict | None]]:
        """Where each line begins, its bytes without the line feed, and what it says, if that can be told."""
        with _reported(self.path):
            data = self.path.read_bytes() if self.path.exists() else b""
        start = 0
        for line in data.split(b"\n"):
            if line.strip():
                yield start, line, _understood(str(self.path), line)
            start += len(line) + 1


def _understood(path: str, line: bytes) -> Verdict | None:
    try:
        _, value = next(json_lines(path, [line]))
        return verdict_of(Record.of(value, path, "", FILE))
    except EvaluationError:
        return None


def _append(descriptor: int, line: bytes) -> None:
    """One write at the end of the file, on a line of its own even where a crash left half a line there."""
    if os.lseek(descriptor, 0, os.SEEK_END):
        os.lseek(descriptor, -1, os.SEEK_END)
        if os.read(descriptor, 1) != b"\n":
            line = b"\n" + line
    if os.write(descriptor, line) < len(line):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(descriptor)


def _replace_with(path: Path, text: str) -> None:
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", prefix=f".{path.name}.", dir=path.parent, delete=False
    ) as file:
        staged = Path(file.name)
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            file.close()
            staged.replace(path)
        except BaseException:
            file.close()
            staged.unlink()
            raise


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    """What the system refuses, as an error that names ``path``."""
    try:
        yield
    except OSError as error:
        raise FeedbackUnusable(path=path, detail=error.strerror or str(error)) from error
