"""What Gradio does without need, left out: libraries that this page has no use for, files for editors, restlessness.

Its import is most of what it takes to open the page. Of what it would bring along,

- the library of its own MCP server looks as if it were not installed; our own tools (:mod:`ui.mcp_server`) import it
  with the first request for one. So does trio, a second way to wait for the network, and the command line of httpx;
- pandas is there for tables, of which we show none: it is imported when something looks into it;
- its own command line and what loads apps from elsewhere stay empty;
- and for every class of widgets it would work out a file of hints for editors, and write that beside its own source.

Around every event it would import matplotlib, to draw with what :mod:`ui.app` has set anyway; after every event it
would sum up, with pandas, how long all of them took.
"""

import importlib
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import gradio as gr

HIDDEN = ("mcp", "trio", "httpx._main")
LATER = ("pandas",)
EMPTY = ("gradio.cli", "gradio.external")
WIDGET_CLASSES, HINTS = "gradio.component_meta", "create_or_modify_pyi"
DRAWING = "MatplotlibBackendMananger"
"""What Gradio has around every event, spelt as there."""
REST = 0.01
"""Seconds between two looks at the queue; Gradio's own thousandth keeps a core busy for a sixteenth of its time, on a
laptop that does nothing."""


def import_gradio() -> None:
    """Import Gradio; afterwards every library can be imported as ever."""
    replaced: dict[str, Any] = dict.fromkeys(HIDDEN)  # an import of them fails, as where they are not installed
    replaced.update((name, _later(name)) for name in LATER)
    replaced.update((name, _empty(name)) for name in EMPTY)
    with _instead({} if "gradio" in sys.modules else replaced), _without_hints():
        import gradio

    setattr(gradio.utils, DRAWING, nullcontext)


def let_rest(blocks: "gr.Blocks") -> None:
    """Have the queue of ``blocks`` look for work less often, and sum nothing up."""
    queue = blocks._queue
    queue.sleep_when_free = max(REST, queue.sleep_when_free)
    queue.ANAYLTICS_CACHE_FREQUENCY = sys.maxsize  # spelt as there: after so many events it counts again


def _later(name: str) -> ModuleType:
    """What stands for the library ``name`` until something of it is used, which imports it."""
    stand_in = ModuleType(name)

    def look_up(attribute: str) -> object:
        if attribute.startswith("__") and attribute != "__path__":  # whoever goes through all modules uses none of them
            raise AttributeError(attribute)
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
        found: object = getattr(importlib.import_module(name), attribute)
        return found

    stand_in.__getattr__ = look_up  # type: ignore[method-assign]
    return stand_in


def _empty(name: str) -> ModuleType:
    """A module ``name`` in which everything is ``None``."""
    empty = ModuleType(name)

    def look_up(attribute: str) -> None:
        if attribute.startswith("__"):
            raise AttributeError(attribute)

    empty.__getattr__ = look_up  # type: ignore[method-assign]
    return empty


@contextmanager
def _instead(replaced: dict[str, Any]) -> Iterator[None]:
    """Give what is imported inside those of the modules ``replaced`` that have not been imported before."""
    modules: dict[str, Any] = sys.modules
    put = {name: module for name, module in replaced.items() if name not in modules}
    modules.update(put)
    try:
        yield
    finally:
        for name, module in put.items():
            if name in modules and modules[name] is module:
                del modules[name]


@contextmanager
def _without_hints() -> Iterator[None]:
    finder = _Silenced()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Silenced(MetaPathFinder):
    """Finds the module that makes the classes of widgets, and has it write no hints."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name == WIDGET_CLASSES else None
        if spec is not None and spec.loader is not None:
            spec.loader.exec_module = _then_silent(spec.loader.exec_module)  # type: ignore[assignment]
        return spec


def _then_silent(execute: Callable[[ModuleType], None]) -> Callable[[ModuleType], None]:
    def both(module: ModuleType) -> None:
        execute(module)
        setattr(module, HINTS, lambda *args: None)

    return both
