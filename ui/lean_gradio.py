"""What Gradio does without need, left out: libraries that this page has no use for, files for editors, looking for work.

Its import is most of what it takes to open the page. Of what it imports,

- the library of its own MCP server has to look as if it were not installed; our own tools (:mod:`ui.mcp_server`) import it
  with the first request for one;
- trio, where that is installed, would be a second way to wait for the network, next to asyncio;
- pandas is there for tables, of which we show none: it is imported with the first look into it;
- its command line is there for ``gradio deploy``;
- and for every class of widgets it works out a file of hints for editors, and writes that beside its own source.
"""

import importlib.util
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import gradio as gr

HIDDEN = ("mcp", "trio")
LATER = "pandas"
WIDGET_CLASSES, HINTS = "gradio.component_meta", "create_or_modify_pyi"
COMMAND_LINE, COMMAND = "gradio.cli", "deploy"
REST = 0.01
"""Seconds between two looks at the queue; Gradio's own thousandth keeps a core busy for a sixteenth of its time, on a
laptop that does nothing."""


def import_gradio() -> None:
    """Import Gradio; afterwards every library can be imported as ever."""
    if "gradio" in sys.modules:
        return
    _put_off(LATER)
    command_line = ModuleType(COMMAND_LINE)
    setattr(command_line, COMMAND, None)
    replaced: dict[str, Any] = {**dict.fromkeys(HIDDEN), COMMAND_LINE: command_line}  # None: as if it were not installed
    with _instead(replaced), _without_hints():
        import gradio  # noqa: F401


def let_rest(blocks: "gr.Blocks") -> None:
    """Have the queue of ``blocks`` look for work less often."""
    blocks._queue.sleep_when_free = max(REST, blocks._queue.sleep_when_free)


def _put_off(name: str) -> None:
    """Have the library ``name`` loaded when something of it is used, where it is installed and not loaded yet."""
    spec = None if name in sys.modules else importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        return
    spec.loader = importlib.util.LazyLoader(spec.loader)
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])


@contextmanager
def _instead(replaced: dict[str, Any]) -> Iterator[None]:
    """Give what is imported inside those of the modules ``replaced`` that have not been imported before."""
    modules: dict[str, Any] = sys.modules
    put = {name: module for name, module in replaced.items() if name not in modules}
    modules.update(put)
    try:
        yield
    finally:
        for name in put:
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
            spec.loader.exec_module = _then_silent(spec.loader.exec_module)  # type: ignore[method-assign]
        return spec


def _then_silent(execute: Callable[[ModuleType], None]) -> Callable[[ModuleType], None]:
    def both(module: ModuleType) -> None:
        execute(module)
        setattr(module, HINTS, lambda *args: None)

    return both
