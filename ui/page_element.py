"""What all widgets of the page have in common; imported once Gradio has been silenced."""

from typing import Any

import gradio as gr

PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
"""Of every event: it belongs to this page and is no interface for programs."""
IN_TURN: dict[str, Any] = {"concurrency_id": "answer", "concurrency_limit": 1, **PRIVATE}
"""Of events that show the whole conversation: one after the other, or the later one would not know of the other."""


def html_widget(value: str, name: str, *events: str) -> gr.HTML:
    """A piece of the page that our script looks after; the script triggers ``events`` on it."""
    names = "".join(f", '{event}'" for event in events)
    return gr.HTML(
        value, elem_id=name, apply_default_css=False, js_on_load=f"wenju.{name}(element, trigger, watch{names})"
    )


def field(event: gr.EventData, name: str) -> object:
    """What the page says about the event; it may say anything."""
    data = event._data
    return data.get(name) if isinstance(data, dict) else None
