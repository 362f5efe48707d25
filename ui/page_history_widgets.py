"""The widgets of the kept conversations; imported once Gradio has been silenced."""

from collections.abc import Callable
from typing import Any

import gradio as gr

from ui.language import Language
from ui.page_element import IN_TURN, PRIVATE, field, html_widget
from ui.page_exchange import Exchange
from ui.page_history_handlers import HistoryHandlers
from ui.page_person import person

Exchanges = tuple[Exchange, ...]
Converse = Callable[[Exchanges, Language], str]
"""The conversation as HTML."""


class HistoryView:
    """The list beside the chat; ``current`` is the conversation that is open in the tab, ``wanted`` what is sought."""

    def __init__(self, handlers: HistoryHandlers, language: Language) -> None:
        self._handlers = handlers
        self.current = gr.State("")
        self.wanted = gr.State("")
        with gr.Column(elem_id="history"):
            self.seek = html_widget(handlers.find(language), "seek", "find")
            self.past = html_widget("", "past", "pick", "rename", "remove")

    @property
    def everything(self) -> list[Any]:
        """All that has text in it."""
        return [self.seek, self.past]

    def say_everything(self, request: gr.Request, language: Language, current: str) -> list[object]:
        """Every string of the view in ``language``, in the order of ``everything``."""
        return [self._handlers.find(language), self.listed(request, current, "", language)]

    def listed(self, request: gr.Request, current: str, wanted: object, language: Language, problem: str = "") -> str:
        """The list as it is for whoever asks."""
        return self._handlers.listed(person(request.headers), current, wanted, language, problem)

    def keep(
        self, request: gr.Request, current: str, exchanges: Exchanges, wanted: object, language: Language
    ) -> tuple[str, str]:
        """Keep what was said; the id of the conversation, and the list with it."""
        who = person(request.headers)
        id, problem = self._handlers.keep(who, current, exchanges, language)
        return id, self._handlers.listed(who, id, wanted, language, problem)

    def wire(self, exchanges: gr.State, conversation: gr.HTML, language: gr.State, converse: Converse) -> None:
        """Connect the events; ``conversation`` shows the ``exchanges`` as ``converse`` says."""
        handlers = self._handlers

        def find(current: str, language: Language, event: gr.EventData, request: gr.Request) -> tuple[object, str]:
            wanted = field(event, "text")
            return wanted, self.listed(request, current, wanted, language)

        def pick(
            current: str, wanted: object, language: Language, event: gr.EventData, request: gr.Request
        ) -> tuple[object, ...]:
            id, found, problem = handlers.open(person(request.headers), field(event, "id"), language)
            if not id and field(event, "resumed"):  # what a tab had open before may be gone: no reason to complain
                return gr.skip(), gr.skip(), gr.skip(), gr.skip()
            if not id:
                return gr.skip(), gr.skip(), gr.skip(), self.listed(request, current, wanted, language, problem)
            return id, found, converse(found, language), self.listed(request, id, wanted, language)

        def rename(current: str, wanted: object, language: Language, event: gr.EventData, request: gr.Request) -> str:
            who = person(request.headers)
            problem = handlers.rename(who, field(event, "id"), field(event, "title"), language)
            return self.listed(request, current, wanted, language, problem)

        def remove(
            current: str, wanted: object, language: Language, event: gr.EventData, request: gr.Request
        ) -> tuple[object, ...]:
            id = field(event, "id")
            problem = handlers.remove(person(request.headers), id, language)
            if id != current:
                listed = self.listed(request, current, wanted, language, problem)
                return gr.skip(), gr.skip(), gr.skip(), listed
            return "", (), converse((), language), self.listed(request, "", wanted, language, problem)

        states = [self.current, self.wanted, language]
        opened = [self.current, exchanges, conversation, self.past]
        self.seek.find(find, [self.current, language], [self.wanted, self.past], trigger_mode="always_last", **PRIVATE)
        self.past.pick(pick, states, opened, **IN_TURN)
        self.past.rename(rename, states, self.past, **IN_TURN)
        self.past.remove(remove, states, opened, **IN_TURN)
