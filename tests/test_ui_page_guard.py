"""What the guard lets through and what it refuses."""

import asyncio
import json
from typing import Any

import pytest

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


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=http://example.org/",
        "/gradio_api/proxy=http://example.org/",
        "/gradio_api/call/answer",
        "/gradio_api/info/x",
        "/gradio_api/call/",
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
