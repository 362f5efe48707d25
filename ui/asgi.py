"""What an ASGI application is made of, and the few things that all of ours do with a request. Pure but for ``send``."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Fields = Iterable[tuple[bytes, bytes]]
"""Headers as ASGI has them: names in lower case, several of the same name where there are."""


def header(scope: Scope, name: bytes) -> str:
    """The header ``name``, the last where there are several; empty where there is none."""
    return str(dict(scope["headers"]).get(name, b"").decode("latin-1"))


def replaced(scope: Scope, headers: dict[bytes, bytes | None]) -> Scope:
    """``scope`` with each of ``headers`` exactly as given here, whatever was sent under its name."""
    kept = [(name, value) for name, value in scope["headers"] if name.lower() not in headers]
    return {**scope, "headers": [*kept, *((name, value) for name, value in headers.items() if value is not None)]}


async def read(receive: Receive, most: int) -> bytes | None:
    """The whole body; ``None`` where it is longer than ``most`` bytes or its sender has gone."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > most:
            return None
    return body


async def respond(send: Send, status: int, content: str, headers: Fields, media: str = "text/plain") -> None:
    """One whole response."""
    body = content.encode()
    fields = [(b"content-type", f"{media}; charset=utf-8".encode()), (b"content-length", b"%d" % len(body)), *headers]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": body})
