"""What goes to which stream, and when it is coloured or accompanied by a bar."""

import io
import json
import sys

import pytest

from ui import output
from ui.progress import file_bar
from ui.session import words


class Screen(io.StringIO):
    """A terminal, as far as anybody can ask it."""

    def isatty(self) -> bool:
        return True


def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert not output.colored()
    monkeypatch.setattr(sys, "stdout", Screen())
    assert output.colored()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not output.colored()
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not output.colored()


def test_a_bar_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    with file_bar("zh") as progress:
        assert progress is None
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    with file_bar("zh") as progress:
        assert progress
        progress(0, 2, "/a/一\x1b[31m.txt")
        progress(2, 2, "")
    assert "索引中" in screen.getvalue() and "2/2" in screen.getvalue() and "\x1b[31m" not in screen.getvalue()


def test_json_is_one_line_of_utf8_with_escapes_only_for_what_is_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    output.emit({"path": "塘\udcff\n"})
    written = capsys.readouterr().out
    assert written == '{"path": "塘\\udcff\\n"}\n'
    assert json.loads(written) == {"path": "塘\udcff\n"}


def test_streams_never_fail_for_want_of_a_character(monkeypatch: pytest.MonkeyPatch) -> None:
    for encoding, shown in (("ascii", "塘é"), ("gbk", "塘é"), ("latin-1", "\\u5858é")):
        raw = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
        output.prepare_streams()
        output.show_line("塘é")
        assert raw.getvalue().decode("utf-8" if encoding == "ascii" else encoding) == f"{shown}\n"


def test_words_that_the_locale_could_not_read_are_utf8() -> None:
    assert words("塘") == "塘"
    assert words("塘".encode().decode("ascii", "surrogateescape")) == "塘"
    assert words("\ud800塘") == "\ufffd塘"
