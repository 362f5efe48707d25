"""Where the page is reached: on this machine, and from others where it listens to them. Asks no network."""

import ipaddress
import socket


def is_here(host: str) -> bool:
    """Whether nobody but this machine reaches the address ``host``."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def url(host: str, port: int) -> str:
    """What to open on this machine for a server that listens on ``host``."""
    if host == "0.0.0.0":
        host = "127.0.0.1"
    elif host == "::":
        host = "::1"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def url_elsewhere(host: str, port: int) -> str:
    """What to open on another machine: under this one's name where it listens on all its addresses."""
    return f"http://{socket.gethostname()}:{port}/" if host in ("0.0.0.0", "::") else url(host, port)
