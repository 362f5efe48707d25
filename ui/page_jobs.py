"""The one thread in which the index is changed: jobs wait for each other, whether or not a tab is still there."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Step:
    """``done`` of ``total`` files are read; ``name`` is next, nothing where they are all read.

    A ``total`` of 0 is a job that waits for another.
    """

    done: int
    total: int
    name: str


Tell = Callable[[Step], None]


class Ended(InterruptedError):
    """The program is ending; what is finished of the job is kept, the rest is not begun."""


@dataclass(frozen=True, kw_only=True)
class Outcome(Generic[T]):
    """What a job came to, after its steps."""

    value: T


class Jobs:
    """Does one thing after another, each in the same thread."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="wenju-index")
        self._ended = Event()
        self._waiting = 0
        self.step: Step | None = None
        """What the running job does now; ``None`` where none runs."""

    def submit(self, work: Callable[[Tell], T], tell: Tell | None = None) -> "Future[T]":
        """Have ``work`` done in its turn; ``tell`` is called with each of its steps.

        Raises:
            Ended: The program is ending.
        """

        def step(at: Step) -> None:
            if self._ended.is_set():
                raise Ended("the program is ending")
            self.step = at
            if tell:
                tell(at)

        def run() -> T:
            try:
                return work(step)
            finally:
                self.step = None

        try:
            return self._worker.submit(run)
        except RuntimeError as error:
            raise Ended("the program is ending") from error

    def run(self, work: Callable[[Tell], T]) -> "Iterator[Step | Outcome[T]]":
        """Its steps as they are taken, its outcome last.

        Raises:
            Exception: What ``work`` raises; :class:`Ended`.
        """
        steps: SimpleQueue[Step | None] = SimpleQueue()
        if self.step is not None:
            yield Step(done=0, total=0, name="")
        job = self.submit(work, steps.put)
        job.add_done_callback(lambda _: steps.put(None))
        while (step := steps.get()) is not None:
            yield step
        yield Outcome(value=self._result(job))

    def wait(self, work: Callable[[Tell], T]) -> T:
        """What ``work`` gives, when its turn has come and it is done. Raises what :meth:`run` does."""
        return self._result(self.submit(work))

    def close(self) -> None:
        """Begin nothing more; the running job ends with its next step."""
        self._ended.set()
        self._worker.shutdown(wait=False, cancel_futures=True)

    @staticmethod
    def _result(job: "Future[T]") -> T:
        from concurrent.futures import CancelledError

        try:
            return job.result()
        except CancelledError as error:
            raise Ended("the program is ending") from error
