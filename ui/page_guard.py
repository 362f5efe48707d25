"""What stands between the browser and Gradio: only what the page needs, only for this machine, nothing from elsewhere.

Gradio's server offers more than this page uses: it serves files, fetches addresses on behalf of the caller
(``/file=http://…``), streams, proxies. Everything not listed in ``OPEN`` does not exist here. The Host and Origin
checks keep other web sites out that the same browser has open (DNS rebinding, forged requests); the content
security policy makes the browser refuse every other host even if a document's text ever escaped our escaping.
"""

import json
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from ui.page_api import PARAMETERS

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

JOIN = "/gradio_api/queue/join"
CALL = "/gradio_api/call/v2/ask"
"""The one event that is an interface for programs, see :mod:`ui.page_api`."""
LONGEST_BODY = 10**6
"""Bytes of what a program asks."""
LONGEST_EVENT = 4 * LONGEST_BODY
"""Bytes of an event of the page: a question, or the names of some thousands of uploads."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
OPEN = (
    "/assets/",
    "/static/",
    JOIN,
    CALL,
    "/gradio_api/queue/data",
    "/gradio_api/upload",
    "/gradio_api/heartbeat/",
    "/gradio_api/app_id",
    "/gradio_api/cancel",
    "/gradio_api/reset",
)
OPEN_EXACTLY = ("/", "/config", "/gradio_api/info", "/theme.css", "/favicon.ico", "/manifest.json", "/robots.txt")
DOWNLOAD = re.compile(r"/download/[\w-]{1,64}/[a-z]{1,32}", re.ASCII)
POLICY = "; ".join(
    (
        "default-src 'self'",
        # Gradio starts from an inline script and compiles its templates; handlers in attributes are never needed.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "script-src-attr 'none'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


def host_name(netloc: str) -> str:
    """``[::1]:7860`` -> ``::1``; empty for what is no host."""
    try:
        return urlsplit(f"//{netloc}").hostname or ""
    except ValueError:
        return ""


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: App, *, hosts: Iterable[str] = LOOPBACK) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with the security headers added to the response."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        refusal = self.refusal(scope["path"], dict(scope["headers"]))
        if refusal:
            await _plain(send, *refusal)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        if scope["path"].startswith((JOIN, CALL)) and scope["method"] == "POST":
            called = scope["path"].startswith(CALL)
            body = await _body(receive, LONGEST_BODY if called else LONGEST_EVENT)
            if body is None or _fetches(body):
                await _plain(send, 400, "This request is refused.")
                return
            if called and not _is_call(body):
                await _plain(send, 400, f"Expected a JSON object with question, and none but {', '.join(PARAMETERS)}.")
                return
            receive = _again(body, receive)
        await self.app(scope, receive, send_guarded)

    def refusal(self, path: str, headers: dict[bytes, bytes]) -> tuple[int, str] | None:
        """Status and one line where the request is refused."""
        host = headers.get(b"host", b"").decode("latin-1")
        if host_name(host) not in self.hosts:
            return 403, "This program answers to its own machine only; open http://127.0.0.1 with its port."
        origin = headers.get(b"origin", b"").decode("latin-1")
        if origin and urlsplit(origin).netloc != host:
            return 403, "Requests from other web sites are refused."
        if path not in OPEN_EXACTLY and not path.startswith(OPEN) and not DOWNLOAD.fullmatch(path):
            return 404, "There is nothing here."
        return None


async def _body(receive: Receive, longest: int) -> bytes | None:
    """The whole body; ``None`` where it is longer than ``longest`` bytes."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > longest:
            return None
    return body


def _again(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives ``body`` once more, then what follows it."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay


def _fetches(body: bytes) -> bool:
    """Whether some file in an event's data is an address: Gradio would fetch it, whatever widget it is for."""
    try:
        waiting = [json.loads(body)]
    except ValueError:
        return True
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if "://" in str(value.get("path", "")):
                return True
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return False


def _is_call(body: bytes) -> bool:
    """Whether the parameters are those of the interface; Gradio would break over others."""
    said = json.loads(body)
    return isinstance(said, dict) and "question" in said and said.keys() <= set(PARAMETERS)


async def _plain(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
