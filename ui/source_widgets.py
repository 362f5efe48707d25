"""Gradio's widgets of an open document: its text, and its page as it was printed; every input is data from anywhere."""

import gradio as gr

from ui.language import Language
from ui.page_element import PRIVATE, field, html_widget
from ui.page_handlers import Handlers
from ui.source_places import Source


class SourcePanel:
    """The document beside the chat, and which handler answers for what."""

    def __init__(self, handlers: Handlers, language: Language) -> None:
        self._handlers = handlers
        self.document = html_widget(handlers.document(None, language), "document", "open", "step", "link")
        self.leaf = html_widget("", "leaf", "turn")

    def wire(self, opened: gr.State, language: gr.State) -> None:
        """Connect the events; ``opened`` and ``language`` are the states of the page."""
        handlers = self._handlers

        def step(now: Source | None, language: Language, event: gr.EventData) -> tuple[Source | None, object]:
            found = now.at(field(event, "place")) if now else None
            return (now, gr.skip()) if found is None else (found, handlers.document(found, language))

        def link(language: Language, event: gr.EventData) -> tuple[Source | None, str]:
            found = handlers.sources.linked(field(event, "link"))
            return found, handlers.document(found, language) if found else handlers.sources.unknown(language)

        def turn(now: Source | None, language: Language, event: gr.EventData) -> str:
            return handlers.sources.leaf(now, field(event, "place"), field(event, "page"), language)

        self.document.step(step, [opened, language], [opened, self.document], **PRIVATE)
        self.document.link(link, language, [opened, self.document], **PRIVATE)
        self.leaf.turn(turn, [opened, language], self.leaf, trigger_mode="always_last", **PRIVATE)
