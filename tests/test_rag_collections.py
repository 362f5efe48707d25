"""Collections in a file: named, kept, changed by several at once, never lost; and what a question asks within them."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import collections
from rag.answer import Asked
from rag.collections import FILE, LOCK, CollectionStore, clean_name
from rag.errors import (
    BadCollectionName,
    CollectionExists,
    CollectionsDamaged,
    IndexBusy,
    IndexUnusable,
    NoSuchCollection,
    NotInIndex,
    ReadOnlyIndex,
)
from rag.index_store import verify
from rag.library import Library
from rag.members import Collection
from rag.scope import ResolvedScope, Scope, collected, contains
from rag.settings import load
from tests.fakes import HashEncoder


@pytest.fixture
def store(tmp_path: Path) -> CollectionStore:
    return CollectionStore(tmp_path)


def names(store: CollectionStore) -> list[str]:
    return [each.name for each in store.all()]


# names


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (" 惠农 ", "惠农"),
        ("e\u0301tat", "\u00e9tat"),
        ("a/b\\..", "a/b\\.."),
        ("<img src=x>", "<img src=x>"),
        ("字" * 60, "字" * 60),
        ("\U000f0000", "\U000f0000"),  # rare characters of GB 18030 stand in a private area
    ],
)
def test_what_a_collection_may_be_called(said: str, name: str) -> None:
    assert clean_name(said) == name


@pytest.mark.parametrize(
    "said",
    [
        *("", "  ", "\u3000", "字" * 61, "x" * 10**6, "a\nb", "a\x00", "\x1b[31m", "\ud800"),
        *("a\u202eb", "a\u200bb", "a\u2028b", None, 7, ["a"], {"a": 1}, b"a", True),
    ],
)
def test_what_it_may_not(store: CollectionStore, said: object) -> None:
    with pytest.raises(BadCollectionName) as caught:
        store.create(said)
    assert len(str(caught.value)) < 200 and str(caught.value).isprintable()
    assert store.all() == () and not list(store._folder.glob("*.json"))


@given(st.text(max_size=70))
def test_a_name_is_its_own(said: str) -> None:
    try:
        name = clean_name(said)
    except BadCollectionName:
        return
    assert clean_name(name) == name and 1 <= len(name) <= 60 and "\n" not in name
    name.encode("utf-8")


# changes


def test_begun_renamed_deleted_in_the_order_of_their_names(store: CollectionStore, tmp_path: Path) -> None:
    assert store.all() == () and store.stamp == ""
    assert [store.create(name) for name in ("惠农", "安全 ", "b2", "A1")] == ["惠农", "安全", "b2", "A1"]
    assert names(store) == ["A1", "b2", "安全", "惠农"], "as they are read aloud"
    store.put("惠农", ["/a/1.txt", "/b"])
    assert store.rename("惠農", " 惠农补贴 ") == "惠农补贴"
    assert store.find("惠农补贴") == Collection(name="惠农补贴", members=("/a/1.txt", "/b"))
    store.delete("Ａ１")
    store.delete("b2")
    assert names(store) == ["安全", "惠农补贴"] == names(CollectionStore(tmp_path))
    said = json.loads((tmp_path / FILE).read_text("ascii"))
    assert said == {"format": 1, "collections": {"安全": [], "惠农补贴": ["/a/1.txt", "/b"]}}


@pytest.mark.parametrize("name", ["惠农", "惠農", " 惠 农", "惠农　"])
def test_one_name_is_there_once_however_it_is_written(store: CollectionStore, name: str) -> None:
    store.create("惠农")
    store.create("其他")
    with pytest.raises(CollectionExists, match="惠农"):
        store.create(name)
    with pytest.raises(CollectionExists, match="惠农"):
        store.rename("其他", name)
    assert store.find(name).name == "惠农" and store.rename("惠农", name) == clean_name(name)


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.find("惠龙"),
        lambda store: store.delete("惠龙"),
        lambda store: store.rename("惠龙", "其他"),
        lambda store: store.put("惠龙", ["/a"]),
        lambda store: store.take("惠龙", ["/a"], []),
    ],
)
def test_one_that_is_not_there_is_said_with_the_nearest(
    store: CollectionStore, change: Callable[[CollectionStore], object]
) -> None:
    with pytest.raises(NoSuchCollection, match="the nearest there are: -"):
        change(store)
    store.create("惠农")
    before = store.stamp
    with pytest.raises(NoSuchCollection, match="'惠龙'; the nearest there are: 惠农"):
        change(store)
    assert store.stamp == before


def test_documents_go_in_and_out(store: CollectionStore) -> None:
    store.put("惠农", ["/a/1", "/a/2", "/a/1"], make=True)
    store.put("惠農", ["/a/3", "/b"], make=True)
    assert store.find("惠农").members == ("/a/1", "/a/2", "/a/3", "/b") and len(store.all()) == 1
    store.put("惠农", ["/a"])
    assert store.find("惠农").members == ("/b", "/a")
    assert store.take("惠农", ["/a/2", "/b"], ["/a/1", "/a/2", "/b"]) == ("/a",)
    assert store.find("惠农").members == ("/a/1",)
    with pytest.raises(BadCollectionName):
        store.put("\n", ["/a"], make=True)


def test_a_file_name_that_is_no_text_survives(store: CollectionStore, tmp_path: Path) -> None:
    store.put("惠农", ["/a/\udcff.txt"], make=True)
    assert CollectionStore(tmp_path).find("惠农").members == ("/a/\udcff.txt",)


def test_the_samples_have_none(tmp_path: Path) -> None:
    store = CollectionStore(tmp_path, read_only=True)
    for change in (lambda: store.create("a"), lambda: store.delete("a"), lambda: store.put("a", [], make=True)):
        with pytest.raises(ReadOnlyIndex):
            change()
    assert list(tmp_path.iterdir()) == []


# the file

GOOD = '{"format": 1, "collections": {"惠农": ["/a"]}}'


@pytest.mark.parametrize(
    "content",
    [
        *("", "{", "[]", "null", "7", '"x"', "{}", "\xff", "\x00" * 9, "[" * 10**5, GOOD[:-1], GOOD.replace("1", "2")),
        *(GOOD.replace('["/a"]', each) for each in ('"/a"', "7", "null", "[7]", "[null]", "[[]]", '{"/a": 1}')),
        *(
            GOOD.replace('{"惠农": ["/a"]}', each)
            for each in ("[]", '{"a\\nb": []}', '{"": []}', '{"a": [], "Ａ": []}')
        ),
    ],
)
def test_what_cannot_be_understood_is_said_and_left_alone(store: CollectionStore, tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content, encoding="latin-1" if content == "\xff" else "utf-8")
    before = (tmp_path / FILE).read_bytes()
    changes: list[Callable[[], object]] = [
        store.all,
        lambda: store.create("新"),
        lambda: store.put("惠农", ["/b"], make=True),
        lambda: store.delete("惠农"),
        lambda: store.rename("惠农", "新"),
    ]
    for change in changes:
        with pytest.raises(CollectionsDamaged) as caught:
            change()
        assert isinstance(caught.value, IndexUnusable) and str(tmp_path / FILE) in str(caught.value)
        assert len(str(caught.value)) < 300 + len(str(tmp_path)) and "\n" not in str(caught.value)
    with store.following(lambda: ["/a"]):
        pass
    assert (tmp_path / FILE).read_bytes() == before


def test_what_others_write_is_seen_and_a_half_written_file_is_not(store: CollectionStore, tmp_path: Path) -> None:
    store.create("一")
    (tmp_path / f"{FILE}.new").write_text('{"format": 1, "coll', encoding="ascii")  # the power went out
    stamp = store.stamp
    CollectionStore(tmp_path).create("二")
    assert names(store) == ["二", "一"] and store.stamp != stamp
    assert {path.name for path in tmp_path.iterdir()} == {FILE, LOCK}


def test_what_the_disk_refuses_leaves_the_old_file(
    store: CollectionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.create("一")

    def full(*_: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(collections.os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        store.create("二")
    assert names(store) == ["一"] == names(CollectionStore(tmp_path))


def test_threads_lose_nothing(tmp_path: Path) -> None:
    CollectionStore(tmp_path).create("共用")

    def work(number: int) -> None:
        store = CollectionStore(tmp_path)
        for n in range(5):
            store.create(f"{number}-{n}")
            store.put("共用", [f"/{number}/{n}"])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    store = CollectionStore(tmp_path)
    assert len(store.all()) == 21 and len(store.find("共用").members) == 20


WRITER = """
import sys
from pathlib import Path
from rag.collections import CollectionStore
assert not {"numpy", "gradio", "faiss"} & set(sys.modules)
for n in range(15):
    CollectionStore(Path(sys.argv[1])).put("共用", [f"/{sys.argv[2]}/{n}"], make=True)
"""


def test_two_processes_lose_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    running = [subprocess.Popen([*command, each]) for each in ("a", "b")]
    assert [each.wait(60) for each in running] == [0, 0]
    assert len(CollectionStore(tmp_path).find("共用").members) == 30


def test_a_writer_that_does_not_end_is_waited_for_and_named(
    store: CollectionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    monkeypatch.setattr(collections, "PATIENCE", 0.05)
    with FileLock(tmp_path / LOCK), pytest.raises(IndexBusy):
        store.create("一")
    assert store.create("一") == "一"


# in an index

NOTICES = {
    "东塘/a.txt": "东塘水渠\n\n水渠全长3.2公里。\n",
    "东塘/b.txt": "东塘泵站\n\n泵站共有12台水泵。\n",
    "西岭/a.txt": "西岭水渠\n\n水渠全长7.5公里。\n",
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = (tmp_path / "公文").resolve()
    for name, text in NOTICES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path, files: Path) -> Library:
    settings = load(index=str(tmp_path / "index"))
    library = Library(settings=settings, encoder=HashEncoder(), model=lambda _: None)
    library.add([str(files)])
    return library


def found(library: Library, *names: str, **more: Any) -> set[str]:
    scope = Scope(collections=names, **more)
    passages = library.search("水渠全长多少公里", scope=scope)
    assert {each.document.id for each in passages} <= set(ids(library, *names, **more))
    return {each.document.title for each in passages}


def ids(library: Library, *names: str, **more: Any) -> list[str]:
    scope = library.resolved(Scope(collections=names, **more))
    inside = [each.id for each in library.documents() if contains(scope, each)]
    assert library.within(scope) == len(inside) == library.within(Scope(collections=names, **more))
    return inside


def test_a_question_is_asked_within_collections(library: Library, files: Path) -> None:
    kept = library.collections
    kept.put("西", [str(files / "西岭" / "a.txt")], make=True)
    kept.put("东", [str(files / "东塘")], make=True)
    assert found(library, "西") == {"西岭水渠"} and "西岭水渠" not in found(library, "东")
    assert found(library, "西", "东") >= {"西岭水渠", "东塘水渠"}
    scope = Scope(collections=("西",))
    answer = library.ask("水渠全长多少公里？", scope=scope)
    assert answer.answer == "7.5公里" and answer.scope == scope and type(answer.scope) is Scope
    assert ids(library, "东", documents=("a.txt",)) == ids(
        library, "东", folders=(str(files),), documents=("东塘水渠",)
    )
    refused = library.ask("水渠全长多少公里？", scope=Scope(collections=("西",), folders=("东塘",)))
    assert (refused.reason, type(refused.scope)) == ("empty_scope", Scope)


def test_an_empty_collection_is_nothing_and_not_everything(library: Library) -> None:
    library.collections.create("空")
    assert found(library, "空") == set() and ids(library, "空") == []
    assert library.ask("水渠全长多少公里？", scope=Scope(collections=("空",))).reason == "empty_scope"
    library.collections.put("空", ["/nowhere/at/all.txt"])
    assert ids(library, "空") == []


def test_a_change_counts_with_the_next_question(library: Library, files: Path) -> None:
    library.collections.create("集")
    for expected in ([], ["西岭/a.txt"], ["西岭/a.txt", "东塘/b.txt"], ["东塘/b.txt"]):
        for path in NOTICES:
            if path in expected:
                library.collections.put("集", [str(files / path)])
            else:
                library.collections.take("集", [str(files / path)], [])
        assert library.within(Scope(collections=("集",))) == len(expected) == len(ids(library, "集"))


def test_what_comes_into_a_folder_is_in_and_what_is_read_again_stays_in(library: Library, files: Path) -> None:
    library.collections.put("东", [str(files / "东塘")], make=True)
    library.collections.put("西", [str(files / "西岭" / "a.txt")], make=True)
    (files / "东塘" / "c.txt").write_text("东塘水闸\n\n水闸共有3座。\n", encoding="utf-8")
    (files / "西岭" / "a.txt").write_text("西岭水渠\n\n水渠全长8.5公里。\n", encoding="utf-8")
    assert library.add([str(files)]).updated == 1
    assert len(ids(library, "东")) == 3 and len(ids(library, "西")) == 1
    assert library.ask("水渠全长多少公里？", scope=Scope(collections=("西",))).answer == "8.5公里"


@pytest.mark.parametrize("pruned", [True, False])
def test_what_leaves_the_index_leaves_the_collections(library: Library, files: Path, pruned: bool) -> None:
    path = files / "西岭" / "a.txt"
    library.collections.put("西", [str(path)], make=True)
    library.collections.put("都", [str(files)], make=True)
    if pruned:
        text = path.read_text("utf-8")
        path.unlink()
        library.add([str(files)], prune=True)
        path.write_text(text, encoding="utf-8")
    else:
        library.remove(ids(library, "西"))
    assert library.collections.find("西").members == () and len(ids(library, "都")) == 2
    library.add([str(files)])
    assert ids(library, "西") == [] and len(ids(library, "都")) == 3


def test_documents_can_be_removed_whatever_is_wrong_with_the_collections(library: Library) -> None:
    file = Path(library.folder) / FILE
    file.write_text("{", encoding="ascii")
    assert library.remove([library.documents()[0].id]) == 1 and file.read_text("ascii") == "{"
    with pytest.raises(CollectionsDamaged):
        library.search("水渠", scope=Scope(collections=("西",)))
    assert library.search("水渠")


def test_an_unknown_collection_is_said(library: Library) -> None:
    library.collections.create("惠农")
    scope = Scope(collections=("惠龙",))
    asking: list[Callable[[], object]] = [
        lambda: library.ask("水渠", scope=scope),
        lambda: library.search("水渠", scope=scope),
        lambda: library.within(scope),
        lambda: library.consult([Asked(question="水渠"), Asked(question="水渠", scope=scope)]),
    ]
    for ask in asking:
        with pytest.raises(NotInIndex, match="no collection '惠龙'; the nearest there are: 惠农"):
            ask()


def test_publishing_leaves_the_collections_alone(library: Library, files: Path) -> None:
    library.collections.put("东", [str(files / "东塘")], make=True)
    before = (Path(library.folder) / FILE).read_bytes()
    (files / "新.txt").write_text("新\n\n新来的。\n", encoding="utf-8")
    library.add([str(files)])
    assert (Path(library.folder) / FILE).read_bytes() == before
    assert verify(Path(library.folder)) == []
    library.check()


def test_a_scope_whose_collections_were_not_looked_up_is_never_everything(library: Library) -> None:
    record = library.documents()[0]
    scope = Scope(collections=("东",))
    with pytest.raises(ValueError, match="looked up first"):
        contains(scope, record)
    with pytest.raises(ValueError, match="looked up first"):
        library._snapshot().documents.within(scope)
    resolved = ResolvedScope(collections=("东",), members=(record.id,))
    assert contains(resolved, record) and collected(resolved) == {record.id} and collected(Scope()) is None
    assert resolved.said == scope and resolved.as_record() == {"collections": ["东"]} and bool(resolved)
