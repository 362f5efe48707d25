"""Gradio imported without the library of its own MCP server, which it takes along wherever that is installed.

The page has no use for it and would open half a second later; our own tools (:mod:`ui.mcp_server`) import that library
with the first request for one.
"""

import sys
from typing import Any

LIBRARY = "mcp"


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
