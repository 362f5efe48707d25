"""The functions for other programs as events of Gradio that are an interface, each parameter with its description."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ui.page_api import Api, Told
from ui.program_functions import ASK, FUNCTIONS, LIST, OPEN, SEARCH, Function
from ui.program_results import ERROR, Schema

if TYPE_CHECKING:
    import gradio as gr

GROUPS: Mapping[str, tuple[str, int]] = {
    ASK.name: ("asking", 2),
    SEARCH.name: ("searching", 1),
    LIST.name: ("reading", 2),
    OPEN.name: ("reading", 2),
}
"""Which events wait for one another, and how many of them run at a time. The reader spends all cores on an answer, but
what goes before it runs on one: two at a time fill that gap, and more would only make each other slower. None of them
waits for the page's own events, nor these for them: a crowd of programs holds up nobody who sits at the page."""


def open_endpoints(api: Api, blocks: "gr.Blocks") -> None:
    """Add the functions of ``api`` to ``blocks``, which is being composed."""
    from gradio.events import api as endpoint

    for name, function in FUNCTIONS.items():
        call: Callable[..., Told] = getattr(api, name)
        group, limit = GROUPS[name]
        endpoint(
            call,
            api_name=name,
            api_description=function.description,
            concurrency_id=group,
            concurrency_limit=limit,
        )
        event = next(each for each in blocks.fns.values() if each.api_name == name)
        _describe(function, event.inputs, event.outputs)


def _describe(function: Function, inputs: Sequence[Any], outputs: Sequence[Any]) -> None:
    """Gradio knows the types alone; what is told of a parameter or a result is taken from these two."""
    for (name, schema), value in zip(function.parameters.items(), inputs, strict=True):
        value.label = name
        value._api_info = _documented(schema)
    outputs[0].label = "result"
    outputs[0]._api_info = {"anyOf": [function.result, ERROR], "description": f"{function.title}; or an error."}


def _documented(schema: Schema) -> Schema:
    """With the description where Gradio's own clients look for it."""
    return {**schema, "additional_description": schema["description"]}
