"""What Gradio does without need, left out: the library of its own MCP server, and looking for work all the time.

It imports that library wherever it is installed. The page has no use for it and would open half a second later; our own
tools (:mod:`ui.mcp_server`) import it with the first request for one.
"""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import gradio as gr

LIBRARY = "mcp"
REST = 0.01
"""Seconds between two looks at the queue; Gradio's own thousandth keeps a core busy for a sixteenth of its time, on a
laptop that does nothing."""


def import_gradio() -> None:
    """Import Gradio; afterwards ``mcp`` can be imported as ever."""
    modules: dict[str, Any] = sys.modules
    hidden = LIBRARY not in modules
    if hidden:
        modules[LIBRARY] = None  # an import of it fails, as where it is not installed
    try:
        import gradio  # noqa: F401
    finally:
        if hidden:
            del modules[LIBRARY]


def let_rest(blocks: "gr.Blocks") -> None:
    """Have the queue of ``blocks`` look for work less often."""
    blocks._queue.sleep_when_free = max(REST, blocks._queue.sleep_when_free)
