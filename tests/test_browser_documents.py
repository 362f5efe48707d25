"""The list of documents in a real browser, the program as it is shipped: found, sorted, added, watched, removed."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import PALE, elsewhere, prefer, requests, resize
from tests.web_page import Page, running

pytestmark = pytest.mark.browser
OFFICES = ("青禾市教育局", "白石省财政厅", "云溪县交通运输局")


def notice(number: int) -> str:
    office = OFFICES[number % 3]
    return (
        f"{office[:3]}发〔{2018 + number % 3}〕{number}号\n\n"
        f"{office}关于第{number}号工程建设工作的通知\n\n各区县有关单位：\n"
        f"　　全市新建工程{number}项，由{office}负责。\n"
        + "　　完善配套设施，落实经费保障。\n" * number
        + f"\n联系人：王小明　电话：0531-1234567{number}\n\n{office}\n{2018 + number % 3}年{number}月3日\n"
    )


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("documents").resolve()
    (root / "watched").mkdir()
    (root / "allowed").mkdir()
    for number in range(1, 10):
        (root / "allowed" / f"通知{number}.txt").write_text(notice(number), encoding="utf-8")
    (root / "secret.txt").write_text("秘密\n", encoding="utf-8")
    (root / "allowed" / "link.txt").symlink_to(root / "secret.txt")
    return root


@pytest.fixture(scope="module")
def url(places: Path) -> Iterator[str]:
    with running(places, f"--allow={places / 'allowed'}", f"--watch={places / 'watched'}") as (url, _):
        yield url


@pytest.fixture
def page(browser: Any, url: str) -> Page:
    resize(browser, 1280, 860)
    prefer(browser, "light")
    page = Page(browser, url)
    page.open()
    return page


def first(page: Page, css: str) -> Any:
    return page.until(lambda: [each for each in page.all(css) if each.is_displayed()])[0]


def titles(page: Page) -> list[str]:
    return [
        str(each) for each in page.run("return [...document.querySelectorAll('.file-title')].map(e => e.textContent)")
    ]


def choose(page: Page, field: str, value: str) -> None:
    page.run(
        "const box = document.querySelector(`[data-find=${arguments[0]}]`); box.value = arguments[1];"
        "box.dispatchEvent(new Event('change', {bubbles: true}))",
        field,
        value,
    )


def test_add_by_path_and_only_what_is_allowed(page: Page, places: Path) -> None:
    assert "内置样例" in page.text("#files")
    box = first(page, "[data-path]")
    for wrong in ("../secret.txt", "/etc/passwd", "link.txt"):
        box.clear()
        box.send_keys(wrong)
        first(page, "[data-add-path]").click()
        page.until(lambda wrong=wrong: f"没有添加 {wrong}：只能添加" in page.text("#status"))
    box.clear()
    box.send_keys(str(places / "allowed") + "\n")
    page.until(lambda: "已添加 9 份" in page.text("#status"))
    assert "allowed/link.txt" in page.text("#status .failures") and "secret" not in page.text("#status")
    page.until(lambda: "9 份文件" in page.text("#files .count"))
    page.until(lambda: "工程建设" in page.text(".welcome"))
    assert "共 9 份文件" in page.text("#foot") and "索引 0." in page.text("#foot")


def test_search_sort_and_filter(page: Page) -> None:
    assert len(titles(page)) == 9
    words = first(page, "[data-words]")
    words.send_keys("財政廳 〔2019〕")
    page.until(lambda: len(titles(page)) == 3 and "找到 3 份，共 9 份" in page.text("#files .count"))
    assert page.run("return document.activeElement.matches('[data-words]')")
    choose(page, "order", "size")
    page.until(lambda: "第7号" in titles(page)[0])
    choose(page, "order", "date")
    page.until(lambda: "2019-07" in page.text(".file-facts"))
    first(page, "[data-clear-view]").click()
    page.until(lambda: len(titles(page)) == 9 and not first(page, "[data-words]").get_attribute("value"))
    choose(page, "issuer", "云溪县交通运输局")
    page.until(lambda: len(titles(page)) == 3 and all("云溪县" in title for title in titles(page)))
    choose(page, "year", "2018")
    page.until(lambda: not titles(page) and "没有符合" in page.text("#files"))
    first(page, "[data-words]").send_keys("不会丢")
    page.click("[data-action=language]")
    page.until(lambda: "0 of 9" in page.text("#files .count"))
    assert first(page, "[data-words]").get_attribute("value") == "不会丢"


def test_what_a_document_says_of_itself_opens_where_it_says_so(page: Page) -> None:
    first(page, "[data-words]").send_keys("第4号")
    page.until(lambda: len(titles(page)) == 1)
    first(page, "[data-details]").click()
    page.until(lambda: page.all(".details"))
    assert page.run("return document.activeElement.dataset.details !== undefined")
    labels = page.run("return [...document.querySelectorAll('.details dt')].map(e => e.textContent)")
    assert {"标题", "文号", "发文机关", "成文日期", "主送", "联系人", "电话", "文件", "篇幅", "入库时间"} <= set(labels)
    for field, words in (("phone", "0531-12345674"), ("date", "2019年4月3日"), ("title", "第4号工程")):
        first(page, f".details [data-field={field}]").click()
        page.until(lambda words=words: words in page.text("#cited mark"))
        page.click("[data-action=back]")
    first(page, "[data-details]").click()
    page.until(lambda: not page.all(".details"))


def test_a_changed_file_is_read_again_and_a_vanished_one_dropped(page: Page, places: Path) -> None:
    changed, gone = places / "allowed" / "通知8.txt", places / "allowed" / "通知9.txt"
    changed.write_text(notice(8).replace("第8号工程", "第八号大桥"), encoding="utf-8")
    gone.unlink()
    first(page, "[data-refresh]").click()
    page.until(lambda: "已更新 1 份" in page.text("#status") and "1 份的原文件已经不在" in page.text("#status"))
    assert any("第八号大桥" in title for title in titles(page)) and len(titles(page)) == 9
    first(page, "[data-drop-gone]").click()
    page.until(lambda: len(titles(page)) == 8 and "已移除" in page.text("#status"))
    assert not any("第9号" in title for title in titles(page))


def test_the_watched_folder_is_followed_without_a_click(page: Page, places: Path) -> None:
    assert f"正在监视 {places / 'watched'}" in page.text("#activity")
    first(page, "[data-words]").send_keys("第")
    page.until(lambda: "找到 8 份，共 8 份" in page.text("#files"))
    new = places / "watched" / "新到.txt"
    new.write_text(notice(1).replace("第1号工程", "第新到工程"), encoding="utf-8")
    page.until(lambda: any("第新到工程" in title for title in titles(page)))
    assert "新增 1" in page.text("#activity") and "找到 9 份，共 9 份" in page.text("#files .count")
    assert page.run("return document.activeElement.matches('[data-words]')")
    (places / "watched" / "空.txt").touch()
    page.until(lambda: "1 份没能读取" in page.text("#activity") and "空.txt" in page.text("#activity details"))
    new.unlink()
    page.until(lambda: len(titles(page)) == 8 and "移除 1" in page.text("#activity"))


def test_two_are_ticked_and_removed_together(page: Page) -> None:
    page.until(lambda: len(titles(page)) == 8)
    boxes = page.all("[data-tick]")
    assert not first(page, ".several").find_elements("css selector", ".ticked")[0].is_displayed()
    boxes[0].click()
    boxes[2].click()
    wanted = [titles(page)[0], titles(page)[2]]
    first(page, "[data-words]").send_keys("没有这样的")  # ticks outlive what is shown
    page.until(lambda: not titles(page))
    first(page, "[data-clear-view]").click()
    page.until(lambda: len(titles(page)) == 8)
    assert "已选 2 份" in page.text(".ticked")
    first(page, "[data-ask-ticked]").click()
    assert all(title in page.text(".titles") for title in wanted) and "这 2 份" in page.text(".several .confirm")
    first(page, "[data-keep-ticked]").click()
    assert len(titles(page)) == 8
    first(page, "[data-ask-ticked]").click()
    first(page, "[data-remove-ticked]").click()
    page.until(lambda: len(titles(page)) == 6 and "已移除 2 份" in page.text("#status"))
    assert not set(wanted) & set(titles(page))
    assert not first(page, ".several").find_elements("css selector", ".ticked")[0].is_displayed()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_all_of_it(page: Page, scheme: str) -> None:
    resize(page.browser, 390, 844)
    prefer(page.browser, scheme)
    page.open()
    page.click("[data-action=files]")
    first(page, "[data-details]").click()
    page.until(lambda: page.all(".details"))
    page.all("[data-tick]")[0].click()
    first(page, "[data-ask-ticked]").click()
    clipped = """return [...document.querySelectorAll('#files-view *')].filter(e => e.offsetParent
                   && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"""
    assert page.run(clipped) == [] and page.run(PALE) == []
    time.sleep(0.1)
    assert page.run("return document.documentElement.scrollWidth") <= 390


def test_nothing_left_this_machine_and_no_script_failed(browser: Any, url: str) -> None:
    assert elsewhere(requests(browser)) == []
    failed = [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert [message for message in failed if "/assets/" not in message.split()[0]] == []  # those are Gradio's own


def test_a_whole_folder_is_chosen_in_the_browser(page: Page, tmp_path: Path) -> None:
    (tmp_path / "材料" / "内层").mkdir(parents=True)
    for name in ("材料/甲.txt", "材料/内层/乙.txt", "材料/.hidden.txt", "材料/~$甲.docx"):
        (tmp_path / name).write_text(f"{Path(name).stem}材料\n共有材料三份。\n", encoding="utf-8")
    field = page.all("#files-view input[type=file][webkitdirectory]")[0]
    field.send_keys(str(tmp_path / "材料"))
    page.until(lambda: "已添加 2 份" in page.text("#status"))
    page.until(lambda: {"甲材料", "乙材料"} <= set(titles(page)))
    assert not page.all("#status .failures") and "上传文件 0.1 MB" in page.text("#foot")
