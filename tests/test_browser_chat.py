"""The page in a real browser: ask, open a source, add and remove files, languages, a phone's width, hostile text."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import elsewhere, prefer, requests, resize
from tests.web_page import Page, get, running

pytestmark = pytest.mark.browser
PARKS = """青禾市产业园区情况
文号：青发〔2024〕7号
成文日期：2024-03-01
一、园区
2023年青禾市共有产业园区12个，入驻企业340家。
""" + "\n".join(
    f"第{n}号园区按照规划有序推进各项配套设施的建设与管理，并接受群众监督。" for n in "一二三四五六七八九十" * 4
)
PARKS += "二、绿化\n全市园区绿化面积达到56.5公顷，由市政部门负责养护。\n"
HOSTILE = """恶意文件<script>window.hit=1</script>
共有7个<img src=x onerror="window.hit=2"><svg onload="window.hit=3"></svg>标签
![图](http://example.org/a.png) [链接](javascript:window.hit=4) ${window.hit=5} {{value}} 共有8个
"""


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
    page.open()
    return page


def test_four_functions_are_an_interface_and_no_file_is_served(server: tuple[str, Path]) -> None:
    status, page = get(server[0], "/")
    config = json.loads(re.search(r"window\.gradio_config = (.*?);</script>", page).group(1))  # type: ignore[union-attr]
    assert status == 200 and config["dependencies"]
    public = [each["api_name"] for each in config["dependencies"] if each["api_visibility"] != "private"]
    assert public == ["ask", "search", "list_documents", "open_source"]
    assert not config["analytics_enabled"] and config["footer_links"] == []
    assert not re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?//', page)
    for path in ("/gradio_api/file=pyproject.toml", f"/gradio_api/file={Path('pyproject.toml').absolute()}", "/tests/"):
        assert get(server[0], path)[0] == 404


def test_ask_read_and_open_the_source(page: Page) -> None:
    page.click(".example")
    page.until(lambda: page.all(".turn") and not page.all(".pending"))
    assert "青发〔2024〕7号" in page.text(".answer")
    page.ask("全市园区绿化面积达到多少公顷")
    assert "56.5公" in page.text(".turn:last-child .answer")
    assert "《青禾市产业园区情况》（青发〔2024〕7号）" in page.text(".turn:last-child .source-line")
    quoted = page.text(".turn:last-child .source mark")
    page.click(".turn:last-child .source")
    page.until(lambda: page.all("#cited mark"))
    assert page.text("#cited mark") == quoted == "56.5公"
    assert page.text("#cited .cited") == "全市园区绿化面积达到56.5公顷，由市政部门负责养护。"
    page.until(lambda: page.run("return document.activeElement.id") == "cited")
    seen = """const m = document.querySelector('#cited mark').getBoundingClientRect(),
                    p = document.querySelector('#document').getBoundingClientRect();
              return p.top <= m.top && m.bottom <= p.bottom && 0 <= m.top && m.bottom <= innerHeight"""
    page.until(lambda: page.run(seen))
    assert page.run("return document.querySelector('#document').scrollTop") > 0
    page.all("#cited")[0].send_keys("\ue00c")  # Escape
    assert page.run("return document.activeElement.dataset.source") == "0"


def test_a_copy_of_the_source_opens_at_its_own_quote(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "parks.txt").write_text(PARKS, encoding="utf-8")
    (tmp_path / "copy.txt").write_text(f"转发青禾市产业园区情况\n{PARKS}", encoding="utf-8")
    with running(tmp_path, tmp_path / "parks.txt", tmp_path / "copy.txt") as (url, _):
        page = Page(browser, url)
        page.open()
        page.ask("全市园区绿化面积达到多少公顷")
        assert len(page.all(".copy")) == 1 and "另见" in page.text(".copies")
        shown: dict[str, str] = {}
        for place in (".source", ".copy"):
            page.click(place)
            page.until(lambda: page.all("#cited mark") and page.text("#document h2") not in shown)
            shown[page.text("#document h2")] = page.text("#cited mark")
        assert shown == {"青禾市产业园区情况": "56.5公", "转发青禾市产业园区情况": "56.5公"}
        page.all("#cited")[0].send_keys("\ue00c")  # Escape
        assert page.run("return document.activeElement.dataset.copy") == "0"


def test_a_follow_up_and_a_refusal(page: Page) -> None:
    page.ask("青禾市共有产业园区多少个")
    page.ask("企业呢")
    assert "青禾市共有产业园区多少个 企业呢" in page.text(".turn:last-child .understood")
    page.click(".turn:last-child .understood [data-retype]")
    understood = "青禾市共有产业园区多少个 企业呢"
    page.until(lambda: page.all("#question textarea, #question input")[0].get_attribute("value") == understood)
    page.all("#question textarea, #question input")[0].clear()
    page.ask("园区的宠物叫什么名字，爱吃什么")
    assert page.all(".turn:last-child .refused") and "没有答案" in page.text(".turn:last-child .refused")
    assert "最接近的段落" in page.text(".turn:last-child .sources-heading")


def test_the_switch_changes_every_text_and_back(page: Page) -> None:
    page.ask("青禾市共有产业园区多少个")
    page.click(".source")
    page.until(lambda: page.all("#cited"))
    page.click("[data-action=language]")
    page.until(lambda: page.text("#header h1") == "Wenju")
    words = """const all = document.createTreeWalker(document.querySelector('#page'), NodeFilter.SHOW_TEXT), found = [];
               while (all.nextNode()) {
                 const inside = all.currentNode.parentElement;
                 if (!inside.closest('.asked,.within span,.choices li,.answer,.source-line,.quote,.file,'
                                     + '.document h2,dd,.document-text,style,.pick,.renaming,[data-choice=language]'))
                   found.push(all.currentNode.textContent);
               }
               return found.concat([...document.querySelectorAll('[placeholder]')].map(each => each.placeholder))"""
    left = [text for text in page.run(words) if re.search(r"[一-鿿]", text)]
    assert left == ["中文"]
    assert page.run("return document.documentElement.lang") == "en"
    page.open("?lang=en")
    page.until(lambda: page.text("#header h1") == "Wenju")
    page.click("[data-action=language]")
    page.until(lambda: page.text("#header h1") == "问据")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_sideways_scrolling(page: Page, scheme: str) -> None:
    resize(page.browser, 390, 844)
    prefer(page.browser, scheme)
    page.open()
    assert page.run("return document.body.classList.contains('dark')") == (scheme == "dark")
    wide = "return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
    clipped = """return [...document.querySelectorAll('#page *')].filter(e => e.offsetParent
                   && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"""
    for step in ("", "ask", ".source", "[data-action=close]", "[data-action=files]"):
        if step == "ask":
            page.ask("青禾市共有产业园区多少个")
        elif step:
            page.click(step)
            time.sleep(0.1)
        assert page.run(wide) <= 390 and page.run(clipped) == [], step
    assert page.all("#files-view")[0].is_displayed()


def test_the_theme_button_outlives_a_reload(page: Page) -> None:
    page.click("[data-action=theme]")
    page.open()
    assert page.run("return document.body.classList.contains('dark')")
    page.click("[data-action=theme]")
    assert not page.run("return document.body.classList.contains('dark')")


def test_add_ask_and_remove_files_and_a_hostile_one(page: Page, tmp_path: Path) -> None:
    hostile, empty, big = tmp_path / "恶意 <b>.txt", tmp_path / "空.txt", tmp_path / "大.txt"
    hostile.write_text(HOSTILE, encoding="utf-8")
    empty.touch()
    big.write_text("长" * 10**5, encoding="utf-8")
    page.send_files(hostile, empty, big)
    page.until(lambda: page.all(".failures li"))
    failures = page.text(".failures")
    assert "空.txt" in failures and "恶意" not in failures
    assert "大.txt" in page.text("#too-large") and "空.txt" not in page.text("#too-large")
    assert "已添加 1 份" in page.text("#status") and len(page.all(".files li")) == 1

    page.ask("共有标签")
    assert "7个" in page.text(".answer") and "<img src=x onerror=" in page.text(".quote")
    page.click(".source")
    page.until(lambda: page.all("#cited"))
    shown = page.text(".document-text")
    assert "![图](http://example.org/a.png)" in shown and "${window.hit=5} {{value}}" in shown
    assert page.text(".document h2") == "恶意文件<script>window.hit=1</script>"
    assert page.run("return window.hit") is None
    assert not page.all("#page img, #chat a, #side a, #page svg[onload], #page script")

    page.click("[data-action=back]")
    page.click(".remove")
    page.click("[data-keep]")
    assert len(page.all(".files li")) == 1
    page.click(".remove")
    page.click("[data-remove]")
    page.until(lambda: not page.all(".files li"))
    page.ask("共有标签")
    assert page.all(".turn:last-child .refused")


def test_nothing_left_this_machine(browser: Any, server: tuple[str, Path]) -> None:
    asked = requests(browser)
    assert len(asked) > 50 and elsewhere(asked) == []
    called = [json.loads(line) for line in server[1].read_text().splitlines()]
    assert {host for _, host in called} <= {"127.0.0.1", "localhost"}


def test_a_very_long_question_leaves_room_for_its_answer(page: Page) -> None:
    page.run(
        "const box = document.querySelector('#question textarea, #question input');"
        "const set = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), 'value').set;"
        "set.call(box, '绿化面积'.repeat(400)); box.dispatchEvent(new Event('input', {bubbles: true}));"
    )
    page.ask("")
    asked, reply = page.all(".turn:last-child .asked")[0], page.all(".turn:last-child .reply")[0]
    assert asked.size["height"] < 200
    page.until(lambda: page.run("return arguments[0].getBoundingClientRect().top", reply) < 860 - 100)
