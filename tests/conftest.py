"""No test reaches the network or the real home folder, whichever test it is."""

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.browser import open_browser

SHARED = Path("../shared")

settings.register_profile("untimed", deadline=None)  # how long an example takes says what else the machine does
settings.load_profile("untimed")


class NetworkReached(RuntimeError):
    """A test tried to leave this machine."""


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket
    host = str(address[0])
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect, lookup = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if not _is_local(address):
            raise NetworkReached(f"connection to {address}")
        connect(self, address)

    def guarded_lookup(host: Any, *rest: Any, **named: Any) -> Any:
        if host is not None and not _is_local((host if isinstance(host, str) else host.decode(), 0)):
            raise NetworkReached(f"look-up of {host!r}")
        return lookup(host, *rest, **named)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_lookup)


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("WENJU_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("WENJU_HOME", str(home))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    yield home


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One browser for all tests of a file; they set the window and the theme themselves."""
    browser = open_browser(tmp_path_factory.mktemp("profile"))
    try:
        yield browser
    finally:
        browser.quit()


@pytest.fixture
def shared() -> Path:
    """The measuring data beside a developer's checkout."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not here: the measuring data are not part of the repository")
    return SHARED
