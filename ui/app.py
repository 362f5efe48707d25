"""The web chat: the server and the page's composition; the widgets are in ``ui.page_widgets``.

Nothing here or in Gradio reaches beyond this machine: analytics and the model hub are off before Gradio is imported,
its own ``launch`` (which looks for updates and calls itself through whatever proxy is set) is not used, and
:mod:`ui.page_guard` stands before all that its server would offer.
"""

import atexit
import os
import shutil
import socket
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import SettingsError
from rag.library import Library
from rag.settings import Settings
from ui import output
from ui.catalog_cli import MESSAGES
from ui.catalog_web import WEB
from ui.language import Language, say
from ui.page_desk import Desk
from ui.page_examples import Example
from ui.page_guard import LOOPBACK, App, Guard
from ui.page_handlers import Handlers

if TYPE_CHECKING:
    import gradio as gr

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
        from rag.build import open_library, sample_questions

        examples = [Example(question=question, expected=answers) for question, answers in sample_questions()]
        run(open_library(settings), settings, listening, open_browser=open_browser, examples=examples)


def run(
    library: Library,
    settings: Settings,
    listening: socket.socket,
    *,
    open_browser: bool,
    examples: Sequence[Example] = (),
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
    language: Language = settings.language or "zh"
    if library.read_only:
        output.note(say(MESSAGES, language, "samples", folder=settings.index))
    output.note(say(WEB, language, "listening", url=url))
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
        max_file_size=settings.max_file_bytes,
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
    examples: Sequence[Example] = (),
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

    from ui.page_widgets import Page

    desk = Desk(library, settings, open_for_writing or _open_for_writing)
    handlers = Handlers(desk, settings, tuple(examples), incoming)
    language: Language = settings.language or "zh"
    # Uploads lie in a temporary folder until they are indexed; what is left there goes after an hour.
    blocks = gr.Blocks(title=say(WEB, language, "name"), analytics_enabled=False, delete_cache=(3600, 3600))
    with blocks:
        Page(handlers, settings, language).wire(blocks)
    return blocks


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
