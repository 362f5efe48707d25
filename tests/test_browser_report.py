"""The report in a real browser, opened from disk: filters, search, order, pages, a phone's width, no scripts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser import PALE, prefer, requests, resize
from tests.sample_outcomes import outcomes, summary
from tests.web_page import Page
from ui.report.page import report_html

pytestmark = pytest.mark.browser
COUNT = 120
SHOWN = "table.questions tbody tr"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    every = outcomes()
    many = [replace(o, case=replace(o.case, id=f"r{n}")) for n in range(COUNT) for o in (every[n % len(every)],)]
    path = tmp_path_factory.mktemp("report") / "报告 <b>.html"
    path.write_text(report_html(summary(), many, "zh"), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Any, report: Path) -> Iterator[Page]:
    resize(browser, 1280, 860)
    prefer(browser, "light")
    page = Page(browser, report.as_uri())
    browser.get("about:blank")
    requests(browser)
    browser.get_log("browser")
    browser.get(page.url)
    yield page
    asked = [urlsplit(url) for url in requests(browser)]
    assert asked and {(url.scheme, url.path) for url in asked} == {("file", urlsplit(page.url).path)}
    assert browser.get_log("browser") == []
    assert page.run("return window.hit") is None


def rows(page: Page) -> list[Any]:
    return page.all(SHOWN)


def select(page: Page, name: str, value: str) -> None:
    page.run(
        "const s = document.querySelector(`[name=${arguments[0]}]`); s.value = arguments[1];"
        "s.dispatchEvent(new Event('change'))",
        name,
        value,
    )


def test_fifty_at_a_time_and_on(page: Page) -> None:
    assert len(rows(page)) == 50 and page.text(".shown") == f"1–50，共 {COUNT} 题"
    assert page.run("return document.querySelector('[name=previous]').disabled")
    page.click("[name=next]")
    page.click("[name=next]")
    assert len(rows(page)) == COUNT - 100 and page.text(".shown") == f"101–{COUNT}，共 {COUNT} 题"
    assert page.run("return document.querySelector('[name=next]').disabled")
    page.click("[name=previous]")
    assert page.text(f"{SHOWN} .note").startswith("r50 ")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_to_search_for_can_be_read(page: Page, scheme: str) -> None:
    prefer(page.browser, scheme)
    assert page.all("[name=search][placeholder]") and page.run(PALE) == []


def test_failures_only(page: Page) -> None:
    page.click("[name=failed]")
    failed = sum(outcomes()[n % 40].failed for n in range(COUNT))
    assert page.text(".shown") == f"1–50，共 {failed} 题"
    assert len(page.all(f"{SHOWN}.bad")) == len(rows(page)) == 50


def test_a_stage_is_clicked_and_clicked_again(page: Page) -> None:
    page.click("[data-stage=wrong_document]")
    count = sum(outcomes()[n % 40].stage == "wrong_document" for n in range(COUNT))
    assert len(rows(page)) == count and page.text(".shown") == f"1–{count}，共 {count} 题"
    assert {each.text for each in page.all(f"{SHOWN} .stage")} == {"读到了依据，引了别的文件"}
    pressed = page.all("button.filter[aria-pressed=true]")
    assert [each.get_attribute("data-value") for each in pressed] == ["wrong_document"]
    seen = "return document.querySelector('#questions').getBoundingClientRect().top"
    assert abs(page.run(seen)) < 5
    page.run("document.querySelector('[data-stage=wrong_document] button').click()")
    assert page.text(".shown") == f"1–50，共 {COUNT} 题"


def test_types_and_styles_of_the_tables_and_of_the_lists(page: Page) -> None:
    page.run("document.querySelector('[data-type=list] button').click()")
    lists = sum(outcomes()[n % 40].case.type == "list" for n in range(COUNT))
    assert page.text(".shown").endswith(f"共 {lists} 题")
    select(page, "style", "paraphrase")
    assert not rows(page) and page.text(".shown") == "没有符合的题"
    page.click("[name=reset]")
    assert len(rows(page)) == 50
    select(page, "style", "<i>")
    assert len(rows(page)) == sum(outcomes()[n % 40].case.style == "<i>" for n in range(COUNT))
    select(page, "stage", "hidden")
    assert not rows(page)


def test_search_in_any_width_and_case(page: Page) -> None:
    box = page.all("[name=search]")[0]
    box.send_keys("ＦＥＲＲＩＥＳ 优先")
    page.until(lambda: page.text(".shown") == "没有符合的题")
    box.clear()
    box.send_keys("ＦＥＲＲＩＥＳ priority")
    found = sum(outcomes()[n % 40].case.question.startswith("Which ships") for n in range(COUNT))
    page.until(lambda: len(rows(page)) == found)
    box.clear()
    box.send_keys("<script>window.hit=1</script>")
    page.until(lambda: rows(page) and page.text(".shown") != f"1–50，共 {COUNT} 题")
    assert not page.all(f"{SHOWN} script, {SHOWN} img")


def test_least_sure_first(page: Page) -> None:
    select(page, "sort", "sort_unsure")
    sure = [float(each.text.split()[1]) for each in page.all("[data-column=result] .note:nth-child(2)")]
    assert sure == sorted(sure) and len(set(sure)) > 5
    select(page, "sort", "sort_sure")
    sure = [float(each.text.split()[1]) for each in page.all("[data-column=result] .note:nth-child(2)")]
    assert sure == sorted(sure, reverse=True)


def test_the_keyboard_reaches_a_stage(page: Page) -> None:
    page.all("[data-stage=refused] button")[0].send_keys("\n")
    assert {each.text for each in page.all(f"{SHOWN} .stage")} == {"读到了依据，没有回答"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_sideways_scrolling(page: Page, scheme: str) -> None:
    resize(page.browser, 390, 844)
    prefer(page.browser, scheme)
    clipped = """return [...document.querySelectorAll('.report *')].filter(e => e.offsetParent && !e.closest('.wide')
                   && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"""
    assert page.run("return document.documentElement.scrollWidth") <= 390 and page.run(clipped) == []
    assert page.run("return document.querySelector('.wide').scrollWidth > 300")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(page: Page, scheme: str) -> None:
    """WCAG 2.2, 1.4.3: a contrast of 4.5 : 1 at least."""
    prefer(page.browser, scheme)
    faint = """
      const light = (rgb) => rgb.map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, n) => sum + v * [.2126, .7152, .0722][n], 0);
      const parts = (color) => color.match(/[\\d.]+/g).map(Number);
      const ground = (e) => { for (; e; e = e.parentElement) {
        const c = parts(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c.slice(0, 3); } };
      const found = [], walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const e = walk.currentNode.parentElement, style = getComputedStyle(e);
        if (!walk.currentNode.textContent.trim() || e.closest('script,noscript,option,button:disabled')) continue;
        const ink = e.closest('svg') ? style.fill : style.color;
        const [a, b] = [light(parts(ink).slice(0, 3)), light(ground(e))].sort((x, y) => y - x);
        if ((a + .05) / (b + .05) < 4.5) found.push(`${e.tagName}.${e.getAttribute('class')} ${ink} ${ground(e)}`);
      }
      return [...new Set(found)]"""
    assert page.run(faint) == []


def test_without_scripts_the_figures_and_plots_are_there(page: Page) -> None:
    page.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.browser.get(page.url + "#questions")
        page.browser.refresh()
        assert len(page.all("svg.drawing")) == 2 and page.all(".stages li") and "脚本" in page.text("noscript")
        assert not [each for each in page.all(".filters, .pager, table.questions") if each.is_displayed()]
        assert not page.all("button.filter")
    finally:
        page.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_the_language_is_that_of_the_report(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(report_html(summary(), outcomes(), "en"), encoding="utf-8")
    browser.get(path.as_uri())
    page = Page(browser, path.as_uri())
    assert page.run("return document.title").startswith("Evaluation report")
    assert page.text(".shown") == "1–40 of 40" and "Click a line" in page.text(".lost .note")
