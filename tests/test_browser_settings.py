"""The settings in a real browser: the reader is chosen, kept by this browser, and given up again."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import prefer, resize
from tests.model_cache import cached
from tests.web_page import Page, running

pytestmark = pytest.mark.browser
QUESTION = "首批享受特殊到户电价的电子组装企业有多少家？"
NO_READER = "acme/answers"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The program as it is shipped, on a machine whose cache names a reader that nothing can load."""
    folder = tmp_path_factory.mktemp("settings")
    cached(folder / "hub", NO_READER, {"config.json": '{"architectures": ["BertForQuestionAnswering"]}'})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_CACHE", str(folder / "hub"))
        with running(folder) as (url, _):
            yield url


@pytest.fixture
def page(browser: Any, server: str) -> Iterator[Page]:
    resize(browser, 1280, 860)
    prefer(browser, "light")
    page = Page(browser, server)
    page.open()
    yield page
    page.run("localStorage.clear()")


def choose(page: Page, reader: str) -> None:
    page.click(f"#settings [value='{reader}']")
    page.until(lambda: page.all("#settings [data-as-set]:not([hidden])"))


def answered(page: Page) -> str:
    page.ask(QUESTION)
    return str(page.run("return [...document.querySelectorAll('.turn')].pop().textContent"))


def sure(page: Page) -> str:
    """How sure the answer is; each reader is so in its own way."""
    return re.findall(r"（\d+%）", answered(page))[0]


def chosen(page: Page) -> str:
    return str(page.run("return document.querySelector('#settings [data-set=reader]:checked').value"))


def test_the_reader_is_chosen_kept_and_given_up(page: Page) -> None:
    before = sure(page)
    page.click("[data-action=settings]")
    assert chosen(page) == "bundled" and not page.all("#settings [data-as-set]:not([hidden])")
    choose(page, "none")
    assert sure(page) != before
    page.open()
    page.click("[data-action=settings]")
    page.until(lambda: chosen(page) == "none")
    page.click("#settings [data-as-set]")
    page.until(lambda: not page.all("#settings [data-as-set]:not([hidden])"))
    assert chosen(page) == "bundled"
    page.open()
    assert sure(page) == before


def test_a_reader_that_cannot_be_loaded_is_an_error_in_words_and_the_question_stays(page: Page) -> None:
    page.click("[data-action=settings]")
    choose(page, NO_READER)
    told = answered(page)
    assert QUESTION in told and NO_READER in told and page.all(".turn [role=alert], .turn .error")
    page.click("#settings [data-as-set]")
    page.until(lambda: chosen(page) == "bundled")
    page.click(".turn [data-again]")
    page.until(lambda: page.all(".turn .source"))


@pytest.mark.parametrize("width", [1280, 390])
def test_the_settings_fit(page: Page, width: int, tmp_path: Path) -> None:
    resize(page.browser, width, 860)
    page.open()
    page.click("[data-action=settings]")
    choose(page, "none")
    page.browser.save_screenshot(str(tmp_path / "settings.png"))
    assert page.run("return document.documentElement.scrollWidth") <= width
    clipped = """return [...document.querySelectorAll('#settings *')].filter(e => e.offsetParent
                   && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"""
    assert page.run(clipped) == []
