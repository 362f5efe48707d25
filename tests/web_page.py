"""The running page as a test sees it: a server to start, a browser that waits for what it does."""

import http.client
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

WAIT = 40.0


class Page:
    """The browser at the running page, and how to wait for it."""

    def __init__(self, browser: Any, url: str) -> None:
        self.browser = browser
        self.url = url

    def open(self, query: str = "", *, resumed: bool = False) -> None:
        """The page as a new tab shows it, or with the conversation that this tab had open."""
        if not resumed:
            self.browser.get(f"{self.url}robots.txt")  # quickly there, and the tab's memory is that of the page
            self.run("sessionStorage.clear()")
        self.browser.get(self.url + query)
        self.until(lambda: self.all("html[aria-busy=false]"))

    def loaded(self) -> None:
        """Wait for the whole of what the browser is on its way to: before, it may have neither body nor focus."""
        self.until(lambda: self.run("return document.readyState") == "complete")

    def all(self, css: str) -> list[Any]:
        return list(self.browser.find_elements("css selector", css))

    def until(self, found: Callable[[], Any]) -> Any:
        end = time.monotonic() + WAIT
        while not (value := found()):
            if time.monotonic() > end:
                raise AssertionError(f"not within {WAIT} s; the page says:\n{self.text('body')}")
            time.sleep(0.05)
        return value

    def text(self, css: str) -> str:
        return str(self.run("return document.querySelector(arguments[0])?.textContent ?? ''", css))

    def run(self, script: str, *arguments: object) -> Any:
        return self.browser.execute_script(script, *arguments)

    def click(self, css: str) -> None:
        self.until(lambda: self._clicked(css))

    def _clicked(self, css: str) -> bool:
        from selenium.common.exceptions import StaleElementReferenceException

        try:
            shown = [each for each in self.all(css) if each.is_displayed()]
            for each in shown[-1:]:
                each.click()
            return bool(shown)
        except StaleElementReferenceException:  # shown anew between the look and the click
            return False

    def typed(self, keys: str) -> bool:
        """Whether there was a box for questions, which then has ``keys``."""
        from selenium.common.exceptions import StaleElementReferenceException

        try:
            for box in self.all("#question textarea, #question input")[:1]:
                box.send_keys(keys)
                return True
        except StaleElementReferenceException:  # shown anew before a key was pressed
            pass
        return False

    def ask(self, question: str) -> None:
        turns = len(self.all(".turn"))
        self.until(lambda: self.typed(question + "\n"))
        self.until(lambda: len(self.all(".turn")) == turns + 1 and not self.all(".pending"))

    def send_files(self, *paths: Path) -> None:
        self.all("#files-view input[type=file]")[0].send_keys("\n".join(map(str, paths)))


@contextmanager
def running(folder: Path, *documents: Path | str, module: str = "tests.web_server") -> Iterator[tuple[str, Path]]:
    """A server with its home in ``folder``, and the file in which it writes down every connection.

    Ended by SIGTERM, whatever pages are open; that is no error. ``imported.json`` beside the record then holds the
    names of all modules that it imported. What is among ``documents`` as a text is an option of ``tests.web_server``.
    """
    record = folder / "connections.jsonl"
    record.touch()
    command = [sys.executable, "-m", module, str(folder / "home"), str(record), *map(str, documents)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stderr
        said = ""
        while not (found := re.search(r"http://[\d.:]+/", said)) and (line := process.stderr.readline()):
            said += line
        try:
            assert found, said
            yield found.group(), record
        finally:
            process.terminate()
        said = process.stderr.read()
    assert "Traceback" not in said and "ERROR" not in said, said


def get(url: str, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, text
