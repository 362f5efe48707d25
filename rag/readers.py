"""The readers that one can choose between: which this machine has, and those that are loaded."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal

from rag import progress
from rag.local_models import BUNDLED, NONE, LocalModel, local_models
from rag.settings import Settings
from rag.span_model import SpanModel

MOST = 2
"""Readers that are loaded at the same time; another one takes the place of that which nobody has asked for longest."""
Missing = Literal["not_here", "onnxruntime", "transformers"]


@dataclass(frozen=True, kw_only=True)
class ReaderChoice:
    """A reader that could be chosen, by the name that the settings take for it; ``missing`` says why it cannot run."""

    name: str
    missing: Missing | None = None


def readers(settings: Settings) -> tuple[ReaderChoice, ...]:
    """The bundled one, none, the one that is set, then the extractive readers in the local cache by name."""
    found = [model for model in local_models(settings) if model.role == "reader"]
    bundled, *others = [ReaderChoice(name=model.name, missing=_missing(model)) for model in found]
    return (bundled, ReaderChoice(name=NONE), *others)


class Readers:
    """Loads a reader when it is first asked for and keeps the last few; safe to share between threads."""

    def __init__(self, load: Callable[[str | None], SpanModel | None]) -> None:
        """``load`` is called once for each name that is kept; what it raises is raised, and it is tried again."""
        self._load = load
        self._kept: OrderedDict[str, Future[SpanModel | None]] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, reader: str | None) -> SpanModel | None:
        """The model that ``reader`` names, ``None`` being the bundled one. Raises what loading it does."""
        if reader == NONE:
            return None
        name = reader or BUNDLED
        with self._guard:
            job = self._kept.get(name)
        if job is None or not job.done():
            progress.loading()  # before anything waits for it: whoever is told may end the work
        with self._guard:
            begun = name in self._kept
            job = self._kept.setdefault(name, Future())
            self._kept.move_to_end(name)
        # Outside the lock: nobody who asks another reader waits for this one.
        if not begun:
            self._carry_out(name, job)
        return job.result()

    def _carry_out(self, name: str, job: "Future[SpanModel | None]") -> None:
        try:
            model = self._load(name)
        except BaseException as error:
            with self._guard:
                self._kept.pop(name, None)
            job.set_exception(error)  # told by its result, to all who wait for it
            return
        job.set_result(model)
        with self._guard:  # only now: what cannot be loaded takes nobody's place
            for other in [each for each, loaded in self._kept.items() if loaded.done()][:-MOST]:
                del self._kept[other]


def _missing(model: LocalModel) -> Missing | None:
    """What a reader would need that is not there; whether it can read is seen when it is loaded."""
    from rag.bundled_model import graph_of

    if model.folder is None:
        return "not_here"
    if graph_of(model.folder).is_file() and find_spec("onnxruntime"):
        return None
    if model.name == BUNDLED:
        return "onnxruntime"
    return None if find_spec("torch") and find_spec("transformers") else "transformers"
