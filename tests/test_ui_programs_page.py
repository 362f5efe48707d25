"""The examples in ``ui/PROGRAMS.md`` do what they say, against the program as it is shipped over its samples."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.test_ui_mcp import post, tools
from tests.web_page import running
from ui.program_functions import FUNCTIONS

PAGE = Path("ui/PROGRAMS.md").read_text(encoding="utf-8")
TITLE = "关于南疆电子产品组装业提案答复的摘要"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("programs")) as (url, _):
        yield url


def printed(url: str, *command: str) -> list[str]:
    done = subprocess.run(
        command,
        env={**os.environ, "WENJU_URL": url.rstrip("/"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("sh")), reason="needs curl")
def test_curl(url: str) -> None:
    (example,) = blocks("sh")
    (line,) = printed(url, "sh", "-c", example)
    assert json.loads(f"{{{line}}}") == {"answer": "63家"}


def test_python(url: str) -> None:
    with_client, plain = blocks("python")
    assert printed(url, sys.executable, "-c", with_client) == ["63家 True", "2"]
    *passages, error = printed(url, sys.executable, "-c", plain)
    assert len(passages) == 2 and all(re.fullmatch(r".+ \d+ \d+", line) for line in passages)
    assert "没有对应的文件" in error and error.startswith("{'error': ")


def test_the_settings_of_an_assistant(url: str, tmp_path: Path) -> None:
    started, connected = (json.loads(block)["mcpServers"]["wenju"] for block in blocks("json"))
    assert started["command"] == "wenju" and started["args"][0] == "mcp"
    with tools(tmp_path, "--lang", "zh", *started["args"][1:]) as client:
        assert "我的索引：这里没有索引" in client.process.communicate(timeout=60)[1]
    assert connected["url"].endswith(":7860/mcp")
    status, told, _ = post(url, {"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
    assert status == 200 and len(json.loads(told)["result"]["tools"]) == len(FUNCTIONS)


def test_the_exchange(tmp_path: Path) -> None:
    (exchange,) = blocks("mcp")
    with tools(tmp_path, "--reader", "none") as client:
        for line in exchange.splitlines():
            if line.startswith("> "):
                client.send(line[2:])
            else:
                assert holds(client.receive(), json.loads(line.removeprefix("< "))), line


def holds(said: Any, shown: Any) -> bool:
    """Whether ``said`` has all that is ``shown`` of it."""
    if isinstance(shown, dict):
        return isinstance(said, dict) and all(key in said and holds(said[key], each) for key, each in shown.items())
    if isinstance(shown, list):
        return len(said) == len(shown) and all(map(holds, said, shown))
    return bool(said == shown)


def test_every_function_and_parameter_is_named() -> None:
    for function in FUNCTIONS.values():
        (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{function.name}`")]
        for name in function.parameters:
            assert f"`{name}`" in PAGE and (name not in function.required or f"`{name}`*" in row)
