"""The JSON of SQuAD 1.1 and 2.0, CMRC 2018 and DRCD, written small."""

import json
from typing import Any

import pytest

from rag.evaluation.case import Case, Context
from rag.evaluation.errors import CaseField
from rag.evaluation.formats.names import LONGEST, Names, fit
from rag.evaluation.formats.squad import read, recognises

TEXT = "  本市有园区3家。其中，国家级园区1家；省级2家。\n负责人是李明。"


def answer(text: str, start: int | None = None) -> dict[str, Any]:
    return {"text": text} if start is None else {"text": text, "answer_start": start}


def question(*answers: Any, **more: Any) -> dict[str, Any]:
    return {"id": "q1", "question": "几家？", "answers": list(answers)} | more


def one(*answers: Any, **more: Any) -> Case:
    (case,), _ = read(
        "p", {"data": [{"title": "园区", "paragraphs": [{"context": TEXT, "qas": [question(*answers, **more)]}]}]}
    )
    return case


def said(value: object) -> str:
    with pytest.raises(CaseField) as caught:
        read("p", value)
    return str(caught.value)


def test_squad_1() -> None:
    article = {"title": "Parks_of_the_City", "paragraphs": [
        {"context": "It has 3 parks. One is national.", "qas": [question(answer("3 parks", 7), answer("3", 7))]},
        {"context": "It has none.", "qas": []},
    ]}  # fmt: skip
    cases, contexts = read("p", {"version": "1.1", "data": [article]})
    assert cases == (
        Case(
            id="q1",
            question="几家？",
            answers=("3 parks", "3"),
            documents=("Parks_of_the_City-1",),
            evidence=("It has 3 parks.",),
            where="data[0].paragraphs[0].qas[0]",
        ),
    )
    assert contexts == (
        Context(name="Parks_of_the_City-1", text="It has 3 parks. One is national."),
        Context(name="Parks_of_the_City-2", text="It has none."),
    )


def test_squad_2_says_what_the_text_does_not_say() -> None:
    impossible = one(is_impossible=True, plausible_answers=[answer("3家", 6)])
    assert (impossible.answers, impossible.evidence, impossible.documents) == ((), (), ("园区-1",))
    assert one(answer("3家", 6), is_impossible=False).answers == ("3家",)
    without = question(is_impossible=True)
    del without["answers"]
    (case,), _ = read("p", {"context": TEXT, "qas": [without]})
    assert not case.answerable and case.where == "qas[0]" and case.documents == ("context-1",)


def test_cmrc_in_its_first_shape_and_in_the_shape_of_squad() -> None:
    asked = {"query_text": "几家？", "query_id": "DEV_0_Q0", "answers": ["3家", "3家", "园区3家"]}
    first = [{"context_id": "DEV_0", "context_text": TEXT, "title": "园区", "qas": [asked]}]
    answers = [answer("3家", 6), answer("3家", 6), answer("园区3家", 4)]
    paragraph = {"id": "DEV_0", "context": TEXT, "qas": [question(*answers, id="DEV_0_Q0")]}
    second = {"version": "v1.0", "data": [{"id": "DEV_0", "title": "园区", "paragraphs": [paragraph]}]}
    (old,), old_contexts = read("p", first)
    (new,), new_contexts = read("p", second)
    assert old_contexts == new_contexts == (Context(name="DEV_0", text=TEXT),)
    assert (old.where, new.where) == ("[0].qas[0]", "data[0].paragraphs[0].qas[0]")
    for case in (old, new):
        assert (case.id, case.answers, case.evidence) == ("DEV_0_Q0", ("3家", "园区3家"), ("本市有园区3家。",))


def test_drcd_has_ids_for_everything() -> None:
    qas = [{"id": "1147-5-1", "question": "幾家？", "answers": [{"id": "1", "text": "3家", "answer_start": 6}]}]
    (case,), (context,) = read(
        "p", {"data": [{"title": "園區", "id": "1147", "paragraphs": [{"context": TEXT, "id": "1147-5", "qas": qas}]}]}
    )
    assert (case.documents, context.name) == (("1147-5",), "1147-5")


@pytest.mark.parametrize(
    ("answers", "evidence"),
    [
        ([answer("1家", TEXT.index("1家"))], "其中，国家级园区1家；"),
        ([answer("园区", TEXT.rindex("园区"))], "其中，国家级园区1家；"),
        ([answer("园区", 0)], "本市有园区3家。"),  # the start does not match: the first occurrence
        ([answer("园区", -1)], "本市有园区3家。"),
        ([answer("园区", 10**30)], "本市有园区3家。"),
        ([answer("园区")], "本市有园区3家。"),
        (["省级2家"], "省级2家。"),
        ([answer("1家；省级2家。\n负责人")], "其中，国家级园区1家；省级2家。\n负责人是李明。"),
        ([answer("三家"), answer("2家")], "省级2家。"),  # in words of the annotator's own: the next one's place
    ],
)
def test_the_evidence_is_the_sentence_that_holds_the_first_answer(answers: list[Any], evidence: str) -> None:
    case = one(*answers)
    assert case.evidence == (evidence,) and evidence in TEXT


def test_an_answer_that_stands_nowhere_is_kept_without_evidence() -> None:
    case = one(answer(" 三家 "), answer("三家"))
    assert case.answers == ("三家",) and case.evidence == ()


def test_the_same_context_twice_is_one() -> None:
    def paragraph(text: str, id: str) -> dict[str, Any]:
        return {"id": "P", "context": text, "qas": [{"id": id, "question": "几家？", "answers": []}]}

    cases, contexts = read("p", {"paragraphs": [paragraph("甲", "1"), paragraph("乙", "2"), paragraph("甲", "3")]})
    assert [context.name for context in contexts] == ["P", "P-2"]
    assert [case.documents for case in cases] == [("P",), ("P-2",), ("P",)]


def test_a_question_without_an_id_is_called_by_its_place() -> None:
    assert one(id=None).id == "data[0].paragraphs[0].qas[0]"
    assert one(id=5).id == "5"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"data": {}}, "p, the whole file: 'data' must be a list, but is an object"),
        ({"data": None}, "p, the whole file: 'data' must be a list, but is null"),
        ({"data": ["x"]}, "p, data[0]: 'data[0]' must be an object, but is \"x\""),
        ({"data": [{}]}, "p, data[0]: 'context' must be a text, but is missing"),
        ({"data": [{"paragraphs": 3}]}, "p, data[0]: 'paragraphs' must be a list, but is 3"),
        ({"data": [{"title": [], "paragraphs": []}]}, "p, data[0]: 'title' must be a text, but is a list"),
        ({"paragraphs": [{"context": "甲"}]}, "p, paragraphs[0]: 'qas' must be a list, but is missing"),
        ({"paragraphs": [{"context": " ", "qas": []}]}, "p, paragraphs[0]: 'context' must be a text, but is empty"),
        ({"context": "甲", "qas": [None]}, "p, qas[0]: 'qas[0]' must be an object, but is null"),
        ({"context": "甲", "qas": [{"answers": []}]}, "p, qas[0]: 'question' must be a text, but is missing"),
        ([{"qas": [], "context_text": 1}], "p, [0]: 'context_text' must be a text, but is 1"),
        ([{"qas": [], "context": "甲"}, 1], "p, [1]: '[1]' must be an object, but is 1"),
        ([{"qas": [], "context": "甲\ud800"}], "p, [0]: 'context' must be text that UTF-8 can hold"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(value: object, expected: str) -> None:
    assert recognises(value) and said(value).startswith(expected)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"answers": None}, "'answers' must be a list, but is null"),
        ({"answers": {"text": ["3家"]}}, "'answers' must be a list, but is an object"),
        ({"answers": [3]}, "'answers[0]' must be an object, but is 3"),
        ({"answers": [{}]}, "'text' must be a text, but is missing"),
        ({"answers": [answer("")]}, "'text' must be a text, but is empty"),
        ({"answers": [{"text": "3家", "answer_start": "6"}]}, "'answer_start' must be a whole number, but is \"6\""),
        ({"answers": [{"text": "3家", "answer_start": True}]}, "'answer_start' must be a whole number, but is true"),
        ({"is_impossible": "false"}, "'is_impossible' must be true or false, but is \"false\""),
        ({"is_impossible": True, "answers": ["3家"]}, "'answers' must be empty where 'is_impossible' is true"),
        (
            {"is_impossible": False},
            "'answers' must be a list with an answer where 'is_impossible' is false, but is empty",
        ),
    ],
)
def test_what_is_wrong_with_a_question(fields: dict[str, object], expected: str) -> None:
    message = said({"context": TEXT, "qas": [question(**fields)]})
    assert message.startswith("p, qas[0]") and expected in message


def test_what_is_of_the_family() -> None:
    assert not any(recognises(value) for value in (None, 3, [], {}, [{}], [[]], {"question": "a", "qas": []}, ["data"]))


def test_names_are_short_unique_and_fit_for_files() -> None:
    names = Names()
    labels = ["a/../b", "A_B", "a b", "a_b-2", "con", "", "...", "长" * 99, "长" * 99, "é", "e\u0301", "x\0y\n"]
    given = [names.give(label) for label in labels]
    assert given[:5] == ["a_b", "A_B-2", "a_b-3", "a_b-2-2", "con_"]
    assert given[5:7] == ["context", "context-2"] and given[9:11] == ["é", "é-2"]
    assert len({name.casefold() for name in given}) == len(labels)
    for name in given:
        assert fit(name) == name or (name.startswith("长") and len(name) <= LONGEST + len("-99"))
        assert len(name.encode()) < 240 and json.dumps(name)
