"""The page of ``tests.web_server`` with a login: the people are those of ``people`` beside the record.

python -m tests.web_login HOME RECORD [DOCUMENT ...]
"""

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

    settings = rag_settings.load(environ={"WENJU_HOME": home})
    library: Any = FakeLibrary([read(Path(path)) for path in documents], read_only=True)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        people = People(Path(record).with_name("people"))
        app.run(library, settings, listening, open_browser=False, people=people)


if __name__ == "__main__":
    main(*sys.argv[1:])
