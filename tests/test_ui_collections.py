"""Collections from the command line over the real library: made, filled, asked, renamed, emptied, deleted."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from rag.collections import FILE
from rag.settings import Settings
from tests.fake_web_library import FakeLibrary, read
from tests.test_ui_page_scope import TEXTS
from tests.test_ui_scope import ASKED, Run, Wenju
from ui.cli import main
from ui.collection_size import Size, lies_in, size_of
from ui.page_api import Api
from ui.page_desk import Desk
from ui.program_functions import FUNCTIONS

NOTICES = {
    "东塘/a.txt": "东塘水渠\n\n水渠全长3.2公里。\n",
    "东塘/b.txt": "东塘泵站\n\n泵站共有12台水泵。\n",
    "西岭/a.txt": "西岭水渠\n\n水渠全长7.5公里。\n",
}


def counts(run: Run) -> dict[str, int]:
    return {each["name"]: each["documents"] for each in run.record["collections"]}


@pytest.fixture
def wenju(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Wenju:
    for name, value in (("THRESHOLD", "0"), ("READER", "none"), ("INDEX", str(tmp_path / "index"))):
        monkeypatch.setenv(f"WENJU_{name}", value)

    def run(*arguments: str) -> Run:
        capsys.readouterr()
        code = main(arguments)
        said = capsys.readouterr()
        return Run(code, said.out, said.err)

    return run


@pytest.fixture
def files(tmp_path: Path, wenju: Wenju) -> Path:
    folder = (tmp_path / "公文").resolve()
    for name, text in NOTICES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    assert wenju("index", str(folder)).code == 0
    return folder


def ids(wenju: Wenju) -> dict[str, str]:
    return {each["title"]: each["id"] for each in wenju("docs", "--json").record["documents"]}


def test_a_collection_from_its_beginning_to_its_end(wenju: Wenju, files: Path) -> None:
    assert wenju("collections").err == "还没有集合；用 wenju collections create 名称 新建。\n"
    assert wenju("collections", "create", " 水渠 ").out == "建好了集合“水渠”。\n"
    known = ids(wenju)
    east, west, pumps = known["东塘水渠"], known["西岭水渠"], known["东塘泵站"]
    assert wenju("collections", "put", "水渠", east[:6], west, west).out == "已把 2 份文件放进“水渠”。\n"
    assert counts(wenju("collections", "put", "水渠", pumps, "--json")) == {"水渠": 3}
    assert wenju("collections", "take", "水渠", pumps, "--lang", "en").out.startswith("1 documents taken out of “水渠”")
    assert wenju("collections", "rename", "水渠", "渠道").out == "改名为“渠道”。\n"
    listed = wenju("collections", "list")
    assert listed.out.startswith("渠道  2 份文件 4 段  约 ") and listed.out.endswith(" MB\n") and not listed.err
    told = wenju("ask", ASKED, "--collection", "渠道", "--document", "西岭水渠", "--json").record
    assert (told["answer"], told["scope"]) == ("7.5公里", {"documents": ["西岭水渠"], "collections": ["渠道"]})
    shown = wenju("docs", "show", west, "--json").record
    assert shown["collections"] == ["渠道"]
    inside = {each["title"]: each["collections"] for each in wenju("docs", "--json").record["documents"]}
    assert inside == {"东塘水渠": ["渠道"], "西岭水渠": ["渠道"], "东塘泵站": []}
    assert wenju("collections", "remove", "渠道").out == "已删除集合“渠道”；文件都还在库里。\n"
    assert wenju("collections", "--json").record == {"collections": []} and len(ids(wenju)) == 3


def test_what_is_indexed_goes_into_a_collection_with_what_comes_later(wenju: Wenju, files: Path) -> None:
    told = wenju("index", str(files / "东塘"), str(files / "西岭" / "a.txt"), "--collection", "都有")
    assert told.code == 0 and counts(wenju("collections", "--json")) == {"都有": 3}
    assert wenju("index", str(files / "西岭" / "a.txt"), "--collection", "西", "--json").record["unchanged"] == 1
    (files / "东塘" / "c.txt").write_text("东塘水闸\n\n水闸共有3座。\n", encoding="utf-8")
    (files / "西岭" / "c.txt").write_text("西岭水闸\n\n水闸共有5座。\n", encoding="utf-8")
    (files / "bad.xyz").write_text("x")
    assert wenju("index", str(files)).code == 0
    assert wenju("index", str(files / "bad.xyz"), "--collection", "坏").code == 2
    assert counts(wenju("collections", "--json")) == {"坏": 0, "都有": 4, "西": 1}
    taken = wenju("collections", "take", "都有", ids(wenju)["东塘水闸"])
    assert f"文件夹 {files / '东塘'} 里以后新来的文件不再自动归入“都有”" in taken.err
    assert counts(wenju("collections", "--json"))["都有"] == 3
    assert wenju("search", "水闸", "--collection", "都有", "--collection", "西", "--json").record["scope"] == {
        "collections": ["都有", "西"]
    }


def test_a_name_that_cannot_be_one_is_told_before_anything_is_indexed(wenju: Wenju, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲\n", encoding="utf-8")
    for name in ("字" * 61, "a\nb"):
        told = wenju("index", str(tmp_path / "a.txt"), "--collection", name)
        assert told.code == 2 and told.err.count("\n") == 1 and "不能作集合的名称" in told.err
    assert wenju("index", str(tmp_path / "a.txt"), "--collection", " ").code == 2
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("fill",), "“fill”不是 list、create"),
        (("list", "x"), "list 应写成 wenju collections list"),
        (("create",), "create 应写成 wenju collections create 名称"),
        (("rename", "a"), "rename 应写成 wenju collections rename 旧名 新名"),
        (("put", "a"), "put 应写成 wenju collections put 名称 编号..."),
        (("take", "惠农", "00nothing"), "“00nothing”在索引里没有对应的文件"),
        (("remove", "惠龙"), "没有集合“惠龙”；最接近的有：惠农"),
        (("put", "惠龙", "ID"), "没有集合“惠龙”；最接近的有：惠农"),
        (("create", "惠農"), "已经有集合“惠农”了"),
        (("create", "\x1b[31m"), "不能作集合的名称"),
    ],
)
def test_what_is_wrong_is_one_line_and_code_2(
    wenju: Wenju, files: Path, arguments: tuple[str, ...], words: str
) -> None:
    assert wenju("collections", "create", "惠农").code == 0
    id = next(iter(ids(wenju).values()))
    told = wenju("collections", *(id if each == "ID" else each for each in arguments))
    assert (told.code, told.out) == (2, "") and words in told.err and told.err.count("\n") == 1


@pytest.mark.parametrize("command", [("ask", ASKED), ("search", ASKED), ("chat",)])
def test_an_unknown_collection_is_named_with_the_nearest(wenju: Wenju, files: Path, command: tuple[str, ...]) -> None:
    wenju("collections", "create", "惠农")
    told = wenju(*command, "--collection", "惠龙", "--lang", "en")
    assert told.code == 2 and "this index has no collection '惠龙'; the nearest there are: 惠农" in told.err
    empty = wenju("ask", ASKED, "--collection", "惠农", "--json")
    assert empty.code == 1 and empty.record["reason_code"] == "empty_scope"


def test_a_damaged_file_is_said_with_code_3_and_the_documents_can_be_asked(wenju: Wenju, files: Path) -> None:
    file = files.parent / "index" / FILE
    file.write_text("{", encoding="ascii")
    for command in (("list",), ("create", "x"), ("remove", "x")):
        told = wenju("collections", *command)
        assert (told.code, told.out) == (3, "") and str(file) in told.err and "文件一份也不会丢" in told.err
    assert wenju("search", ASKED).code == 0 and wenju("docs").code == 0
    assert wenju("doctor", "--json").record["index"]["ok"] is True
    assert file.read_text("ascii") == "{"


def test_the_samples_have_no_collections(wenju: Wenju, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WENJU_INDEX")
    assert wenju("collections", "--json").record == {"collections": []}
    told = wenju("collections", "create", "x")
    assert told.code == 2 and "自带的示例不能修改" in told.err


def test_help_needs_no_heavy_library() -> None:
    script = (
        "import sys; from ui.cli import main; main(['collections', '--help']); main(['index', '--help']);"
        "assert not {'numpy', 'gradio', 'faiss', 'torch', 'filelock'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0


def test_an_evaluation_asks_one_collection(wenju: Wenju, files: Path, tmp_path: Path) -> None:
    test_set = tmp_path / "test.jsonl"
    test_set.write_text(json.dumps({"question": ASKED, "answers": ["7.5公里"]}) + "\n", encoding="utf-8")
    assert wenju("index", str(files / "西岭"), "--collection", "西").code == 0
    assert wenju("index", str(files / "东塘"), "--collection", "东").code == 0
    told = wenju("eval", str(test_set), "--collection", "西", "--json").record
    assert (told["answerable"]["em"], told["scope"]) == (1.0, {"collections": ["西"]})
    assert wenju("eval", str(test_set), "--collection", "东", "--json").record["answerable"]["em"] == 0.0
    assert "没有集合“北”" in wenju("eval", str(test_set), "--collection", "北").err


# what it takes


def test_a_collection_takes_its_share_of_the_index_and_its_uploads(tmp_path: Path) -> None:
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text(f"{name}\n" + "字" * 45, encoding="utf-8")
    documents = [read(tmp_path / name) for name in ("甲.txt", "乙.txt")]
    records = FakeLibrary(documents).documents()
    size = size_of(records[:1], records, index=1000, kept=lies_in(tmp_path))
    assert size == Size(documents=1, paragraphs=2, index=500, uploads=(tmp_path / "甲.txt").stat().st_size)
    assert size_of(records, records, index=1000, kept=lies_in(tmp_path / "other")).uploads == 0
    (tmp_path / "甲.txt").unlink()
    assert size_of(records[:1], records, index=1000, kept=lies_in(tmp_path)).uploads == 0
    assert size_of((), (), index=1000, kept=bool) == Size(documents=0, paragraphs=0, index=0, uploads=0)


# programs


@pytest.fixture
def api(tmp_path: Path) -> Api:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    library: Any = FakeLibrary([read(tmp_path / name) for name in TEXTS])
    library.collections.put("道路", [str(tmp_path / "roads.txt")], make=True)
    library.collections.create("空")
    settings = Settings(home=tmp_path, index=tmp_path / "default", language="en")
    return Api(Desk(library, settings, lambda _: library), settings)


def test_programs_choose_and_see_collections(api: Api) -> None:
    told = api.list_documents()
    assert {each["title"]: each["collections"] for each in told["documents"]} == {"园区情况": [], "道路情况": ["道路"]}
    jsonschema.validate(told, FUNCTIONS["list_documents"].result)
    told = api.list_documents(collections=["道路"])
    assert [each["title"] for each in told["documents"]] == ["道路情况"] and told["scope"] == {"collections": ["道路"]}
    assert api.list_documents(collections=["空"])["total"] == 0
    assert api.ask("青禾市共有主要道路多少条", collections=["道路"])["answer"] == "340条"
    assert api.ask("青禾市共有产业园区多少个", collections=["道路"])["answer"] != "12个"
    assert api.ask("青禾市共有产业园区多少个", collections=["空"])["reason_code"] == "empty_scope"
    assert api.search("道路", collections=["空"])["scope"] == {"collections": ["空"]}


@pytest.mark.parametrize("name", ["ask", "search", "list_documents"])
@pytest.mark.parametrize(
    ("said", "words"),
    [
        (["道理"], "this index has no collection '道理'; the nearest there are: 道路"),
        (["\ud800"], "no collection '\ufffd'"),
        ([7], "found collections: 7"),
        ({"a": 1}, "found collections: {'a': 1}"),
        (["x" * 10**5], "found collections: 100000 > 2000"),
    ],
)
def test_what_programs_say_wrong_is_one_line(api: Api, name: str, said: Any, words: str) -> None:
    asked = {} if name == "list_documents" else {"question": "道路"}
    told = api.call(name, {**asked, "collections": said})
    assert set(told) == {"error"} and words in told["error"] and "\n" not in told["error"]


def test_a_damaged_file_is_an_error_for_programs_that_need_it_alone(api: Api) -> None:
    Path(api._desk.library.collections._folder, FILE).write_text("{", encoding="ascii")
    assert "the collections cannot be read" in api.list_documents()["error"]
    assert "error" not in api.ask("青禾市共有主要道路多少条")
    id = api._desk.documents()[0].id
    assert "error" not in api.open_source(id)
