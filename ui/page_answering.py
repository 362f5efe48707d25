"""A question answered in a thread of its own, so that the page can say how far it is, and stop it."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import Empty, SimpleQueue

from rag.answer import Answer
from rag.progress import Step, watched

BETWEEN = 0.2
"""Seconds between two words on how far it is: most answers take no longer, and nobody reads faster."""
WORKERS = 4
"""Answers at the same time; each keeps the processor busy."""


class Stopped(Exception):
    """Whoever asked wants no answer any more."""


class Answering:
    """The questions that are being answered, each under the key of its exchange."""

    def __init__(self) -> None:
        self._workers = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="wenju-answer")
        self._running: dict[str, threading.Event] = {}
        self._guard = threading.Lock()

    def run(self, key: str, ask: Callable[[], Answer]) -> Iterator[Step | Answer]:
        """How far the answer is, now and then, and at last the answer.

        Raises:
            Stopped: :meth:`stop` was called.
        """
        steps: SimpleQueue[Step | None] = SimpleQueue()
        with self._known(key) as stopped:

            def tell(step: Step) -> None:
                if stopped.is_set():
                    raise Stopped
                steps.put(step)

            def work() -> Answer:
                with watched(tell):
                    return ask()

            job: Future[Answer] = self._workers.submit(work)
            job.add_done_callback(lambda _: steps.put(None))
            try:
                yield from _now_and_then(steps)
                yield job.result()
            finally:
                stopped.set()  # whoever does not wait for the end of it needs none

    def stop(self, key: object) -> bool:
        """Have the question ``key`` stopped at its next step; whether there is one that is being answered."""
        with self._guard:
            event = self._running.get(key) if isinstance(key, str) else None
        if event is None:
            return False
        event.set()
        return True

    @contextmanager
    def _known(self, key: str) -> Iterator[threading.Event]:
        event = threading.Event()
        with self._guard:
            self._running[key] = event
        try:
            yield event
        finally:
            with self._guard:
                self._running.pop(key, None)


def _now_and_then(steps: "SimpleQueue[Step | None]") -> Iterator[Step]:
    """The last step of each while, until ``None`` comes."""
    latest: Step | None = None
    due = time.monotonic() + BETWEEN
    while True:
        try:
            latest = steps.get(timeout=max(0.0, due - time.monotonic()))
        except Empty:
            if latest is not None:
                yield latest
            latest, due = None, time.monotonic() + BETWEEN
        else:
            if latest is None:
                return
