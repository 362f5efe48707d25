"""The widget of the settings; imported once Gradio has been silenced."""

import gradio as gr

from ui.chat import AS_SET, Ways
from ui.language import Language
from ui.page_element import PRIVATE, field, html_widget
from ui.page_handlers import Handlers


class SettingsView:
    """The settings beside the chat; ``ways`` is how the questions of the tab are answered."""

    def __init__(self, handlers: Handlers, language: Language) -> None:
        self._handlers = handlers
        self.ways = gr.State(AS_SET)
        self.panel = html_widget(handlers.settings(AS_SET, language), "settings", "choose")

    def wire(self, language: gr.State) -> None:
        """Connect the events; what the browser remembers of the settings comes the same way."""

        def choose(language: Language, event: gr.EventData) -> tuple[Ways, str]:
            ways = self._handlers.ways(field(event, "top_k"), field(event, "threshold"), field(event, "reader"))
            return ways, self._handlers.settings(ways, language)

        # At once, or a question that is typed meanwhile would not know of it; of several clicks the last one counts.
        self.panel.choose(
            choose, language, [self.ways, self.panel], concurrency_limit=None, trigger_mode="always_last", **PRIVATE
        )
