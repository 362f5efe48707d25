"""Collections on the page: chosen, made, filled and deleted by clicks that may say anything; what is shown of them."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.collections import FILE
from rag.errors import NoSuchCollection
from rag.evaluation.feedback import FeedbackStore
from rag.scope import Scope
from rag.settings import Settings
from tests.fake_web_library import FakeLibrary, read
from ui.page_collected import Collected
from ui.page_collection_row import row_html
from ui.page_collections import CollectionsHandlers
from ui.page_desk import Desk
from ui.page_documents import DocumentsHandlers
from ui.page_exchange import Exchange
from ui.page_feedback_handlers import FeedbackHandlers
from ui.page_handlers import Handlers
from ui.page_listing import View
from ui.page_paths import Places
from ui.page_scope import choices_of, chosen, kept, named, scope_html
from ui.page_uploads import Upload

NASTY = '<img src=x onerror="window.hit=1">'
TEXTS = {
    "parks.txt": "园区情况\n发文机关：青禾市政府\n青禾市共有产业园区12个。\n",
    "roads.txt": "道路情况\n发文机关：青禾市交通局\n青禾市共有主要道路340条。\n",
    "ports.txt": "港口情况\n发文机关：青禾市交通局\n青禾市共有港口3个。\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = (tmp_path / "own").resolve()
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def desk(tmp_path: Path, folder: Path) -> Desk:
    library: Any = FakeLibrary([read(folder / name) for name in TEXTS])
    settings = Settings(home=tmp_path / "home", index=tmp_path / "home" / "default")
    return Desk(library, settings, lambda _: library)


@pytest.fixture
def documents(desk: Desk, tmp_path: Path, folder: Path) -> DocumentsHandlers:
    settings = Settings(home=tmp_path / "home", index=tmp_path / "home" / "default")
    (tmp_path / "incoming").mkdir()
    return DocumentsHandlers(desk, settings, tmp_path / "incoming", Places(allowed=(folder,)))


@pytest.fixture
def handlers(documents: DocumentsHandlers) -> CollectionsHandlers:
    return documents.collections


def id_of(desk: Desk, title: str) -> str:
    return next(record.id for record in desk.documents() if record.title == title)


def titles(documents: DocumentsHandlers, view: View) -> list[str]:
    return re.findall(r'class="file-title">([^<]*)<', documents.files("zh", view))


def sent(folder: Path, name: str, text: str) -> list[dict[str, str]]:
    path = folder / f"sent-{name}"
    path.write_text(text, encoding="utf-8")
    return [{"path": str(path), "orig_name": name}]


def counts(desk: Desk) -> dict[str, int]:
    return dict(desk.collected().counts)


# the row


def test_the_row_has_every_collection_and_what_can_be_done_with_the_chosen_one() -> None:
    none = row_html({}, 3, "", "zh")
    assert "<select" not in none and "新建集合" in none and "data-drop" not in none
    some = row_html({"惠农": 2, NASTY: 0}, 3, "", "zh")
    assert "全部文件（3）" in some and "惠农（2）" in some and "selected>全部文件" in some and "data-drop" not in some
    one = row_html({"惠农": 2, NASTY: 0}, 3, NASTY, "en")
    assert "<img" not in one and "&lt;img" in one and "All documents (3)" in one
    for needed in (
        "data-drop",
        "data-ask-remove",
        "data-keep",
        'data-form="rename"',
        "Its documents stay in the index",
    ):
        assert needed in one
    for control in re.findall(r"<(?:select|input)[^>]*>", one):
        assert "aria-label=" in control


def test_made_chosen_renamed_and_deleted(handlers: CollectionsHandlers, desk: Desk) -> None:
    view, said = handlers.make(View(words="a", issuer="b", page=3), " 惠农 ", "zh")
    assert (view.collection, view.words, view.issuer, view.page) == ("惠农", "a", "", 0)
    assert "建好了集合“惠农”" in said and "selected>惠农（0）" in handlers.row(view, "zh")
    again, said = handlers.make(view, "惠農", "zh")
    assert again == view and 'role="alert"' in said and "已经有集合“惠农”了" in said
    renamed, said = handlers.rename(view, "惠农", NASTY, "zh")
    assert renamed.collection == NASTY and "<img" not in said + handlers.row(renamed, "zh")
    assert handlers.rename(View(), NASTY, "新", "zh")[0] == View(), "another tab goes on looking at everything"
    assert handlers.chosen(renamed) == "" and "selected>全部文件" in handlers.row(renamed, "zh")
    left, said = handlers.delete(View(collection="新"), "新", "zh")
    assert left == View() and "文件都还在库里" in said and counts(desk) == {} and len(desk.documents()) == 3
    assert 'role="alert"' in handlers.delete(View(), "新", "zh")[1]


STRANGE = [None, 7, True, [], ["惠农"], {"a": 1}, "", " ", "\ud800", "\x00", "不存在", "x" * 10**6, "__class__"]


@pytest.mark.parametrize("wrong", STRANGE)
def test_clicks_may_say_anything(handlers: CollectionsHandlers, desk: Desk, wrong: object) -> None:
    handlers.make(View(), "惠农", "zh")
    view = View(collection="惠农")
    id = desk.documents()[0].id
    assert handlers.choose(view, wrong).collection == ""
    said = [
        handlers.rename(view, wrong, "新", "zh")[1],
        handlers.delete(view, wrong, "zh")[1],
        handlers.put([id], wrong, "zh"),
        handlers.take([id], wrong, "zh"),
        handlers.put(wrong, "惠农", "zh"),
        handlers.take(wrong, "惠农", "zh"),
    ]
    if wrong not in ("不存在", "__class__"):
        said += [handlers.make(view, wrong, "zh")[1], handlers.rename(view, "惠农", wrong, "zh")[1]]
    for each in said:
        assert 'role="alert"' in each and len(each) < 1000
        each.encode("utf-8")
    assert counts(desk) == {"惠农": 0}


def test_the_samples_have_no_row(tmp_path: Path, folder: Path) -> None:
    samples: Any = FakeLibrary([read(folder / "parks.txt")], read_only=True)
    settings = Settings(home=tmp_path, index=tmp_path / "default")
    handlers = CollectionsHandlers(Desk(samples, settings, lambda _: samples))
    assert handlers.row(View(), "zh") == ""
    assert "不能修改" in handlers.make(View(), "惠农", "zh")[1]


# what is in it


def test_ticked_documents_go_in_and_out(handlers: CollectionsHandlers, desk: Desk, folder: Path) -> None:
    for name in ("惠农", "交通"):
        handlers.make(View(), name, "zh")
    both = [id_of(desk, "道路情况"), id_of(desk, "港口情况")]
    assert "已把 2 份文件放进“交通”" in handlers.put([*both, "gone", None, 7], "交通", "zh")
    assert counts(desk) == {"惠农": 0, "交通": 2}
    handlers.put(both[:1], "惠农", "zh")
    assert desk.collected().names[str(folder / "roads.txt")] == ("惠农", "交通")
    assert "已从“交通”移出 1 份" in handlers.take(both[:1], "交通", "zh") and counts(desk) == {"惠农": 1, "交通": 1}
    assert len(desk.documents()) == 3


def test_the_list_shows_the_chosen_collection_alone(documents: DocumentsHandlers, desk: Desk) -> None:
    kept = documents.collections
    kept.make(View(), "交通", "zh")
    empty = View(collection="交通")
    assert "“交通”里还没有文件" in documents.files("zh", empty)
    kept.put([id_of(desk, "道路情况"), id_of(desk, "港口情况")], "交通", "zh")
    assert titles(documents, empty) == ["道路情况", "港口情况"]
    shown = documents.files("zh", empty)
    assert "2 份文件" in shown and 'data-take="交通"' in shown and "data-put" not in shown
    assert "data-put" in documents.files("zh") and "data-take" not in documents.files("zh")
    narrowed = View(collection="交通", words="港口")
    assert "找到 1 份，共 2 份" in documents.files("zh", narrowed) and "园区" not in documents.finder(empty, "zh")
    assert len(titles(documents, View(collection="删掉了"))) == 3, "one that is gone is everything again"
    details = documents.files("zh", View(opened=id_of(desk, "港口情况")))
    assert "<dt>集合</dt><dd>交通</dd>" in details
    assert "<dt>集合</dt>" not in documents.files("zh", View(opened=id_of(desk, "园区情况")))


def test_what_is_added_goes_into_the_chosen_collection(
    documents: DocumentsHandlers, desk: Desk, tmp_path: Path, folder: Path
) -> None:
    documents.collections.make(View(), "新来", "zh")
    view = View(collection="新来")
    files = sent(tmp_path / "incoming", "甲.txt", "甲\n共3个。\n") + sent(tmp_path / "incoming", "坏.xyz", "x")
    assert "已添加 1 份" in list(documents.upload(files, "zh", view=view))[-1]
    assert titles(documents, view) == ["甲"]
    (folder / "夹").mkdir()
    (folder / "夹" / "乙.txt").write_text("乙\n共4个。\n", encoding="utf-8")
    list(documents.add_path("夹", "zh", view))
    list(documents.add_path("roads.txt", "zh", view))
    assert set(titles(documents, view)) == {"甲", "乙", "道路情况"}
    (folder / "夹" / "丙.txt").write_text("丙\n共5个。\n", encoding="utf-8")
    list(documents.add_path("夹", "zh"))
    assert set(titles(documents, view)) == {"甲", "乙", "丙", "道路情况"}
    assert "以后新来的文件不再自动归入“新来”" in documents.collections.take([id_of(desk, "乙")], "新来", "zh")
    list(documents.upload(sent(tmp_path / "incoming", "丁.txt", "丁\n共6个。\n"), "zh"))
    assert set(titles(documents, view)) == {"甲", "丙", "道路情况"}


def test_a_collection_that_is_deleted_meanwhile_costs_no_document(
    documents: DocumentsHandlers, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "甲.txt"
    path.write_text("甲\n共3个。\n", encoding="utf-8")
    with pytest.raises(NoSuchCollection):
        list(desk.add([Upload(path=path, name="甲.txt")], "新来"))
    assert "甲" in titles(documents, View(collection="新来"))


def test_a_removed_document_leaves_its_collections(documents: DocumentsHandlers, desk: Desk, folder: Path) -> None:
    documents.collections.make(View(), "交通", "zh")
    documents.collections.put([id_of(desk, "道路情况")], "交通", "zh")
    documents.remove([id_of(desk, "道路情况")], "zh")
    assert counts(desk) == {"交通": 0}
    list(documents.add_path("roads.txt", "zh"))
    assert counts(desk) == {"交通": 0} and len(desk.documents()) == 3


def test_the_foot_says_what_the_collection_takes(documents: DocumentsHandlers, desk: Desk, tmp_path: Path) -> None:
    documents.collections.make(View(), "新来", "zh")
    view = View(collection="新来")
    list(documents.upload(sent(tmp_path / "incoming", "甲.txt", "甲\n共3个。\n"), "zh", view=view))
    shown = documents.foot("zh", view)
    assert "“新来”：1 份文件，2 段" in shown and "约占索引 0 MB，保存的上传文件 0.1 MB" in shown
    assert "共 4 份文件" in documents.foot("zh") and "“New" not in documents.foot("en", View(collection="New"))


def test_another_tab_notices(documents: DocumentsHandlers) -> None:
    before = documents.state()
    documents.collections.make(View(), "新", "zh")
    assert documents.state() != before


def test_a_damaged_file_is_said_and_the_documents_are_there(documents: DocumentsHandlers, desk: Desk) -> None:
    Path(desk.library.collections._folder, FILE).write_text("{", encoding="ascii")
    assert "集合的记录读不出来" in documents.collections.row(View(), "zh")
    view = View(collection="交通")
    assert len(titles(documents, view)) == 3 and "共 3 份" in documents.foot("zh", view)
    assert 'role="alert"' in documents.collections.make(View(), "新", "zh")[1]
    assert "已移除" in documents.remove([desk.documents()[0].id], "zh")


def test_what_is_in_which_is_looked_up_once(desk: Desk) -> None:
    first = desk.collected()
    assert desk.collected() is first
    desk.library.collections.create("新")
    assert desk.collected() is not first and desk.collected().counts == {"新": 0}
    assert Collected.of((), ()) == Collected()


# asking


@pytest.fixture
def chat(desk: Desk, tmp_path: Path) -> Handlers:
    settings = Settings(home=tmp_path, index=tmp_path / "default")
    return Handlers(desk, settings, (), FeedbackHandlers(FeedbackStore(tmp_path)))


def answered(chat: Handlers, question: str, scope: Scope) -> Exchange:
    asked = chat.asked(question, (), scope)
    assert asked is not None
    *_, told = chat.answered(asked, asked[-1].key, "zh")
    return told[-1]


def test_the_row_above_the_question_has_the_collections_first(chat: Handlers, desk: Desk, folder: Path) -> None:
    assert 'data-field="collections"' not in chat.scope(Scope(), "zh")
    desk.library.collections.put("交通", [str(folder / "roads.txt")], make=True)
    desk.library.collections.create(NASTY)
    scope = chat.chosen([], [], [], ["交通", "没有", None])
    assert scope == Scope(collections=("交通",))
    shown = chat.scope(scope, "zh")
    assert re.findall(r'data-field="(\w+)"', shown)[:2] == ["collections", "documents"]
    assert 'value="交通" checked' in shown and "交通（1）" in shown and "<img" not in shown
    last = answered(chat, "青禾市共有主要道路多少条", scope)
    assert last.answer is not None and last.answer.answer == "340条" and last.within == ("交通",)
    assert last.scope == last.answer.scope == scope
    refused = answered(chat, "青禾市共有产业园区多少个", scope)
    assert refused.answer is not None and "12" not in refused.answer.answer
    empty = answered(chat, "青禾市共有产业园区多少个", chat.chosen([], [], [], [NASTY]))
    assert "没有一个文件符合选定的范围" in chat.conversation((empty,), "zh")


@pytest.mark.parametrize("strange", [None, "交通", 7, {"交通": 1}, [["交通"]], [None, 7]])
def test_only_collections_that_there_are_count(strange: object) -> None:
    assert not chosen(choices_of((), {"交通": 1}), documents=None, issuers=None, years=None, collections=strange)


def test_a_deleted_collection_falls_out_of_the_row_and_is_said_when_asked(chat: Handlers, desk: Desk) -> None:
    desk.library.collections.create("交通")
    scope = chat.chosen([], [], [], ["交通"])
    assert chat.still_chosen(scope) == scope
    desk.library.collections.delete("交通")
    last = answered(chat, "青禾市共有产业园区多少个", scope)
    assert last.answer is None and last.error is not None and "没有集合“交通”" in last.error
    assert chat.still_chosen(scope) == Scope()


def test_one_collection_is_enough_for_the_row() -> None:
    choices = choices_of((), {"交通": 0})
    assert "Collections" in scope_html(choices, Scope(), "en") and "交通 (0)" in scope_html(choices, Scope(), "en")
    assert kept(choices, Scope(collections=("惠农", "交通"))) == Scope(collections=("交通",))
    assert named(choices, Scope(collections=("交通",), years=(2020,))) == ("交通", "2020")


@pytest.mark.parametrize("damage", [lambda path: path.write_text("{", encoding="ascii")])
def test_a_damaged_file_costs_the_row_its_collections_alone(
    chat: Handlers, desk: Desk, damage: Callable[[Path], object]
) -> None:
    damage(Path(desk.library.collections._folder, FILE))
    assert 'data-field="documents"' in chat.scope(Scope(), "zh")
    assert answered(chat, "青禾市共有产业园区多少个", Scope()).answer is not None
