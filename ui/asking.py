"""The questions of a test set asked one after the other, so that an interruption loses none of the answers."""

import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rag.errors import IndexBusy
from rag.evaluation.outcome import Outcome
from ui import output
from ui.catalog_cli import MESSAGES
from ui.catalog_eval import EVAL
from ui.language import Language, say
from ui.progress import question_bar

if TYPE_CHECKING:
    from rag.evaluation.checkpoint import Checkpoint
    from rag.evaluation.evaluation import Evaluation

BETWEEN_WRITES = 1.0
"""Seconds of answers that a machine which loses its power takes along at the most."""


class Keeping:
    """Outcomes on their way into a checkpoint. A disk that takes none stops nobody: then nothing is kept."""

    def __init__(self, checkpoint: "Checkpoint", done: Sequence[Outcome]) -> None:
        self.outcomes = list(done)
        self.kept = len(done)
        self.problem: OSError | None = None
        self._checkpoint = checkpoint
        self._written = time.monotonic()
        if not done:
            self._attempt(checkpoint.discard)  # what a run before this one has left would be mixed with ours

    def add(self, outcome: Outcome) -> None:
        """One more."""
        self.outcomes.append(outcome)
        if time.monotonic() - self._written >= BETWEEN_WRITES:
            self.write()

    def write(self) -> None:
        """What has come since the last time, to the disk."""
        new = self.outcomes[self.kept :]
        if new and self.problem is None:
            self._attempt(lambda: self._checkpoint.append(new))
            self.kept += len(new) if self.problem is None else 0
        self._written = time.monotonic()

    def complete(self) -> None:
        """All that has come, to the disk, also what another run of the same questions has forgotten there."""
        if self.problem is None:
            self._attempt(lambda: self._checkpoint.complete(self.outcomes))
            self.kept = len(self.outcomes) if self.problem is None else self.kept

    def forget(self) -> None:
        """Nobody will go on from here."""
        self._attempt(self._checkpoint.discard)

    def _attempt(self, step: Callable[[], None]) -> None:
        try:
            step()
        except OSError as error:
            self.problem = error


def ask_all(
    evaluation: "Evaluation", checkpoint: "Checkpoint", done: Sequence[Outcome], language: Language, go_on: str
) -> list[Outcome] | None:
    """Every outcome in order, those ``done`` first; ``None`` where somebody interrupted it.

    Args:
        evaluation: What is asked.
        checkpoint: Where the outcomes are kept until the end.
        done: What an earlier run has left there.
        language: Of the notes.
        go_on: The command that goes on after an interruption.

    Raises:
        IndexBusy: The index was changed meanwhile; nothing is kept.
    """
    keeping = Keeping(checkpoint, done)
    try:
        with question_bar(language, evaluation.total, len(done)) as advance:
            for outcome in evaluation.outcomes(done):
                keeping.add(outcome)
                advance()
        keeping.complete()
    except KeyboardInterrupt:
        _say_what_is_kept("interrupted", keeping, evaluation.total, language, go_on)
        return None
    except IndexBusy:  # the index that these were the answers of is no more
        keeping.forget()
        raise
    except Exception:
        _say_what_is_kept("stopped", keeping, evaluation.total, language, go_on)
        raise
    return evaluation.in_order(keeping.outcomes)


def _say_what_is_kept(key: str, keeping: Keeping, total: int, language: Language, go_on: str) -> None:
    keeping.complete()
    if keeping.kept:
        output.note(say(EVAL, language, key, done=keeping.kept, total=total, command=go_on))
    elif keeping.problem is not None:
        output.note(say(EVAL, language, "not_kept", detail=keeping.problem))
    elif key == "interrupted":
        output.note(say(MESSAGES, language, "interrupted"))


@contextmanager
def termination_interrupts() -> Iterator[None]:
    """A request to end (SIGTERM), or a terminal that is closed (SIGHUP), is taken as Ctrl-C.

    What somebody else wants of a signal stays: ``nohup`` has SIGHUP ignored. Signals reach the main thread alone, so
    only there.
    """
    before: dict[int, signal.Handlers] = {}
    if threading.current_thread() is threading.main_thread():
        known = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
        before = {number: signal.SIG_DFL for number in known if signal.getsignal(number) is signal.SIG_DFL}
    for number in before:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
