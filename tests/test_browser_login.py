"""The page with a login in a real browser: wrong, right, out again, two people, no script, and whoever has no key."""

import json
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from gradio_client import Client

from tests.browser import elsewhere, open_browser, prefer, requests, resize
from tests.web_page import Page, get, running
from ui import passwords
from ui.auth_file import remove_person, set_person
from ui.page_door import person_of

pytestmark = pytest.mark.browser
PARKS = "青禾市产业园区情况\n文号：青发〔2024〕7号\n2023年青禾市共有产业园区12个，入驻企业340家。\n"
PASSWORDS = {"张三": "correct horse", "li.si": "电池 钉书钉 <b>"}
HOSTILE = '"><img src=x onerror="window.hit=1"><script>window.hit=2</script>'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("web")
    (folder / "parks.txt").write_text(PARKS, encoding="utf-8")
    for name, password in PASSWORDS.items():
        set_person(folder / "people", name, passwords.keep(password))
    with running(folder, folder / "parks.txt", module="tests.web_login") as (url, _):
        yield url, folder


@pytest.fixture
def page(browser: Any, server: tuple[str, Path]) -> Page:
    resize(browser, 1280, 860)
    prefer(browser, "light")
    page = Page(browser, server[0])
    browser.get(f"{server[0]}login")
    browser.delete_all_cookies()
    browser.get(server[0])
    return page


def login(page: Page, name: str, password: str) -> None:
    page.until(lambda: page.all("[name=password]"))
    box = page.all("[name=name]")[0]
    box.clear()
    box.send_keys(name)
    form = page.all("form")[0]
    page.all("[name=password]")[0].send_keys(password + "\n")
    page.until(lambda: gone(form))
    page.loaded()


def gone(element: Any) -> bool:
    try:
        element.is_displayed()
    except Exception:  # whatever the driver says of an element of a page that has been left
        return True
    return False


def until_focused(page: Page, name: str) -> None:
    """Wait for the focus, which the browser gives when it first draws the page."""
    page.until(lambda: page.run("return document.activeElement?.name") == name)


def enter(page: Page, name: str) -> None:
    login(page, name, PASSWORDS[name])
    page.until(lambda: page.all("html[aria-busy=false]") and page.all(".leave"))


def asked(folder: Path) -> list[list[str]]:
    return [json.loads(line) for line in (folder / "asked.jsonl").read_text().splitlines()]


def silent(folder: Path) -> bool:
    """Whether nobody asks for anything for half a second."""
    before = len(asked(folder))
    time.sleep(0.5)
    return len(asked(folder)) == before


def test_wrong_then_right_then_out_again(page: Page) -> None:
    page.until(lambda: urlsplit(page.browser.current_url).path == "/login")
    until_focused(page, "name")
    assert not page.all("#page")
    login(page, "张三", "wrong password")
    until_focused(page, "password")
    assert page.text(".problem") == "姓名或密码不对。"
    assert page.all("[name=name]")[0].get_attribute("value") == "张三"

    enter(page, "张三")
    assert page.text(".signed-in") == "张三" and urlsplit(page.browser.current_url).path == "/"
    assert page.run("return document.cookie") == ""  # no script gets at it
    page.ask("青禾市共有产业园区多少个")
    assert "12个" in page.text(".answer")
    kept = page.browser.get_cookie("wenju-session")
    assert kept["httpOnly"] and kept["sameSite"] == "Strict" and kept["path"] == "/"

    page.click(".leave button")
    page.until(lambda: urlsplit(page.browser.current_url).path == "/login" and page.all("[name=password]"))
    assert page.browser.get_cookie("wenju-session") is None
    page.browser.back()
    page.until(lambda: page.all("[name=password]"))
    page.loaded()
    assert "12个" not in page.text("body")
    page.browser.add_cookie({"name": "wenju-session", "value": kept["value"]})
    page.browser.get(page.url)
    page.until(lambda: page.all("[name=password]"))


def test_two_people_are_two_persons_whatever_they_say(page: Page, server: tuple[str, Path]) -> None:
    seen = {}
    for name in PASSWORDS:
        before = len(asked(server[1])) if (server[1] / "asked.jsonl").exists() else 0
        enter(page, name)
        lie = "fetch('/config', {headers: {'x-wenju-person': 'f'.repeat(32), 'X-Wenju-Name': 'root'}})"
        page.run(f"{lie}.then(() => window.told = 1)")
        page.until(lambda: page.run("return window.told"))
        page.ask("青禾市共有产业园区多少个")
        own = asked(server[1])[before:]
        assert {path for path, _, _ in own} > {"/", "/config", "/gradio_api/queue/join"}
        seen[name] = {(person, said) for _, person, said in own}
        page.click(".leave button")
        page.until(lambda: page.all("[name=password]"))
    assert seen == {name: {(person_of(name), quote(name))} for name in PASSWORDS}


def test_two_browsers_are_two_persons_where_there_is_no_login(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "parks.txt").write_text(PARKS, encoding="utf-8")
    other = open_browser(tmp_path / "other")
    try:
        with running(tmp_path, tmp_path / "parks.txt", module="tests.web_login") as (url, _):
            seen, cookies = [], []
            for each in (browser, other):
                before = len(asked(tmp_path)) if seen else 0
                page = Page(each, url)
                page.open(resumed=True)
                page.ask("青禾市共有产业园区多少个")
                page.open(resumed=True)
                assert not page.all(".leave")
                cookies.append(each.get_cookie("wenju-person"))
                each.get("about:blank")  # and what the page still asked for is told before the next one opens
                page.until(lambda: silent(tmp_path))
                seen.append({person for path, person, _ in asked(tmp_path)[before:] if path != "/manifest.json"})
            assert seen == [{each["value"]} for each in cookies] and len(seen[0] | seen[1]) == 2
            assert all(each["httpOnly"] and each["sameSite"] == "Strict" for each in cookies)
            # A link on another site, with which the browser sends no such cookie, makes nobody a new person.
            other.get(f"data:text/html,<a href='{url}'>x</a>")
            other.find_element("css selector", "a").click()
            page.until(lambda: page.all("html[aria-busy=false]"))
            assert other.get_cookie("wenju-person")["value"] == cookies[1]["value"]
            other.add_cookie({"name": "wenju-person", "value": "../../../etc/passwd"})
            page.open()
            assert re.fullmatch("[0-9a-f]{32}", other.get_cookie("wenju-person")["value"])
    finally:
        other.quit()


def test_hostile_words_are_words(page: Page) -> None:
    for address in (f"{page.url}login?lang={quote(HOSTILE)}&next=javascript:alert(1)", f"{page.url}login"):
        page.browser.get(address)
        login(page, HOSTILE, HOSTILE)
        assert page.all("[name=name]")[0].get_attribute("value") == HOSTILE
        assert page.text(".problem") == "姓名或密码不对。"
        assert page.run("return window.hit") is None and not page.all("img, script")


def test_it_works_without_any_script(page: Page) -> None:
    page.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.browser.get(page.url)
        page.until(lambda: page.all("[name=password]"))
        login(page, "li.si", PASSWORDS["li.si"])
        assert page.browser.get_cookie("wenju-session")
        page.browser.get(f"{page.url}logout")
        page.all("button")[0].click()
        page.until(lambda: page.all("[name=password]"))
        assert page.browser.get_cookie("wenju-session") is None
    finally:
        page.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_somebody_whose_session_has_ended_is_led_to_the_login(page: Page, server: tuple[str, Path]) -> None:
    people = server[1] / "people"
    set_person(people, "temporary", passwords.keep("for a while"))
    login(page, "temporary", "for a while")
    page.until(lambda: page.all("html[aria-busy=false]") and page.all(".leave"))
    remove_person(people, "temporary")
    # What the page still had to ask for may lead there before the question does.
    page.until(lambda: page.typed("青禾市共有产业园区多少个\n") or page.all("[name=password]"))
    page.until(lambda: page.all("[name=password]"))
    login(page, "temporary", "for a while")
    assert page.text(".problem") == "姓名或密码不对。"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_in_both_languages(page: Page, scheme: str) -> None:
    prefer(page.browser, scheme)
    resize(page.browser, 390, 844)
    wide = "return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
    clipped = """return [...document.querySelectorAll('body *')].filter(e => e.offsetParent
                   && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"""
    for language in ("zh", "en"):
        page.browser.get(f"{page.url}login?lang={language}")
        assert page.run("return document.documentElement.lang").startswith(language)
        assert page.run(wide) <= 390 and page.run(clipped) == []
    for _ in range(2):
        page.click(".switch")
        page.loaded()
    assert page.text("button") == "Log in"
    enter(page, "li.si")
    page.until(lambda: page.text("#header h1") == "Wenju")
    assert page.run(wide) <= 390 and page.run(clipped) == []
    assert page.all(".leave button")[0].is_displayed()


def test_the_words_of_the_login_page_stand_out(page: Page) -> None:
    ratio = """
      const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((v) => v / 255)
        .map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, n) => sum + v * [.2126, .7152, .0722][n], 0);
      const behind = (e) => { const c = getComputedStyle(e).backgroundColor;
        return c === 'rgba(0, 0, 0, 0)' ? behind(e.parentElement) : c; };
      return [...document.querySelectorAll('a, h1, p, label, button, input')].map((e) => {
        const [one, other] = [getComputedStyle(e).color, behind(e)].map(light);
        return [e.outerHTML.slice(0, 40), (Math.max(one, other) + .05) / (Math.min(one, other) + .05)];
      }).filter(([, found]) => found < 4.5);"""
    login(page, "nobody", "wrong password")
    for scheme in ("light", "dark"):
        prefer(page.browser, scheme)
        assert page.run(ratio) == []


def test_a_program_logs_in_by_http_basic(server: tuple[str, Path]) -> None:
    url = server[0]
    assert get(url, "/")[0] == get(url, "/assets/x.js")[0] == get(url, "/gradio_api/info")[0] == 401
    given = ("张三", PASSWORDS["张三"])
    client = Client(
        url, verbose=False, httpx_kwargs={"auth": tuple(each.encode() for each in given)}, analytics_enabled=False
    )
    assert client.predict("青禾市共有产业园区多少个", api_name="/ask")["answered"]
    client.close()
    assert {who for _, who, name in asked(server[1]) if name is None} == {person_of("张三")}


def test_no_websocket_gets_past_the_door(server: tuple[str, Path]) -> None:
    where = urlsplit(server[0])
    for path in ("/", "/gradio_api/queue/join"):
        with socket.create_connection((where.hostname, where.port), timeout=10) as line:
            line.sendall(
                f"GET {path} HTTP/1.1\r\nHost: {where.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OTAxMjM0NQ==\r\n\r\n".encode()
            )
            assert line.recv(1000).split()[1] in (b"401", b"403")


def test_a_request_that_is_hardly_one_is_answered(server: tuple[str, Path]) -> None:
    where = urlsplit(server[0])
    with socket.create_connection((where.hostname, where.port), timeout=10) as line:
        line.sendall(
            f"GET / HTTP/1.1\r\nHost: {where.netloc}\r\nAccept: text/html\r\nX-Wenju-Person: {'f' * 32}\r\n".encode()
            + b"Cookie: \xff\xfe=;; wenju-session=\xe4\xbd\xa0; =\r\nAuthorization: Basic \xff\xff\r\n\r\n"
        )
        assert line.recv(1000).split()[1] == b"401"


def test_guessing_is_slowed_down_and_said(page: Page) -> None:
    for _ in range(9):
        login(page, "nobody at all", "wrong password")
        if "太多" in page.text(".problem"):
            break
    assert re.fullmatch(r"错的次数太多了；请过 \d+ 秒再试。", page.text(".problem"))
    login(page, "张三", PASSWORDS["张三"])
    assert "太多" in page.text(".problem")


def test_nothing_left_this_machine(browser: Any) -> None:
    seen = requests(browser)
    assert len(seen) > 50 and elsewhere(seen) == []
