"""The web page in a process of its own, in which every connection is recorded and none leaves this machine.

    python -m tests.web_server HOME RECORD [--allow=DIR] [--watch=DIR] [DOCUMENT ...]

With documents a fake library answers about them, read-only as the samples are; without, the program as it is shipped.
"""

import atexit
import ipaddress
import json
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


class BeyondError(OSError):
    """Somebody wanted to leave this machine."""


def is_local(host: object) -> bool:
    text = host.decode() if isinstance(host, bytes) else host
    if text in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(text)).is_loopback
    except ValueError:
        return False


def guard(record: Path) -> None:
    """From now on write down every host that is looked up or connected to, and refuse all but this machine."""

    def checked(call: Callable[..., Any], what: str, host_of: Callable[..., object]) -> Callable[..., Any]:
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            host = host_of(*args)
            with record.open("a") as lines:
                lines.write(json.dumps([what, str(host)]) + "\n")
            if not is_local(host):
                raise BeyondError(f"{what} {host}")
            return call(*args, **kwargs)

        return wrapper

    def peer(sock: socket.socket, *args: Any) -> object:
        return args[-1][0] if isinstance(args[-1], tuple) else "localhost"

    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, checked(getattr(socket.socket, name), name, peer))
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        setattr(socket, name, checked(getattr(socket, name), name, lambda host, *rest: host))


def main(home: str, record: str, *arguments: str) -> None:
    documents = [each for each in arguments if not each.startswith("--")]
    named = {
        option: [each[8:] for each in arguments if each.startswith(f"--{option}=")] for option in ("allow", "watch")
    }
    guard(Path(record))
    imported = Path(record).with_name("imported.json")
    atexit.register(lambda: imported.write_text(json.dumps(sorted(sys.modules))))
    from rag import settings as rag_settings
    from ui import app
    from ui.page_paths import Places, folders

    places = Places(allowed=folders(named["allow"]), watched=folders(named["watch"]))
    if not documents:
        shipped = rag_settings.load(environ={"WENJU_HOME": home})
        app.serve(shipped, host="127.0.0.1", port=0, open_browser=False, places=places)
        return
    from tests.fake_web_library import FakeLibrary, read

    settings = rag_settings.load(environ={"WENJU_HOME": home, "WENJU_MAX_FILE_MB": "0.2"})
    library: Any = FakeLibrary([read(Path(path)) for path in documents], read_only=True)

    def open_for_writing(settings: Any) -> Any:
        return FakeLibrary(max_bytes=settings.max_file_bytes)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        app.run(library, settings, listening, open_browser=False, open_for_writing=open_for_writing)


if __name__ == "__main__":
    main(*sys.argv[1:])
