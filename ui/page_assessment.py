"""What each tab evaluates: the test set it chose, its run, what came of it. One run at a time in the whole program."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from rag.evaluation.case import Dataset
from rag.library import Library
from ui.language import Language
from ui.page_run import Evaluating, Run, Tell

SITTINGS_KEPT = 16
Prepare = Callable[[Dataset, Library, bool], Evaluating]
OpenContexts = Callable[[Dataset, Tell], Library]


@dataclass(eq=False)
class Sitting:
    """What one tab has chosen, and its one run.

    Attributes:
        token: Names this tab's results in the addresses of its downloads; cannot be guessed.
        chosen: The test set to be asked next.
        origin: Where it came from: ``file``, ``samples`` or ``feedback``.
        run: The last run, going on or ended.
        language: What the tab speaks now; it may be switched while a run goes on.
    """

    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    chosen: Dataset | None = None
    origin: str = ""
    run: Run | None = None
    language: Language = "zh"

    @property
    def result(self) -> Run | None:
        """The run, where there is something to show of it."""
        return self.run if self.run and not self.run.going and self.run.summary else None


class Sittings:
    """The tabs that are open, by Gradio's name for their session; whoever leaves takes run and result along."""

    def __init__(self) -> None:
        self._sittings: OrderedDict[str, Sitting] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, session: str | None) -> Sitting:
        """The tab's sitting, a new one where there is none; the longest unused beyond ``SITTINGS_KEPT`` go."""
        with self._lock:
            sitting = self._sittings.setdefault(session or "", Sitting())
            self._sittings.move_to_end(session or "")
            for name in [n for n, each in self._sittings.items() if not (each.run and each.run.going)]:
                if len(self._sittings) <= SITTINGS_KEPT or name == session:
                    break
                del self._sittings[name]
            return sitting

    def leave(self, session: str | None) -> None:
        """The tab is closed: its run stops at the next batch, and nothing of it is kept."""
        with self._lock:
            sitting = self._sittings.pop(session or "", None)
        if sitting and sitting.run:
            sitting.run.stop()

    def with_token(self, token: str) -> Sitting | None:
        """The sitting that ``token`` names."""
        sought = token.encode("utf-8", "replace")
        with self._lock:
            found = [each for each in self._sittings.values() if secrets.compare_digest(each.token.encode(), sought)]
        return found[0] if found else None


class Assessor:
    """Starts runs, one at a time: two at once would halve each other's speed and spoil each other's latency.

    Args:
        library: The index that is open now.
        prepare: ``Evaluation.prepare`` over (test set, library, leave one out).
        open_contexts: A temporary index of the texts that a test set brings along.
    """

    def __init__(self, library: Callable[[], Library], prepare: Prepare, open_contexts: OpenContexts) -> None:
        self._library = library
        self._prepare = prepare
        self._open_contexts = open_contexts
        self._busy = threading.Lock()

    def start(self, dataset: Dataset, *, leave_one_out: bool) -> Run | None:
        """A run that goes on in a thread of its own; ``None`` where another one is still going on."""
        if not self._busy.acquire(blocking=False):
            return None
        run = Run(dataset, leave_one_out=leave_one_out)

        def prepare(tell: Tell) -> tuple[Evaluating, Library]:
            library = self._open_contexts(dataset, tell) if dataset.contexts else self._library()
            return self._prepare(dataset, library, leave_one_out), library

        def work() -> None:
            try:
                run.carry_out(prepare)
            finally:
                self._busy.release()

        # A daemon: Ctrl+C need not wait for three thousand questions.
        threading.Thread(target=work, name="wenju-evaluation", daemon=True).start()
        return run
