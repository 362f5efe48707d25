"""JSONL: what every field may be, and what is said where it is something else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluation.case import Case
from rag.evaluation.errors import CaseField, CaseNotJson, DatasetNotText, EvaluationError
from rag.evaluation.formats.jsonl import read, write


def cases(*lines: object) -> tuple[Case, ...]:
    return read("set.jsonl", [json.dumps(line).encode() for line in lines])


def said(**fields: object) -> str:
    """The error for one line that is otherwise well formed, without the name of the file."""
    with pytest.raises(EvaluationError) as caught:
        cases({"question": "几家？", "answers": ["3家"], **fields})
    return str(caught.value).removeprefix("set.jsonl, line 1: ")


def test_a_full_line() -> None:
    line = {
        "id": "q1",
        "question": " 哪些单位？ ",
        "answers": ["甲局、乙局", "甲局、乙局", "甲局和乙局"],
        "items": ["甲局", "乙局"],
        "doc": ["a.txt", "b.txt"],
        "evidence": "由甲局、乙局承办。",
        "type": "list",
        "style": "lexical",
        "history": ["谁承办？"],
        "about": "c.txt",
        "doc_mode": "any",
    }
    assert cases(line) == (
        Case(
            id="q1",
            question="哪些单位？",
            answers=("甲局、乙局", "甲局和乙局"),
            items=("甲局", "乙局"),
            documents=("a.txt", "b.txt"),
            evidence=("由甲局、乙局承办。",),
            type="list",
            style="lexical",
            history=("谁承办？",),
            where="1",
        ),
    )


def test_what_may_be_left_out_or_be_nothing() -> None:
    nothing = {"items": None, "doc": None, "evidence": None, "type": None, "style": "", "history": None, "id": None}
    plain, empty = cases(
        {"question": "几家？", "answers": []}, {"question": "谁？", "answers": [], **nothing, "doc": ""}
    )
    assert plain == Case(id="1", question="几家？", where="1") and not plain.answerable
    assert empty == Case(id="2", question="谁？", where="2")


def test_a_list_needs_no_other_way_to_write_it() -> None:
    (alone,) = cases({"question": "哪些？", "items": ["甲", "乙"]})
    assert alone.answerable and alone.answers == ()


def test_ids_may_be_numbers_and_blank_lines_count_for_the_numbering() -> None:
    lines = [b"", b'{"id": 7, "question": "a", "answers": []}', b"  \r", b'{"question": "b", "answers": []}\r']
    assert [(case.id, case.where) for case in read("p", lines)] == [("7", "2"), ("4", "4")]


def test_several_places_of_evidence_and_their_documents() -> None:
    places = [{"doc": "a.txt", "text": "红花3750元"}, {"doc": ["b.txt", "a.txt"], "text": "黄芩1225元"}, "第三处"]
    (case,) = cases({"question": "哪个？", "answers": ["红花"], "evidence": "红花3750元", "evidence_all": places})
    assert case.evidence == ("红花3750元", "黄芩1225元", "第三处")
    assert case.documents == ("a.txt", "b.txt")
    (case,) = cases({"question": "哪个？", "answers": ["红花"], "doc": "c.txt", "evidence_all": places})
    assert case.documents == ("c.txt",)
    (case,) = cases({"question": "哪个？", "answers": ["红花"], "evidence": ["一", "二"]})
    assert case.evidence == ("一", "二")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"question": None}, "'question' must be a text, but is null"),
        ({"question": ""}, "'question' must be a text, but is empty"),
        ({"question": " \n\u3000"}, "'question' must be a text, but is empty"),
        ({"question": ["几家？"]}, "'question' must be a text, but is a list"),
        ({"answers": "3家"}, "'answers' must be a list of the accepted answers, empty where the documents do not say, "
                             'but is "3家"'),
        ({"answers": None}, "'answers' must be a list of the accepted answers, empty where the documents do not say, "
                            "but is null"),
        ({"answers": ["3家", 3]}, "'answers[1]' must be a text, but is 3"),
        ({"answers": [""]}, "'answers[0]' must be a text, but is empty"),
        ({"answers": [["3家"]]}, "'answers[0]' must be a text, but is a list"),
        ({"items": "甲、乙"}, "'items' must be a list, but is \"甲、乙\""),
        ({"items": [{}]}, "'items[0]' must be a text, but is an object"),
        ({"doc": 3}, "'doc' must be a text or a list of texts, but is 3"),
        ({"doc": ["a", None]}, "'doc[1]' must be a text, but is null"),
        ({"evidence": {"text": "a"}}, "'evidence' must be a text or a list of texts, but is an object"),
        ({"evidence_all": "一"}, "'evidence_all' must be a list, but is \"一\""),
        ({"evidence_all": [1]}, "'evidence_all[0]' must be an object, but is 1"),
        ({"evidence_all": [{"doc": "a"}]}, "'text' must be a text, but is missing"),
        ({"type": 1.5}, "'type' must be a text, but is 1.5"),
        ({"style": False}, "'style' must be a text, but is false"),
        ({"history": "谁？"}, "'history' must be a list, but is \"谁？\""),
        ({"history": [0]}, "'history[0]' must be a text, but is 0"),
        ({"id": True}, "'id' must be a text or a whole number, but is true"),
        ({"id": 1.0}, "'id' must be a text or a whole number, but is 1.0"),
        ({"id": "\ud800"}, "'id' must be text that UTF-8 can hold, but is half of a surrogate pair"),
        ({"answers": ["a\udfff"]}, "'answers[0]' must be text that UTF-8 can hold, but is half of a surrogate pair"),
        ({"id": []}, "'id' must be a text or a whole number, but is a list"),
        ({"items": "甲" * 99}, f"'items' must be a list, but is \"{'甲' * 40}…\""),
        ({"items": "\ud800"}, "'items' must be a list, but is \"\\ud800\""),
    ],
)  # fmt: skip
def test_a_field_of_the_wrong_kind(fields: dict[str, object], expected: str) -> None:
    assert said(**fields) == expected


def test_missing_fields() -> None:
    with pytest.raises(CaseField, match=r"'answers' must be a list of the accepted answers.* but is missing"):
        cases({"question": "几家？"})
    with pytest.raises(CaseField, match="'question' must be a text, but is missing"):
        cases({"answers": []})


@pytest.mark.parametrize("value", ["[]", "3", "null", '"几家？"', "true"])
def test_a_line_that_is_no_object(value: str) -> None:
    with pytest.raises(CaseField, match="line 1: 'line' must be an object"):
        read("p", [value.encode()])


@pytest.mark.parametrize(
    ("line", "error", "message"),
    [
        (b"{", CaseNotJson, "line 2: not JSON"),
        (b'{"a": 1} {"a": 2}', CaseNotJson, r"not JSON \(Extra data: 10\)"),
        (b'{"a": NaN}', CaseNotJson, "NaN"),
        (b'{"a": [-Infinity]}', CaseNotJson, "-Infinity"),
        (b"\xff", DatasetNotText, "line 2: not UTF-8"),
        (b"\xef\xbb\xbf{}", CaseNotJson, "line 2"),
        (b'{"answers": ["3"], "answers": []}', CaseField, "'answers' must be there once, but is there twice"),
        (b'{"a": {"\\ud800": 1, "\\ud800": 1}}', CaseField, r"'\\ud800' must be there once"),
    ],
)
def test_a_line_that_is_no_json(line: bytes, error: type[EvaluationError], message: str) -> None:
    with pytest.raises(error, match=message):
        read("p", [b'{"question": "a", "answers": []}', line])


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).map(str.strip).filter(bool)
SEVERAL = st.lists(WORDS, max_size=3, unique=True).map(tuple)
CASES = st.builds(
    Case, id=WORDS, question=WORDS, answers=SEVERAL, items=SEVERAL, documents=SEVERAL, evidence=SEVERAL,
    type=st.none() | WORDS, style=st.none() | WORDS, history=SEVERAL, where=st.just("1"),
)  # fmt: skip


@given(CASES)
def test_what_is_written_is_read(case: Case) -> None:
    text = write([case])
    assert text.endswith("\n") and text.count("\n") == 1
    assert read("p", text.encode().split(b"\n")) == (case,)
