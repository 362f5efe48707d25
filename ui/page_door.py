"""The door of a page that takes a login: the login page, its sessions, and HTTP Basic for programs.

Nothing behind it is reached without one of the two. Passwords are checked one at a time in another thread, so that
many attempts cost their senders time and nobody else.
"""

import asyncio
import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from urllib.parse import parse_qs

from rag.settings import Settings
from ui import page_cookies
from ui.asgi import Fields, Receive, Scope, Send, header, read, respond
from ui.auth_file import name_of
from ui.catalog_login import LOGIN
from ui.language import Language, say
from ui.page_cookies import SESSION
from ui.page_guesses import Guesses, Key, keys
from ui.page_handlers import page_language
from ui.page_login import LOGIN_PATH, LOGOUT_PATH, login_html, logout_html, onward_html, policy, wait_text
from ui.page_sessions import TOKEN, Sessions
from ui.page_visitors import Visitor
from ui.passwords import KEY_BYTES, LONGEST, SALT_BYTES, Kept, matches, plain

LONGEST_FORM = 16_384
"""Bytes: a name and a password of characters that take nine bytes each."""
MOST_WAITING = 20
"""Attempts that wait for their turn; further ones are sent away."""
NO_STORE = (b"cache-control", b"no-store")
# Not Basic: for that a browser would ask by itself, in the midst of the page.
CHALLENGE = (b"www-authenticate", b'Login realm="wenju"')


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of an attempt: let in as ``name``, or not, with the seconds to wait before the next one."""

    name: str | None = None
    wait: float = 0.0
    busy: bool = False


class LoginDoor:
    """Lets in whoever is among ``people`` and knows their password."""

    paths = frozenset((LOGIN_PATH, LOGOUT_PATH))

    def __init__(
        self,
        people: Callable[[], Mapping[str, Kept]],
        settings: Settings,
        *,
        sessions: Sessions | None = None,
        guesses: Guesses | None = None,
    ) -> None:
        self._people = people
        self._settings = settings
        self._sessions = sessions or Sessions(people)
        self._guesses = guesses or Guesses()
        self._nobody = Kept(salt=secrets.token_bytes(SALT_BYTES), key=secrets.token_bytes(KEY_BYTES))
        self._secret = secrets.token_bytes(32)
        self._proven: dict[str, bytes] = {}
        self._one = asyncio.Lock()
        self._waiting = 0

    async def admit(self, scope: Scope, receive: Receive, send: Send) -> Visitor | None:
        """Who it is, or the answer of the login page."""
        token = page_cookies.of(scope, SESSION, TOKEN)
        name = self._sessions.name(token) if token else None
        if scope["path"] == LOGIN_PATH:
            await self._login(scope, receive, send, token, name)
        elif scope["path"] == LOGOUT_PATH:
            await self._logout(scope, send, token)
        elif name is not None:
            return Visitor(person=person_of(name), name=name, kept=False)
        elif header(scope, b"authorization"):
            return await self._basic(scope, send)
        else:
            await self._refuse(scope, send)
        return None

    async def _login(self, scope: Scope, receive: Receive, send: Send, token: str | None, name: str | None) -> None:
        language, query = self._language(scope)
        if scope["method"] in ("GET", "HEAD"):
            if name is not None:
                await _redirect(send, f"/{query}")
            else:
                await _html(send, 200, login_html(language, query=query))
            return
        if scope["method"] != "POST":
            await respond(send, 405, "Expected GET or POST.", ((b"allow", b"GET, HEAD, POST"), NO_STORE))
            return
        body = await read(receive, LONGEST_FORM)
        given, password = _form(body or b"")
        outcome = await self._attempt(_address(scope), given, password)
        if outcome.name is not None:
            if token:
                self._sessions.end(token)
            fresh = page_cookies.setting(scope, SESSION, self._sessions.begin(outcome.name))
            await _redirect(send, f"/{query}", fresh)
            return
        status, problem, headers = _told(outcome, language)
        await _html(send, status, login_html(language, name=given[:LONGEST], problem=problem, query=query), *headers)

    async def _logout(self, scope: Scope, send: Send, token: str | None) -> None:
        if scope["method"] == "POST":
            if token:
                self._sessions.end(token)
            await _redirect(send, LOGIN_PATH, page_cookies.setting(scope, SESSION, "", 0))
        else:
            await _html(send, 200, logout_html(self._language(scope)[0]))

    async def _basic(self, scope: Scope, send: Send) -> Visitor | None:
        given, password = _credentials(header(scope, b"authorization"))
        name = name_of(given)
        if name is None or not self._is_proven(name, password):
            outcome = await self._attempt(_address(scope), given, password)
            if outcome.name is None:
                status, problem, headers = _told(outcome, "en")
                await respond(send, status, problem, (*headers, NO_STORE))
                return None
            name = outcome.name
            self._proven[name] = self._proof(name, password)
        return Visitor(person=person_of(name), kept=False)

    async def _refuse(self, scope: Scope, send: Send) -> None:
        language, query = self._language(scope)
        if scope["method"] == "GET" and "text/html" in header(scope, b"accept"):
            await _html(send, 401, onward_html(language, f"{LOGIN_PATH}{query}"), CHALLENGE)
        else:
            await respond(send, 401, "Log in first, at /login or by HTTP Basic.", (CHALLENGE, NO_STORE))

    async def _attempt(self, address: str, given: str, password: str) -> Outcome:
        name = name_of(given)
        attempt = keys(address, name)
        if wait := self._guesses.wait(attempt):
            return Outcome(wait=wait)
        if self._waiting >= MOST_WAITING:
            return Outcome(busy=True)
        self._waiting += 1
        try:
            async with self._one:
                return await self._checked(attempt, name, password)
        finally:
            self._waiting -= 1

    async def _checked(self, attempt: tuple[Key, ...], name: str | None, password: str) -> Outcome:
        if wait := self._guesses.wait(attempt):  # for what failed while this one waited for its turn
            return Outcome(wait=wait)
        kept = self._people().get(name or "")
        right = await asyncio.to_thread(matches, password[: LONGEST + 1], kept or self._nobody)
        # Once more: meanwhile the person may have been taken out.
        if right and name is not None and kept is not None and self._people().get(name) == kept:
            self._guesses.passed(attempt)
            return Outcome(name=name)
        self._guesses.failed(attempt)
        return Outcome(wait=self._guesses.wait(attempt))

    def _is_proven(self, name: str, password: str) -> bool:
        """Whether a program has shown this password before: it sends it with every request."""
        return name in self._people() and hmac.compare_digest(self._proven.get(name, b""), self._proof(name, password))

    def _proof(self, name: str, password: str) -> bytes:
        said = f"{self._people().get(name)}\0{plain(password)}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._secret, said, "sha256")

    def _language(self, scope: Scope) -> tuple[Language, str]:
        """The language of the page, and the query that keeps it where it was chosen."""
        said = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        query = {name: values[-1] for name, values in said.items()}
        language = page_language(self._settings, query, header(scope, b"accept-language"))
        return language, f"?lang={language}" if query.get("lang") == language else ""


def person_of(name: str) -> str:
    """What the page knows somebody by who has logged in as ``name``."""
    return hashlib.sha256(f"name:{name}".encode()).hexdigest()[:32]


def _told(outcome: Outcome, language: Language) -> tuple[int, str, Fields]:
    if outcome.busy:
        return 503, say(LOGIN, language, "busy"), ((b"retry-after", b"5"),)
    if outcome.wait:
        return 429, wait_text(outcome.wait, language), ((b"retry-after", b"%d" % ceil(outcome.wait)),)
    return 401, say(LOGIN, language, "wrong"), (CHALLENGE,)


def _address(scope: Scope) -> str:
    return str((scope.get("client") or ("", 0))[0])


def _form(body: bytes) -> tuple[str, str]:
    """Name and password of the form; whatever else was sent, two texts."""
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10)
    except ValueError:
        return "", ""
    return fields.get("name", [""])[0], fields.get("password", [""])[0]


def _credentials(said: str) -> tuple[str, str]:
    """Name and password of HTTP Basic (RFC 7617, in UTF-8); two texts whatever was sent."""
    scheme, _, code = said.partition(" ")
    try:
        text = base64.b64decode(code.strip(), validate=True).decode("utf-8") if scheme.lower() == "basic" else ""
    except (binascii.Error, UnicodeError, ValueError):
        return "", ""
    name, _, password = text.partition(":")
    return name, password


async def _html(send: Send, status: int, content: str, *headers: tuple[bytes, bytes]) -> None:
    own = ((b"content-security-policy", policy().encode()), NO_STORE)
    await respond(send, status, content, (*own, *headers), "text/html")


async def _redirect(send: Send, to: str, *headers: tuple[bytes, bytes]) -> None:
    await respond(send, 303, "", ((b"location", to.encode()), NO_STORE, *headers))
