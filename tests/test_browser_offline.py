"""The program as it is shipped, in a real browser that reaches no other host: nothing wants anything from elsewhere."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import elsewhere, open_browser, requests, resize
from tests.web_page import Page, running

pytestmark = pytest.mark.browser


def test_the_samples_answer_with_the_network_gone(tmp_path: Path) -> None:
    with running(tmp_path) as (url, record):
        browser = open_browser(tmp_path / "profile")
        try:
            resize(browser, 1280, 860)
            page = Page(browser, url)
            page.open()
            assert len(page.all(".files li")) == 5
            page.ask("乌鲁木齐市有多少个软件园区")
            quoted = [mark.text for mark in page.all(".turn .source")[0].find_elements("css selector", "mark")]
            page.click(".source")
            page.until(lambda: page.all("#cited"))
            if quoted:
                assert [mark.text for mark in page.all("#document .cited mark")][: len(quoted)] == quoted
            asked = requests(browser)
        finally:
            browser.quit()
    assert len(asked) > 50 and elsewhere(asked) == []
    called = [json.loads(line) for line in record.read_text().splitlines()]
    assert {host for _, host in called} <= {"127.0.0.1", "localhost"}


def test_ended_with_a_page_open_it_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    browser = open_browser(tmp_path / "profile")
    try:
        monkeypatch.setenv("TMPDIR", str(temporary))
        with running(tmp_path) as (url, _):
            assert {path.name.rsplit("-", 1)[0] for path in temporary.iterdir()} == {"wenju-samples", "wenju-uploads"}
            page = Page(browser, url)
            page.open()
            page.ask("乌鲁木齐市有多少个软件园区")
    finally:
        browser.quit()
    assert list(temporary.iterdir()) == []
    imported = json.loads((tmp_path / "imported.json").read_text())
    # Gradio would ask the one what it draws with, and count events with the other.
    assert "gradio" in imported and not {"matplotlib", "pandas"} & set(imported)


def test_the_guard_sees_and_refuses_what_leaves_this_machine(tmp_path: Path) -> None:
    record = tmp_path / "record"
    script = f"""
import socket, urllib.request
from pathlib import Path
from tests.web_server import BeyondError, guard
guard(Path({str(record)!r}))
for leave in (
    lambda: socket.create_connection(("192.0.2.1", 80)),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.2", 53)),
    lambda: urllib.request.urlopen("http://example.org/"),
):
    try:
        leave()
    except OSError as error:
        assert isinstance(getattr(error, "reason", error), BeyondError), error
    else:
        raise SystemExit("left")
with socket.create_server(("127.0.0.1", 0)) as server:
    socket.create_connection(server.getsockname())
"""
    subprocess.run([sys.executable, "-c", script], check=True)
    hosts = [json.loads(line)[1] for line in record.read_text().splitlines()]
    assert {"192.0.2.1", "192.0.2.2", "example.org", "127.0.0.1"} <= set(hosts)
