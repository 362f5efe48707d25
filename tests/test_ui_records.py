"""The JSON shapes that scripts rely on: every promised field, with the promised type."""

import json
from types import SimpleNamespace

from corpus.errors import EmptyFile
from rag.answer import Answer, Reference
from tests.fake_library import FACT, RECORD, TEXT, WHOLE, found, passage
from ui import records

DOCUMENT_FIELDS = {"id", "title", "path", "number", "issuer", "date"}


def test_an_answer() -> None:
    record = records.answer_record(found(FACT, "45%"), "zh")
    assert record["question"] == FACT and record["answer"] == "45%" and record["answered"] is True
    assert record["reason"] is None and record["kind"] == "span" and record["items"] == []
    assert record["confidence"] == 0.8 and record["timing_ms"] == {"retrieve": 1.0, "read": 2.0, "total": 3.0}
    (citation,) = record["citations"]  # type: ignore[misc]
    assert set(citation) == {
        "marker", "document", "section", "paragraph", "page", "quote", "start", "end", "highlights", "score",
        "copies", "address",
    }  # fmt: skip
    assert set(citation["document"]) == DOCUMENT_FIELDS
    assert TEXT[citation["start"] : citation["end"]] == citation["quote"]
    assert json.loads(json.dumps(record)) == record


def test_an_abstention_has_words_a_code_and_what_came_closest() -> None:
    answer = Answer(question="x", asked="x", reason="nothing_found", nearest=(passage(1),))
    record = records.answer_record(answer, "en")
    assert (record["answer"], record["answered"], record["kind"], record["citations"]) == ("", False, "none", [])
    assert record["reason"] == "Nothing in the documents is about this question."
    assert record["reason_code"] == "nothing_found"
    assert [near["text"] for near in record["nearest"]] == [passage(1).text]  # type: ignore[attr-defined]


def test_a_passage() -> None:
    record = records.passage_record(passage(1, 0.25))
    assert set(record) == {
        "document",
        "section",
        "paragraph",
        "page",
        "text",
        "start",
        "end",
        "score",
        "copies",
        "address",
    }
    assert TEXT[record["start"] : record["end"]] == record["text"]  # type: ignore[misc]


def test_a_document() -> None:
    assert set(records.document_record(RECORD)) == DOCUMENT_FIELDS | {"paragraphs", "characters"}
    assert records.document_record(RECORD, ("惠农",))["collections"] == ["惠农"]
    named = [(Reference(title="水渠管理办法", number=None, start=1, end=9), "d2")]
    record = records.whole_document(WHOLE, RECORD, named, ())
    assert record["references"] == [
        {"title": "水渠管理办法", "number": None, "start": 1, "end": 9, "document": "d2"},
    ]
    assert set(record) >= DOCUMENT_FIELDS | {"text", "paragraphs", "metadata"}
    assert [(p["start"], p["end"]) for p in record["paragraphs"]] == [(p.start, p.end) for p in WHOLE.paragraphs]  # type: ignore[attr-defined]
    assert record["paragraphs"][1]["section"] == ["一、工程进度"]  # type: ignore[index]


def test_a_report_of_indexing() -> None:
    failure = SimpleNamespace(path="a.txt", error=EmptyFile("a.txt"))
    report = SimpleNamespace(
        added=1, updated=2, unchanged=3, removed=4, vanished=5, failed=(failure,), paragraphs=6, seconds=1.23456
    )
    assert records.report_record(report, "zh") == {  # type: ignore[arg-type]
        "added": 1,
        "updated": 2,
        "unchanged": 3,
        "removed": 4,
        "vanished": 5,
        "failed": [{"path": "a.txt", "why": "a.txt：文件里没有文字"}],
        "paragraphs": 6,
        "seconds": 1.235,
    }
