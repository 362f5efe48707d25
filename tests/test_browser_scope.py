"""Choosing documents on the page in a real browser: tick, ask, switch the language, clear, by keyboard, on a phone."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import prefer, resize
from tests.test_ui_page_scope import TEXTS
from tests.web_page import Page, running

pytestmark = pytest.mark.browser
CLIPPED = """return [...document.querySelectorAll('#page *')].filter(e => e.offsetParent
               && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"""
INSIDE = """const list = document.querySelector('.choice[open] .choices').getBoundingClientRect();
            return list.top >= 0 && list.left >= 0 && list.right <= innerWidth && list.bottom <= innerHeight
              && document.elementFromPoint(list.left + 20, list.top + 20).closest('.choices') !== null"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("web")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with running(folder, *(folder / name for name in TEXTS)) as (url, _):
        yield url


@pytest.fixture
def page(browser: Any, server: str) -> Page:
    resize(browser, 1280, 860)
    prefer(browser, "light")
    page = Page(browser, server)
    page.open()
    page.until(lambda: page.all(".scope"))
    return page


def tick(page: Page, field: str, words: str) -> None:
    """Open the list of ``field`` and tick the line with ``words``."""
    if not page.all(f"[data-field={field}][open]"):
        page.click(f"[data-field={field}] summary")
    rows = page.until(lambda: [row for row in page.all(f"[data-field={field}] li") if row.is_displayed()])
    next(row for row in rows if words in row.text).find_element("css selector", "input").click()


def counts(page: Page) -> list[str]:
    return [
        str(each) for each in page.run("return [...document.querySelectorAll('.choice b')].map(e => e.textContent)")
    ]


def test_what_is_ticked_is_asked_and_nothing_else(page: Page) -> None:
    page.ask("青禾市共有产业园区多少个")
    assert "12个" in page.text(".turn:last-child .answer") and not page.all(".within")
    tick(page, "issuers", "交通局")
    assert page.run(INSIDE)
    page.until(lambda: counts(page) == ["", "1", ""])
    page.ask("青禾市共有产业园区多少个")
    assert page.text(".turn:last-child .within") == "范围：青禾市交通局"
    assert "12个" not in page.text(".turn:last-child .answer")
    assert not page.all(".choice[open]"), "typing the question closes the list"
    tick(page, "years", "2024")
    page.ask("青禾市共有产业园区多少个")
    assert "没有一个文件符合选定的范围" in page.text(".turn:last-child .refused")
    page.click("[data-clear]")
    page.until(lambda: counts(page) == ["", "", ""] and not page.all("[data-clear]:not([hidden])"))
    page.ask("青禾市共有产业园区多少个")
    assert "12个" in page.text(".turn:last-child .answer") and not page.all(".turn:last-child .within")


def test_several_clicks_in_a_row_all_count(page: Page) -> None:
    tick(page, "documents", "园区")
    tick(page, "documents", "道路")
    tick(page, "documents", "园区")
    tick(page, "years", "2023")
    page.ask("青禾市共有主要道路多少条")
    assert page.text(".turn:last-child .within") == "范围：《道路情况》、2023"
    assert "340条" in page.text(".turn:last-child .answer")


def test_the_choice_outlives_the_language_and_a_new_chat(page: Page) -> None:
    tick(page, "documents", "道路")
    page.ask("青禾市共有主要道路多少条")
    page.click("[data-action=language]")
    page.until(lambda: "Documents" in page.text(".scope"))
    assert counts(page) == ["1", "", ""] and page.text(".within").startswith("Within: ")
    page.click("[data-action=new]")
    page.until(lambda: not page.all(".turn"))
    page.ask("青禾市共有产业园区多少个")
    assert page.text(".within") == "Within: 《道路情况》"


def test_escape_closes_a_list_and_gives_the_keyboard_back(page: Page) -> None:
    page.click("[data-field=years] summary")
    page.until(lambda: page.all("[data-field=years][open]"))
    page.click("[data-field=documents] summary")
    page.until(lambda: not page.all("[data-field=years][open]"))
    box = page.all("[data-field=documents] input[type=checkbox]")[0]
    box.send_keys(" ")
    page.until(lambda: counts(page) == ["1", "", ""])
    box.send_keys("\ue00c")
    page.until(lambda: not page.all(".choice[open]"))
    assert page.run("return document.activeElement.closest('.choice').dataset.field") == "documents"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_cut_off(page: Page, scheme: str) -> None:
    resize(page.browser, 390, 844)
    prefer(page.browser, scheme)
    page.open()
    page.until(lambda: page.all(".scope"))
    assert page.run(CLIPPED) == []
    for field in ("documents", "issuers", "years"):
        page.click(f"[data-field={field}] summary")
        page.until(lambda field=field: page.all(f"[data-field={field}][open]"))
        assert page.run(CLIPPED) == [] and page.run(INSIDE)
