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
from ui import auth_file as auth_files
from ui import output
from ui.catalog_cli import MESSAGES
from ui.catalog_login import AUTH
from ui.catalog_web import WEB
from ui.errors import AuthError
from ui.language import Language, say
from ui.lean_gradio import import_gradio, let_rest
from ui.page_address import is_here, url, url_elsewhere
from ui.page_door import LoginDoor
from ui.page_examples import Example
from ui.page_guard import LOOPBACK, App, Guard
from ui.page_parts import Parts, assemble
from ui.page_paths import Places
from ui.page_watch import looking_after
from ui.report.plots import settle_cache

if TYPE_CHECKING:
    import gradio as gr
    import uvicorn

SCRIPTS = (
    "page.js",
    "page_source.js",
    "page_documents.js",
    "page_collections.js",
    "page_history.js",
    "page_settings.js",
    "page_login.js",
)
STYLES = (
    "page.css",
    "page_source.css",
    "page_documents.css",
    "page_collections.css",
    "page_history.css",
    "page_settings.css",
    "page_login.css",
)
SANS = (
    "PingFang SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "system-ui",
    "sans-serif",
)


def serve(
    settings: Settings,
    *,
    host: str,
    port: int,
    open_browser: bool,
    auth_file: Path | None = None,
    places: Places | None = None,
) -> None:
    """Open the index (or the samples) and answer on ``http://host:port`` until interrupted.

    Args:
        settings: The index, the language, the limits.
        host: The address to listen on; beyond this machine only with ``auth_file``.
        port: The port to listen on, 0 for any that is free.
        open_browser: Whether to open the page as well.
        auth_file: Who may log in, see :mod:`ui.auth_file`; without it everybody on this machine comes in.
        places: The folders of this machine that may be added from or are watched.

    Raises:
        SettingsError: ``host`` is not this machine and there is no ``auth_file``, or ``port`` cannot be opened.
        AuthError: Nobody could log in with this ``auth_file``.
        IndexUnusable: The index is missing, damaged or made by another encoder.
        EmbeddingsError: The encoder cannot be loaded.
        ReaderUnusable: The reader that is set is none.
    """
    language = settings.language or "zh"
    if host not in LOOPBACK and auth_file is None:
        raise SettingsError(where="--host", detail=say(AUTH, language, "beyond", host=host))

    def tell(problem: AuthError) -> None:
        output.note(
            say(AUTH, language, "locked", detail=say(problem.catalogue, language, problem.key, **problem.facts))
        )

    people = auth_files.People(auth_file, tell) if auth_file else None
    if auth_file and auth_files.is_open(auth_file):
        output.note(say(AUTH, language, "open", path=auth_file))
    with _leaving_nothing(), _listen(host, port, language) as listening:
        from rag.build import open_library, sample_questions

        examples = [Example(question=question, expected=answers) for question, answers in sample_questions()]
        library = open_library(settings)
        library.prepare()  # now: the first question is not to wait for it, nor to find that it cannot be loaded
        run(library, settings, listening, open_browser=open_browser, examples=examples, people=people, places=places)


def run(
    library: Library,
    settings: Settings,
    listening: socket.socket,
    *,
    open_browser: bool,
    examples: Sequence[Example] = (),
    open_for_writing: Callable[[Settings], Library] | None = None,
    people: auth_files.People | None = None,
    places: Places | None = None,
) -> None:
    """Answer on the socket ``listening`` until interrupted; the rest as for :func:`ui.page_parts.assemble`.

    With ``people`` nobody comes in without a login.
    """
    parts = assemble(
        library, settings, incoming=_quiet(), examples=examples, open_for_writing=open_for_writing, places=places
    )
    # Beside the import: the first tab is to find them there.
    threading.Thread(target=parts.chat.find_questions, name="wenju-examples", daemon=True).start()
    import_gradio()
    host, port = listening.getsockname()[:2]
    guarded = Guard(
        web_app(build_app(parts, settings), settings, parts),
        hosts=LOOPBACK if is_here(host) or people is None else None,
        door=LoginDoor(people.now, settings) if people else None,
    )
    server = _server(guarded)
    language: Language = settings.language or "zh"
    if library.read_only:
        output.note(say(MESSAGES, language, "samples", folder=settings.index))
    output.note(say(WEB, language, "listening", url=url(host, port)))
    if not is_here(host):
        output.note(say(AUTH, language, "elsewhere", url=url_elsewhere(host, port)))
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(url(host, port),), daemon=True).start()
    with looking_after(parts.documents, language):
        server.run(sockets=[listening])


def web_app(blocks: "gr.Blocks", settings: Settings, parts: Parts) -> App:
    """The ASGI application around ``blocks``: with our styles and script and no footer; not guarded yet."""
    import gradio as gr
    from fastapi import FastAPI

    from ui.page_routes import add_routes

    served = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    add_routes(served, parts)
    theme = gr.themes.Base(
        primary_hue="teal", neutral_hue="slate", text_size="md", radius_size="sm", font=SANS, font_mono=("monospace",)
    )
    mounted: App = gr.mount_gradio_app(
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
    let_rest(blocks)
    return mounted


def build_app(parts: Parts, settings: Settings) -> "gr.Blocks":
    """The page with its widgets, wired to ``parts``."""
    import gradio as gr

    from ui.page_endpoints import open_endpoints
    from ui.page_widgets import Page

    language: Language = settings.language or "zh"
    # Uploads lie in a temporary folder until they are indexed; what is left there goes after an hour.
    blocks = gr.Blocks(title=say(WEB, language, "name"), analytics_enabled=False, delete_cache=(3600, 3600))
    with blocks:
        Page(parts, settings, language).wire(blocks)
        open_endpoints(parts.api, blocks)
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

    Unless it is settled what matplotlib draws with, it tries all that this machine has when it is first imported, which
    takes longer than an answer and makes folders in the user's home.
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
