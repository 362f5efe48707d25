"""Thumbs are kept, changed, taken back, and become a test set; no crash and no second process costs any of them."""

import json
import multiprocessing
import os
import stat
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer import Answer, Citation, DocumentRecord
from rag.evaluation.dataset import read_dataset
from rag.evaluation.errors import CaseField, DatasetEmpty, EvaluationError, FeedbackUnusable, UnknownFeedback
from rag.evaluation.feedback import FeedbackStore
from rag.evaluation.verdict import Verdict, verdict_on
from ui.catalog_errors import explain

WHEN = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def citation(path: str, quote: str) -> Citation:
    return Citation(
        marker=1,
        document=DocumentRecord(id="0", path=path, title="通知"),
        section=(),
        paragraph=0,
        page=None,
        quote=quote,
        start=0,
        end=len(quote),
        highlights=(),
        score=0.9,
    )


ANSWER = Answer(
    question="几家？",
    asked="园区有几家？",
    answer="3家",
    kind="span",
    confidence=0.9,
    citations=(citation("/d/a.txt", "园区共有3家。"), citation("/e/a.txt", "有3家。"), citation("/d/b.txt", "有3家。")),
)
REFUSAL = Answer(question="谁签发？", asked="谁签发？", reason="not_stated")


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / "home")


def up(id: str = "a1", about: Answer = ANSWER, **more: object) -> Verdict:
    return replace(verdict_on(about, id=id, verdict="up", when=WHEN, history=("有园区吗？",)), **more)  # type: ignore[arg-type]


def down(id: str = "a1", about: Answer = ANSWER, **more: object) -> Verdict:
    return up(id, about, verdict="down", **more)


def test_what_is_kept_of_an_answer(store: FeedbackStore) -> None:
    assert store.all() == () and store.damaged() == 0 and store.find("a1") is None
    kept = store.record(up())
    assert store.all() == (kept,) == (FeedbackStore(store.path.parent).find("a1"),)
    assert kept == Verdict(
        id="a1",
        question="几家？",
        verdict="up",
        when="2026-03-01T09:30:00+00:00",
        asked="园区有几家？",
        history=("有园区吗？",),
        answered=True,
        answer="3家",
        kind="span",
        confidence=0.9,
        documents=("a.txt", "b.txt"),
        paths=("/d/a.txt", "/e/a.txt", "/d/b.txt"),
        quotes=("园区共有3家。", "有3家。"),
    )
    assert store.path.name == "feedback.jsonl"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_nobody_else_may_read_it(store: FeedbackStore) -> None:
    store.record(up())
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_a_second_click_changes_the_verdict(store: FeedbackStore) -> None:
    for verdict in (up("1"), up("2"), down("1")):
        store.record(verdict)
    assert [(v.id, v.verdict) for v in store.all()] == [("1", "down"), ("2", "up")]


def test_the_right_answer_is_added_later_and_taken_back(store: FeedbackStore) -> None:
    store.record(up("1"))
    steps = [
        (store.update("1", verdict="down"), ("down", None, False)),
        (store.update("1", right_answer=" 4家 "), ("down", "4家", False)),
        (store.update("1", verdict="up"), ("up", "4家", False)),
        (store.update("1", not_stated=True), ("down", None, True)),
        (store.update("1", not_stated=False), ("down", None, False)),
        (store.update("1", right_answer="4家"), ("down", "4家", False)),
        (store.update("1", right_answer=" "), ("down", None, False)),
    ]
    for verdict, expected in steps:
        assert (verdict.verdict, verdict.right_answer, verdict.not_stated) == expected
    assert store.all() == (steps[-1][0],)
    with pytest.raises(UnknownFeedback) as caught:
        store.update("2", verdict="up")
    assert "'2'" in str(caught.value) and "“2”" in explain(caught.value, "zh")


def test_what_is_removed_leaves_no_trace(store: FeedbackStore) -> None:
    for verdict in (up("1", question="秘密一？"), up("2"), down("1", question="秘密二？")):
        store.record(verdict)
    assert store.remove("1") and not store.remove("1") and not store.remove("3")
    assert "秘密" not in store.path.read_text("utf-8")
    assert [v.id for v in store.all()] == ["2"] and store.damaged() == 0
    store.record(up("1"))
    assert [v.id for v in store.all()] == ["2", "1"]


def test_damaged_lines_are_counted_and_kept(store: FeedbackStore) -> None:
    store.record(up("1"))
    whole = store.path.read_bytes()
    bad = [b"{", b"\xff\xfe", b"[]", b'{"id": "x"}', b"[" * 100_000, whole.replace(b'"up"', b'"sideways"').strip()]
    store.path.write_bytes(whole + b"\n".join(bad) + b"\n\n" + whole[: len(whole) // 2])  # a torn last line
    assert [v.id for v in store.all()] == ["1"] and store.damaged() == len(bad) + 1
    store.record(up("2"))
    store.remove("1")
    assert [v.id for v in store.all()] == ["2"] and store.damaged() == len(bad) + 1
    assert all(line in store.path.read_bytes() for line in bad)


@given(st.integers(0, 2000))
def test_wherever_a_crash_cuts_the_file_only_its_last_line_is_lost(cut: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        store = FeedbackStore(Path(home))
        for id in ("1", "2"):
            store.record(up(id))
        data = store.path.read_bytes()
        cut = min(cut, len(data))
        store.path.write_bytes(data[:cut])
        store.record(up("3"))
        ends = [len(line) for line in data.splitlines()]
        whole = [id for id, end in (("1", ends[0]), ("2", ends[0] + 1 + ends[1])) if cut >= end]
        assert [v.id for v in store.all()] == [*whole, "3"]


def _record_many(home: str, name: str) -> None:
    store = FeedbackStore(Path(home))
    for n in range(50):
        store.record(up(f"{name}{n}", question="长" * 2000))


def test_two_processes_at_once(store: FeedbackStore) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_record_many, args=(str(store.path.parent), name)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert {v.id for v in store.all()} == {f"{name}{n}" for name in "ab" for n in range(50)}
    assert store.damaged() == 0


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"question": " "}, "'question' must be a text, but is empty"),
        ({"question": "问" * 2001}, "'question' must be at most 2000 characters, but is 2001 characters"),
        ({"right_answer": "答" * 2001}, "'right_answer' must be at most 2000 characters"),
        ({"right_answer": "\ud800"}, "'right_answer' must be text that UTF-8 can hold"),
        ({"history": ("问" * 2001,)}, "'history' must be at most 2000 characters"),
        ({"items": ("甲",) * 1001}, "'items' must be at most 1000 members, but is 1001 members"),
        ({"id": ""}, "'id' must be a text"),
        ({"id": "x" * 5000}, "'id' must be at most 4096 characters"),
        ({"verdict": "sideways"}, "'verdict' must be 'up' or 'down', but is \"sideways\""),
        ({"confidence": float("nan")}, "'confidence' must be a number between 0 and 1"),
        ({"confidence": True}, "'confidence' must be a number between 0 and 1"),
        ({"when": "gestern"}, "'when' must be a date and time"),
    ],
)
def test_what_cannot_be_kept_is_refused_before_anything_is_written(
    store: FeedbackStore, fields: dict[str, object], expected: str
) -> None:
    with pytest.raises(CaseField) as caught:
        store.record(up(**{"id": "1"} | fields))  # type: ignore[arg-type]
    assert expected in str(caught.value) and len(explain(caught.value, "zh")) < 400
    assert not store.path.exists()


def test_a_path_that_is_no_text_does_not_stand_in_the_way(store: FeedbackStore) -> None:
    strange = replace(ANSWER, citations=(citation("/d/\udcff.txt", "共有3家。"),))
    assert store.record(up("1", strange)).documents == ("?.txt",)


LIST = replace(ANSWER, answer="甲局、乙局", kind="list", items=("甲局", "乙局"))
CITED = {"doc": ["a.txt", "b.txt"]}


@pytest.mark.parametrize(
    ("verdict", "line"),
    [
        (up(), {"answers": ["3家"], "evidence": "园区共有3家。"} | CITED),
        (up(about=LIST), {"answers": ["甲局、乙局"], "items": ["甲局", "乙局"], "evidence": "园区共有3家。"} | CITED),
        (up(kind="generated"), {"answers": ["3家"], "evidence": ["园区共有3家。", "有3家。"]} | CITED),
        (up(kind="boolean", answer="是，共有3家。"), {"answers": ["是"], "evidence": "园区共有3家。"} | CITED),
        (up(kind="boolean", answer="No, 3."), {"answers": ["no"], "evidence": "园区共有3家。"} | CITED),
        (up(about=REFUSAL), {"question": "谁签发？", "answers": []}),
        (down(right_answer="4家"), {"answers": ["4家"]}),
        (down(about=REFUSAL, right_answer="李明"), {"question": "谁签发？", "answers": ["李明"]}),
        (down(not_stated=True), {"answers": []}),
    ],
)  # fmt: skip
def test_the_test_question_that_a_verdict_makes(
    store: FeedbackStore, verdict: Verdict, line: dict[str, object]
) -> None:
    store.record(verdict)
    assert json.loads(store.to_jsonl()) == {"id": "a1", "question": "几家？", "history": ["有园区吗？"]} | line


def test_what_is_saved_is_a_test_set(store: FeedbackStore, tmp_path: Path) -> None:
    for verdict in (up("1"), down("2"), down("3", right_answer="4家"), up("4", REFUSAL), up("5", LIST)):
        store.record(verdict)
    cases, left_out = store.as_cases()
    assert [case.id for case in cases] == ["1", "3", "4", "5"] and left_out == 1
    path = tmp_path / "set.jsonl"
    path.write_text("what was there before")
    assert store.save(path) == len(cases)
    dataset = read_dataset(path)
    assert tuple(replace(case, where="") for case in dataset.cases) == cases
    assert path.read_text("utf-8") == store.to_jsonl()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["home", "set.jsonl"]


def test_nothing_to_save_leaves_what_is_there(store: FeedbackStore, tmp_path: Path) -> None:
    store.record(down())
    path = tmp_path / "set.jsonl"
    path.write_text("what was there before")
    with pytest.raises(DatasetEmpty):
        store.save(path)
    assert path.read_text() == "what was there before" and store.as_cases() == ((), 1)


def test_what_cannot_be_written_or_read(store: FeedbackStore, tmp_path: Path) -> None:
    store.record(up())
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "folder", tmp_path / "none" / "set.jsonl", store.path / "set.jsonl"):
        with pytest.raises(FeedbackUnusable) as caught:
            store.save(path)
        assert str(path) in explain(caught.value, "zh")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "home"]
    (tmp_path / "folder" / "feedback.jsonl").mkdir()
    for home in (tmp_path / "folder", store.path):
        with pytest.raises(FeedbackUnusable):
            FeedbackStore(home).record(up())
    with pytest.raises(FeedbackUnusable):
        FeedbackStore(tmp_path / "folder").all()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk(store: FeedbackStore) -> None:
    store.path.parent.mkdir()
    store.path.symlink_to("/dev/full")
    with pytest.raises(FeedbackUnusable):
        store.record(up())


ANY = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()))
    | st.tuples(st.text())
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(Verdict.__dataclass_fields__, ANY)))
def test_whatever_is_recorded_is_read_again_or_refused(fields: dict[str, object]) -> None:
    with tempfile.TemporaryDirectory() as home:
        store = FeedbackStore(Path(home))
        try:
            kept = store.record(replace(up(), **fields))  # type: ignore[arg-type]
        except EvaluationError:
            assert store.all() == ()
        else:
            assert store.all() == (kept,)
