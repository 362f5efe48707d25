"""Conversations in a real browser: kept, found, renamed, deleted, still there after a restart, apart for two people."""

import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import resize
from tests.test_browser_chat import PARKS
from tests.web_page import Page, running

pytestmark = pytest.mark.browser
OPEN = ".history [aria-current]"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    (tmp_path / "parks.txt").write_text(PARKS, encoding="utf-8")
    return tmp_path / "parks.txt"


@pytest.fixture
def page(browser: Any, tmp_path: Path, document: Path) -> Iterator[Page]:
    resize(browser, 1280, 860)
    with running(tmp_path, document) as (url, _):
        page = Page(browser, url)
        page.open()
        yield page


def titles(page: Page) -> list[str]:
    return list(page.run("return [...document.querySelectorAll('#past .file-title')].map((each) => each.textContent)"))


def test_kept_found_renamed_and_deleted(page: Page) -> None:
    page.ask("青禾市共有产业园区多少个")
    page.click("[data-action=history]")
    page.until(lambda: titles(page) == ["青禾市共有产业园区多少个"])
    page.click("[data-action=new]")
    page.until(lambda: page.all(".welcome") and not page.all(OPEN))
    page.ask("全市园区绿化面积达到多少公顷")
    page.until(lambda: titles(page) == ["全市园区绿化面积达到多少公顷", "青禾市共有产业园区多少个"])

    page.run("document.activeElement.blur()")
    page.all("body")[0].send_keys("\ue009k\ue009")  # Ctrl+K
    page.until(lambda: page.run("return document.activeElement.matches('[data-find]')"))
    page.all("[data-find]")[0].send_keys("没有这个词")
    page.until(lambda: page.text("#past .hint") == "没有找到。")
    page.all("[data-find]")[0].clear()
    page.all("[data-find]")[0].send_keys("12个")
    page.until(lambda: titles(page) == ["青禾市共有产业园区多少个"])
    page.click("#past .pick")
    page.until(lambda: "12个" in page.text(".answer") and len(page.all(".turn")) == 1)

    page.click("[data-ask-rename]")
    field = page.until(lambda: [each for each in page.all(".renaming input") if each.is_displayed()])[0]
    field.clear()
    field.send_keys("园区<b>数目</b>\n")
    page.until(lambda: titles(page) == ["园区<b>数目</b>"])
    page.click("#past [data-ask-remove]")
    page.click("#past [data-remove]")
    page.until(lambda: page.all(".welcome") and not titles(page))


def test_a_reload_and_a_restart_find_it_again(browser: Any, tmp_path: Path, document: Path) -> None:
    resize(browser, 1280, 860)
    with running(tmp_path, document) as (url, _):
        page = Page(browser, url)
        page.open()
        page.ask("青禾市共有产业园区多少个")
        page.until(lambda: page.run("return sessionStorage.getItem('wenju-conversation')"))
        page.open(resumed=True)
        page.until(lambda: "12个" in page.text(".answer"))
        page.ask("绿化面积达到多少公顷")
        page.until(lambda: "56.5公" in page.text(".turn:last-child .answer"))
    with running(tmp_path, document) as (url, _):
        page = Page(browser, url)
        page.open()
        page.click("[data-action=history]")
        page.click("#past .pick")
        page.until(lambda: len(page.all(".turn")) == 2)
        assert "12个" in page.text(".answer") and "56.5公" in page.text(".turn:last-child .answer")
        page.click(".turn:last-child .source")
        page.until(lambda: page.text("#cited mark") == "56.5公")


def test_again_stopped_edited_and_copied(page: Page) -> None:
    page.ask("青禾市共有产业园区多少个")
    page.click("[data-again]")
    page.until(lambda: not page.all(".pending") and "12个" in page.text(".answer"))
    assert len(page.all(".turn")) == 1
    page.click(".turn-tools [data-retype]")
    box = page.all("#question textarea, #question input")[0]
    page.until(lambda: box.get_attribute("value") == "青禾市共有产业园区多少个")
    box.clear()
    page.run("window.taken = []; navigator.clipboard.writeText = async (text) => { window.taken.push(text); }")
    page.click(".turn-tools [data-copy]")
    page.until(lambda: page.run("return window.taken.length"))
    assert "《青禾市产业园区情况》（青发〔2024〕7号）" in page.run("return window.taken[0]")
    page.until(lambda: "已复制" in page.text("#said"))


def test_it_is_taken_away_by_whoever_asked_it(page: Page) -> None:
    page.ask("青禾市共有产业园区多少个")
    page.click("[data-action=history]")
    page.click(".take summary")
    links = [each.get_attribute("href") for each in page.all(".take a")]
    assert [link.split("?")[0].rsplit("/", 1)[-1] for link in links] == ["md", "docx", "html"]
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.browser.get_cookies())
    got = urllib.request.Request(links[0], headers={"cookie": cookies})
    with urllib.request.urlopen(got, timeout=10) as answer:  # this machine's own page
        assert "12个" in answer.read().decode() and "attachment" in answer.headers["content-disposition"]


def test_a_phone_shows_the_list_over_the_chat(page: Page) -> None:
    page.ask("青禾市共有产业园区多少个")
    resize(page.browser, 390, 844)
    page.open()
    page.click("[data-action=history]")
    page.until(lambda: page.all("#past .pick"))
    wide = "return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
    assert page.run(wide) <= 390
    page.click("#past .pick")
    page.until(lambda: not [each for each in page.all("#history") if each.is_displayed()])
    page.until(lambda: "12个" in page.text(".answer"))
