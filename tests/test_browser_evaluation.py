"""Evaluation and feedback in a real browser: from a test set to its failures, from a wrong answer to a test set."""

import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from rag.evaluation.dataset import read_dataset
from tests.browser import PALE, elsewhere, prefer, requests, resize
from tests.web_page import Page, running

pytestmark = pytest.mark.browser
PARKS = """青禾市产业园区情况
一、园区
2023年青禾市共有产业园区12个，入驻企业340家。
二、绿化
全市园区绿化面积达到56.5平方公里，由市政部门负责养护。
"""
HOSTILE = '<img src=x onerror="window.hit=1"><script>window.hit=2</script>'
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"id": "a", "question": "青禾市共有产业园区多少个", "answers": ["12个"], "doc": "parks.txt", "type": "number"},
    {
        "id": "b",
        "question": f"园区绿化由谁负责养护{HOSTILE}",
        "answers": [f"市政部门{HOSTILE}", "市政部门"],
        "type": "name",
    },
    {"id": "c", "question": "食堂几点开门", "answers": [], "type": "number"},
)
WIDE = "return document.documentElement.scrollWidth"
CLIPPED = """return [...document.querySelectorAll('#page *')].filter(e => e.checkVisibility() && !e.closest('.wide')
             && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("web")
    document = folder / "parks.txt"
    document.write_text(PARKS, encoding="utf-8")
    with running(folder, document) as started:
        yield started


@pytest.fixture
def page(browser: Any, server: tuple[str, Path]) -> Page:
    resize(browser, 1280, 860)
    prefer(browser, "light")
    page = Page(browser, server[0])
    page.open("?lang=zh")
    return page


def write(folder: Path, *questions: dict[str, Any]) -> Path:
    path = folder / "问题.jsonl"
    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in questions), encoding="utf-8")
    return path


def choose(page: Page, path: Path) -> None:
    page.all("#assess input[type=file]")[0].send_keys(str(path))
    page.until(lambda: path.name in page.text("#setup"))


def address(page: Page, link: str) -> str:
    return str(page.run("return document.querySelector(arguments[0]).href", link))


def fetch(url: str) -> tuple[int, str, bytes]:
    """Status, content disposition and content of what lies there."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request("GET", urlsplit(url).path)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, answer.getheader("content-disposition") or "", content


def test_from_a_test_set_to_its_failures(page: Page, tmp_path: Path) -> None:
    page.click("[data-view=evaluation]")
    assert not page.all("#desk")[0].is_displayed() and not page.all("[data-start]")[0].is_enabled()
    wrong = tmp_path / "没有.txt"
    wrong.write_text("x")
    choose(page, wrong)
    assert ".jsonl" in page.text("#setup .error")
    choose(page, write(tmp_path, *QUESTIONS))
    assert not page.all("#setup .error") and "3 题" in page.text(".chosen-name")
    page.click("[data-leave-one-out]")
    page.click("[data-start]")
    page.until(lambda: page.all("#result"))
    assert page.run("return document.activeElement.id") == "result"
    assert "共 3 题" in page.text(".sentence") and "left_out.refused" in page.text("#outcome")
    assert len(page.all("#outcome .drawing")) == 2
    failures = page.all("#outcome .questions tbody tr")
    assert len(failures) == 1 and "市政部门" in failures[0].text and HOSTILE in failures[0].text
    assert page.run("return window.hit") is None and not page.all("#page img, #page script")

    page.click("[data-action=language]")
    page.until(lambda: "3 questions" in page.text(".sentence"))
    assert page.all("#evaluation")[0].is_displayed() and "Choose a test set" in page.text("#assess")
    link = address(page, ".downloads a[href$=report]")
    status, disposition, report = fetch(link)
    assert status == 200 and disposition == 'attachment; filename="wenju-report.html"'
    assert report.startswith(b"<!doctype html>")
    assert len(fetch(address(page, ".downloads a[href$=predictions]"))[2].splitlines()) == 3 + 2

    resize(page.browser, 390, 780)
    assert page.run(WIDE) <= 390 and page.run(CLIPPED) == []
    page.open()
    page.until(lambda: fetch(link)[0] == 404)  # whoever leaves takes the result along


def test_a_run_is_stopped_and_one_whose_tab_is_gone_makes_room(page: Page, tmp_path: Path) -> None:
    slow = [{"id": str(n), "question": f"慢慢说{n}", "answers": []} for n in range(300)]  # 30 s
    page.open("#evaluation")
    choose(page, write(tmp_path, *slow))
    page.click("[data-start]")
    page.until(lambda: "/ 300" in page.text("#outcome .status"))
    page.click("[data-view=chat]")
    page.ask("青禾市共有产业园区多少个")  # meanwhile
    assert "12个" in page.text(".answer") and page.all(".running")
    page.open("?lang=zh")  # the view is remembered by its address alone
    assert page.all("#desk")[0].is_displayed()
    page.click("[data-view=evaluation]")
    choose(page, write(tmp_path, *slow))

    def started() -> bool:
        page.click("[data-start]")
        time.sleep(0.3)
        return bool(page.all(".running"))

    page.until(started)
    page.click("[data-stop]")
    page.until(lambda: page.all("#result"))
    assert "300" in page.text("#outcome .error") and not page.all(".running")


def test_a_wrong_answer_becomes_a_test_case_in_two_clicks(page: Page, server: tuple[str, Path], tmp_path: Path) -> None:
    page.ask("青禾市共有产业园区多少个")
    page.ask("食堂几点开门")
    down = ".turn:last-child [data-thumb=down]"
    page.run("document.querySelector(arguments[0]).focus()", down)
    page.browser.switch_to.active_element.send_keys("\n")  # by keyboard
    page.until(lambda: page.all(".turn:last-child .amend input"))
    assert page.all(down)[0].get_attribute("aria-pressed") == "true"
    assert page.browser.switch_to.active_element == page.all(down)[0]

    page.all(".turn:last-child .amend input")[0].send_keys("早上七点")
    page.ask("园区绿化由谁负责养护")  # what is being typed elsewhere stays
    assert page.all(".turn:nth-child(2) .amend input")[0].get_attribute("value") == "早上七点"
    page.click(".turn:nth-child(2) [data-save]")
    page.until(lambda: "可以当测试题" in page.text(".turn:nth-child(2) .kept"))

    page.click("[data-view=evaluation]")
    assert "早上七点" in page.text(".verdicts")
    status, disposition, content = fetch(address(page, ".feedback-tools a"))
    assert status == 200 and "feedback.jsonl" in disposition
    saved = tmp_path / "saved.jsonl"
    saved.write_bytes(content)
    (case,) = read_dataset(saved).cases
    assert (case.question, case.answers) == ("食堂几点开门", ("早上七点",))
    assert case.history == ("青禾市共有产业园区多少个",)
    home = server[1].parent / "home"
    assert str(home / "feedback.jsonl") in page.text(".where") and (home / "feedback.jsonl").exists()

    page.click("[data-evaluate]")
    page.until(lambda: "feedback.jsonl：1 题" in page.text(".chosen-name"))
    page.click(".feedback-tools [data-ask-remove]")
    page.click(".feedback-tools [data-keep]")
    page.click(".feedback-tools [data-ask-remove]")
    page.click("[data-remove-all]")
    page.until(lambda: not page.all(".verdicts li"))
    page.click("[data-view=chat]")
    assert not page.all(".turn [aria-pressed=true]")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_to_type_can_be_read(page: Page, scheme: str) -> None:
    prefer(page.browser, scheme)
    assert page.all("#question [placeholder]") and page.run(PALE) == []


def test_nothing_left_this_machine(browser: Any, server: tuple[str, Path]) -> None:
    asked = requests(browser)
    assert len(asked) > 50 and elsewhere(asked) == []
    called = [json.loads(line) for line in server[1].read_text().splitlines()]
    assert {host for _, host in called} <= {"127.0.0.1", "localhost"}
