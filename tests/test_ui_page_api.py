"""One question from another program: over a fake library, and over the wire of a running page."""

import http.client
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from gradio_client import Client

from rag.settings import Settings
from tests.fake_web_library import FakeLibrary, read
from tests.test_ui_page_scope import TEXTS
from tests.web_page import get, running
from ui.page_api import Api
from ui.page_desk import Desk
from ui.program_functions import FUNCTIONS, MOST_VALUES

ASKED = "青禾市共有产业园区多少个"


def written(folder: Path) -> list[Path]:
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in TEXTS]


@pytest.fixture
def api(tmp_path: Path) -> Api:
    library: Any = FakeLibrary([read(path) for path in written(tmp_path)])
    settings = Settings(home=tmp_path, index=tmp_path / "default", language="en")
    return Api(Desk(library, settings, lambda _: library), settings)


def test_an_answer_is_what_the_command_line_prints(api: Api) -> None:
    told = api.ask(ASKED)
    assert (told["answer"], told["answered"], told["citations"][0]["quote"]) == (
        "12个",
        True,
        "青禾市共有产业园区12个。",
    )
    assert "path" not in json.dumps(told) and told["citations"][0]["document"]["title"] == "园区情况"
    assert "scope" not in told and json.loads(json.dumps(told)) == told
    assert api.ask("道路呢", [ASKED])["asked"] == f"{ASKED} 道路呢"


@pytest.mark.parametrize(
    ("chosen", "scope"),
    [
        ({"documents": ["道路情况"]}, {"documents": ["道路情况"]}),
        ({"documents": ["roads.txt"], "years": [2023]}, {"documents": ["roads.txt"], "years": [2023]}),
        ({"issuers": ["交通"]}, {"issuers": ["交通"]}),
        ({"years": ["2023年"]}, {"years": [2023]}),
        ({"years": 2023}, {"years": [2023]}),
    ],
)
def test_every_field_of_a_scope_is_a_parameter_that_may_be_left_out(
    api: Api, chosen: dict[str, Any], scope: dict[str, Any]
) -> None:
    told = api.ask(ASKED, **chosen)
    assert told["scope"] == scope and told["answer"] != "12个"
    assert {each["document"]["title"] for each in (*told["citations"], *told["nearest"])} <= {"道路情况"}


def test_folders_and_numbers_too(api: Api, tmp_path: Path) -> None:
    assert api.ask(ASKED, folders=[str(tmp_path)], numbers=["青发[2024]第7号"])["answer"] == "12个"
    assert api.ask(ASKED, issuers=["交通"], numbers=["青发[2024]第7号"])["reason_code"] == "empty_scope"


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"issuers": ["北山"]}, "issuer '北山'"),
        ({"years": ["去年"]}, "found years: '去年'"),
        ({"documents": [7]}, "found documents: 7"),
        ({"folders": {"a": 1}}, "found folders: {'a': 1}"),
        ({"numbers": ["x"] * (MOST_VALUES + 1)}, "found numbers: 1001 > 1000"),
        ({"history": ["x"] * (MOST_VALUES + 1)}, "found history: 1001 > 1000"),
    ],
)
def test_what_is_wrong_is_one_line(api: Api, chosen: dict[str, Any], words: str) -> None:
    told = api.ask(ASKED, **chosen)
    assert set(told) == {"error"} and words in told["error"] and "\n" not in told["error"]


@pytest.mark.parametrize("question", ["", " ", None, 7, ["x"], "问" * 10**5])
def test_whatever_is_asked_is_answered(api: Api, question: Any) -> None:
    assert api.ask(question, [None, 7], None)["answered"] is False  # type: ignore[list-item]


def call(url: str, body: object, name: str = "ask", **headers: str) -> Any:
    """What comes of a call: the result, or the status and the words of a refusal."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    said = json.dumps(body)
    connection.request("POST", f"/gradio_api/call/v2/{name}", said, {"content-type": "application/json", **headers})
    answer = connection.getresponse()
    told = answer.read().decode()
    connection.close()
    if answer.status != 200:
        return answer.status, told
    status, events = get(url, f"/gradio_api/call/v2/{name}/{json.loads(told)['event_id']}")
    assert status == 200 and "event: complete" in events, events
    (line,) = [line for line in events.splitlines() if line.startswith("data: [")]
    return json.loads(line.removeprefix("data: "))[0]


def test_a_program_asks_the_running_page(tmp_path: Path) -> None:
    with running(tmp_path, *written(tmp_path)) as (url, _):
        assert call(url, {"question": ASKED})["answer"] == "12个"
        told = call(url, {"issuers": ["交通"], "question": ASKED})
        assert told["scope"] == {"issuers": ["交通"]} and told["answer"] != "12个"
        assert "北山" in call(url, {"question": ASKED, "issuers": ["北山"]})["error"]
        assert call(url, {"question": ASKED}, origin="http://example.org")[0] == 403
        for wrong in ({}, {"question": ASKED, "year": 2024}, {"question": "x" * 10**6}, [], ASKED):
            assert call(url, wrong)[0] == 400
        client = Client(url, verbose=False)
        assert client.predict(ASKED, years=[2024], api_name="/ask")["scope"] == {"years": [2024]}


def test_every_function_is_documented_with_each_of_its_parameters(tmp_path: Path) -> None:
    with running(tmp_path, *written(tmp_path)) as (url, _):
        said = json.loads(get(url, "/gradio_api/info")[1])
        assert list(said["named_endpoints"]) == [f"/{name}" for name in FUNCTIONS] and not said["unnamed_endpoints"]
        for name, function in FUNCTIONS.items():
            endpoint = said["named_endpoints"][f"/{name}"]
            assert endpoint["description"] == function.description
            parameters = {each["parameter_name"]: each for each in endpoint["parameters"]}
            assert list(parameters) == list(function.parameters)
            for parameter, schema in function.parameters.items():
                told = parameters[parameter]
                assert told["python_type"]["description"] == told["type"]["description"] == schema["description"]
                assert told["parameter_has_default"] == (parameter not in function.required)
                assert told["parameter_default"] == schema.get("default")
            assert endpoint["returns"][0]["type"]["anyOf"][0]["required"] == function.result["required"]
        for name, body in {
            "search": {"question": ASKED, "top_k": 1},
            "list_documents": {"query": "道路"},
            "open_source": {"document": "nobody"},
        }.items():
            assert isinstance(call(url, body, name), dict)
            assert call(url, body, name, origin="http://example.org")[0] == 403
            assert call(url, {**body, "path": "x"}, name)[0] == 400
        assert call(url, {}, "list_documents")["total"] == len(TEXTS)
        assert call(url, {}, "search")[0] == call(url, [], "open_source")[0] == 400
        for name in ("answer", "asked", "ask/../answer", "search/x/y"):
            assert call(url, {}, name)[0] == 404
