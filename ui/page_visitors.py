"""Who comes in: a door tells the guard, which tells the page. Here the door of a page that takes no login."""

import re
import secrets
from dataclasses import dataclass
from typing import Protocol

from ui import page_cookies
from ui.asgi import Receive, Scope, Send, header, respond
from ui.page_cookies import PERSON, YEAR
from ui.page_person import SOMEBODY

_KNOWN = re.compile(r"[0-9a-f]{32}", re.ASCII)
AGAIN = '<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark">'


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Somebody who has come in.

    Attributes:
        person: What the page knows them by, see :mod:`ui.page_person`.
        name: The name of somebody who has logged in.
        headers: To be added to the response.
        kept: Whether the browser may keep the response for somebody else who sits down before it.
    """

    person: str
    name: str = ""
    headers: tuple[tuple[bytes, bytes], ...] = ()
    kept: bool = True


class Door(Protocol):
    """Lets a request in or answers it.

    Attributes:
        paths: What it answers itself beside the page.
    """

    paths: frozenset[str]

    async def admit(self, scope: Scope, receive: Receive, send: Send) -> Visitor | None:
        """Who it is; ``None`` where the request has been answered here."""
        ...


class OpenDoor:
    """Everybody comes in. A browser is known again by a cookie that it is given with the page."""

    paths: frozenset[str] = frozenset()

    async def admit(self, scope: Scope, receive: Receive, send: Send) -> Visitor | None:
        """Whoever the cookie says; a new person where a browser asks for the page without one."""
        known = page_cookies.of(scope, PERSON, _KNOWN)
        if known:
            return Visitor(person=known)
        if scope["path"] != "/" or scope["method"] != "GET":
            return Visitor(person=SOMEBODY)
        if header(scope, b"sec-fetch-site") == "cross-site":
            # A link on another site led here, and the browser kept its cookie back: from here it will not.
            await respond(send, 200, f'{AGAIN}<meta http-equiv="refresh" content="0">', _NOT_KEPT, "text/html")
            return None
        person = secrets.token_hex(16)
        return Visitor(person=person, headers=(page_cookies.setting(scope, PERSON, person, YEAR), *_NOT_KEPT))


_NOT_KEPT = ((b"cache-control", b"no-store"),)
