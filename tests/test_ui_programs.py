"""The functions for other programs: what they give is what the command line prints, whatever they are called with."""

import inspect
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from corpus.document import Paragraph
from rag.build import open_samples
from rag.library import Library
from rag.settings import Settings
from tests.fake_web_library import FakeLibrary, read
from ui.cli import main
from ui.page_api import Api
from ui.page_desk import Desk
from ui.program_functions import AROUND, FUNCTIONS, LONGEST_TEXT
from ui.program_results import ERROR

ASKED = "首批享受特殊到户电价的电子组装企业有多少家？"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("samples")
    return open_samples(Settings(home=folder, index=folder / "none", reader="none"))


@pytest.fixture
def api(library: Library, tmp_path: Path) -> Api:
    settings = Settings(home=tmp_path, index=tmp_path / "none", reader="none", language="zh")
    return Api(Desk(library, settings, lambda _: library), settings)


def over(folder: Path, *texts: str) -> Api:
    """The functions over documents of these texts, in English."""
    paths = [folder / f"{n}.txt" for n in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    library: Any = FakeLibrary([read(path) for path in paths])
    settings = Settings(home=folder, index=folder / "none", language="en")
    return Api(Desk(library, settings, lambda _: library), settings)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    main(arguments)

    def pathless(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: pathless(each) for key, each in value.items() if key not in ("path", "timing_ms")}
        return [pathless(each) for each in value] if isinstance(value, list) else value

    return pathless(json.loads(capsys.readouterr().out))


def untimed(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key != "timing_ms"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_schema_is_the_signature(name: str) -> None:
    function, signature = FUNCTIONS[name], inspect.signature(getattr(Api, name))
    parameters = list(signature.parameters.values())[1:]
    assert [each.name for each in parameters] == list(function.parameters)
    for each in parameters:
        schema = function.parameters[each.name]
        assert schema["description"] and (each.default is each.empty) == (each.name in function.required)
        assert each.default is each.empty or each.default == schema.get("default")
    jsonschema.Draft202012Validator.check_schema(function.input_schema())
    jsonschema.Draft202012Validator.check_schema(function.result)


def test_all_four_give_what_the_command_line_prints(api: Api, capsys: pytest.CaptureFixture[str]) -> None:
    assert untimed(api.ask(ASKED)) == printed(capsys, "ask", "--json", "--reader", "none", ASKED)
    assert api.search(ASKED, top_k=3) == printed(capsys, "search", "--json", "--top-k", "3", ASKED)
    years = printed(capsys, "search", "--json", "--year", "2020", ASKED)
    assert api.search(ASKED, years=[2020]) == years and years["scope"] == {"years": [2020]}
    documents = printed(capsys, "docs", "list", "--json")["documents"]
    listed = api.list_documents()
    assert (listed["documents"], listed["total"]) == (documents, len(documents))
    whole = printed(capsys, "docs", "list", "--json")["documents"][0]
    assert whole.pop("collections") == [] and api.open_source(whole["id"])["document"] == whole


def test_what_comes_back_is_what_the_schemas_say(api: Api) -> None:
    id = api.list_documents()["documents"][0]["id"]
    for name, told in (
        ("ask", api.ask(ASKED)),
        ("ask", api.ask("月亮上有几座环形山？")),
        ("search", api.search(ASKED)),
        ("list_documents", api.list_documents(limit=2)),
        ("open_source", api.open_source(id)),
        ("open_source", api.open_source(id, 5, 9)),
    ):
        jsonschema.validate(told, FUNCTIONS[name].result)
        assert '"path"' not in json.dumps(told)


def test_every_quote_can_be_checked(api: Api) -> None:
    cited, found = api.ask(ASKED)["citations"], api.search(ASKED)["passages"]
    assert cited and found
    for each, words in [(each, each["quote"]) for each in cited] + [(each, each["text"]) for each in found]:
        told = api.open_source(each["document"]["id"], each["start"], each["end"], around=30)
        assert told["quote"] == words == told["text"][told["start"] - told["text_start"] :][: len(words)]
        assert (told["section"], told["page"]) == (each["section"], each["page"])
        assert (told["paragraph"], told["address"]) == (each["paragraph"], each["address"])
        whole = api.open_source(each["document"]["id"])
        assert whole["text"][each["start"] : each["end"]] == words and whole["next"] is None


def test_a_long_document_is_read_in_pieces(tmp_path: Path) -> None:
    text = "\n".join(f"第{n}段说的是第{n}件事。" for n in range(5_000))
    api = over(tmp_path, text)
    id = api.list_documents()["documents"][0]["id"]
    pieces, start = [], 0
    while start is not None:
        told = api.open_source(id, start)
        pieces.append(told["text"])
        assert told["text"] == told["quote"] and len(told["text"]) <= LONGEST_TEXT
        start = told["next"]
    assert "".join(pieces) == text and len(pieces) == -(-len(text) // LONGEST_TEXT)
    told = api.open_source(id, 10, 12)
    assert (told["text_start"], told["text_end"], told["text"]) == (0, 12 + AROUND, text[: 12 + AROUND])
    assert api.open_source(id, 10, 12, around=0)["text"] == told["quote"] == text[10:12]


def test_an_offset_behind_the_last_paragraph_has_no_place(tmp_path: Path) -> None:
    document = read_text(tmp_path, "标题\n一段话。")
    library: Any = FakeLibrary([replace(document, paragraphs=(Paragraph(start=0, end=2),))])
    settings = Settings(home=tmp_path, index=tmp_path / "none", language="en")
    told = Api(Desk(library, settings, lambda _: library), settings).open_source(document.id, 4, 5)
    assert (told["paragraph"], told["section"], told["address"], told["page"]) == (None, [], "", None)


def read_text(folder: Path, text: str) -> Any:
    (folder / "text.txt").write_text(text, encoding="utf-8")
    return read(folder / "text.txt")


def test_documents_are_filtered_by_words_and_scope_and_come_in_pages(tmp_path: Path) -> None:
    head = "发文机关：{1}\n文号：{2}\n成文日期：{3}\n"
    rows = [
        ("关于稻田补贴的通知", "青禾市农业局", "青农〔2023〕4号", "2023-05-01"),
        ("关于茶园补贴的批复", "青禾市农业局、财政局", "青农〔2024〕5号", "2024-05-01"),
        ("關於道路的函", "青禾市交通局", "青交〔2024〕6号", "2024-06-01"),
    ]
    api = over(tmp_path, *(f"{row[0]}\n" + head.format(*row) for row in rows))

    def found(**chosen: Any) -> list[str]:
        told = api.list_documents(**chosen)
        assert told["total"] >= len(told["documents"])
        return [each["title"] for each in told["documents"]]

    titles = [row[0] for row in rows]
    assert found() == titles and found(query="  ") == titles
    assert found(query="补贴") == titles[:2]
    assert found(query="补贴 财政") == titles[1:2]
    assert found(query="关于道路") == titles[2:], "traditional and simplified are the same"
    assert found(query="青农[2023]4号") == found(query="青农（２０２３）４号") == titles[:1], "any brackets, any width"
    assert found(query="nothing") == []
    assert found(years=[2024]) == titles[1:] and found(years=[2024], query="补贴") == titles[1:2]
    assert found(issuers=["财政"]) == titles[1:2]
    assert found(offset=1, limit=1) == titles[1:2] and api.list_documents(offset=1, limit=1)["total"] == 3
    assert found(offset=10**9) == []


HUGE, LONE = 10**5000, "\ud800"
HOSTILE: list[tuple[str, dict[str, Any], str | None]] = [
    ("search", {"question": ""}, "question is empty"),
    ("search", {"question": None}, "question is empty"),
    ("search", {"question": 7}, "question must be a text, but is 7"),
    ("search", {"question": ["x" * 10**5]}, "question must be a text"),
    ("search", {"question": "x" * 10**5}, "question is too long: 100000 characters, at most 2000"),
    ("search", {"question": LONE}, None),
    ("search", {"question": "\x00"}, None),
    ("search", {"question": "补贴", "top_k": 0}, "top_k must lie between 1 and 100, but is 0"),
    ("search", {"question": "补贴", "top_k": HUGE}, "top_k must lie between 1 and 100"),
    ("search", {"question": "补贴", "top_k": -HUGE}, "top_k must lie between 1 and 100"),
    ("search", {"question": "补贴", "top_k": True}, "top_k must be a whole number, but is True"),
    ("search", {"question": "补贴", "top_k": "3"}, "top_k must be a whole number, but is '3'"),
    ("search", {"question": "补贴", "top_k": float("nan")}, "top_k must be a whole number, but is nan"),
    ("search", {"question": "补贴", "top_k": 2.0}, None),
    ("search", {"question": "补贴", "top_k": [HUGE]}, "top_k must be a whole number, but is list"),
    ("search", {"question": "补贴", "years": [HUGE]}, "found years: 10^18+"),
    ("search", {"question": "补贴", "years": [True]}, "found years: True"),
    ("search", {"question": "补贴", "issuers": [LONE]}, "has the issuer '\ufffd'"),
    ("search", {"question": "补贴", "issuers": ["a\nb"]}, "has the issuer 'a b'"),
    ("search", {"question": "补贴", "documents": ["x" * 10**5]}, "found documents: 100000 > 2000"),
    ("search", {"question": "补贴", "folders": [{"a": LONE}]}, "found folders"),
    ("ask", {"question": LONE, "history": [LONE, None, 7]}, None),
    ("ask", {"question": "补贴", "years": HUGE}, "found years: 10^18+"),
    ("list_documents", {"query": ["x"]}, "query must be a text"),
    ("list_documents", {"query": LONE}, None),
    ("list_documents", {"offset": -1}, "offset must lie between 0"),
    ("list_documents", {"offset": HUGE}, "offset must lie between 0"),
    ("list_documents", {"limit": 0}, "limit must lie between 1 and 1000, but is 0"),
    ("list_documents", {"offset": None, "limit": None, "query": None}, None),
    ("open_source", {"document": "nobody"}, "'nobody' names no document"),
    ("open_source", {"document": ""}, "document is empty"),
    ("open_source", {"document": LONE}, "names no document"),
    ("open_source", {"document": "%"}, "names no document"),
    ("open_source", {"document": "../../etc/passwd"}, "names no document"),
    ("open_source", {"document": {}}, "document must be a text"),
    ("open_source", {"start": -1}, "start must lie between 0"),
    ("open_source", {"start": 10**6}, "start is 1000000, but the document has"),
    ("open_source", {"end": HUGE}, "end must lie between 0"),
    ("open_source", {"start": 5, "end": 3}, "start (5) lies behind end (3)"),
    ("open_source", {"start": "0"}, "start must be a whole number"),
    ("open_source", {"start": 1, "end": 2, "around": 10**6}, "around must lie between 0 and 5000"),
    ("open_source", {"start": 0, "end": 0, "around": None}, None),
]


@pytest.mark.parametrize("way", ["method", "call"])
@pytest.mark.parametrize(("name", "passed", "words"), HOSTILE)
def test_whatever_is_passed_comes_to_a_record_or_to_one_line(
    library: Library, tmp_path: Path, name: str, passed: dict[str, Any], words: str | None, way: str
) -> None:
    settings = Settings(home=tmp_path, index=tmp_path / "none", reader="none", language="en")
    api = Api(Desk(library, settings, lambda _: library), settings)
    if name == "open_source" and "document" not in passed:
        passed = {"document": library.documents()[0].id, **passed}
    call: Callable[..., dict[str, Any]] = getattr(api, name)
    told = call(**passed) if way == "method" else api.call(name, passed)
    json.dumps(told, ensure_ascii=False, allow_nan=False).encode()
    jsonschema.validate(told, ERROR if words is not None else FUNCTIONS[name].result)
    assert words is None or (words in told["error"] and "\n" not in told["error"] and len(told["error"]) < 1000)


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("ask", [], "the arguments must be an object, but are []"),
        ("ask", {}, "the parameter question is missing"),
        ("open_source", {"start": 1}, "the parameter document is missing"),
        ("search", {"question": "x", "self": 1}, "there is no parameter 'self'"),
        ("search", {"question": "x", LONE: 1}, "there is no parameter"),
    ],
)
def test_a_call_by_name_is_checked(tmp_path: Path, name: str, arguments: object, words: str) -> None:
    assert words in over(tmp_path, "标题").call(name, arguments)["error"]


def test_what_nobody_foresaw_is_one_line_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    api = over(tmp_path, "标题")

    def broken(*arguments: Any, **named: Any) -> Any:
        raise ZeroDivisionError("somewhere\ndeep")

    monkeypatch.setattr(FakeLibrary, "search", broken)
    assert api.search("x") == {"error": "internal error (ZeroDivisionError); ask in another way"}
