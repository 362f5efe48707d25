"""The program as it is shipped, served in a process of its own, and one question put to it as another program would.

python -m tests.benchmarks.served [--index DIR]
"""

import argparse
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 300.0
"""Seconds to wait for one answer."""


@contextmanager
def serving(index: Path | None) -> Iterator[str]:
    """``wenju serve`` over ``index`` or the bundled samples: its address. Nothing is left behind."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "ui", "serve", "--port", str(free_port())]
        command += ["--index", str(index)] if index else []
        environment = {**os.environ, "WENJU_HOME": home}
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
            assert process.stderr
            said = ""
            while not (found := re.search(r"http://[\d.:]+", said)) and (line := process.stderr.readline()):
                said += line
            try:
                if not found:
                    raise RuntimeError(said.strip())
                yield found.group()
            finally:
                process.terminate()


def free_port() -> int:
    """A port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


class Person:
    """One program that asks, over a connection of its own."""

    def __init__(self, url: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)

    def ask(self, question: str) -> dict[str, Any]:
        """What ``ask`` gives over Gradio's interface."""
        at = "/gradio_api/call/v2/ask"
        event = json.loads(self._request("POST", at, {"question": question}))["event_id"]
        said = self._request("GET", f"{at}/{event}")
        if "event: complete" not in said:
            raise RuntimeError(said[:200])
        (data,) = [line for line in said.splitlines() if line.startswith("data: [")]
        told: dict[str, Any] = json.loads(data.removeprefix("data: "))[0]
        return told

    def use(self, question: str) -> dict[str, Any]:
        """What ``ask`` gives as a tool, over MCP."""
        params = {"name": "ask", "arguments": {"question": question}}
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
        told: dict[str, Any] = json.loads(self._request("POST", "/mcp", body))["result"]
        return dict(told.get("structuredContent") or {"error": told["content"][0]["text"]})

    def get(self, path: str) -> str:
        """What stands there."""
        return self._request("GET", path)

    def _request(self, method: str, path: str, body: object = None) -> str:
        headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
        self._connection.request(method, path, None if body is None else json.dumps(body), headers if body else {})
        answer = self._connection.getresponse()
        said = answer.read().decode()
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status} {said[:200]}")
        return said


def main() -> int:
    """Ask once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path)
    with serving(parser.parse_args().index) as url:
        person = Person(url)
        for ask in (person.ask, person.use, person.ask, person.use):
            started = perf_counter()
            told = ask("首批享受特殊到户电价的电子组装企业有多少家？")
            print(f"{ask.__name__}: {told['answer'] or told['reason']} {1000 * (perf_counter() - started):.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
