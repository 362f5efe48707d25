"""Who comes in at the door of the page: sessions, guesses, cookies, programs, and whoever lies about who they are."""

import asyncio
import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.settings import Settings
from tests.test_ui_passwords import cheap
from ui.page_door import LONGEST_FORM, LoginDoor, person_of
from ui.page_guard import Guard
from ui.page_guesses import FORGOTTEN, LIMITS, MOST, Guesses, keys
from ui.page_person import HEADER, NAME_HEADER, SOMEBODY, name, person
from ui.page_sessions import IDLE, MOST_OF_ONE, Sessions
from ui.passwords import Kept

HOUR = 3600.0
HOSTILE = '"><script>window.hit=1</script>'


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Reply:
    def __init__(self, sent: list[Any], passed: list[dict[str, str]]) -> None:
        self.status: int = sent[0]["status"]
        self.headers = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
        self.text = b"".join(each.get("body", b"") for each in sent[1:]).decode()
        self.passed = passed[0] if passed else None
        """The headers that the page has seen; ``None`` where nothing has come through."""

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    @property
    def cookie(self) -> str:
        return self.header("set-cookie").partition(";")[0]


class Page:
    """A guarded page that remembers what it was asked."""

    def __init__(self, door: LoginDoor | None = None, **named: Any) -> None:
        self.passed: list[dict[str, str]] = []
        self.guard = Guard(self._inner, door=door, **named)

    async def _inner(self, scope: Any, receive: Any, send: Any) -> None:
        names = [name for name, _ in scope["headers"]]
        assert names.count(HEADER.encode()) == 1 and names.count(NAME_HEADER.encode()) <= 1
        self.passed.append({name.decode(): value.decode("latin-1") for name, value in scope["headers"]})
        await send({"type": "http.response.start", "status": 200, "headers": [(b"cache-control", b"public")]})
        await send({"type": "http.response.body", "body": b"the page"})

    def ask(
        self,
        path: str = "/",
        method: str = "GET",
        *,
        body: bytes = b"",
        query: str = "",
        client: str = "192.0.2.7",
        scheme: str = "http",
        **headers: str,
    ) -> Reply:
        fields = {"host": "127.0.0.1:7860", **{key.replace("_", "-"): value for key, value in headers.items()}}
        scope = {
            "type": "http",
            "path": path,
            "method": method,
            "query_string": query.encode(),
            "client": (client, 5000),
            "scheme": scheme,
            "headers": [(key.encode(), value.encode("latin-1")) for key, value in fields.items()],
        }
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        async def receive() -> Any:
            return {"type": "http.request", "body": body}

        self.passed.clear()
        asyncio.run(self.guard(scope, receive, send))
        return Reply(sent, self.passed)

    def login(self, name: str, password: str, **named: Any) -> Reply:
        return self.ask("/login", "POST", body=urlencode({"name": name, "password": password}).encode(), **named)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people() -> dict[str, Kept]:
    return {"张三": cheap("correct horse"), "li.si": cheap("battery staple")}


@pytest.fixture
def page(people: dict[str, Kept], clock: Clock, tmp_path: Path) -> Page:
    english = Settings(home=tmp_path, index=tmp_path / "default", language="en")
    sessions, guesses = Sessions(lambda: people, clock), Guesses(clock)
    return Page(LoginDoor(lambda: people, english, sessions=sessions, guesses=guesses))


def basic(name: str, password: str) -> str:
    return f"Basic {b64encode(f'{name}:{password}'.encode()).decode()}"


# the login page


def test_a_login_is_a_session_that_the_page_hears_of_until_it_ends(page: Page) -> None:
    done = page.login("张三", "correct horse", origin="http://127.0.0.1:7860")
    assert (done.status, done.header("location"), done.passed) == (303, "/", None)
    attributes = done.header("set-cookie").split("; ")
    assert (
        attributes[1:] == ["Path=/", "HttpOnly", "SameSite=Strict"] and len(attributes[0]) == len("wenju-session=") + 43
    )
    inside = page.ask(cookie=f"other=1; {done.cookie}")
    assert inside.text == "the page" and inside.passed is not None
    assert inside.header("cache-control") == "no-store"  # the next at this computer does not get it by going back
    assert person(inside.passed) == person_of("张三") == hashlib.sha256("name:张三".encode()).hexdigest()[:32]
    assert name(inside.passed) == "张三"
    assert page.ask("/login", cookie=done.cookie).header("location") == "/"

    left = page.ask("/logout", "POST", cookie=done.cookie)
    assert (left.status, left.header("location")) == (303, "/login") and "Max-Age=0" in left.header("set-cookie")
    assert page.ask(cookie=done.cookie).passed is None


def test_by_https_the_cookie_is_for_https_alone(page: Page) -> None:
    assert page.login("张三", "correct horse", scheme="https").header("set-cookie").endswith("; Secure")


@pytest.mark.parametrize(
    ("name", "password"), [("张三", "wrong"), ("nobody", "correct horse"), ("", ""), (HOSTILE, HOSTILE)]
)
def test_what_is_wrong_stays_outside_and_hostile_words_are_words(page: Page, name: str, password: str) -> None:
    refused = page.login(name, password)
    assert refused.status == 401 and not refused.cookie and "not right" in refused.text
    assert "<script" not in refused.text and HOSTILE not in refused.text
    policy = refused.header("content-security-policy")
    assert "default-src 'none'" in policy and "unsafe" not in policy and "script" not in policy
    assert not refused.header("www-authenticate").lower().startswith("basic")


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", b"{}", b"name=%ff%00&password=%ff", b"&".join([b"name=x"] * 50), b"x" * (LONGEST_FORM + 1)],
)
def test_whatever_is_sent_is_one_more_wrong_password(page: Page, body: bytes) -> None:
    assert page.ask("/login", "POST", body=body).status == 401


def test_a_name_in_full_width_is_the_same_name(page: Page) -> None:
    assert page.login(" ｌｉ.ｓｉ ", "battery staple").status == 303


def test_the_page_to_log_in_speaks_the_language_that_was_chosen_and_keeps_it(page: Page) -> None:
    chinese = page.ask("/login", query="lang=zh").text
    assert 'lang="zh-Hans"' in chinese and 'action="/login?lang=zh"' in chinese and "密码" in chinese
    assert 'action="/login"' in page.ask("/login").text and "Password" in page.ask("/login").text
    assert page.login("张三", "correct horse", query="lang=zh").header("location") == "/?lang=zh"
    hostile = page.ask("/login", query=urlencode({"lang": HOSTILE, "next": "http://example.org/"}))
    assert "script" not in hostile.text and "example.org" not in hostile.text
    assert page.login("张三", "correct horse", query="next=//example.org&lang=//x").header("location") == "/"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS"])
def test_other_methods_do_nothing(page: Page, method: str) -> None:
    assert page.ask("/login", method).status == 405
    assert page.ask("/logout", method).status == 200  # asks


def test_a_link_does_not_log_out(page: Page) -> None:
    cookie = page.login("张三", "correct horse").cookie
    asked = page.ask("/logout", cookie=cookie)
    assert 'method="post"' in asked.text and page.ask(cookie=cookie).passed is not None


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(["/", "/login", "/logout", "/config", "/gradio_api/queue/join"]),
    method=st.sampled_from(["GET", "POST"]),
    said=st.dictionaries(
        st.sampled_from(["cookie", "authorization", "accept", "accept_language", "origin", "host", HEADER]),
        st.binary(max_size=40).map(lambda raw: raw.decode("latin-1")),
    ),
    body=st.binary(max_size=60),
    query=st.text(max_size=20),
)
def test_whatever_anybody_sends_nobody_gets_in(
    page: Page, path: str, method: str, said: dict[str, str], body: bytes, query: str
) -> None:
    got = page.ask(path, method, body=body, query=query, **said)
    assert got.passed is None and got.status in (200, 303, 401, 403, 429) and got.cookie in ("", "wenju-session=")


# everything is behind the door


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/", "GET"),
        ("/", "HEAD"),
        ("/config", "GET"),
        ("/assets/index.js", "GET"),
        ("/static/x", "GET"),
        ("/theme.css", "GET"),
        ("/manifest.json", "GET"),
        ("/gradio_api/info", "GET"),
        ("/gradio_api/queue/join", "POST"),
        ("/gradio_api/queue/data", "GET"),
        ("/gradio_api/call/v2/ask", "POST"),
        ("/gradio_api/call/v2/ask/0123", "GET"),
        ("/gradio_api/upload", "POST"),
        ("/gradio_api/heartbeat/x", "GET"),
        ("/gradio_api/cancel", "POST"),
        ("/download/token/report", "GET"),
    ],
)
def test_nothing_is_reached_without_a_login(page: Page, path: str, method: str) -> None:
    for lie in (
        {},
        {"cookie": "wenju-session=" + "A" * 43},
        {HEADER: "a" * 32},
        {"cookie": "wenju-person=" + "a" * 32},
    ):
        refused = page.ask(path, method, body=json.dumps({"data": []}).encode(), **lie)
        assert (refused.status, refused.passed) == (401, None)
    assert page.ask(path, method, body=b'{"question": 1}', authorization=basic("张三", "correct horse")).passed


def test_a_browser_is_led_to_the_login_page_a_program_is_told(page: Page) -> None:
    led = page.ask(accept="text/html,*/*", query="lang=en")
    assert led.status == 401 and 'http-equiv="refresh" content="0;url=/login?lang=en"' in led.text
    assert "HTTP Basic" in page.ask().text


def test_a_websocket_is_closed(page: Page) -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    for each in (page, Page()):
        asyncio.run(each.guard({"type": "websocket", "path": "/gradio_api/queue/join", "headers": []}, receive, send))
    assert [each["type"] for each in sent] == ["websocket.close"] * 2 and not page.passed


def test_other_sites_are_refused_before_any_password_is_looked_at(page: Page) -> None:
    for origin in ("http://evil.example", "null", "http://[", "x"):
        assert page.login("张三", "correct horse", origin=origin).status == 403
    assert page.login("张三", "correct horse", host="evil.example").status == 403


def test_beyond_this_machine_any_name_will_do_but_an_origin_must_be_the_same(
    people: dict[str, Kept], tmp_path: Path
) -> None:
    page = Page(LoginDoor(lambda: people, Settings(home=tmp_path, index=tmp_path)), hosts=None)
    assert page.ask(host="wenju.office.example:7860").status == 401
    host = {"host": "192.168.1.5:7860"}
    assert page.login("张三", "correct horse", origin="http://192.168.1.5:7860", **host).status == 303
    assert page.login("张三", "correct horse", origin="http://evil.example", **host).status == 403
    assert page.ask(host="").status == page.ask(host="", origin="null").status == 403


# who is at the page


def test_whoever_says_who_they_are_is_not_believed(page: Page) -> None:
    cookie = page.login("li.si", "battery staple").cookie
    lies = {HEADER.replace("-", "_"): "f" * 32, NAME_HEADER.replace("-", "_"): "root"}
    inside = page.ask(cookie=cookie, **lies)
    assert inside.passed is not None and person(inside.passed) == person_of("li.si")
    assert name(inside.passed) == "li.si"
    program = page.ask(authorization=basic("li.si", "battery staple"), **lies)
    assert program.passed is not None and NAME_HEADER not in program.passed


def test_two_people_are_two_persons_and_one_is_the_same_everywhere(page: Page) -> None:
    cookies = [page.login(*who).cookie for who in (("张三", "correct horse"), ("张三", "correct horse"))]
    persons = [person(page.ask(cookie=cookie).passed or {}) for cookie in cookies]
    other = page.ask(cookie=page.login("li.si", "battery staple").cookie).passed
    assert persons[0] == persons[1] != person(other or {}) and cookies[0] != cookies[1]
    program = page.ask("/config", authorization=basic("张三", "correct horse")).passed or {}
    assert person(program) == persons[0] and name(program) == ""


def test_without_a_login_each_browser_is_a_person() -> None:
    page = Page()
    first, second = page.ask(), page.ask()
    one = person(first.passed or {})
    assert first.cookie == f"wenju-person={one}" and len(one) == 32 and one != person(second.passed or {})
    assert first.header("set-cookie").split("; ")[1:] == ["Path=/", "Max-Age=31536000", "HttpOnly", "SameSite=Strict"]
    assert first.header("cache-control") == "no-store"  # with the cookie in it
    again = page.ask(cookie=first.cookie, **{HEADER: "f" * 32})
    assert person(again.passed or {}) == one and not again.cookie and again.header("cache-control") == "public"
    assert person(page.ask("/gradio_api/queue/data", cookie=first.cookie).passed or {}) == one


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "=",
        ";;;",
        "wenju-person",
        "wenju-person=",
        f"wenju-person={'A' * 32}",
        f"wenju-person={'a' * 31}",
        f"wenju-person={'a' * 33}",
        f"xwenju-person={'a' * 32}",
        f"wenju-person={'a' * 31}\u0661".encode().decode("latin-1"),
        "wenju-person=../../etc/passwd",
        f"wenju-person={HOSTILE}",
        "\xff\x00\n",
    ],
)
def test_a_cookie_that_is_none_is_replaced(cookie: str) -> None:
    page = Page()
    got = page.ask(cookie=cookie)
    assert got.passed is not None and got.cookie == f"wenju-person={person(got.passed)}"
    assert person(page.ask("/config", cookie=cookie).passed or {}) == SOMEBODY


def test_a_link_on_another_site_makes_nobody_a_new_person() -> None:
    # The browser keeps a strict cookie back; the page asks once more by itself.
    page = Page()
    bounced = page.ask(sec_fetch_site="cross-site")
    assert bounced.passed is None and not bounced.cookie and 'http-equiv="refresh"' in bounced.text
    assert page.ask(sec_fetch_site="cross-site", cookie=f"wenju-person={'a' * 32}").passed
    assert page.ask(sec_fetch_site="none").cookie


# programs


def test_a_program_logs_in_with_every_request(page: Page, people: dict[str, Kept]) -> None:
    right = basic("张三", "correct horse")
    assert all(page.ask("/config", authorization=right).passed for _ in range(3))
    people["张三"] = cheap("another one")
    assert page.ask("/config", authorization=right).status == 401
    assert page.ask("/config", authorization=basic("张三", "another one")).passed
    del people["张三"]
    assert page.ask("/config", authorization=basic("张三", "another one")).status == 401


@pytest.mark.parametrize(
    "said", ["Basic", "Basic !!!", "Basic /////w==", "Bearer x", "basic Og==", "Basic \xff", f"Basic {'A' * 10**5}"]
)
def test_credentials_that_are_none(page: Page, said: str) -> None:
    refused = page.ask("/config", authorization=said)
    assert (refused.status, refused.passed) == (401, None)


# sessions


def test_a_session_ends_after_twelve_idle_hours(page: Page, clock: Clock) -> None:
    cookie = page.login("张三", "correct horse").cookie
    for _ in range(3):
        clock.now += IDLE - 1
        assert page.ask(cookie=cookie).passed
    clock.now += IDLE + 1
    assert IDLE == 12 * HOUR and page.ask(cookie=cookie).passed is None


def test_a_new_password_or_none_ends_it_at_once(page: Page, people: dict[str, Kept]) -> None:
    cookie = page.login("张三", "correct horse").cookie
    kept = people["张三"]
    people["张三"] = cheap("changed")
    assert page.ask(cookie=cookie).passed is None
    people["张三"] = kept
    assert page.ask(cookie=cookie).passed
    del people["张三"]
    assert page.ask(cookie=cookie).passed is None


def test_logging_in_again_ends_the_session_before_and_nobody_has_very_many(page: Page, people: dict[str, Kept]) -> None:
    first = page.login("张三", "correct horse").cookie
    second = page.login("张三", "correct horse", cookie=first).cookie
    assert page.ask(cookie=first).passed is None and page.ask(cookie=second).passed
    clock = Clock()
    sessions = Sessions(lambda: people, clock)
    tokens: list[str] = []
    for _ in range(MOST_OF_ONE + 3):
        clock.now += 1
        tokens.append(sessions.begin("张三"))
    assert [sessions.name(token) is not None for token in tokens] == [False] * 3 + [True] * MOST_OF_ONE


# guessing


def test_who_guesses_waits_longer_and_longer_and_is_told(page: Page, clock: Clock) -> None:
    replies = [page.login("张三", "wrong") for _ in range(LIMITS["address"].free)]
    assert [each.status for each in replies] == [401] * 4 + [429]
    assert replies[-1].header("retry-after") == "10" and "try again in 10 s" in replies[-1].text
    assert page.login("张三", "correct horse").status == 429  # not even looked at
    clock.now += 10
    assert page.login("张三", "wrong").header("retry-after") == "20"
    clock.now += 19
    assert page.login("张三", "wrong").header("retry-after") == "1"
    clock.now += 1
    assert page.login("张三", "correct horse").status == 303
    assert page.login("张三", "wrong").status == 401  # counted anew
    assert page.ask("/config", authorization=basic("张三", "correct horse")).passed


def test_a_name_is_guarded_from_many_addresses_and_its_owner_not_kept_out_for_long(page: Page, clock: Clock) -> None:
    inside = page.login("张三", "correct horse").cookie
    for number in range(60):
        page.login("张三", "wrong", client=f"198.51.100.{number}")
        clock.now += 61
    assert page.login("张三", "wrong", client="198.51.100.99").header("retry-after") == "60"
    assert page.login("li.si", "battery staple", client="198.51.100.98").status == 303
    assert page.ask(cookie=inside).passed
    clock.now += 60
    assert page.login("张三", "correct horse").status == 303


def test_an_address_is_stopped_whatever_names_it_tries(page: Page) -> None:
    statuses = [page.login(f"name{n}", "wrong").status for n in range(8)]
    assert statuses == [401] * 4 + [429] * 4
    assert page.login("li.si", "battery staple", client="192.0.2.8").status == 303


def test_a_program_that_guesses_is_stopped_too(page: Page) -> None:
    statuses = [page.ask("/config", authorization=basic("张三", "wrong")).status for _ in range(6)]
    assert statuses == [401] * 4 + [429] * 2


def test_failures_are_forgotten_and_only_so_many_remembered() -> None:
    clock = Clock()
    guesses = Guesses(clock)
    attempt = keys("192.0.2.7", "张三")
    for _ in range(99):
        guesses.failed(attempt)
    assert guesses.wait(attempt) == LIMITS["address"].longest == 900.0
    clock.now += FORGOTTEN
    assert guesses.wait(attempt) == 0.0
    for number in range(MOST + 5):
        guesses.failed(keys("192.0.2.9", f"n{number}"))
    assert len(guesses._failures) == MOST


def test_a_network_is_one_guesser() -> None:
    assert keys("2001:db8::1", None) == keys("2001:db8::ffff:2", None) != keys("2001:db8:0:1::1", None)
    assert keys("::ffff:192.0.2.7", None) == keys("192.0.2.7", None) != keys("", None)


def test_many_attempts_at_once_wait_for_their_turn_or_are_sent_away(page: Page, people: dict[str, Kept]) -> None:
    door: Any = page.guard.door

    async def all_at_once() -> list[Any]:
        return await asyncio.gather(*(door._attempt(f"192.0.2.{n}", f"name{n}", "x") for n in range(30)))

    outcomes = asyncio.run(all_at_once())
    assert sum(each.busy for each in outcomes) == 10 and not any(each.name for each in outcomes)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody is checked as quickly as the people of these tests."""
    monkeypatch.setattr("ui.page_door.Kept", lambda **_: cheap("nobody"))
    yield
