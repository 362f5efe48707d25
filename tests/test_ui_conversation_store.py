"""Conversations on the disk: kept, found, renamed, removed; those of somebody else stay out of reach."""

import json
import os
from pathlib import Path

import pytest

from rag.answer import Answer, Citation, Claim, DocumentRecord, Passage, Place, Timing
from rag.scope import Scope
from ui.conversation_store import ConversationStore, Head, new_id
from ui.page_exchange import Exchange

RECORD = DocumentRecord(id="d", path="/a/\udcff.txt", title="园区办法", number="青发〔2024〕7号", date="2024-03-01")
PLACE = Place(
    document=RECORD, section=("一",), paragraph=1, page=2, text="共12个。", start=3, end=8, highlights=((4, 7),)
)
CITED = Citation(
    marker=1,
    document=RECORD,
    section=("一", "（二）"),
    paragraph=1,
    page=None,
    quote="共12个。",
    start=3,
    end=8,
    highlights=((4, 7),),
    score=0.5,
    copies=(PLACE,),
    address="第三条",
)
ANSWERED = Exchange(
    question="园区共有多少个？",
    scope=Scope(years=(2024,), issuers=("青禾市",)),
    within=("2024",),
    answer=Answer(
        question="园区共有多少个？",
        asked="园区共有多少个？",
        answer="12个",
        kind="span",
        confidence=0.75,
        citations=(CITED,),
        claims=(Claim(answer="12个", marker=1, document=RECORD, newest=True),),
        timing_ms=Timing(total=3.5),
    ),
)
REFUSED = Exchange(
    question="谁喂的猫？",
    answer=Answer(
        question="谁喂的猫？",
        asked="谁喂的猫？",
        reason="not_stated",
        nearest=(Passage(document=RECORD, paragraph=1, section=(), page=None, text="共12个。", start=3, end=8),),
    ),
)
FAILED = Exchange(question="还在吗？", error="另一个程序正在修改索引，请稍后再试。")


@pytest.fixture
def store(tmp_path: Path) -> ConversationStore:
    return ConversationStore(tmp_path / "home")


def test_what_was_said_comes_back_as_it_was(store: ConversationStore, tmp_path: Path) -> None:
    id = new_id()
    store.keep("ann", id, (ANSWERED,))
    store.keep("ann", id, (ANSWERED, REFUSED, FAILED, Exchange(question="等着的")))
    again = ConversationStore(tmp_path / "home").load("ann", id)
    assert again is not None
    assert again.exchanges == (ANSWERED, REFUSED, FAILED)
    assert again.head.name == "园区共有多少个？" and again.head.count == 3


def test_what_two_tabs_add_is_all_kept(store: ConversationStore) -> None:
    id = new_id()
    store.keep("ann", id, (ANSWERED,))
    store.keep("ann", id, (ANSWERED, REFUSED))
    store.keep("ann", id, (ANSWERED, FAILED))
    kept = store.load("ann", id)
    assert kept is not None and kept.exchanges == (ANSWERED, REFUSED, FAILED)


def test_a_question_that_waits_makes_no_conversation(store: ConversationStore) -> None:
    assert store.keep("ann", new_id(), (Exchange(question="等着的"),)) is None
    assert store.heads("ann") == ()


def test_the_latest_comes_first_and_a_new_name_changes_no_order(store: ConversationStore) -> None:
    older, newer = new_id(), new_id()
    store.keep("ann", older, (ANSWERED,))
    store.keep("ann", newer, (REFUSED,))
    assert [head.id for head in store.heads("ann")] == [newer, older]
    assert store.rename("ann", older, f"  园区\n统计 {'长' * 100}")
    assert [head.id for head in store.heads("ann")] == [newer, older]
    assert store.heads("ann")[1].name.startswith("园区 统计 长") and len(store.heads("ann")[1].name) == 80
    assert store.rename("ann", older, " ")
    assert store.heads("ann")[1].name == "园区共有多少个？"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("", 2), ("园区", 1), ("園區 12个", 1), ("喂的猫", 1), ("没说过", 0), ("园区 猫", 0), ("STATISTIK", 1)],
)
def test_they_are_found_by_title_question_and_answer(store: ConversationStore, wanted: str, found: int) -> None:
    first = new_id()
    store.keep("ann", first, (ANSWERED,))
    store.keep("ann", new_id(), (REFUSED,))
    store.rename("ann", first, "Statistik")
    assert len(store.heads("ann", wanted)) == found


def test_a_removed_one_is_gone(store: ConversationStore) -> None:
    id = new_id()
    store.keep("ann", id, (ANSWERED,))
    assert store.remove("ann", id) and not store.remove("ann", id)
    assert store.load("ann", id) is None and list(store.path.rglob("*.jsonl")) == []


def test_nobody_sees_what_another_person_asked(store: ConversationStore) -> None:
    id = new_id()
    store.keep("ann", id, (ANSWERED,))
    assert store.heads("bob") == () and store.load("bob", id) is None
    assert not store.rename("bob", id, "x") and not store.remove("bob", id)
    assert store.load("ann", id) is not None


@pytest.mark.parametrize(
    "id", ["../ann/0123456789abcdef", "0123456789abcdef/..", "", None, 7, ["x"], "ABCDEF0123456789"]
)
def test_what_is_no_id_of_ours_never_becomes_a_path(store: ConversationStore, id: object) -> None:
    store.keep("ann", new_id(), (ANSWERED,))
    assert store.load("ann", id) is None and not store.remove("ann", id) and not store.rename("ann", id, "x")
    assert store.heads("../ann") == () and store.load("..", new_id()) is None


def test_damaged_lines_are_passed_over(store: ConversationStore) -> None:
    id = new_id()
    store.keep("ann", id, (ANSWERED, REFUSED))
    file = next(store.path.rglob("*.jsonl"))
    _, first, second = file.read_bytes().split(b"\n")
    file.write_bytes(b"\n".join([b"{", b"\xff\xfe", first[:50], json.dumps({"question": 7}).encode(), second]))
    kept = store.load("ann", id)
    assert kept is not None and kept.exchanges == (REFUSED,) and kept.head == Head(id=id)
    store.keep("ann", id, (ANSWERED,))
    kept = store.load("ann", id)
    assert kept is not None and kept.exchanges == (REFUSED, ANSWERED) and kept.head.first == REFUSED.question


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_nobody_else_on_the_machine_may_read_them(store: ConversationStore) -> None:
    store.keep("ann", new_id(), (ANSWERED,))
    file = next(store.path.rglob("*.jsonl"))
    assert file.stat().st_mode & 0o077 == 0 and file.parent.stat().st_mode & 0o077 == 0
    assert not [each for each in file.parent.iterdir() if each != file]
