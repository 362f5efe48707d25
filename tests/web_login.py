"""The page of ``tests.web_server`` for several people, which writes down who it was asked by: path, person, name.

    python -m tests.web_login HOME RECORD [DOCUMENT ...]

They log in as the file ``people`` beside the record says; where there is none, everybody comes in.
"""

import json
import socket
import sys
from pathlib import Path
from typing import Any

from tests.web_server import guard


def main(home: str, record: str, *documents: str) -> None:
    guard(Path(record))
    from rag import settings as rag_settings
    from tests.fake_web_library import FakeLibrary, read
    from ui import app
    from ui.auth_file import People
    from ui.page_person import HEADER, NAME_HEADER

    file, asked = (Path(record).with_name(name) for name in ("people", "asked.jsonl"))
    made = app.web_app

    def web_app(*given: Any) -> Any:
        page = made(*given)

        async def recorded(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                said = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
                with asked.open("a") as lines:
                    lines.write(json.dumps([scope["path"], said[HEADER], said.get(NAME_HEADER)]) + "\n")
            await page(scope, receive, send)

        return recorded

    app.web_app = web_app
    settings = rag_settings.load(environ={"WENJU_HOME": home})
    library: Any = FakeLibrary([read(Path(path)) for path in documents], read_only=True)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        app.run(library, settings, listening, open_browser=False, people=People(file) if file.exists() else None)


if __name__ == "__main__":
    main(*sys.argv[1:])
