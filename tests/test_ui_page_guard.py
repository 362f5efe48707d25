"""What the guard lets through and what it refuses."""

import asyncio
import json
from typing import Any

import pytest
from starlette.exceptions import HTTPException

from ui.page_guard import Guard


def reply(guard: Guard, path: str, body: bytes | None = None, **headers: str) -> tuple[int, dict[bytes, bytes]]:
    sent: list[Any] = []
    fields = [(k.encode(), v.encode()) for k, v in {"host": "127.0.0.1:7860", **headers}.items()]
    scope = {"type": "http", "path": path, "method": "GET" if body is None else "POST", "headers": fields}

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": body or b""}

    asyncio.run(guard(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"])


@pytest.fixture
def guard() -> Guard:
    async def inner(scope: Any, receive: Any, send: Any) -> None:
        length = str(len((await receive())["body"])).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-received", length)]})
        await send({"type": "http.response.body", "body": b""})

    return Guard(inner)


def test_the_page_itself_passes_with_a_policy_that_keeps_everything_local(guard: Guard) -> None:
    status, headers = reply(guard, "/", origin="http://127.0.0.1:7860")
    policy = headers[b"content-security-policy"].decode()
    assert status == 200 and "default-src 'self'" in policy and "script-src-attr 'none'" in policy
    assert "http" not in policy


def test_files_named_by_their_content_are_kept_for_good_and_nothing_else_is(guard: Guard) -> None:
    for path in ("/assets/index-DphvyggB.js", "/assets/Index-Akn07EZk2.js", "/assets/core-DonAqEks.css"):
        assert b"immutable" in reply(guard, path)[1][b"cache-control"]
    for path in ("/assets/index.js", "/assets/x/index-DphvyggB.js", "/static/js/frame-DphvyggB.js", "/theme.css", "/"):
        assert b"immutable" not in reply(guard, path)[1].get(b"cache-control", b"")

    async def missing(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 404, "headers": []})

    assert b"cache-control" not in reply(Guard(missing), "/assets/index-DphvyggB.js")[1]


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=http://example.org/",
        "/gradio_api/proxy=http://example.org/",
        "/gradio_api/call/answer",
        "/gradio_api/info/x",
        "/gradio_api/call/",
        "/gradio_api/call/ask",
        "/gradio_api/call/v2/answer",
        "/gradio_api/call/v2/asked",
        "/gradio_api/call/v2/ask/../answer",
        "/gradio_api/call/v2/ask/a/b",
        "/gradio_api/mcp",
        "/gradio_api/mcp/sse",
        "/mcp/",
        "/mcp/sse",
        "/gradio_api/component_server",
        "/gradio_api/stream/x",
        "/monitoring",
        "/pyproject.toml",
        "/docs",
        "/download/",
        "/download/../gradio_api/file=/etc/passwd",
        "/download/token/../../etc",
        "/download/token/report/more",
    ],
)
def test_what_the_page_does_not_need_is_not_there(guard: Guard, path: str) -> None:
    assert reply(guard, path)[0] == 404


@pytest.mark.parametrize(
    "headers",
    [{"host": "evil.example"}, {"host": ""}, {"origin": "http://evil.example"}, {"origin": "null"}],
)
def test_other_sites_are_refused(guard: Guard, headers: dict[str, str]) -> None:
    assert reply(guard, "/", **headers)[0] == 403


def test_an_event_passes_with_its_body_but_not_with_an_address_to_fetch(guard: Guard) -> None:
    def status(data: object) -> tuple[int, bytes | None]:
        code, headers = reply(guard, "/gradio_api/queue/join", json.dumps({"data": data}).encode())
        return code, headers.get(b"x-received")

    assert status(["see http://example.org/path"]) == (200, b"41")
    assert status([{"path": "/tmp/x/a.txt", "url": "http://127.0.0.1/a"}])[0] == 200
    assert status([[{"a": {"path": "http://example.org/x", "meta": {"_type": "gradio.FileData"}}}]])[0] == 400
    assert status("长" * 10**6)[0] == 400
    assert reply(guard, "/gradio_api/queue/join", b"{no json")[0] == 400


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("ask", {"question": "x"}, 200),
        ("ask", {}, 400),
        ("ask", {"question": "x", "top_k": 3}, 400),
        ("search", {"question": "x", "top_k": 3, "years": [2024]}, 200),
        ("list_documents", {}, 200),
        ("list_documents", {"question": "x"}, 400),
        ("open_source", {"document": "x", "around": 5}, 200),
        ("open_source", [], 400),
    ],
)
def test_a_call_passes_with_the_parameters_of_its_function_alone(
    guard: Guard, name: str, body: object, status: int
) -> None:
    assert reply(guard, f"/gradio_api/call/v2/{name}", json.dumps(body).encode())[0] == status


@pytest.mark.parametrize("path", ["/mcp", "/gradio_api/call/v2/ask", "/gradio_api/queue/join"])
@pytest.mark.parametrize("body", [b"[" * 900_000, b"{no json", b"1" * 10**5, b'"' + b"x" * (4 * 10**6) + b'"'])
def test_no_body_breaks_the_guard(guard: Guard, path: str, body: bytes) -> None:
    assert reply(guard, path, body)[0] == 400


def test_the_tools_of_assistants_are_for_this_machine_too(guard: Guard) -> None:
    assert reply(guard, "/mcp", b"{}")[0] == 200
    assert reply(guard, "/mcp", b"{}", origin="http://evil.example")[0] == 403
    assert reply(guard, "/mcp", b"{}", host="evil.example")[0] == 403


def events_of(error: Exception, cause: Exception | None, path: str) -> list[Any]:
    """What is sent where Gradio has begun to send events, and then raises ``error``."""
    sent: list[Any] = []

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise error from cause

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "path": path, "method": "GET", "headers": [(b"host", b"127.0.0.1")]}
    asyncio.run(Guard(inner)(scope, receive, send))
    return sent


def test_the_events_of_a_page_that_was_left_come_to_an_end() -> None:
    sent = events_of(RuntimeError("already started"), HTTPException(404), "/gradio_api/queue/data")

    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert not sent[-1].get("more_body")


@pytest.mark.parametrize(
    ("cause", "path"), [(None, "/gradio_api/queue/data"), (HTTPException(404), "/gradio_api/heartbeat/x")]
)
def test_no_other_error_is_kept_quiet(cause: Exception | None, path: str) -> None:
    with pytest.raises(RuntimeError):
        events_of(RuntimeError("already started"), cause, path)
