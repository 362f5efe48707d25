"""The widgets of the list of documents, and which handler answers for which."""

from collections.abc import Callable, Iterator
from typing import Any, Literal

import gradio as gr

from rag.scope import Scope
from ui.catalog_documents import DOCUMENTS
from ui.catalog_web import WEB
from ui.language import Language, say
from ui.page_documents import DocumentsHandlers
from ui.page_element import IN_TURN, PRIVATE, field, html_widget
from ui.page_exchange import Exchange
from ui.page_listing import View, view_of
from ui.source_places import Source

SECONDS = 2.0
"""Between two looks at what other tabs and the watched folders have done."""
AT_ONCE: dict[str, Any] = {"concurrency_limit": None, **PRIVATE}
"""Of events that are quick, or that wait for each other elsewhere."""

Exchanges = tuple[Exchange, ...]
Renew = Callable[[Exchanges, Scope, Language], tuple[object, ...]]
"""What of the chat depends on the documents: the conversation, the scope and its row."""
Show = Callable[[Source | None, Language], str]
"""The document beside the chat as HTML."""


class DocumentsView:
    """What is added, the list, and what it all takes."""

    def __init__(self, handlers: DocumentsHandlers, language: Language) -> None:
        self._handlers = handlers
        self.view = gr.State(View())
        self._seen = gr.State("")
        self._told = gr.State("")
        with gr.Column(elem_id="files-view"):
            with gr.Row(elem_id="add-row"):
                self.upload = self._button("upload", say(WEB, language, "upload"), "multiple")
                self.folder = self._button("upload-folder", say(DOCUMENTS, language, "upload_folder"), "directory")
            self.adding = html_widget(handlers.adding(language), "adding", "add_path")
            self.status = html_widget("", "status", "drop")
            self.activity = html_widget(handlers.activity(language), "activity")
            self.finder = html_widget(handlers.finder(View(), language), "finder", "find")
            self.files = html_widget(handlers.files(language), "files", "open", "remove", "turn", "details")
            self.foot = html_widget(handlers.foot(language), "foot", "refresh")
            self._timer = gr.Timer(SECONDS, active=handlers.lively)

    @property
    def everything(self) -> list[Any]:
        """All that has text in it, and the timer."""
        texts = [self.upload, self.folder, self.adding, self.status, self.activity, self.finder, self.files, self.foot]
        return [*texts, self._timer]

    def say_everything(self, language: Language, view: View) -> list[object]:
        """Every string of the view in ``language``, in the order of ``everything``."""
        handlers = self._handlers
        return [
            gr.update(label=say(WEB, language, "upload")),
            gr.update(label=say(DOCUMENTS, language, "upload_folder")),
            handlers.adding(language),
            "",
            handlers.activity(language),
            handlers.finder(view, language),
            handlers.files(language, view),
            handlers.foot(language),
            gr.Timer(active=handlers.lively),
        ]

    def wire(self, language: gr.State, chat: list[Any], renew: Renew) -> None:
        """Connect the events that change what is there.

        Args:
            language: Of the page.
            chat: The states of the exchanges and of the scope; then what ``renew`` gives.
            renew: What of the chat depends on the documents.
        """
        exchanges, scope, *renewed = chat
        shown = [self.status, self.finder, self.files, self.foot, self.activity]
        states, in_chat = [language, self.view], [exchanges, scope, language]

        def after(event: gr.events.Dependency) -> None:
            event.then(renew, in_chat, renewed, **IN_TURN)

        after(self.upload.upload(self._upload, [self.upload, *states], shown, preprocess=False, **AT_ONCE))
        after(self.folder.upload(self._upload_folder, [self.folder, *states], shown, preprocess=False, **AT_ONCE))
        after(self.adding.add_path(self._add_path, states, shown, **AT_ONCE))
        after(self.foot.refresh(self._refresh, states, shown, **AT_ONCE))
        after(self.files.remove(self._remove, states, shown, **AT_ONCE))
        after(self.status.drop(self._drop, states, shown, **AT_ONCE))
        seen = [language, self.view, self._seen, self._told]
        changed = [self._seen, self._told, self.finder, self.files, self.foot, self.activity, self._timer]
        self._timer.tick(self._tick, seen, changed, **AT_ONCE)
        after(self._seen.change(lambda: None, None, None, **PRIVATE))

    def wire_list(self, language: gr.State, opened: list[Any], show: Show) -> None:
        """Connect what changes only what this tab looks at; ``opened`` is the source that is open, and its widget."""

        def listed(language: Language, event: gr.EventData) -> tuple[Source | None, str]:
            found = self._handlers.listed(field(event, "id"), field(event, "field"))
            return found, show(found, language)

        states, shown = [language, self.view], [self.view, self.files]
        self.files.open(listed, language, opened, **AT_ONCE)
        # Of what is typed quickly the last state counts.
        self.finder.find(self._find, states, shown, trigger_mode="always_last", **AT_ONCE)
        self.files.turn(self._turn, states, shown, **AT_ONCE)
        self.files.details(self._details, states, shown, **AT_ONCE)

    def _upload(self, files: object, language: Language, view: View) -> Iterator[tuple[object, ...]]:
        yield from self._working(self._handlers.upload(files, language), language, view)

    def _upload_folder(self, files: object, language: Language, view: View) -> Iterator[tuple[object, ...]]:
        yield from self._working(self._handlers.upload(files, language, folder=True), language, view)

    def _add_path(self, language: Language, view: View, event: gr.EventData) -> Iterator[tuple[object, ...]]:
        yield from self._working(self._handlers.add_path(field(event, "typed"), language), language, view)

    def _refresh(self, language: Language, view: View) -> Iterator[tuple[object, ...]]:
        yield from self._working(self._handlers.refresh(language), language, view)

    def _remove(self, language: Language, view: View, event: gr.EventData) -> tuple[object, ...]:
        return self._handlers.remove(field(event, "ids"), language), *self._list(language, view)

    def _drop(self, language: Language, view: View) -> tuple[object, ...]:
        return self._handlers.remove_gone(language), *self._list(language, view)

    def _working(self, said: Iterator[str], language: Language, view: View) -> Iterator[tuple[object, ...]]:
        """The progress of a job as it goes on, and at its end what it has changed."""
        for state in said:
            yield state, gr.skip(), gr.skip(), gr.skip(), gr.skip()
        yield gr.skip(), *self._list(language, view)

    def _list(self, language: Language, view: View) -> tuple[str, str, str, str]:
        handlers = self._handlers
        finder, files = handlers.finder(view, language), handlers.files(language, view)
        return finder, files, handlers.foot(language), handlers.activity(language)

    def _tick(self, language: Language, view: View, seen: str, told: str) -> tuple[object, ...]:
        """What is new, and nothing of what is not."""
        handlers = self._handlers
        state, activity, lively = handlers.state(), handlers.activity(language), handlers.lively
        fresh = self._list(language, view)[:3] if state != seen else (gr.skip(),) * 3
        moved = activity if activity != told else gr.skip()
        return state, activity, *fresh, moved, gr.skip() if lively else gr.Timer(active=False)

    def _find(self, language: Language, view: View, event: gr.EventData) -> tuple[View, str]:
        wanted = view_of(*(field(event, name) for name in ("words", "order", "issuer", "year")))
        return wanted, self._handlers.files(language, wanted)

    def _turn(self, language: Language, view: View, event: gr.EventData) -> tuple[View, str]:
        turned = self._handlers.turned(view, field(event, "page"))
        return turned, self._handlers.files(language, turned)

    def _details(self, language: Language, view: View, event: gr.EventData) -> tuple[View, str]:
        wanted = self._handlers.looked_into(view, field(event, "id"))
        return wanted, self._handlers.files(language, wanted)

    @staticmethod
    def _button(name: str, label: str, count: Literal["multiple", "directory"]) -> gr.UploadButton:
        return gr.UploadButton(label, elem_id=name, file_count=count, size="sm")
