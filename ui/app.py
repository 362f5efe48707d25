"""The web chat: the server and the page's composition; the widgets are in ``ui.page_widgets``.

Nothing here or in Gradio reaches beyond this machine: analytics and the model hub are off before Gradio is imported,
its own ``launch`` (which looks for updates and calls itself through whatever proxy is set) is not used, and
:mod:`ui.page_guard` stands before all that its server would offer.
"""

import atexit
import logging
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from rag.errors import SettingsError
from rag.library import Library
from rag.settings import Settings
from ui import output
from ui.catalog_cli import MESSAGES
from ui.catalog_web import WEB
from ui.language import Language, say
from ui.page_evaluation_handlers import DOWNLOAD, Download
from ui.page_examples import Example
from ui.page_guard import LOOPBACK, App, Guard
from ui.page_parts import Parts, assemble
from ui.page_paths import Places
from ui.page_watch import looking_after
from ui.report.plots import settle_cache

if TYPE_CHECKING:
    import gradio as gr
    import uvicorn

SCRIPTS = ("page.js", "page_documents.js")
STYLES = ("page.css", "page_documents.css")
SANS = (
    "PingFang SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "system-ui",
    "sans-serif",
)


def serve(settings: Settings, *, host: str, port: int, open_browser: bool, places: Places | None = None) -> None:
    """Open the index (or the samples) and answer on ``http://host:port`` until interrupted.

    Raises:
        SettingsError: ``host`` is not this machine, or ``port`` cannot be opened.
        IndexUnusable: The index is missing, damaged or made by another encoder.
        EmbeddingsError: The encoder cannot be loaded.
        ReaderUnusable: The reader that is set is none.
    """
    language = settings.language or "zh"
    if host not in LOOPBACK:
        raise SettingsError(where="--host", detail=say(WEB, language, "host", host=host))
    with _leaving_nothing(), _listen(host, port, language) as listening:
        from rag.build import open_library, sample_questions

        examples = [Example(question=question, expected=answers) for question, answers in sample_questions()]
        library = open_library(settings)
        library.prepare()  # now: the first question is not to wait for it, nor to find that it cannot be loaded
        run(library, settings, listening, open_browser=open_browser, examples=examples, places=places)


def run(
    library: Library,
    settings: Settings,
    listening: socket.socket,
    *,
    open_browser: bool,
    examples: Sequence[Example] = (),
    open_for_writing: Callable[[Settings], Library] | None = None,
    places: Places | None = None,
) -> None:
    """Answer on the socket ``listening`` until interrupted; the rest as for :func:`ui.page_parts.assemble`."""
    parts = assemble(
        library, settings, incoming=_quiet(), examples=examples, open_for_writing=open_for_writing, places=places
    )
    app = web_app(build_app(parts, settings), settings, parts.evaluation.download)
    server = _server(app)
    host, port = listening.getsockname()[:2]
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    language: Language = settings.language or "zh"
    if library.read_only:
        output.note(say(MESSAGES, language, "samples", folder=settings.index))
    output.note(say(WEB, language, "listening", url=url))
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
    with looking_after(parts.documents, language):
        server.run(sockets=[listening])


def web_app(blocks: "gr.Blocks", settings: Settings, download: Callable[[str, str], Download | None]) -> App:
    """The ASGI application around ``blocks``: guarded, with our styles and script and no footer.

    ``download`` gives the file of a token and a name: these are looked up and never part of a path.
    """
    import gradio as gr
    from fastapi import FastAPI, Response

    served = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @served.get(f"/{DOWNLOAD}/{{token}}/{{name}}", response_model=None)
    def give(token: str, name: str) -> Response:
        found = download(token, name)
        if found is None:
            return Response("There is nothing here.", status_code=404, media_type="text/plain")
        # Saved, never opened here: nothing in it can act in the name of this page.
        headers = {"content-disposition": f'attachment; filename="{found.name}"', "cache-control": "no-store"}
        return Response(found.content, media_type=found.media, headers=headers)

    theme = gr.themes.Base(
        primary_hue="teal", neutral_hue="slate", text_size="md", radius_size="sm", font=SANS, font_mono=("monospace",)
    )
    mounted = gr.mount_gradio_app(
        served,
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
        head=f"{_asset('icon.html')}<style>{_styles()}</style><script>{_script()}</script>",
    )
    return Guard(mounted)


def build_app(parts: Parts, settings: Settings) -> "gr.Blocks":
    """The page with its widgets, wired to ``parts``."""
    import gradio as gr
    from gradio.events import api

    from ui.page_api import NAME
    from ui.page_widgets import Page

    language: Language = settings.language or "zh"
    # Uploads lie in a temporary folder until they are indexed; what is left there goes after an hour.
    blocks = gr.Blocks(title=say(WEB, language, "name"), analytics_enabled=False, delete_cache=(3600, 3600))
    with blocks:
        Page(parts.chat, parts.documents, parts.evaluation, settings, language).wire(blocks)
        api(parts.api.ask, api_name=NAME, concurrency_id="answer", concurrency_limit=1)
    return blocks


@contextmanager
def _leaving_nothing() -> Iterator[None]:
    """Whoever ends the program or closes its terminal ends it as Ctrl+C does: with its temporary folders removed.

    The exit code is then 128 and the number of SIGTERM, as a shell has it. What somebody else wants of a signal stays.
    """
    ways: dict[str, Callable[[int, FrameType | None], object]] = {
        "SIGTERM": lambda number, _: sys.exit(128 + number),
        "SIGHUP": lambda _, __: signal.raise_signal(signal.SIGTERM),
    }
    before = {}
    if threading.current_thread() is threading.main_thread():
        known = {number: way for name, way in ways.items() if (number := getattr(signal, name, None))}
        before = {n: signal.signal(n, way) for n, way in known.items() if signal.getsignal(n) is signal.SIG_DFL}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _server(app: App) -> "uvicorn.Server":
    import uvicorn

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # All that it cuts off now are the connections of open pages, which would be reported as errors.
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
            await super().shutdown(sockets)

    # An open page keeps its connection; without a limit the program would wait for it after Ctrl+C.
    return Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))


def _quiet() -> Path:
    """Before Gradio is imported: no analytics, no hub, and a folder of this run's own for what is being uploaded.

    Around every event Gradio asks matplotlib, where that is installed, what it draws with; unless that is settled, it
    tries all that this machine has, which takes longer than an answer and makes folders in the user's home.
    """
    settle_cache()
    os.environ["MPLBACKEND"] = "agg"
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


def _styles() -> str:
    """Ours, and those of the report inside ``#page``, where they have to weigh more than Gradio's."""
    return f"{''.join(map(_asset, STYLES))}\n#page {{\n{_asset('report.css')}\n}}"


def _script() -> str:
    """What all parts of the page have in common, then each part, which adds itself to ``window.wenju``."""
    return "".join(map(_asset, SCRIPTS))


def _asset(name: str) -> str:
    return resources.files("ui").joinpath("assets", name).read_text(encoding="utf-8")
