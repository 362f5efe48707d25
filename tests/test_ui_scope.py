"""Choosing the documents to ask, from the command line over the real library: what is typed, said and answered."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ui.cli import main

NOTICES = {
    "东塘/a.txt": ("东塘水务局", "塘水〔2031〕7号", "2031年5月6日", "水渠全长3.2公里。"),
    "东塘/b.txt": ("东塘水务局", "塘水〔2030〕2号", "2030年2月1日", "水渠全长2.8公里。"),
    "西岭/a.txt": ("西岭水务局", "岭水〔2031〕9号", "2031年7月8日", "水渠全长7.5公里。"),
}
ASKED = "水渠全长多少公里？"


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str

    @property
    def record(self) -> dict[str, Any]:
        return dict(json.loads(self.out))


Wenju = Callable[..., Run]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("scope")
    for name, (issuer, number, date, text) in NOTICES.items():
        path = folder / "公文" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"{number}\n\n{issuer}关于{path.parent.name}水渠的通知{path.stem}\n\n各村：\n\n{text}\n\n{issuer}\n\n{date}\n",
            "utf-8",
        )
    assert main(["index", str(folder / "公文"), "--index", str(folder / "index")]) == 0
    return str(folder / "index")


@pytest.fixture
def wenju(index: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Wenju:
    monkeypatch.setenv("WENJU_THRESHOLD", "0")  # how sure the reader has to be is not what is tested here
    monkeypatch.setenv("WENJU_READER", "none")
    monkeypatch.setenv("WENJU_INDEX", index)

    def run(*arguments: str, stdin: bytes = b"") -> Run:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        code = main(arguments)
        said = capsys.readouterr()
        return Run(code, said.out, said.err)

    return run


def test_the_documents_say_what_the_tests_choose_by(wenju: Wenju) -> None:
    listed = wenju("docs", "--json").record["documents"]
    said = {(each["issuer"], each["number"]) for each in listed}
    assert said == {(issuer, number) for issuer, number, _, _ in NOTICES.values()}


@pytest.mark.parametrize(
    ("chosen", "answer", "scope"),
    [
        (("--issuer", "西岭"), "7.5公里", {"issuers": ["西岭"]}),
        (("--issuer", "西嶺水務局"), "7.5公里", {"issuers": ["西嶺水務局"]}),
        (("--year", "2030"), "2.8公里", {"years": [2030]}),
        (("--year", "２０３１年", "--folder", "东塘"), "3.2公里", {"folders": ["东塘"], "years": [2031]}),
        (("--number", "岭水(2031)第9号"), "7.5公里", {"numbers": ["岭水(2031)第9号"]}),
        (("--document", "b.txt"), "2.8公里", {"documents": ["b.txt"]}),
        (("--document", "西岭/a.txt", "--document", "西岭/a.txt"), "7.5公里", {"documents": ["西岭/a.txt"]}),
    ],
)
def test_a_question_is_answered_from_what_was_chosen(
    wenju: Wenju, chosen: tuple[str, ...], answer: str, scope: dict[str, object]
) -> None:
    told = wenju("ask", ASKED, *chosen, "--json")
    assert (told.code, told.record["answer"], told.record["scope"]) == (0, answer, scope)
    found = wenju("search", ASKED, *chosen, "--json").record
    assert found["scope"] == scope
    assert {p["document"]["id"] for p in found["passages"]} == {told.record["citations"][0]["document"]["id"]}


def test_without_a_choice_nothing_is_said_of_one(wenju: Wenju) -> None:
    assert "scope" not in wenju("ask", ASKED, "--json").record
    found = wenju("search", ASKED, "--json").record
    assert "scope" not in found and len({p["document"]["id"] for p in found["passages"]}) == 3


def test_a_folder_as_seen_from_here(wenju: Wenju, index: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(index).parent / "公文" / "东塘")
    for folder in (".", "./", "../东塘"):
        found = wenju("search", ASKED, "--folder", folder, "--json").record["passages"]
        assert {Path(p["document"]["path"]).parent.name for p in found} == {"东塘"}
    assert wenju("search", ASKED, "--folder", "../西岭", "--json").record["passages"][0]["document"]["number"] == (
        "岭水〔2031〕9号"
    )


def test_a_choice_that_nothing_fits_is_an_honest_no(wenju: Wenju) -> None:
    chosen = ("--issuer", "西岭", "--year", "2030")
    told = wenju("ask", ASKED, *chosen, "--json")
    assert (told.code, told.record["reason_code"], told.record["reason"]) == (
        1,
        "empty_scope",
        "没有一个文件符合选定的范围。",
    )
    assert wenju("ask", ASKED, *chosen, "--lang", "en").out == "No document fits the chosen scope.\n"
    assert wenju("search", ASKED, *chosen).code == 1


def test_a_refusal_within_a_scope_says_that_only_that_was_asked(wenju: Wenju, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_THRESHOLD", "1")
    told = wenju("ask", "堤坝由谁设计的？", "--year", "2030")
    assert told.code == 1 and told.out.startswith("在选定的范围里没有找到")
    assert wenju("ask", "堤坝由谁设计的？").out.startswith("在文件里没有找到")


@pytest.mark.parametrize("command", [("ask", ASKED), ("search", ASKED), ("chat",)])
def test_an_unknown_name_is_one_line_with_the_nearest_and_code_2(wenju: Wenju, command: tuple[str, ...]) -> None:
    told = wenju(*command, "--issuer", "西岭水利局")
    assert (told.code, told.out) == (2, "")
    assert told.err == ("错误：索引里没有一个文件的发文机关是“西岭水利局”；最接近的有：西岭水务局; 东塘水务局\n")
    english = wenju(*command, "--number", "塘水〔2031〕8号", "--lang", "en")
    assert english.code == 2 and english.err.startswith(
        "Error: no document of this index has the document number '塘水〔2031〕8号'; the nearest there are: 塘水〔203"
    )


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (("--year", "去年"), "--year 的值不对：“去年”不是四位数的年份"),
        (("--year", "20"), "“20”不是四位数的年份"),
        (("--issuer", " "), "--issuer 的值不对：里面什么也没有"),
        (("--number",), "选项 --number 后面要有值"),
    ],
)
def test_a_value_that_cannot_be_meant_is_bad_usage(wenju: Wenju, option: tuple[str, ...], words: str) -> None:
    told = wenju("ask", ASKED, *option)
    assert told.code == 2 and told.out == "" and words in told.err


def test_a_conversation_stays_within_its_scope(wenju: Wenju) -> None:
    typed = f"{ASKED}\n那水渠呢？\n:new\n{ASKED}\n".encode()
    told = wenju("chat", "--issuer", "西岭", stdin=typed)
    assert told.code == 0 and "在问 1 个文件" in told.err
    assert told.out.count("7.5公里。") == 3 and "3.2公里" not in told.out and "2.8公里" not in told.out


# ask --file


def test_each_line_has_its_own_scope_or_that_of_the_command(wenju: Wenju) -> None:
    lines = [
        {"question": ASKED, "scope": {"issuers": "西岭"}},
        {"question": ASKED},
        {"question": "那水渠呢？", "history": [ASKED], "scope": {"years": ["2031年"], "folders": ["东塘"]}},
        {"question": ASKED, "scope": {"issuers": ["西岭"], "years": 2030}},
        {"question": ASKED, "scope": None},
        {"question": ASKED, "scope": {}},
    ]
    typed = "\n".join(json.dumps(line) for line in lines).encode()
    told = wenju("ask", "--file", "-", "--year", "2030", "--json", stdin=typed)
    records = [json.loads(line) for line in told.out.splitlines()]
    assert told.code == 0
    assert [each["answer"] for each in records[:5]] == ["7.5公里", "2.8公里", "3.2公里", "", "2.8公里"]
    assert [each.get("scope") for each in records] == [
        {"issuers": ["西岭"]},
        {"years": [2030]},
        {"folders": ["东塘"], "years": [2031]},
        {"issuers": ["西岭"], "years": [2030]},
        {"years": [2030]},
        None,
    ]
    assert records[3]["reason_code"] == "empty_scope"


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ("东塘", "found '东塘'"),
        ([], "found []"),
        ({"year": 2030}, "found 'year'"),
        ({"years": "去年"}, "found years: '去年'"),
        ({"issuers": [7]}, "found issuers: 7"),
        ({"issuers": ["西岭", "北山"]}, "no document of this index has the issuer '北山'; the nearest there are: "),
    ],
)
def test_a_line_with_a_wrong_scope_is_named_before_anything_is_answered(
    wenju: Wenju, scope: object, words: str
) -> None:
    lines = [{"question": ASKED}, {"question": ASKED, "scope": scope}]
    typed = "\n\n".join(json.dumps(line) for line in lines).encode()
    told = wenju("ask", "--file", "-", "--json", "--lang", "en", stdin=typed)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("Error: -, line 3: ") and told.err.count("\n") == 1
    assert words in told.err
