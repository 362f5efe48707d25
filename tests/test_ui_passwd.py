"""``wenju passwd`` and ``wenju serve --auth-file``: what they say, write and refuse."""

import getpass
import importlib
import io
import os
import pty
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import rag
from rag.settings import Settings
from tests.fake_library import FakeBuild
from tests.test_ui_cli import Run
from tests.test_ui_passwords import cheap
from ui import app, passwords
from ui.auth_file import load, set_person
from ui.cli import main
from ui.page_address import is_here, url, url_elsewhere

Wenju = Callable[..., Run]


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return tmp_path / "people"


@pytest.fixture
def wenju(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Wenju:
    def run(*arguments: object, stdin: str | None = "") -> Run:
        given = io.BytesIO((stdin or "").encode())
        monkeypatch.setattr(sys, "stdin", (Terminal if stdin is None else io.TextIOWrapper)(given, encoding="utf-8"))
        code = main([str(each) for each in arguments])
        said = capsys.readouterr()
        return Run(code, said.out, said.err)

    return run


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Has a person at a terminal type these, and gives what they were asked."""

    def typing(*answers: str) -> list[str]:
        asked: list[str] = []
        waiting = iter(answers)

        def ask(question: str, stream: object) -> str:
            asked.append(question)
            try:
                return next(waiting)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr(getpass, "getpass", ask)
        return asked

    return typing


def test_a_line_of_standard_input_is_the_password(wenju: Wenju, people: Path) -> None:
    run = wenju("passwd", "张三", "--auth-file", people, stdin="correct horse\r\nmore\n")
    assert (run.code, run.out, run.err) == (0, f"已添加 张三；{people} 里现在有 1 人。\n", "")
    assert passwords.matches("correct horse", load(people)["张三"]) and "correct" not in people.read_text("utf-8")
    changed = wenju("passwd", "张三", "--auth-file", people, "--lang", "en", stdin="battery staple")
    assert changed.out == f"New password for 张三; {people} names 1.\n"
    assert passwords.matches("battery staple", load(people)["张三"])
    if os.name == "posix":
        assert people.stat().st_mode & 0o777 == 0o600


def test_at_a_terminal_it_is_asked_twice(wenju: Wenju, people: Path, typed: Callable[..., list[str]]) -> None:
    asked = typed("correct horse", "correct horse")
    assert wenju("passwd", "li.si", "--auth-file", people, stdin=None).code == 0
    assert asked == ["li.si 的密码（至少 8 个字符，输入时不显示）：", "再输一次："]
    typed("correct horse", "correct house")
    differ = wenju("passwd", "li.si", "--auth-file", people, "--lang", "en", stdin=None)
    assert (differ.code, differ.err) == (2, "Error: the two are not the same; run it again\n")
    typed()
    assert wenju("passwd", "li.si", "--auth-file", people, stdin=None).err == "错误：没有输入密码；请再运行一次\n"


@pytest.mark.skipif(os.name != "posix", reason="a terminal as POSIX has it")
def test_what_is_typed_at_a_real_terminal_is_not_shown(people: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "ui", "passwd", "a", "--lang", "en", "--auth-file", str(people)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as process:
        os.close(theirs)
        shown = b""
        for words in (b"characters): ", b"Once more: "):
            end = time.monotonic() + 20
            while words not in shown and time.monotonic() < end:
                shown += os.read(ours, 1000)
            time.sleep(0.2)  # until it reads without echo
            os.write(ours, b"correct horse\n")
        try:
            while piece := os.read(ours, 1000):
                shown += piece
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    assert process.returncode == 0 and b"Added a;" in shown and b"correct" not in shown


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [
        ("张三", "1234567", "7 character(s); it takes at least 8"),
        ("张三", "长" * 257, "257 characters; 256 at most"),
        ("张三", "", "no password was given"),
        ("zhangsan", "zhangsan", "the password is the name"),
        ("a:b", "correct horse", "'a:b' cannot be a name"),
        ("", "correct horse", "'' cannot be a name"),
        ("\x1b[31m", "correct horse", "cannot be a name"),
        ("x" * 65, "correct horse", "at most 64"),
    ],
)
def test_what_cannot_be_is_one_line_and_nothing_is_written(
    wenju: Wenju, people: Path, name: str, password: str, words: str
) -> None:
    run = wenju("passwd", name, "--auth-file", people, "--lang", "en", stdin=f"{password}\n")
    assert (run.code, run.out, people.exists()) == (2, "", False)
    assert words in run.err and run.err.count("\n") == 1 and "\x1b" not in run.err


def test_a_person_is_taken_out_without_a_password(wenju: Wenju, people: Path) -> None:
    set_person(people, "张三", cheap("x"))
    set_person(people, "李四", cheap("y"))
    gone = wenju("passwd", "李四", "--auth-file", people, "--remove")
    assert (gone.code, gone.out) == (0, f"已去掉 李四；{people} 里还有 1 人。\n") and list(load(people)) == ["张三"]
    nobody = wenju("passwd", "李四", "--remove", "--auth-file", people, "--lang", "en")
    assert (nobody.code, nobody.err) == (2, f"Error: {people}: there is no 李四 in it; check the name\n")
    missing = wenju("passwd", "李四", "--remove", "--auth-file", people.with_name("no"), "--lang", "en")
    assert missing.code == 2 and "there is no such file" in missing.err


def test_a_file_that_is_something_else_is_left_alone(wenju: Wenju, people: Path) -> None:
    people.write_text("my thesis\n")
    run = wenju("passwd", "张三", "--auth-file", people, "--lang", "en", stdin="correct horse")
    assert run.code == 2 and f"{people}, line 1: expected name:scrypt$..." in run.err
    assert people.read_text() == "my thesis\n"


def test_the_file_must_be_named(wenju: Wenju) -> None:
    assert "缺少 --auth-file" in wenju("passwd", "张三").err
    assert "missing NAME" in wenju("passwd", "--lang", "en").err
    assert "it is empty" in wenju("serve", "--auth-file", "", "--lang", "en").err
    assert "required" not in wenju("passwd", "--help").out


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; from ui.cli import main; code = main(['passwd', '--help']); "
        "print({'torch', 'gradio', 'numpy', 'fastapi', 'pydantic'} & set(sys.modules), code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("set() 0\n")


# serve


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::"])
def test_beyond_this_machine_is_refused_without_a_login(wenju: Wenju, host: str) -> None:
    run = wenju("serve", "--host", host, "--lang", "en")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert f"{host} can be reached from beyond this machine" in run.err and "--auth-file FILE" in run.err


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "there is no such file"), ("", "it names nobody"), ("x\n", "line 1: expected name:scrypt$...")],
)
def test_a_file_nobody_could_log_in_with_is_one_line(
    wenju: Wenju, people: Path, content: str | None, words: str
) -> None:
    if content is not None:
        people.write_text(content)
    for host in ("0.0.0.0", "127.0.0.1"):
        run = wenju("serve", "--host", host, "--auth-file", people, "--lang", "en")
        assert (run.code, run.out, run.err.count("\n")) == (2, "", 1) and words in run.err


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_a_file_that_others_may_read_is_told_and_used(
    wenju: Wenju, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[Any] = []
    monkeypatch.setattr(rag, "build", FakeBuild(), raising=False)
    monkeypatch.setattr(importlib.import_module("rag.build"), "open_library", FakeBuild().open_library)
    monkeypatch.setattr(importlib.import_module("rag.build"), "sample_questions", lambda: ())
    monkeypatch.setattr(app, "run", lambda *_, **named: served.append(named["people"]))
    set_person(people, "张三", cheap("x"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serve = ("serve", "--auth-file", people, "--port", port, "--lang", "en")
    assert "chmod" not in wenju(*serve).err
    people.chmod(0o640)
    run = wenju(*serve)
    assert run.code == 0 and f"Note: others may read or write {people}; run 'chmod 600 {people}'\n" in run.err
    assert [list(each.now()) for each in served] == [["张三"]] * 2


def test_without_a_file_there_is_no_login(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, index=tmp_path / "default")
    with pytest.raises(rag.errors.SettingsError, match="--auth-file"):
        app.serve(settings, host="0.0.0.0", port=0, open_browser=False)


@pytest.mark.parametrize(
    ("host", "here", "opened"),
    [
        ("127.0.0.1", True, "http://127.0.0.1:80/"),
        ("::1", True, "http://[::1]:80/"),
        ("0.0.0.0", False, "http://127.0.0.1:80/"),
        ("::", False, "http://[::1]:80/"),
        ("192.168.1.5", False, "http://192.168.1.5:80/"),
        ("odd", False, "http://odd:80/"),
    ],
)
def test_where_the_page_is(host: str, here: bool, opened: str) -> None:
    assert (is_here(host), url(host, 80)) == (here, opened)
    assert url_elsewhere(host, 80) == (f"http://{socket.gethostname()}:80/" if host in ("0.0.0.0", "::") else opened)
