"""--reader: where it goes, and that a wrong one is told before anything is asked."""

import importlib
import io
import json
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import rag
from tests.fake_library import FACT, FakeBuild, FakeLibrary
from ui import app
from ui.cli import main


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


Wenju = Callable[..., Run]


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> FakeBuild:
    fake = FakeBuild()
    monkeypatch.setattr(rag, "build", fake, raising=False)
    return fake


@pytest.fixture
def wenju(build: FakeBuild, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Wenju:
    def run(*arguments: str, stdin: str = "") -> Run:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        code = main(arguments)
        said = capsys.readouterr()
        return Run(code, said.out, said.err)

    return run


@pytest.fixture
def questions(tmp_path: Path) -> str:
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"question": FACT}), "utf-8")
    return str(file)


@pytest.mark.parametrize("command", ["ask", "ask --file", "chat"])
def test_a_reader_that_is_not_there_is_one_line_before_the_first_question(
    wenju: Wenju, build: FakeBuild, questions: str, command: str
) -> None:
    arguments = {"ask": ("ask", FACT), "ask --file": ("ask", "--file", questions, "--json"), "chat": ("chat",)}
    run = wenju(*arguments[command], "--reader", "/no/reader", "--lang", "en", stdin=FACT)
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "Error: /no/reader: no such folder, and no model of this name in the local cache;"
        " 'wenju models' lists those that are here\n"
    )
    assert build.opened[0].asked == []


def test_it_is_said_in_chinese_as_well(wenju: Wenju) -> None:
    run = wenju("ask", FACT, "--reader", "/no/reader")
    assert run.err == (
        "错误：/no/reader：没有这个文件夹，本机缓存里也没有叫这个名字的模型；用 wenju models 查看有哪些\n"
    )


@pytest.mark.parametrize("place", ["variable", "file"])
def test_a_reader_of_the_settings_is_tried_as_soon(
    wenju: Wenju, build: FakeBuild, monkeypatch: pytest.MonkeyPatch, own_home: Path, place: str
) -> None:
    if place == "variable":
        monkeypatch.setenv("WENJU_READER", "/no/reader")
    else:
        (own_home / "wenju.toml").write_text('reader = "/no/reader"\n', "utf-8")
    assert wenju("chat", stdin=FACT).code == 2
    assert build.opened[0].asked == []
    run = wenju("ask", FACT, "--reader", "good/reader")
    assert run.code == 0 and build.opened[1].settings.reader == "good/reader"


@pytest.mark.parametrize("reader", ["bundled", "none", "good/reader"])
def test_the_option_reaches_the_library(wenju: Wenju, build: FakeBuild, reader: str) -> None:
    for command in (("ask", FACT), ("chat",)):
        assert wenju(*command, "--reader", reader).code == 0
    assert [(library.settings.reader, library.prepared) for library in build.opened] == [(reader, True)] * 2


def test_what_reads_nothing_tries_no_reader(wenju: Wenju, build: FakeBuild, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_READER", "/no/reader")
    assert wenju("search", FACT).code == wenju("docs").code == 0
    assert not any(library.prepared for library in build.opened)


@pytest.mark.parametrize("command", ["ask", "chat", "serve", "eval"])
def test_an_empty_reader_is_bad_usage_and_help_names_the_option(wenju: Wenju, command: str) -> None:
    run = wenju(command, "--reader", "", "--lang", "en")
    assert run.code == 2 and "invalid value for --reader: it is empty" in run.err
    assert "--reader PATH|NAME|bundled|none" in wenju(command, "--help", "--lang", "en").out
    assert "--reader 路径|名称|bundled|none" in wenju(command, "--help").out


def test_the_page_opens_with_its_reader_loaded_or_not_at_all(wenju: Wenju, monkeypatch: pytest.MonkeyPatch) -> None:
    ready: list[bool] = []

    def run(library: FakeLibrary, *_: object, **__: object) -> None:
        ready.append(library.prepared)

    monkeypatch.setattr(importlib.import_module("rag.build"), "open_library", FakeLibrary)
    monkeypatch.setattr(app, "run", run)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    assert wenju("serve", "--port", port).code == 0
    refused = wenju("serve", "--port", port, "--reader", "/no/reader", "--lang", "en")
    assert (refused.code, refused.out) == (2, "") and refused.err.startswith("Error: /no/reader: no such folder")
    assert ready == [True]
