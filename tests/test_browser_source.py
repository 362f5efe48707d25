"""The open document in a real browser: text and printed page, places, links, references, hostile and huge documents."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import elsewhere, prefer, requests, resize
from tests.printed_pdf import HEIGHT, SIZE, WIDTH, pdf, place
from tests.web_page import Page, get, running

pytestmark = pytest.mark.browser
pytest.importorskip("reportlab", reason="reportlab draws the test files")

PARKS = """青禾市产业园区情况
文号：青发〔2024〕7号
一、园区<script>window.hit=1</script>
2023年青禾市共有产业园区12个，入驻企业340家。
![图](http://example.org/a.png) <img src=x onerror="window.hit=2">
""" + "\n".join(f"第{n}号园区按照规划有序推进各项配套设施的建设。" for n in range(60))
PARKS += "\n二、绿化\n全市园区绿化面积达到56.5公顷。\n"
OTHER = "另一份园区文件\n园区的宠物医院。\n"
LINE = "单行文件\n" + "这里是很长很长的一行文字，没有换行。" * 60_000
BOXES = """return [...document.querySelectorAll(arguments[0])].map((each) => {
  const box = each.getBoundingClientRect(), sheet = each.closest('.sheet').getBoundingClientRect();
  return [(box.left - sheet.left) / sheet.width, (box.top - sheet.top) / sheet.height,
          (box.right - sheet.left) / sheet.width, (box.bottom - sheet.top) / sheet.height];
})"""
WIDE = """return [document.documentElement.scrollWidth,
  ...[...document.querySelectorAll('#page *')]
  .filter((each) => each.offsetParent && each.getBoundingClientRect().right > innerWidth + 1)
  .map((each) => each.outerHTML.slice(0, 80))]"""


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The program as it is shipped, to which the tests add the PDF."""
    folder = tmp_path_factory.mktemp("shipped")
    (folder / "公共自行车.pdf").write_bytes(pdf())
    with running(folder) as (url, _):
        yield url, folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The fake library over hostile and huge documents."""
    folder = tmp_path_factory.mktemp("small")
    documents = [folder / name for name in ("parks.txt", "other.txt", "line.txt")]
    for path, text in zip(documents, (PARKS, OTHER, LINE), strict=True):
        path.write_text(text, encoding="utf-8")
    with running(folder, *documents) as (url, record):
        yield url, record


def at(browser: Any, url: str, query: str = "") -> Page:
    resize(browser, 1280, 860)
    prefer(browser, "light")
    page = Page(browser, url)
    browser.get("about:blank")
    page.open(query)
    return page


def deposit(browser: Any, shipped: tuple[str, Path]) -> Page:
    """The page with the answer to what the deposit is, its source open."""
    page = at(browser, shipped[0])
    if "青政规" not in page.text("#files"):
        page.send_files(shipped[1] / "公共自行车.pdf")
        page.until(lambda: "已添加 1 份" in page.text("#status"))
    page.ask("租用公共自行车的押金是多少元")
    assert "200元" in page.text(".answer")
    page.click(".source")
    page.until(lambda: page.all("#cited mark"))
    return page


def fragment(page: Page) -> str:
    return str(page.run("return location.search + location.hash"))


def said(page: Page) -> str:
    page.until(lambda: page.text("#said"))
    return page.text("#said")


def test_the_quote_is_marked_in_the_text_and_where_it_is_printed(browser: Any, shipped: tuple[str, Path]) -> None:
    page = deposit(browser, shipped)
    assert page.text("#cited mark") == "200元" and "前60分钟免费" in page.text("#cited .cited")
    page.click("[data-leaf=page]")
    page.until(lambda: page.all("#leaf #boxed"))
    assert page.text("#leaf output") == "第 2 / 3 页"
    page.until(lambda: page.run("return document.querySelector('#leaf img').naturalWidth") >= 400)
    left, base, right, _ = place(2, "200元")
    marks = page.run(BOXES, "#leaf .box.mark")
    assert len(marks) == 1
    expected = (left / WIDTH, 1 - (base + SIZE) / HEIGHT, right / WIDTH, 1 - base / HEIGHT)
    for found, wanted, side in zip(marks[0], expected, (WIDTH, HEIGHT, WIDTH, HEIGHT), strict=True):
        assert abs(found - wanted) * side < 5  # points
    quote = page.run(BOXES, "#leaf .box:not(.mark)")
    assert len(quote) == 2  # it is printed on two lines
    page.until(lambda: page.run("return document.activeElement.id") == "boxed")
    page.all("#boxed")[0].send_keys("\ue00c")  # Escape
    assert page.run("return document.activeElement.dataset.source") == "0"
    assert "#source" not in fragment(page)


def test_pages_are_turned_and_made_larger_and_a_quote_over_two_is_marked_on_both(
    browser: Any, shipped: tuple[str, Path]
) -> None:
    page = deposit(browser, shipped)
    page.ask("全市共设置公共自行车租赁站点多少个")
    page.click(".turn:last-child .source")
    page.until(lambda: page.all("#cited") and "316" in page.text("#cited .cited"))
    page.click("[data-leaf=page]")
    page.until(lambda: page.all("#leaf #boxed"))
    assert "第 1 / 3 页" in page.text("#leaf output") and "第 1–2 页" in page.text(".leaf-note")
    ends = [box[3] for box in page.run(BOXES, "#leaf .box:not(.mark)")]
    assert max(ends) < 0.7  # and not the page's number below it
    page.click("#leaf [data-turn='2']")
    page.until(lambda: page.all("#leaf .leaf[data-page='2']"))
    boxes = page.run(BOXES, "#leaf .box:not(.mark)")
    left, _, right, _ = place(2, "期间收到的意见由市交通运输局汇总后报市人民政府。")
    assert len(boxes) == 1 and abs(boxes[0][2] * WIDTH - right) < 5 and abs(boxes[0][0] * WIDTH - left) < 5
    page.until(lambda: page.run("return document.activeElement.dataset.turn") == "3")
    small = page.run("return document.querySelector('.sheet').clientWidth")
    page.click("[data-zoom='1']")
    assert page.run("return document.querySelector('.sheet').clientWidth") == pytest.approx(1.5 * small, abs=2)
    assert page.run(BOXES, "#leaf .box:not(.mark)")[0] == pytest.approx(boxes[0], abs=0.003)
    page.click("[data-zoom='0']")
    page.click("#leaf [data-turn='3']")
    page.until(lambda: page.all("#leaf .leaf[data-page='3']"))
    assert not page.all("#leaf .box") and page.all("#leaf [data-turn='4']")[0].get_attribute("disabled")
    assert not page.all("#leaf .leaf-failed:not([hidden])")
    page.click("[data-action=language]")  # the page stays, in the other language
    page.until(lambda: "page 1 of 3" in page.text("#leaf output"))


def test_a_link_opens_the_place_in_a_new_tab_and_after_a_restart(browser: Any, shipped: tuple[str, Path]) -> None:
    page = deposit(browser, shipped)
    link = fragment(page)
    assert link.startswith("?lang=zh#source=")
    page.run("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }")
    page.click("[data-copy-link]")
    assert said(page) == "已复制" and page.run("return window.copied") == f"{shipped[0]}{link}"
    first = browser.current_window_handle
    browser.switch_to.new_window("tab")
    try:
        resize(browser, 1280, 860)
        new = Page(browser, shipped[0])
        new.open(link)
        new.until(lambda: new.all("#cited mark"))
        assert new.text("#cited mark") == "200元" and fragment(new) == link
        new.click("[data-copy-reference]")
        assert said(new) in ("已复制", "没有复制成，请选中后按 Ctrl+C：")
    finally:
        browser.close()
        browser.switch_to.window(first)
    with running(shipped[1]) as (url, _):
        again = at(browser, url, link)
        again.until(lambda: again.all("#cited mark"))
        assert again.text("#cited mark") == "200元"


def test_a_file_that_has_changed_is_said_and_its_text_shown(browser: Any, shipped: tuple[str, Path]) -> None:
    page = deposit(browser, shipped)
    kept = next((shipped[1] / "home" / "uploads").iterdir())
    content = kept.read_bytes()
    try:
        kept.write_bytes(content + b"\n")
        page.click("[data-leaf=page]")
        page.until(lambda: page.all(".leaf-said"))
        assert "被改过" in page.text(".leaf-said") and page.all("#cited mark")[0].is_displayed()
        kept.unlink()
        page.click("[data-leaf=page]")
        page.until(lambda: "已不在原处" in page.text(".leaf-said"))
    finally:
        kept.write_bytes(content)


def test_the_picture_is_for_this_document_alone(shipped: tuple[str, Path]) -> None:
    for path in ("/page/0000000000000000/1", "/page/x/1", "/page/../1", "/page/0000000000000000/0?width=1e9"):
        assert get(shipped[0], path)[0] in (404, 422)


def test_a_reference_is_copied_with_the_clipboard_and_without(browser: Any, small: tuple[str, Path]) -> None:
    page = at(browser, small[0])
    page.ask("青禾市共有产业园区多少个")
    expected = "《青禾市产业园区情况》（青发〔2024〕7号），一、园区<script>window.hit=1</script>："
    expected += "“2023年青禾市共有产业园区12个，入驻企业340家。”"
    page.run("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }")
    page.click(".cite")
    assert said(page) == "已复制" and page.run("return window.copied") == expected
    page.click(".source")
    page.until(lambda: page.all("#cited"))
    page.run("""navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); window.copied = '';
      document.execCommand = () => { window.copied = document.activeElement.value; return true; };""")
    page.click("[data-copy-reference]")
    page.until(lambda: page.run("return window.copied"))
    assert page.run("return window.copied") == expected
    page.run("document.execCommand = () => false")
    page.click("[data-copy-reference]")
    page.until(lambda: page.all("#said textarea"))
    assert (
        page.run(
            "const box = document.querySelector('#said textarea');"
            "return box.value.slice(box.selectionStart, box.selectionEnd)"
        )
        == expected
    )
    assert page.run("return window.hit") is None


def test_the_places_of_an_answer_one_after_the_other(browser: Any, small: tuple[str, Path]) -> None:
    page = at(browser, small[0])
    page.ask("青禾市共有产业园区多少个")
    page.click(".source")
    page.until(lambda: page.all("#cited"))
    assert page.text(".step-count") == "1 / 3 处" and page.text(".place.here") == "2023年"
    page.click("[data-step='1']")
    assert page.text(".step-count") == "2 / 3 处" and page.text(".place.here") == "12个"
    assert page.run("return document.activeElement.textContent") == "12个"
    page.all(".place.here")[0].send_keys("]")
    assert page.text(".place.here") == "340家" and fragment(page).endswith(",80-84")
    assert page.all("[data-step='1']")[0].get_attribute("aria-disabled") == "true"
    page.click("[data-step='1']")
    assert page.text(".step-count") == "3 / 3 处"
    page.all(".place.here")[0].send_keys("[[")
    assert page.text(".place.here") == "2023年"
    page.all("#question textarea, #question input")[0].send_keys("]")
    assert page.text(".place.here") == "2023年"


def test_places_in_another_document_open_it(browser: Any, small: tuple[str, Path]) -> None:
    page = at(browser, small[0])
    page.ask("园区的宠物叫什么名字，爱吃什么")
    assert page.all(".refused")
    page.click(".sources li:first-child .source")
    page.until(lambda: page.all("#cited"))
    titles = {page.text("#document h2")}
    for number in (2, 3):
        page.click("[data-step='1']")
        page.until(
            lambda number=number: page.text(".step-count").startswith(f"{number} / 3") and page.all(".place.here")
        )
        titles.add(page.text("#document h2"))
    assert titles == {"另一份园区文件", "青禾市产业园区情况"}


def test_the_outline_leads_to_a_section_and_shows_where_the_quote_is(browser: Any, small: tuple[str, Path]) -> None:
    page = at(browser, small[0])
    page.ask("全市园区绿化面积达到多少公顷")
    page.click(".source")
    page.until(lambda: page.all("#cited"))
    assert "二、绿化" in page.text(".outline summary")
    page.click(".outline summary")
    assert page.text(".outline [aria-current]") == "二、绿化"
    page.click(".outline [data-section]:not([aria-current])")
    page.until(lambda: "一、园区<script>" in str(page.run("return document.activeElement.textContent")))
    top = page.run("return document.activeElement.getBoundingClientRect().top")
    assert 48 < top < 300 and page.run("return window.hit") is None
    assert not page.all("#document img, #document a, #document script")


def test_links_that_lead_nowhere_are_a_line(browser: Any, small: tuple[str, Path]) -> None:
    page = at(browser, small[0])
    id = page.all("#files [data-open]")[0].get_attribute("data-open")
    page.open("#source=ffffffffffffffff:1-2")
    page.run("location.reload()")
    page.until(lambda: "不在库中" in page.text("#document .error"))
    page.run("location.hash = arguments[0]", f"#source={id}:99999-100")
    page.until(lambda: "位置不在这份文件里" in page.text("#document .error") and page.all("#document .document-text"))
    page.run("location.hash = '#source=%E0%A4%A<script>'")
    page.until(lambda: "不在库中" in page.text("#document .error"))


def test_a_million_characters_in_a_line_open_at_once(browser: Any, small: tuple[str, Path]) -> None:
    page = at(browser, small[0])
    id = page.run("return document.querySelector('#files [data-open][title*=单行]').dataset.open")
    page.run("location.hash = arguments[0]", f"#source={id}:900000-900030")
    page.until(lambda: page.all("#document .cited"))
    visible = """const box = document.querySelector('#document .cited').getBoundingClientRect();
                 return box.top > 48 && box.bottom < innerHeight"""
    page.until(lambda: page.run(visible))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_text_and_page_without_sideways_scrolling(
    browser: Any, shipped: tuple[str, Path], scheme: str
) -> None:
    page = deposit(browser, shipped)
    resize(browser, 390, 844)
    prefer(browser, scheme)
    assert page.run(WIDE) == [390]
    page.click("[data-leaf=page]")
    page.until(lambda: page.all("#leaf #boxed"))
    assert page.run(WIDE) == [390]


def test_nothing_left_this_machine(browser: Any, shipped: tuple[str, Path]) -> None:
    deposit(browser, shipped)
    asked = requests(browser)
    assert len(asked) > 50 and elsewhere(asked) == []
