"""What stands between the browser and Gradio: only what the page needs, only for this machine, nothing from elsewhere.

Gradio's server offers more than this page uses: it serves files, fetches addresses on behalf of the caller
(``/file=http://…``), streams, proxies. Everything not listed in ``OPEN`` does not exist here. The Host and Origin
checks keep other web sites out that the same browser has open (DNS rebinding, forged requests); the content
security policy makes the browser refuse every other host even if a document's text ever escaped our escaping.
"""

import json
import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from starlette.exceptions import HTTPException

from ui.asgi import App as App
from ui.asgi import Message, Receive, Scope, Send, read, replaced, respond
from ui.page_person import HEADER, NAME_HEADER
from ui.page_visitors import Door, OpenDoor, Visitor
from ui.program_functions import FUNCTIONS, Function

JOIN, EVENTS = "/gradio_api/queue/join", "/gradio_api/queue/data"
CALL = re.compile(rf"/gradio_api/call/v2/({'|'.join(FUNCTIONS)})(?:/\w{{0,64}})?", re.ASCII)
"""The events that are an interface for programs, see :mod:`ui.page_api`, and what comes of a call."""
TOOLS = "/mcp"
"""Where assistants find the same as tools, see :mod:`ui.mcp_server`."""
LONGEST_BODY = 10**6
"""Bytes of what a program asks."""
LONGEST_EVENT = 4 * LONGEST_BODY
"""Bytes of an event of the page: a question, or the names of some thousands of uploads."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
OPEN = (
    "/assets/",
    "/static/",
    JOIN,
    EVENTS,
    "/gradio_api/upload",
    "/gradio_api/heartbeat/",
    "/gradio_api/app_id",
    "/gradio_api/cancel",
    "/gradio_api/reset",
)
OPEN_EXACTLY = (
    "/",
    TOOLS,
    "/config",
    "/gradio_api/info",
    "/theme.css",
    "/favicon.ico",
    "/manifest.json",
    "/robots.txt",
)
SAME_FOR_ALL = ("/assets/", "/static/")
"""Files of the program, which a browser may keep; nobody gets them without coming in either."""
NAMED_BY_CONTENT = re.compile(r"/assets/[\w.-]+-[\w-]{8,9}\.\w{2,5}", re.ASCII)
OK = 200
FOR_GOOD = (b"cache-control", b"private, max-age=31536000, immutable")
"""With another content they have another name, so a page that is opened again need not ask for sixty of them."""
DOWNLOAD = re.compile(r"/download/[\w-]{1,64}/[a-z]{1,32}|/conversation/[0-9a-f]{16}/[a-z]{2,4}", re.ASCII)
PICTURE = re.compile(r"/page/[0-9a-f]{16}/\d{1,6}", re.ASCII)
PATTERNS = (CALL, DOWNLOAD, PICTURE)
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
    # Nothing to other sites. Without any, browsers send no true Origin with a form, which is how a login is sent.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


def host_name(netloc: str) -> str:
    """``[::1]:7860`` -> ``::1``; empty for what is no host."""
    try:
        return urlsplit(f"//{netloc}").hostname or ""
    except ValueError:
        return ""


class Guard:
    """ASGI middleware around the whole application.

    Args:
        app: What is guarded.
        hosts: The names that the page may be asked for by; ``None`` for any, where nobody comes in without a login.
        door: Who comes in; by default everybody.
    """

    def __init__(self, app: App, *, hosts: Iterable[str] | None = LOOPBACK, door: Door | None = None) -> None:
        self.app = app
        self.hosts = None if hosts is None else frozenset(hosts)
        self.door = door or OpenDoor()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with the security headers added to the response."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, _guarded(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self.refusal(scope["path"], dict(scope["headers"]))
        if refusal:
            await respond(send, *refusal, ())
            return
        visitor = await self.door.admit(scope, receive, send)
        if visitor is None:
            return
        call = CALL.fullmatch(scope["path"])
        if scope["method"] == "POST" and (call or scope["path"].startswith((JOIN, TOOLS))):
            body = await read(receive, LONGEST_EVENT if scope["path"].startswith(JOIN) else LONGEST_BODY)
            if body is None or _fetches(body):
                await respond(send, 400, "This request is refused.", ())
                return
            if call and (wanted := _no_call(body, FUNCTIONS[call[1]])):
                await respond(send, 400, wanted, ())
                return
            receive = _again(body, receive)
        name = quote(visitor.name).encode() if visitor.name else None
        known = replaced(scope, {HEADER.encode(): visitor.person.encode(), NAME_HEADER.encode(): name})
        try:
            await self.app(known, receive, _from(visitor, scope, send))
        except RuntimeError as error:
            if scope["path"] != EVENTS or not isinstance(error.__cause__, HTTPException):
                raise
            # The events of a page that was left are gone; Gradio finds that out when it has begun to send them.
            await send({"type": "http.response.body", "body": b""})

    def refusal(self, path: str, headers: dict[bytes, bytes]) -> tuple[int, str] | None:
        """Status and one line where the request is refused."""
        host = headers.get(b"host", b"").decode("latin-1")
        name = host_name(host)
        if not name or (self.hosts is not None and name not in self.hosts):
            return 403, "This program answers to its own machine only; open http://127.0.0.1 with its port."
        origin = headers.get(b"origin", b"").decode("latin-1")
        if origin and origin.partition("://")[2] != host:
            return 403, "Requests from other web sites are refused."
        made = any(pattern.fullmatch(path) for pattern in PATTERNS)
        if path in OPEN_EXACTLY or path in self.door.paths or path.startswith(OPEN) or made:
            return None
        return 404, "There is nothing here."


def _guarded(send: Send) -> Send:
    """A ``send`` that adds the security headers; where there is a policy already, both count."""

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *HEADERS]
        await send(message)

    return guarded


def _from(visitor: Visitor, scope: Scope, send: Send) -> Send:
    """A ``send`` that adds what the door has for the visitor, and has nothing kept that is for their eyes alone."""
    if visitor.kept or scope["path"].startswith(SAME_FOR_ALL):
        always = visitor.headers
    else:
        always = (*visitor.headers, (b"cache-control", b"no-store"))
    found = (*always, FOR_GOOD) if NAMED_BY_CONTENT.fullmatch(scope["path"]) else always

    async def adding(message: Message) -> None:
        if message["type"] == "http.response.start":
            added = found if message["status"] == OK else always
            names = {name for name, _ in added if name != b"set-cookie"}
            said = [pair for pair in message.get("headers", ()) if pair[0].lower() not in names]
            message["headers"] = [*said, *added]
        await send(message)

    return adding


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
    except (ValueError, RecursionError):
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


def _no_call(body: bytes, function: Function) -> str | None:
    """What a call of ``function`` has to be, where this is none; Gradio would break over other parameters."""
    said = json.loads(body)
    if isinstance(said, dict) and set(function.required) <= said.keys() <= function.parameters.keys():
        return None
    needed = f" with {', '.join(function.required)}" if function.required else ""
    return f"Expected a JSON object{needed}, and none but {', '.join(function.parameters)}."
