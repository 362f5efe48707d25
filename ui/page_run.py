"""One evaluation that goes on in a thread while its tab watches."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from rag.errors import CorpusError, EmbeddingsError, RagError
from rag.evaluation.case import Dataset
from rag.evaluation.outcome import Outcome
from rag.library import Library

PROBLEMS = (RagError, CorpusError, EmbeddingsError, OSError)
BETWEEN_LOOKS = 0.3
"""Seconds between two states that are shown of a run; more often than that nobody reads them."""

Stage = Literal["preparing", "indexing", "asking", "stopping", "done", "stopped", "failed"]
Tell = Callable[[int, int], None]


class StoppedError(Exception):
    """Somebody stopped the run before it had asked anything."""


class Evaluating(Protocol):
    """What a run needs of ``rag.evaluation.evaluation.Evaluation``."""

    @property
    def total(self) -> int:
        """Questions to be asked."""

    def outcomes(self) -> Iterator[Outcome]:
        """One after the other, as they are asked."""

    def summary(self, outcomes: Sequence[Outcome]) -> dict[str, Any]:
        """What they add up to."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """A run at one moment: ``done`` of ``total`` questions (or texts, while indexing), ``seconds`` after it began."""

    stage: Stage
    done: int = 0
    total: int = 0
    seconds: float = 0.0


class Run:
    """One evaluation: written by its thread, watched by its tab.

    Attributes:
        dataset: What is asked.
        leave_one_out: Whether each question is asked once more with its document hidden.
        outcomes: Of the questions asked so far.
        summary: What they add up to; ``None`` until the run has ended, and where nothing was asked.
        problem: Why it failed.
    """

    def __init__(self, dataset: Dataset, *, leave_one_out: bool) -> None:
        self.dataset = dataset
        self.leave_one_out = leave_one_out
        self.outcomes: list[Outcome] = []
        self.summary: dict[str, Any] | None = None
        self.problem: RagError | CorpusError | EmbeddingsError | OSError | None = None
        self._stop = threading.Event()
        self._ended = threading.Event()
        self._began = time.monotonic()
        self._look = Look(stage="preparing")

    @property
    def going(self) -> bool:
        """Whether there is still something to come."""
        return not self._ended.is_set()

    @property
    def look(self) -> Look:
        """How far it is."""
        return self._look

    def stop(self) -> None:
        """Ask no further batch; what has been answered is kept."""
        self._stop.set()
        if self.going:
            self._show("stopping", self._look.done, self._look.total)

    def watch(self) -> Iterator[Look]:
        """Its states until it has ended; the last one is final."""
        shown = None
        while not self._ended.wait(BETWEEN_LOOKS):
            if self._look != shown:
                shown = self._look
                yield shown
        yield self._look

    def carry_out(self, prepare: Callable[[Tell], tuple[Evaluating, Library]]) -> None:
        """Ask everything; the thread's whole work. Whatever happens, the run has ended afterwards."""
        last: Stage = "failed"
        try:
            evaluation, _library = prepare(self._indexed)
            self._ask(evaluation)
            last = "stopped" if self._stop.is_set() and len(self.outcomes) < evaluation.total else "done"
        except StoppedError:
            last = "stopped"
        except PROBLEMS as problem:
            self.problem = problem
        finally:
            self._show(last, len(self.outcomes), self._look.total)
            self._ended.set()

    def _indexed(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise StoppedError
        self._show("indexing", done, total)

    def _ask(self, evaluation: Evaluating) -> None:
        self._show("asking", 0, evaluation.total)
        outcomes = evaluation.outcomes()
        while not self._stop.is_set() and (outcome := next(outcomes, None)) is not None:
            self.outcomes.append(outcome)
            self._show("asking", len(self.outcomes), evaluation.total)
        if self.outcomes:
            self.summary = evaluation.summary(self.outcomes)

    def _show(self, stage: Stage, done: int, total: int) -> None:
        stage = "stopping" if self._stop.is_set() and stage == "asking" else stage
        self._look = Look(stage=stage, done=done, total=total, seconds=time.monotonic() - self._began)
