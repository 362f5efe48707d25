"""Who has logged in, in memory: gone when the program ends, after twelve idle hours, or with a new password."""

import hashlib
import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ui.passwords import Kept

IDLE = 12 * 60 * 60.0
"""Seconds."""
MOST_OF_ONE = 50
"""Sessions of one person; the one that has been idle longest goes."""
TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class _Session:
    name: str
    kept: Kept
    seen: float


class Sessions:
    """The sessions of everybody. Tokens are 256 random bits; only their hashes are here."""

    def __init__(self, people: Callable[[], Mapping[str, Kept]], clock: Callable[[], float] = time.monotonic) -> None:
        self._people = people
        self._clock = clock
        self._sessions: dict[bytes, _Session] = {}

    def begin(self, name: str) -> str:
        """A new session of ``name``, who is among the people; its token."""
        self._drop_old()
        own = [key for key, session in self._sessions.items() if session.name == name]
        for key in sorted(own, key=lambda key: self._sessions[key].seen)[: max(0, len(own) - MOST_OF_ONE + 1)]:
            del self._sessions[key]
        token = secrets.token_urlsafe(32)
        self._sessions[_key(token)] = _Session(name=name, kept=self._people()[name], seen=self._clock())
        return token

    def name(self, token: str) -> str | None:
        """Whose session it is; from now on it is idle anew."""
        key = _key(token)
        session = self._sessions.get(key)
        if session is None or self._is_old(session):
            return None
        if self._people().get(session.name) != session.kept:
            return None
        self._sessions[key] = replace(session, seen=self._clock())
        return session.name

    def end(self, token: str) -> None:
        """Nobody comes in by ``token`` any more."""
        self._sessions.pop(_key(token), None)

    def _is_old(self, session: _Session) -> bool:
        return self._clock() - session.seen > IDLE

    def _drop_old(self) -> None:
        self._sessions = {key: each for key, each in self._sessions.items() if not self._is_old(each)}


def _key(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
