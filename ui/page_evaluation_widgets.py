"""The widgets of the evaluation view and of the kept feedback, and which handler answers for which."""

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from ui.catalog_web import EVALUATION
from ui.language import Language, say
from ui.page_assessment import Sitting
from ui.page_element import IN_TURN, PRIVATE, field, html_widget
from ui.page_evaluation_handlers import EvaluationHandlers
from ui.page_exchange import Exchange
from ui.page_feedback import Remark
from ui.page_feedback_handlers import FeedbackHandlers

Exchanges = tuple[Exchange, ...]
Converse = Callable[[Exchanges, Language, Remark | None], str]
"""The conversation as HTML, with a remark on a thumb."""


class EvaluationView:
    """The second view of the page; what goes on in it belongs to the tab's sitting."""

    def __init__(self, handlers: EvaluationHandlers, feedback: FeedbackHandlers, language: Language) -> None:
        self._handlers = handlers
        self._feedback = feedback
        nobody = Sitting(language=language)
        with gr.Row(elem_id="evaluation"):
            with gr.Column(elem_id="assess"):
                self.intro = html_widget(handlers.intro(language), "intro")
                self.upload = gr.UploadButton(
                    say(EVALUATION, language, "upload"),
                    elem_id="upload-test-set",
                    file_count="single",
                    size="sm",
                )
                self.setup = html_widget(handlers.setup(nobody), "setup", "choose", "start")
                self.outcome = html_widget("", "outcome", "stop")
            with gr.Column(elem_id="kept-side"):
                self.kept = html_widget(handlers.panel(nobody), "kept", "choose", "amend", "remove", "remove_all")

    @property
    def everything(self) -> list[Any]:
        """All that has text in it."""
        return [self.intro, self.upload, self.setup, self.outcome, self.kept]

    def say_everything(self, request: gr.Request, language: Language) -> list[object]:
        """Every string of the view in ``language``, in the order of ``everything``."""
        sitting = self._sitting(request, language)
        upload = gr.update(label=say(EVALUATION, language, "upload"))
        return [self._handlers.intro(language), upload, *self._state(sitting), self._handlers.panel(sitting)]

    def wire(self, blocks: gr.Blocks, language: gr.State) -> None:
        """Connect what concerns test sets and runs."""
        handlers = self._handlers

        def send(files: object, language: Language, request: gr.Request) -> str:
            sitting = self._sitting(request, language)
            return handlers.setup(sitting, handlers.upload(files, sitting))

        def choose(language: Language, event: gr.EventData, request: gr.Request) -> str:
            sitting = self._sitting(request, language)
            return handlers.setup(sitting, handlers.choose(field(event, "origin"), sitting))

        def start(language: Language, event: gr.EventData, request: gr.Request) -> Iterator[tuple[str, str]]:
            sitting = self._sitting(request, language)
            for problem in handlers.start(field(event, "leave_one_out"), sitting):
                yield handlers.setup(sitting, problem), handlers.outcome(sitting)

        def stop(language: Language, request: gr.Request) -> str:
            sitting = self._sitting(request, language)
            handlers.stop(sitting)
            return handlers.outcome(sitting)

        def leave(request: gr.Request) -> None:
            handlers.sittings.leave(request.session_hash)

        self.upload.upload(send, [self.upload, language], self.setup, preprocess=False, **PRIVATE)
        for widget in (self.setup, self.kept):
            widget.choose(choose, language, self.setup, **PRIVATE)
        # Without a limit, because a second tab is to be told at once that it has to wait.
        self.setup.start(start, language, [self.setup, self.outcome], concurrency_limit=None, **PRIVATE)
        self.outcome.stop(stop, language, self.outcome, **PRIVATE)
        blocks.unload(leave)

    def wire_feedback(self, conversation: gr.HTML, exchanges: gr.State, language: gr.State, converse: Converse) -> None:
        """Connect the thumbs under the answers and the list of those that were kept: each shows what the other did."""
        feedback, handlers = self._feedback, self._handlers

        def shown(
            exchanges: Exchanges, language: Language, request: gr.Request, remark: Remark | None = None, said: str = ""
        ) -> tuple[str, str, str]:
            sitting = self._sitting(request, language)
            kept = said + handlers.panel(sitting, remark)
            return converse(exchanges, language, remark), handlers.setup(sitting), kept

        def thumb(
            exchanges: Exchanges, language: Language, event: gr.EventData, request: gr.Request
        ) -> tuple[str, str, str]:
            remark = feedback.thumb(field(event, "key"), field(event, "thumb"), exchanges, language)
            return shown(exchanges, language, request, remark)

        def amend(
            exchanges: Exchanges, language: Language, event: gr.EventData, request: gr.Request
        ) -> tuple[str, str, str]:
            remark = feedback.amend(field(event, "key"), field(event, "answer"), field(event, "absent"), language)
            return shown(exchanges, language, request, remark)

        def remove(
            exchanges: Exchanges, language: Language, event: gr.EventData, request: gr.Request
        ) -> tuple[str, str, str]:
            return shown(exchanges, language, request, feedback.remove(field(event, "key"), language))

        def remove_all(exchanges: Exchanges, language: Language, request: gr.Request) -> tuple[str, str, str]:
            return shown(exchanges, language, request, said=feedback.remove_all(language))

        states, outputs = [exchanges, language], [conversation, self.setup, self.kept]
        conversation.thumb(thumb, states, outputs, **IN_TURN)
        for widget in (conversation, self.kept):
            widget.amend(amend, states, outputs, **IN_TURN)
        self.kept.remove(remove, states, outputs, **IN_TURN)
        self.kept.remove_all(remove_all, states, outputs, **IN_TURN)

    def _sitting(self, request: gr.Request, language: Language) -> Sitting:
        sitting = self._handlers.sittings.of(request.session_hash)
        sitting.language = language
        return sitting

    def _state(self, sitting: Sitting) -> list[str]:
        return [self._handlers.setup(sitting), self._handlers.outcome(sitting)]
