"""The web chat: owner of Gradio. Widgets and wiring only; what is shown comes from ``ui.page_*``.

Gradio makes every handler an endpoint that any program on this machine can call, so each of them takes its input as
data that may be anything, and :mod:`ui.page_guard` stands before all the rest that Gradio's server would offer.
"""

import atexit
import os
import shutil
import socket
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.errors import SettingsError
from rag.library import Library
from rag.settings import Settings
from ui.catalog_web import WEB
from ui.language import Language, say
from ui.page_conversation import Source
from ui.page_desk import Desk
from ui.page_guard import LOOPBACK, App, Guard
from ui.page_handlers import Exchanges, Handlers, other, page_language

if TYPE_CHECKING:
    import gradio as gr

UPLOAD_CAP = 2
"""Times the size limit, and the server stops receiving; a smaller excess is refused by name and the others are kept."""
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
SANS = (
    "PingFang SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "system-ui",
    "sans-serif",
)


def serve(settings: Settings, *, host: str, port: int, open_browser: bool) -> None:
    """Open the index (or the samples) and answer on ``http://host:port`` until interrupted.

    Raises:
        SettingsError: ``host`` is not this machine, or ``port`` cannot be opened.
        IndexUnusable: The index is missing, damaged or made by another encoder.
        EmbeddingsError: The encoder cannot be loaded.
    """
    language = settings.language or "zh"
    if host not in LOOPBACK:
        raise SettingsError(where="--host", detail=say(WEB, language, "host", host=host))
    with _listen(host, port, language) as listening:
        from rag.build import open_library

        run(open_library(settings), settings, listening, open_browser=open_browser)


def run(
    library: Library,
    settings: Settings,
    listening: socket.socket,
    *,
    open_browser: bool,
    examples: Sequence[str] = (),
    open_for_writing: Callable[[Settings], Library] | None = None,
) -> None:
    """Answer on the socket ``listening`` until interrupted; the rest as for :func:`build_app`."""
    blocks = build_app(library, settings, examples=examples, open_for_writing=open_for_writing)
    app = web_app(blocks, settings)
    import uvicorn

    host, port = listening.getsockname()[:2]
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    # An open page keeps its connection; without a limit the program would wait for it after Ctrl+C.
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    sys.stderr.write(say(WEB, settings.language or "zh", "listening", url=url) + "\n")
    sys.stderr.flush()
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
    server.run(sockets=[listening])


def web_app(blocks: "gr.Blocks", settings: Settings) -> App:
    """The ASGI application around ``blocks``: guarded, with our styles and script and no footer."""
    import gradio as gr
    from fastapi import FastAPI

    theme = gr.themes.Base(
        primary_hue="teal", neutral_hue="slate", text_size="md", radius_size="sm", font=SANS, font_mono=("monospace",)
    )
    mounted = gr.mount_gradio_app(
        FastAPI(docs_url=None, redoc_url=None, openapi_url=None),
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        allowed_paths=[],
        show_error=False,
        max_file_size=UPLOAD_CAP * settings.max_file_bytes,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=theme,
        # Not as Gradio's css: that puts its own container before every selector, and some of ours look at <html>.
        head=f"{_asset('icon.html')}<style>{_asset('page.css')}</style><script>{_asset('page.js')}</script>",
    )
    return Guard(mounted)


def build_app(
    library: Library,
    settings: Settings,
    *,
    examples: Sequence[str] = (),
    open_for_writing: Callable[[Settings], Library] | None = None,
) -> "gr.Blocks":
    """The page and its handlers.

    Args:
        library: The index to ask; the samples give way to an index of the user's own at the first upload.
        settings: ``home`` keeps the uploads, ``index`` becomes the user's own index.
        examples: Questions to offer; made from the documents' particulars where there are none.
        open_for_writing: Opens the index at ``settings.index``; by default what ``rag.build`` does.
    """
    incoming = _quiet()
    import gradio as gr

    desk = Desk(library, settings, open_for_writing or _open_for_writing)
    handlers = Handlers(desk, settings, tuple(examples), incoming)
    language: Language = settings.language or "zh"
    # Uploads lie in a temporary folder until they are indexed; what is left there goes after an hour.
    blocks = gr.Blocks(title=say(WEB, language, "name"), analytics_enabled=False, delete_cache=(3600, 3600))
    with blocks:
        _Page(handlers, settings, language).wire(blocks)
    return blocks


class _Page:
    """The widgets of one page, and which handler answers for which."""

    def __init__(self, handlers: Handlers, settings: Settings, language: Language) -> None:
        import gradio as gr

        self._handlers = handlers
        self._settings = settings
        self.language = gr.State(language)
        self.exchanges = gr.State(())
        self.opened = gr.State(None)
        with gr.Column(elem_id="page"):
            self.header = _html(handlers.header(language), "header", "new", "language")
            with gr.Row(elem_id="desk"):
                with gr.Column(elem_id="chat"):
                    self.conversation = _html(handlers.conversation((), language), "conversation", "ask", "source")
                    with gr.Row(elem_id="ask-row"):
                        self.question = gr.Textbox(
                            elem_id="question", show_label=False, container=False, lines=1, max_lines=1, autofocus=True
                        )
                        self.send = gr.Button(elem_id="send", variant="primary")
                with gr.Column(elem_id="side"):
                    with gr.Column(elem_id="files-view"):
                        self.upload = gr.UploadButton(elem_id="upload", file_count="multiple", size="sm")
                        self.status = _html("", "status")
                        self.files = _html(handlers.files(language), "files", "open", "remove")
                    self.document = _html(handlers.document(None, language), "document")

    @property
    def _everything(self) -> list[Any]:
        texts = [self.header, self.conversation, self.question, self.send, self.upload, self.status, self.files]
        return [self.language, *texts, self.document]

    def _say_everything(self, language: Language, exchanges: Exchanges, opened: Source | None) -> list[object]:
        """Every string of the page in ``language``, in the order of ``_everything``."""
        import gradio as gr

        handlers, label = self._handlers, say(WEB, language, "question")
        return [
            language,
            handlers.header(language),
            handlers.conversation(exchanges, language),
            gr.update(label=label, placeholder=say(WEB, language, "placeholder")),
            gr.update(value=say(WEB, language, "send")),
            gr.update(label=say(WEB, language, "upload")),
            handlers.hint(language),
            handlers.files(language),
            handlers.document(opened, language),
        ]

    def wire(self, blocks: "gr.Blocks") -> None:
        """Connect the events. All are private: they belong to this page and are no interface for programs."""
        self._wire_page(blocks)
        self._wire_chat()
        self._wire_documents()

    def _wire_page(self, blocks: "gr.Blocks") -> None:
        import gradio as gr

        def arrive(request: gr.Request) -> list[object]:
            accepted = str(request.headers.get("accept-language", ""))
            language = page_language(self._settings, dict(request.query_params), accepted)
            return self._say_everything(language, (), None)

        def switch(language: Language, exchanges: Exchanges, opened: Source | None) -> list[object]:
            return self._say_everything(other(language), exchanges, opened)

        def begin(language: Language) -> tuple[Exchanges, str]:
            return (), self._handlers.conversation((), language)

        blocks.load(arrive, None, self._everything, **PRIVATE)
        states = [self.language, self.exchanges, self.opened]
        self.header.language(switch, states, self._everything, **PRIVATE)
        self.header.new(begin, self.language, [self.exchanges, self.conversation], **PRIVATE)

    def _wire_chat(self) -> None:
        import gradio as gr

        handlers = self._handlers

        def answer(question: object, exchanges: Exchanges, language: Language) -> Iterator[tuple[str, Exchanges, str]]:
            asked = handlers.asked(question, exchanges)
            if asked is None:
                yield "", exchanges, handlers.conversation(exchanges, language)
                return
            yield "", asked, handlers.conversation(asked, language)
            answered = handlers.answered(asked, language)
            yield "", answered, handlers.conversation(answered, language)

        def example(
            exchanges: Exchanges, language: Language, event: gr.EventData
        ) -> Iterator[tuple[str, Exchanges, str]]:
            yield from answer(_field(event, "question"), exchanges, language)

        states = [self.exchanges, self.language]
        shown = [self.question, self.exchanges, self.conversation]
        one_at_a_time = {"concurrency_id": "answer", "concurrency_limit": 1, **PRIVATE}
        gr.on([self.question.submit, self.send.click], answer, [self.question, *states], shown, **one_at_a_time)
        self.conversation.ask(example, states, shown, **one_at_a_time)

    def _wire_documents(self) -> None:
        import gradio as gr

        handlers = self._handlers

        def cited(
            exchanges: Exchanges, language: Language, opened: Source | None, event: gr.EventData
        ) -> tuple[Source | None, str]:
            found = handlers.source(_field(event, "turn"), _field(event, "source"), exchanges) or opened
            return found, handlers.document(found, language)

        def listed(language: Language, event: gr.EventData) -> tuple[Source | None, str]:
            found = handlers.listed(_field(event, "id"))
            return found, handlers.document(found, language)

        def add(files: object, exchanges: Exchanges, language: Language) -> Iterator[tuple[object, ...]]:
            for state in handlers.upload(files, language):
                yield state, gr.skip(), gr.skip()
            yield gr.skip(), handlers.files(language), handlers.conversation(exchanges, language)

        def remove(exchanges: Exchanges, language: Language, event: gr.EventData) -> tuple[str, str, str]:
            said = handlers.remove(_field(event, "id"), language)
            return said, handlers.files(language), handlers.conversation(exchanges, language)

        changed = [self.status, self.files, self.conversation]
        shown = [self.opened, self.document]
        self.conversation.source(cited, [self.exchanges, self.language, self.opened], shown, **PRIVATE)
        self.files.open(listed, self.language, shown, **PRIVATE)
        # Unprocessed, because the processed value has lost the name that the user's file has.
        self.upload.upload(add, [self.upload, self.exchanges, self.language], changed, preprocess=False, **PRIVATE)
        self.files.remove(remove, [self.exchanges, self.language], changed, **PRIVATE)


def _html(value: str, name: str, *events: str) -> "gr.HTML":
    """A piece of the page that our script looks after; the script triggers ``events`` on it."""
    import gradio as gr

    names = "".join(f", '{event}'" for event in events)
    return gr.HTML(
        value, elem_id=name, apply_default_css=False, js_on_load=f"wenju.{name}(element, trigger, watch{names})"
    )


def _field(event: "gr.EventData", name: str) -> object:
    """What the page says about the event; it may say anything."""
    data = event._data
    return data.get(name) if isinstance(data, dict) else None


def _quiet() -> Path:
    """Before Gradio is imported: no analytics, no hub, and a folder of this run's own for what is being uploaded."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    incoming = tempfile.mkdtemp(prefix="wenju-uploads-")
    atexit.register(shutil.rmtree, incoming, ignore_errors=True)
    os.environ["GRADIO_TEMP_DIR"] = incoming
    return Path(incoming)


def _listen(host: str, port: int, language: Language) -> socket.socket:
    """Open the port now, while it can still be said in one line that it is taken."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise SettingsError(where="--port", detail=say(WEB, language, "port", port=port, detail=detail)) from error


def _open_for_writing(settings: Settings) -> Library:
    from rag.build import open_for_writing

    return open_for_writing(settings)


def _asset(name: str) -> str:
    return resources.files("ui").joinpath("assets", name).read_text(encoding="utf-8")
