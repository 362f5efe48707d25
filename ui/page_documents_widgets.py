"""The widgets of the list of documents, and which handler answers for which."""

from collections.abc import Callable, Iterator
from dataclasses import replace
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
            row = handlers.collections.row(View(), language)
            self.row = html_widget(row, "collections", "choose", "make", "rename", "drop")
            self.finder = html_widget(handlers.finder(View(), language), "finder", "find")
            events = ("open", "remove", "turn", "details", "put", "take")
            self.files = html_widget(handlers.files(language), "files", *events)
            self.foot = html_widget(handlers.foot(language), "foot", "refresh")
            self._timer = gr.Timer(SECONDS, active=handlers.lively)

    @property
    def everything(self) -> list[Any]:
        """All that has text in it, and the timer."""
        adding = [self.upload, self.folder, self.adding, self.status]
        return [*adding, self.activity, self.row, self.finder, self.files, self.foot, self._timer]

    def say_everything(self, language: Language, view: View) -> list[object]:
        """Every string of the view in ``language``, in the order of ``everything``."""
        handlers = self._handlers
        return [
            gr.update(label=say(WEB, language, "upload")),
            gr.update(label=say(DOCUMENTS, language, "upload_folder")),
            handlers.adding(language),
            "",
            handlers.activity(language),
            handlers.collections.row(view, language),
            handlers.finder(view, language),
            handlers.files(language, view),
            handlers.foot(language, view),
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
        shown = [self.status, self.row, self.finder, self.files, self.foot, self.activity]
        states, in_chat = [language, self.view], [exchanges, scope, language]

        def after(event: gr.events.Dependency) -> None:
            event.then(renew, in_chat, renewed, **IN_TURN)

        after(self.upload.upload(self._upload, [self.upload, *states], shown, preprocess=False, **AT_ONCE))
        after(self.folder.upload(self._upload_folder, [self.folder, *states], shown, preprocess=False, **AT_ONCE))
        after(self.adding.add_path(self._add_path, states, shown, **AT_ONCE))
        after(self.foot.refresh(self._refresh, states, shown, **AT_ONCE))
        after(self.files.remove(self._remove, states, shown, **AT_ONCE))
        after(self.status.drop(self._drop, states, shown, **AT_ONCE))
        after(self.files.put(self._put, states, shown, **AT_ONCE))
        after(self.files.take(self._take, states, shown, **AT_ONCE))
        after(self.row.make(self._make, states, [self.view, *shown], **AT_ONCE))
        after(self.row.rename(self._rename, states, [self.view, *shown], **AT_ONCE))
        after(self.row.drop(self._delete, states, [self.view, *shown], **AT_ONCE))
        seen = [language, self.view, self._seen, self._told]
        renewed_here = [self.row, self.finder, self.files, self.foot]
        changed = [self._seen, self._told, *renewed_here, self.activity, self._timer]
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
        looked_at = [self.view, self.row, self.finder, self.files, self.foot]
        # Each counts, and the last one is shown last: one that got lost on its way must not hold up those after it.
        self.row.choose(self._choose, states, looked_at, trigger_mode="multiple", **AT_ONCE)

    def _upload(self, files: object, language: Language, view: View) -> Iterator[tuple[object, ...]]:
        yield from self._working(self._handlers.upload(files, language, view=view), language, view)

    def _upload_folder(self, files: object, language: Language, view: View) -> Iterator[tuple[object, ...]]:
        yield from self._working(self._handlers.upload(files, language, folder=True, view=view), language, view)

    def _add_path(self, language: Language, view: View, event: gr.EventData) -> Iterator[tuple[object, ...]]:
        yield from self._working(self._handlers.add_path(field(event, "typed"), language, view), language, view)

    def _refresh(self, language: Language, view: View) -> Iterator[tuple[object, ...]]:
        yield from self._working(self._handlers.refresh(language), language, view)

    def _remove(self, language: Language, view: View, event: gr.EventData) -> tuple[object, ...]:
        return self._handlers.remove(field(event, "ids"), language), *self._list(language, view)

    def _drop(self, language: Language, view: View) -> tuple[object, ...]:
        return self._handlers.remove_gone(language), *self._list(language, view)

    def _working(self, said: Iterator[str], language: Language, view: View) -> Iterator[tuple[object, ...]]:
        """The progress of a job as it goes on, and at its end what it has changed."""
        for state in said:
            yield state, *(gr.skip() for _ in range(5))
        yield gr.skip(), *self._list(language, view)

    def _put(self, language: Language, view: View, event: gr.EventData) -> tuple[object, ...]:
        said = self._handlers.collections.put(field(event, "ids"), field(event, "into"), language)
        return said, *self._list(language, view)

    def _take(self, language: Language, view: View, event: gr.EventData) -> tuple[object, ...]:
        said = self._handlers.collections.take(field(event, "ids"), field(event, "of"), language)
        return said, *self._list(language, view)

    def _make(self, language: Language, view: View, event: gr.EventData) -> tuple[object, ...]:
        made, said = self._handlers.collections.make(view, field(event, "name"), language)
        return made, said, *self._list(language, made)

    def _rename(self, language: Language, view: View, event: gr.EventData) -> tuple[object, ...]:
        renamed, said = self._handlers.collections.rename(view, field(event, "of"), field(event, "name"), language)
        return renamed, said, *self._list(language, renamed)

    def _delete(self, language: Language, view: View, event: gr.EventData) -> tuple[object, ...]:
        left, said = self._handlers.collections.delete(view, field(event, "of"), language)
        return left, said, *self._list(language, left)

    def _choose(self, language: Language, view: View, event: gr.EventData) -> tuple[object, ...]:
        chosen = self._handlers.collections.choose(view, field(event, "name"))
        return chosen, *self._list(language, chosen)[:-1]

    def _list(self, language: Language, view: View) -> tuple[str, str, str, str, str]:
        handlers = self._handlers
        row, finder = handlers.collections.row(view, language), handlers.finder(view, language)
        return row, finder, handlers.files(language, view), handlers.foot(language, view), handlers.activity(language)

    def _tick(self, language: Language, view: View, seen: str, told: str) -> tuple[object, ...]:
        """What is new, and nothing of what is not."""
        handlers = self._handlers
        state, activity, lively = handlers.state(), handlers.activity(language), handlers.lively
        fresh = self._list(language, view)[:4] if state != seen else (gr.skip(),) * 4
        moved = activity if activity != told else gr.skip()
        return state, activity, *fresh, moved, gr.skip() if lively else gr.Timer(active=False)

    def _find(self, language: Language, view: View, event: gr.EventData) -> tuple[View, str]:
        wanted = view_of(*(field(event, name) for name in ("words", "order", "issuer", "year")))
        wanted = replace(wanted, collection=view.collection)
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
