"""How long somebody who has guessed wrong must wait before the next password is looked at.

After ``free`` failures the wait is ``first`` seconds, and twice as long after each further one, up to ``longest``. It
counts for the address that the guesses come from and for the name that they are about; for a name it stays short, or
anybody could keep anybody else out.
"""

import ipaddress
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

FORGOTTEN = 60 * 60.0
"""Seconds after which a failure counts no more."""
MOST = 10_000
"""Addresses and names that are remembered."""


@dataclass(frozen=True, kw_only=True)
class Limit:
    """Seconds to wait after so many failures."""

    free: int
    first: float
    longest: float

    def wait(self, failures: int) -> float:
        """How long after the last of so many failures."""
        beyond = failures - self.free
        return 0.0 if beyond < 0 else min(self.longest, self.first * 2.0 ** min(beyond, 60))


@dataclass(frozen=True)
class Key:
    """An address or a name."""

    kind: str
    value: str


LIMITS = {
    "address": Limit(free=5, first=10.0, longest=900.0),
    "name": Limit(free=5, first=10.0, longest=60.0),
}


def keys(address: str, name: str | None) -> tuple[Key, ...]:
    """What an attempt counts for. Whoever has an IPv6 network has all its addresses."""
    try:
        found = ipaddress.ip_address(address)
        if found.version == 6:
            found = found.ipv4_mapped or ipaddress.ip_network((int(found), 64), strict=False).network_address
        address = str(found)
    except ValueError:
        address = "?"
    return Key("address", address), *(() if name is None else (Key("name", name),))


class Guesses:
    """The failures of the last hour."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: dict[Key, tuple[int, float]] = {}

    def wait(self, attempt: Iterable[Key]) -> float:
        """Seconds until an attempt of this kind is looked at."""
        return max((self._wait(key) for key in attempt), default=0.0)

    def failed(self, attempt: Iterable[Key]) -> None:
        """It was the wrong password."""
        for key in attempt:
            count = self._count(key) + 1
            self._failures.pop(key, None)  # so that the order is that of the last failure
            self._failures[key] = count, self._clock()
        while len(self._failures) > MOST:
            del self._failures[next(iter(self._failures))]

    def passed(self, attempt: Iterable[Key]) -> None:
        """It was the right one."""
        for key in attempt:
            self._failures.pop(key, None)

    def _count(self, key: Key) -> int:
        count, last = self._failures.get(key, (0, 0.0))
        return count if self._clock() - last < FORGOTTEN else 0

    def _wait(self, key: Key) -> float:
        _, last = self._failures.get(key, (0, 0.0))
        return max(0.0, LIMITS[key.kind].wait(self._count(key)) - (self._clock() - last))
