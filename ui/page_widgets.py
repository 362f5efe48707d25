"""Gradio's widgets and which handler answers for which; imported by :mod:`ui.app` once Gradio has been silenced.

Gradio makes every event an endpoint that any program on this machine can call, so everything that comes in here is
handed to :mod:`ui.page_handlers` as data that may be anything.
"""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from rag.scope import Scope
from rag.settings import Settings
from ui.catalog_web import WEB
from ui.language import Language, say
from ui.page_conversation import Source
from ui.page_documents import DocumentsHandlers
from ui.page_documents_widgets import DocumentsView
from ui.page_element import IN_TURN, PRIVATE, field, html_widget
from ui.page_evaluation_handlers import EvaluationHandlers
from ui.page_evaluation_widgets import EvaluationView
from ui.page_handlers import Exchanges, Handlers, other, page_language
from ui.page_listing import View


class Page:
    """The widgets of one page, and which handler answers for which."""

    def __init__(
        self,
        handlers: Handlers,
        documents: DocumentsHandlers,
        evaluation: EvaluationHandlers,
        settings: Settings,
        language: Language,
    ) -> None:
        self._handlers = handlers
        self._settings = settings
        self.language = gr.State(language)
        self.exchanges = gr.State(())
        self.opened = gr.State(None)
        self.chosen = gr.State(Scope())
        with gr.Column(elem_id="page"):
            self.header = html_widget(handlers.header(language), "header", "new", "language")
            with gr.Row(elem_id="desk"):
                with gr.Column(elem_id="chat"):
                    self.conversation = html_widget(
                        handlers.conversation((), language), "conversation", "ask", "source", "thumb", "amend"
                    )
                    self.scope = html_widget(handlers.scope(Scope(), language), "scope", "choose")
                    with gr.Row(elem_id="ask-row"):
                        self.question = gr.Textbox(
                            elem_id="question",
                            label=say(WEB, language, "question"),
                            placeholder=say(WEB, language, "placeholder"),
                            show_label=False,
                            container=False,
                            max_lines=1,
                            autofocus=True,
                        )
                        self.send = gr.Button(say(WEB, language, "send"), elem_id="send", variant="primary")
                with gr.Column(elem_id="side"):
                    self.documents = DocumentsView(documents, language)
                    self.document = html_widget(handlers.document(None, language), "document", "open")
            self.evaluation = EvaluationView(evaluation, handlers.feedback, language)

    @property
    def _everything(self) -> list[Any]:
        texts = [self.header, self.conversation, self.scope, self.question, self.send]
        return [self.language, *texts, *self.documents.everything, self.document, *self.evaluation.everything]

    def _say_everything(
        self,
        request: gr.Request,
        language: Language,
        exchanges: Exchanges,
        opened: Source | None,
        scope: Scope,
        view: View,
    ) -> list[object]:
        """Every string of the page in ``language``, in the order of ``_everything``."""
        handlers, label = self._handlers, say(WEB, language, "question")
        return [
            language,
            handlers.header(language),
            handlers.conversation(exchanges, language),
            handlers.scope(scope, language),
            gr.update(label=label, placeholder=say(WEB, language, "placeholder")),
            gr.update(value=say(WEB, language, "send")),
            *self.documents.say_everything(language, view),
            handlers.document(opened, language),
            *self.evaluation.say_everything(request, language),
        ]

    def wire(self, blocks: gr.Blocks) -> None:
        """Connect the events. All are private: they belong to this page and are no interface for programs."""
        self._wire_page(blocks)
        self._wire_chat()
        self._wire_documents()
        self.evaluation.wire(blocks, self.language)
        self.evaluation.wire_feedback(self.conversation, self.exchanges, self.language, self._handlers.conversation)

    def _wire_page(self, blocks: gr.Blocks) -> None:
        def arrive(request: gr.Request) -> list[object]:
            accepted = str(request.headers.get("accept-language", ""))
            language = page_language(self._settings, dict(request.query_params), accepted)
            return self._say_everything(request, language, (), None, Scope(), View())

        def switch(
            language: Language,
            exchanges: Exchanges,
            opened: Source | None,
            scope: Scope,
            view: View,
            request: gr.Request,
        ) -> list[object]:
            return self._say_everything(request, other(language), exchanges, opened, scope, view)

        def begin(language: Language) -> tuple[Exchanges, str]:
            return (), self._handlers.conversation((), language)

        arrived = blocks.load(arrive, None, self._everything, **IN_TURN)
        arrived.then(None, js="() => wenju.arrived()", **PRIVATE)
        states = [self.language, self.exchanges, self.opened, self.chosen, self.documents.view]
        self.header.language(switch, states, self._everything, **IN_TURN)
        self.header.new(begin, self.language, [self.exchanges, self.conversation], **IN_TURN)

    def _wire_chat(self) -> None:
        handlers = self._handlers

        def answer(
            question: object, exchanges: Exchanges, scope: Scope, language: Language
        ) -> Iterator[tuple[object, Exchanges, str]]:
            asked = handlers.asked(question, exchanges, scope)
            if asked is None:
                yield "", exchanges, handlers.conversation(exchanges, language)
                return
            yield "", asked, handlers.conversation(asked, language)
            answered = handlers.answered(asked, language)
            # The next question may be in the box already.
            yield gr.skip(), answered, handlers.conversation(answered, language)

        def example(
            exchanges: Exchanges, scope: Scope, language: Language, event: gr.EventData
        ) -> Iterator[tuple[object, Exchanges, str]]:
            yield from answer(field(event, "question"), exchanges, scope, language)

        def choose(event: gr.EventData) -> Scope:
            return handlers.chosen(field(event, "documents"), field(event, "issuers"), field(event, "years"))

        states = [self.exchanges, self.chosen, self.language]
        shown = [self.question, self.exchanges, self.conversation]
        gr.on([self.question.submit, self.send.click], answer, [self.question, *states], shown, **IN_TURN)
        self.conversation.ask(example, states, shown, **IN_TURN)
        # At once, or a question that is typed meanwhile would not know of it; of several clicks the last one counts.
        self.scope.choose(choose, None, self.chosen, concurrency_limit=None, trigger_mode="always_last", **PRIVATE)

    def _wire_documents(self) -> None:
        handlers = self._handlers

        def cited(
            exchanges: Exchanges, language: Language, opened: Source | None, event: gr.EventData
        ) -> tuple[Source | None, str]:
            place = field(event, "turn"), field(event, "source"), exchanges, field(event, "copy")
            found = handlers.source(*place) or opened
            return found, handlers.document(found, language)

        def listed(language: Language, event: gr.EventData) -> tuple[Source | None, str]:
            found = handlers.listed(field(event, "id"))
            return found, handlers.document(found, language)

        def renew(exchanges: Exchanges, scope: Scope, language: Language) -> tuple[object, ...]:
            left = handlers.still_chosen(scope)
            # What was asked stays as it is; the welcome offers questions about other documents.
            shown = gr.skip() if exchanges else handlers.conversation(exchanges, language)
            return shown, left, handlers.scope(left, language)

        shown = [self.opened, self.document]
        self.conversation.source(cited, [self.exchanges, self.language, self.opened], shown, **PRIVATE)
        self.document.open(listed, self.language, shown, **PRIVATE)
        chat = [self.exchanges, self.chosen, self.conversation, self.chosen, self.scope]
        self.documents.wire(self.language, chat, renew)
        self.documents.wire_list(self.language, shown, handlers.document)
