"""The tools of assistants: a real ``wenju mcp`` over its streams, and the same over HTTP at the running page."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.test_ui_page_api import ASKED, written
from tests.web_page import get, running
from ui.program_functions import FUNCTIONS

QUESTION = "首批享受特殊到户电价的电子组装企业有多少家？"
RECORDED = """
import sys
from pathlib import Path
from tests.web_server import guard
guard(Path(sys.argv[1]))
from ui.cli import main
sys.exit(main(["mcp", *sys.argv[2:]]))
"""


class Tools:
    """A client: one message a line, each answer checked to be one."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._last = 0

    def send(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        assert self.process.stdout
        said: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert said["jsonrpc"] == "2.0"
        return said

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._last += 1
        self.send(json.dumps({"jsonrpc": "2.0", "id": self._last, "method": method, "params": params}))
        said = self.receive()
        assert said["id"] == self._last
        return said

    def call(self, name: str, **arguments: Any) -> dict[str, Any]:
        result: dict[str, Any] = self.ask("tools/call", name=name, arguments=arguments)["result"]
        return result

    def begin(self) -> dict[str, Any]:
        about = {"name": "test", "version": "1"}
        said = self.ask("initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo=about)
        self.send(json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}))
        result: dict[str, Any] = said["result"]
        return result


@contextmanager
def tools(folder: Path, *arguments: str) -> Iterator[Tools]:
    """``wenju mcp`` with its temporary files in ``folder``, ended by closing its input."""
    (folder / "temporary").mkdir(exist_ok=True)
    environment = {**os.environ, "TMPDIR": str(folder / "temporary"), "WENJU_HOME": str(folder / "home")}
    command = [sys.executable, "-c", RECORDED, str(folder / "connections.jsonl"), *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment, text=True, encoding="utf-8"
    ) as process:
        yield Tools(process)


def left(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What else it says until it ends."""
    return process.communicate(timeout=20)


def test_an_assistant_starts_lists_calls_and_ends_it(tmp_path: Path) -> None:
    with tools(tmp_path, "--reader", "none") as client:
        about = client.begin()
        assert about["serverInfo"]["name"] == "wenju" and "ask" in about["instructions"]
        assert about["capabilities"] == {"tools": {"listChanged": False}}
        listed = client.ask("tools/list")["result"]["tools"]
        assert [each["name"] for each in listed] == list(FUNCTIONS)
        for each in listed:
            function = FUNCTIONS[each["name"]]
            assert each["inputSchema"] == function.input_schema() and each["outputSchema"] == function.result
            assert each["description"] == function.description and each["title"] == function.title
            assert all(schema["description"] for schema in each["inputSchema"]["properties"].values())
            hints = {key: value for key, value in each["annotations"].items() if key.endswith("Hint")}
            assert hints == {
                "readOnlyHint": True,
                "destructiveHint": False,
                "idempotentHint": True,
                "openWorldHint": False,
            }
        answer = client.call("ask", question=QUESTION)
        told = answer["structuredContent"]
        assert not answer["isError"] and told == json.loads(answer["content"][0]["text"])
        assert "63家" in told["answer"] and '"path"' not in answer["content"][0]["text"]
        cited = told["citations"][0]
        source = client.call("open_source", document=cited["document"]["id"], start=cited["start"], end=cited["end"])
        assert source["structuredContent"]["quote"] == cited["quote"]
        assert client.call("search", question=QUESTION, top_k=2)["structuredContent"]["passages"]
        assert client.call("list_documents", limit=1)["structuredContent"]["total"] == 5
        said, complained = left(client.process)
        assert said == "" and client.process.returncode == 0
        assert complained.count("\n") == 1 and "自带的示例" in complained, "where its documents are from, and no more"
    assert not (tmp_path / "connections.jsonl").exists(), "nothing was connected to nor looked up"
    assert not list((tmp_path / "temporary").glob("wenju-*"))


def test_whatever_it_is_sent_is_answered_and_nothing_but_the_protocol_is_said(tmp_path: Path) -> None:
    with tools(tmp_path, "--reader", "none", "--lang", "en") as client:
        client.begin()
        for name, arguments, words in (
            ("ask", {}, "the parameter question is missing"),
            ("ask", {"question": "x", "path": "/etc"}, "there is no parameter 'path'"),
            ("search", {"question": "x", "top_k": -1}, "top_k must lie between 1 and 100"),
            ("search", {"question": "x", "issuers": ["nobody\nat all"]}, "issuer 'nobody at all'"),
            ("open_source", {"document": "nobody"}, "'nobody' names no document"),
            ("list_documents", {"offset": 10**30}, "offset must lie between"),
        ):
            result = client.call(name, **arguments)
            assert result["isError"] and words in result["content"][0]["text"]
            assert "\n" not in result["content"][0]["text"] and "structuredContent" not in result
        assert "there is no tool 'rm'" in client.ask("tools/call", name="rm", arguments={})["error"]["message"]
        for method, params in (("tools/call", {}), ("resources/read", {"uri": "file:///etc/passwd"}), ("x", {})):
            assert client.ask(method, **params)["error"]["code"] in (-32601, -32602)
        for line in ("", "{no json", "[" * 10**5, '"\\ud800"', "7", '{"jsonrpc":"2.0","id":9,"method":7}'):
            client.send(line)
        assert client.process.stdout
        client.send('{"jsonrpc":"2.0","id":"last","method":"ping"}')
        while (said := json.loads(client.process.stdout.readline())).get("id") != "last":
            assert "error" in said
        lone = '{"name":"ask","arguments":{"question":"\\ud800"}}'
        client.send(f'{{"jsonrpc":"2.0","id":"lone","method":"tools/call","params":{lone}}}')
        client.send('{"jsonrpc":"2.0","id":"after","method":"ping"}')
        while (said := json.loads(client.process.stdout.readline())).get("id") != "after":
            assert said.get("id") in ("lone", None) and ("error" in said or "result" in said)
        assert "Traceback" not in left(client.process)[1]


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_at_once_and_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    with tools(tmp_path, "--reader", "none") as client:
        client.begin()
        assert list((tmp_path / "temporary").glob("wenju-*"))
        client.process.send_signal(number)
        begun = time.monotonic()
        assert client.process.wait(timeout=10) == 128 + number and time.monotonic() - begun < 5
        assert "Traceback" not in left(client.process)[1]
    assert not list((tmp_path / "temporary").glob("wenju-*"))


def test_an_index_that_cannot_be_used_is_told_before_anything_is_served(tmp_path: Path) -> None:
    with tools(tmp_path, "--index", str(tmp_path / "none"), "--lang", "en") as client:
        said, complained = left(client.process)
        assert (said, client.process.returncode) == ("", 3) and "no index here" in complained


def post(url: str, body: object, **headers: str) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    wanted = {"content-type": "application/json", "accept": "application/json, text/event-stream", **headers}
    connection.request("POST", "/mcp", body if isinstance(body, bytes) else json.dumps(body), wanted)
    answer = connection.getresponse()
    told = answer.status, answer.read().decode(), str(answer.getheader("content-security-policy"))
    connection.close()
    return told


def test_the_running_page_has_the_same_tools_for_this_machine_alone(tmp_path: Path) -> None:
    with running(tmp_path, *written(tmp_path)) as (url, record):
        about = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
        status, told, policy = post(url, {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": about})
        assert status == 200 and json.loads(told)["result"]["serverInfo"]["name"] == "wenju"
        assert "default-src 'self'" in policy
        status, told, _ = post(url, {"jsonrpc": "2.0", "id": 2, "method": "tools/list"})
        assert [each["name"] for each in json.loads(told)["result"]["tools"]] == list(FUNCTIONS)
        asked = {"jsonrpc": "2.0", "id": 3, "method": "tools/call"}
        status, told, _ = post(url, {**asked, "params": {"name": "ask", "arguments": {"question": ASKED}}})
        assert json.loads(told)["result"]["structuredContent"]["answer"] == "12个"
        assert post(url, asked, origin="http://example.org")[0] == post(url, asked, host="example.org")[0] == 403
        for wrong in (b"{no json", b"[" * 10**5, b"x" * (10**6 + 1), b"[]", b"7", b"{}"):
            assert post(url, wrong)[0] == 400
        assert get(url, "/mcp")[0] == 405
        for path in ("/mcp/", "/mcp/sse", "/gradio_api/mcp", "/gradio_api/mcp/", "/gradio_api/mcp/sse"):
            assert get(url, path)[0] == 404
        hosts = {json.loads(line)[1] for line in record.read_text().splitlines()}
        assert hosts <= {"127.0.0.1", "None", "localhost"}
