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
from ui.chat import AS_SET, Ways
from ui.language import Language, say
from ui.page_documents_widgets import DocumentsView
from ui.page_element import IN_TURN, PRIVATE, field, html_widget
from ui.page_evaluation_widgets import EvaluationView
from ui.page_handlers import Exchanges, other, page_language
from ui.page_history_widgets import HistoryView
from ui.page_listing import View
from ui.page_parts import Parts
from ui.page_person import name
from ui.page_settings_widgets import SettingsView
from ui.source_places import Source
from ui.source_widgets import SourcePanel

Tab = tuple[str, object, Ways, Language]
"""The conversation that is open in a tab, what is sought in the list of them, how it is answered, its language."""


class Page:
    """The widgets of one page, and which handler answers for which."""

    def __init__(self, parts: Parts, settings: Settings, language: Language) -> None:
        handlers = self._handlers = parts.chat
        self._settings = settings
        self.language = gr.State(language)
        self.exchanges = gr.State(())
        self.opened = gr.State(None)
        self.chosen = gr.State(Scope())
        with gr.Column(elem_id="page"):
            self.header = html_widget(handlers.header(language), "header", "new", "language")
            with gr.Row(elem_id="desk"):
                self.history = HistoryView(parts.history, language)
                with gr.Column(elem_id="chat"):
                    self.conversation = html_widget(
                        handlers.welcome(language),
                        "conversation",
                        *("ask", "source", "thumb", "amend", "stop", "again"),
                    )
                    self.scope = html_widget(handlers.scope(Scope(), language), "scope", "choose")
                    with gr.Row(elem_id="ask-row"):
                        self.question = gr.Textbox(
                            elem_id="question",
                            label=say(WEB, language, "question"),
                            placeholder=say(WEB, language, "placeholder"),
                            show_label=False,
                            container=False,
                            max_lines=8,
                            autofocus=True,
                        )
                        self.send = gr.Button(say(WEB, language, "send"), elem_id="send", variant="primary")
                with gr.Column(elem_id="side"):
                    self.documents = DocumentsView(parts.documents, language)
                    self.source = SourcePanel(handlers, language)
                    self.document = self.source.document
                    self.settings = SettingsView(handlers, language)
            self.evaluation = EvaluationView(parts.evaluation, handlers.feedback, language)

    @property
    def _everything(self) -> list[Any]:
        texts = [self.header, *self.history.everything, self.conversation, self.scope, self.question, self.send]
        panel = [self.document, self.source.leaf, self.settings.panel]
        return [self.language, *texts, *self.documents.everything, *panel, *self.evaluation.everything]

    def _say_everything(
        self,
        request: gr.Request,
        language: Language,
        *,
        exchanges: Exchanges = (),
        opened: Source | None = None,
        scope: Scope | None = None,
        current: str = "",
        view: View | None = None,
        ways: Ways = AS_SET,
    ) -> list[object]:
        """Every string of the page in ``language``, in the order of ``_everything``."""
        handlers, label = self._handlers, say(WEB, language, "question")
        return [
            language,
            handlers.header(language, name(request.headers)),
            *self.history.say_everything(request, language, current),
            handlers.conversation(exchanges, language),
            handlers.scope(scope or Scope(), language),
            gr.update(label=label, placeholder=say(WEB, language, "placeholder")),
            gr.update(value=say(WEB, language, "send")),
            *self.documents.say_everything(language, view or View()),
            handlers.document(opened, language),
            "",
            handlers.settings(ways, language),
            *self.evaluation.say_everything(request, language),
        ]

    def wire(self, blocks: gr.Blocks) -> None:
        """Connect the events. All are private: they belong to this page and are no interface for programs."""
        self._wire_page(blocks)
        self._wire_chat()
        self.history.wire(self.exchanges, self.conversation, self.language, self._handlers.conversation)
        self._wire_documents()
        self.source.wire(self.opened, self.language)
        self.settings.wire(self.language)
        self.evaluation.wire(blocks, self.language)
        self.evaluation.wire_feedback(self.conversation, self.exchanges, self.language, self._handlers.conversation)

    def _wire_page(self, blocks: gr.Blocks) -> None:
        def arrive(request: gr.Request) -> list[object]:
            accepted = str(request.headers.get("accept-language", ""))
            language = page_language(self._settings, dict(request.query_params), accepted)
            return self._say_everything(request, language)

        def switch(
            language: Language,
            exchanges: Exchanges,
            opened: Source | None,
            scope: Scope,
            current: str,
            view: View,
            ways: Ways,
            request: gr.Request,
        ) -> list[object]:
            turned = other(language)
            return self._say_everything(
                request, turned, exchanges=exchanges, opened=opened, scope=scope, current=current, view=view, ways=ways
            )

        def begin(wanted: object, language: Language, request: gr.Request) -> tuple[object, ...]:
            return (), self._handlers.conversation((), language), "", self.history.listed(request, "", wanted, language)

        history = self.history
        arrived = blocks.load(arrive, None, self._everything, **IN_TURN)
        arrived.then(None, js="() => wenju.arrived()", **PRIVATE)
        states = [self.language, self.exchanges, self.opened, self.chosen, history.current]
        states += [self.documents.view, self.settings.ways]
        self.header.language(switch, states, self._everything, **IN_TURN)
        begun = [self.exchanges, self.conversation, history.current, history.past]
        self.header.new(begin, [history.wanted, self.language], begun, **IN_TURN)

    def _wire_chat(self) -> None:
        handlers, history = self._handlers, self.history

        def answered(asked: Exchanges, key: object, tab: Tab, request: gr.Request) -> Iterator[tuple[object, ...]]:
            """The next question may be in the box already, so it is left alone."""
            current, wanted, ways, language = tab
            last = asked
            for last in handlers.answered(asked, key, language, ways):
                yield gr.skip(), last, handlers.conversation(last, language), gr.skip(), gr.skip()
            yield *(gr.skip() for _ in range(3)), *history.keep(request, current, last, wanted, language)

        def asked(
            question: object,
            exchanges: Exchanges,
            scope: Scope,
            current: str,
            wanted: object,
            ways: Ways,
            language: Language,
            request: gr.Request,
        ) -> Iterator[tuple[object, ...]]:
            waiting = handlers.asked(question, exchanges, scope)
            if waiting is None:
                yield "", exchanges, handlers.conversation(exchanges, language), gr.skip(), gr.skip()
                return
            yield "", waiting, handlers.conversation(waiting, language), gr.skip(), gr.skip()
            yield from answered(waiting, waiting[-1].key, (current, wanted, ways, language), request)

        def example(
            exchanges: Exchanges,
            scope: Scope,
            current: str,
            wanted: object,
            ways: Ways,
            language: Language,
            event: gr.EventData,
            request: gr.Request,
        ) -> Iterator[tuple[object, ...]]:
            yield from asked(field(event, "question"), exchanges, scope, current, wanted, ways, language, request)

        def again(
            exchanges: Exchanges,
            current: str,
            wanted: object,
            ways: Ways,
            language: Language,
            event: gr.EventData,
            request: gr.Request,
        ) -> Iterator[tuple[object, ...]]:
            asked = handlers.again(field(event, "key"), exchanges)
            if asked is not None:
                yield gr.skip(), asked, handlers.conversation(asked, language), gr.skip(), gr.skip()
                yield from answered(asked, field(event, "key"), (current, wanted, ways, language), request)

        def choose(event: gr.EventData) -> Scope:
            return handlers.chosen(*(field(event, name) for name in ("documents", "issuers", "years", "collections")))

        def stop(event: gr.EventData) -> None:
            handlers.stop(field(event, "key"))

        tab = [history.current, history.wanted, self.settings.ways, self.language]
        states = [self.exchanges, self.chosen, *tab]
        shown = [self.question, self.exchanges, self.conversation, history.current, history.past]
        gr.on([self.question.submit, self.send.click], asked, [self.question, *states], shown, **IN_TURN)
        self.conversation.ask(example, states, shown, **IN_TURN)
        self.conversation.again(again, [self.exchanges, *tab], shown, **IN_TURN)
        # Past the queue of questions, one of which it is to end.
        self.conversation.stop(stop, None, None, concurrency_limit=None, **PRIVATE)
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
