"""Collections in a real browser, the program as it is shipped: made, filled, asked, sorted into, renamed, deleted."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import PALE, elsewhere, prefer, requests, resize
from tests.test_browser_documents import first
from tests.web_page import Page, running

pytestmark = pytest.mark.browser
CLIPPED = """return [...document.querySelectorAll('#files-view *, #scope *')].filter(e => e.offsetParent
               && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"""
TEXTS = {"东塘": "3.2公里", "西岭": "7.5公里", "北山": "9.1公里"}
ASKED = "水渠全长多少公里？"
LONGEST = "另一页" + "长" * 57


def written(folder: Path, place: str) -> Path:
    path = folder / f"{place}.txt"
    path.write_text(f"{place}水渠建设情况\n\n{place}水渠全长{TEXTS[place]}。\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("collections").resolve()
    (root / "watched").mkdir()
    for place in TEXTS:
        written(root, place)
    return root


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    with running(folder, f"--watch={folder / 'watched'}") as (url, _):
        yield url


@pytest.fixture
def page(browser: Any, url: str) -> Page:
    resize(browser, 1280, 860)
    prefer(browser, "light")
    page = Page(browser, url)
    page.open()
    return page


def titles(page: Page) -> list[str]:
    """Of the documents that are listed; the conversations are lists as well."""
    return list(page.run("return [...document.querySelectorAll('#files .file-title')].map(e => e.textContent)"))


def make(page: Page, name: str) -> None:
    page.click("[data-naming=make]")
    first(page, "[data-form=make] [data-name]").send_keys(name)
    page.click("[data-form=make] [data-save]")
    page.until(lambda: page.all("[data-form=make]:not([hidden])") or name in page.text("#scope"))


def choose(page: Page, name: str) -> None:
    page.run(
        "const list = document.querySelector('[data-collection]'); list.value = arguments[0];"
        "list.dispatchEvent(new Event('change', {bubbles: true}))",
        name,
    )
    page.until(lambda: page.run("return document.querySelector('[data-drop]')?.dataset.drop ?? ''") == name)


def chosen(page: Page) -> str:
    return str(page.run("return document.querySelector('[data-collection]')?.selectedOptions[0].textContent ?? ''"))


def within(page: Page, *names: str) -> None:
    """Ask of these collections alone."""
    for box in page.all("[data-field=collections] input[type=checkbox]"):
        if (box.get_attribute("value") in names) != box.is_selected():
            if not page.all("[data-field=collections][open]"):
                page.click("[data-field=collections] summary")
            page.until(box.is_displayed)
            box.click()


def test_the_samples_have_none_and_one_s_own_index_does(page: Page, folder: Path) -> None:
    assert not page.all("[data-naming]") and not page.all("[data-field=collections]")
    page.send_files(folder / "东塘.txt")
    page.until(lambda: len(titles(page)) == 1 and page.all("[data-naming=make]"))
    assert not page.all("[data-collection]")


def test_what_is_uploaded_goes_into_the_collection_that_is_made_and_is_asked_alone(page: Page, folder: Path) -> None:
    make(page, "西边")
    page.until(lambda: chosen(page) == "西边（0）")
    assert "建好了集合“西边”" in page.text("#status") and "“西边”里还没有文件" in page.text("#files")
    assert not page.all("[data-form=make]:not([hidden])")
    page.send_files(folder / "西岭.txt")
    page.until(lambda: titles(page) == ["西岭水渠建设情况"] and chosen(page) == "西边（1）")
    assert "“西边”：1 份文件" in page.text("#foot") and "约占索引" in page.text("#foot")
    page.until(lambda: "西边（1）" in page.text("[data-field=collections]"))
    within(page, "西边")
    page.ask(ASKED)
    assert "7.5公里" in page.text(".turn:last-child .answer") and "3.2公里" not in page.text(".turn:last-child .answer")
    assert page.text(".turn:last-child .within") == "范围：西边"
    page.open(resumed=True)  # the conversation remembers what was asked of what
    page.until(lambda: page.text(".within") == "范围：西边")


def test_a_name_that_is_taken_stays_in_the_field(page: Page) -> None:
    make(page, " 西　边")
    page.until(lambda: "已经有集合“西边”了" in page.text("#status"))
    box = first(page, "[data-form=make] [data-name]")
    assert box.get_attribute("value") == " 西　边"
    box.clear()
    box.send_keys("水渠\n")
    page.until(lambda: chosen(page) == "水渠（0）")
    page.click("[data-naming=rename]")
    box = first(page, "[data-form=rename] [data-name]")
    assert page.run("return document.activeElement.matches('[data-name]')")
    box.send_keys("\ue00c")  # Escape
    assert page.run("return document.activeElement.dataset.naming") == "rename"
    page.click("[data-naming=rename]")
    box = first(page, "[data-form=rename] [data-name]")
    box.clear()
    box.send_keys("所有水渠<b>\n")
    page.until(lambda: chosen(page) == "所有水渠<b>（0）" and not page.all("[data-form=rename]:not([hidden])"))


def test_ticked_documents_are_put_in_and_taken_out(page: Page) -> None:
    page.until(lambda: len(titles(page)) == 2)
    page.click("[data-tick-page]")
    into = first(page, "[data-into]")
    assert [each.text for each in into.find_elements("css selector", "option")] == ["所有水渠<b>", "西边"]
    page.click("[data-put]")
    page.until(lambda: "已把 2 份文件放进“所有水渠<b>”" in page.text("#status"))
    assert not first(page, ".several").find_elements("css selector", ".sorting")[0].is_displayed()
    choose(page, "所有水渠<b>")
    page.until(lambda: chosen(page) == "所有水渠<b>（2）" and len(titles(page)) == 2)
    first(page, "[data-words]").send_keys("西岭")
    page.until(lambda: titles(page) == ["西岭水渠建设情况"])
    assert "找到 1 份，共 2 份" in page.text("#files .count")
    page.click("[data-details]")
    page.until(lambda: "所有水渠<b>、西边" in page.text(".details"))
    page.all("[data-tick]")[0].click()
    page.click("[data-take]")
    page.until(lambda: "移出 1 份" in page.text("#status") and not titles(page))
    page.click("[data-clear-view]")
    page.until(lambda: titles(page) == ["东塘水渠建设情况"])


def test_another_tab_follows(page: Page, folder: Path) -> None:
    before = page.browser.current_window_handle
    choose(page, "西边")
    page.until(lambda: titles(page) == ["西岭水渠建设情况"])
    page.run("window.open('about:blank')")
    page.browser.switch_to.window(page.browser.window_handles[-1])
    try:
        other = Page(page.browser, page.url)
        other.open()
        make(other, LONGEST)
        other.until(lambda: chosen(other) == f"{LONGEST}（0）")
    finally:
        page.browser.close()
        page.browser.switch_to.window(before)
    page.until(lambda: f"{LONGEST}（0）" in page.text("#collections"))
    assert chosen(page) == "西边（1）" and titles(page) == ["西岭水渠建设情况"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_all_of_it(page: Page, scheme: str) -> None:
    resize(page.browser, 390, 844)
    prefer(page.browser, scheme)
    page.open()
    page.click("[data-action=files]")
    choose(page, LONGEST)
    assert page.run(CLIPPED) == []
    choose(page, "西边")
    assert page.run(CLIPPED) == [] and page.run(PALE) == []
    page.click("[data-naming=rename]")
    page.until(lambda: page.all("[data-naming=rename][aria-expanded=true]"))
    page.all("[data-tick]")[0].click()
    assert page.run(CLIPPED) == [] and page.run(PALE) == []
    page.click("#collections [data-ask-remove]")
    assert page.run(CLIPPED) == [] and page.run("return document.documentElement.scrollWidth") <= 390
    page.click("#collections [data-keep]")
    page.until(lambda: page.run("return document.activeElement.matches('.remove')"))


def test_in_english(page: Page) -> None:
    choose(page, "西边")
    page.until(lambda: chosen(page) == "西边（1）")
    page.click("[data-action=language]")
    page.until(lambda: chosen(page) == "西边 (1)" and "Only the documents of “西边”" in page.text("#collections"))
    assert titles(page) == ["西岭水渠建设情况"] and "“西边”: 1 documents" in page.text("#foot")


def test_a_deleted_collection_leaves_its_documents(page: Page) -> None:
    within(page, "西边")
    choose(page, "西边")
    page.until(lambda: chosen(page) == "西边（1）")
    page.click("#collections [data-ask-remove]")
    page.until(lambda: "里面的文件都还在库里" in page.text("#collections .confirm"))
    page.click("[data-drop]")
    page.until(lambda: "全部文件（2）" in chosen(page) and len(titles(page)) == 2)
    assert "已删除集合“西边”；文件都还在库里" in page.text("#status")
    page.until(lambda: "西边" not in page.text("#scope"))
    page.ask(ASKED)
    assert not page.all(".turn:last-child .within")


def test_nothing_left_this_machine_and_no_script_failed(browser: Any, url: str) -> None:
    assert elsewhere(requests(browser)) == []
    failed = [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert [message for message in failed if "/assets/" not in message.split()[0]] == []  # those are Gradio's own
