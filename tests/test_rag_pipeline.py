"""Order and honesty of the pipeline, with a retriever and a reader whose every number is given."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer import Asked, DocumentRecord, Passage, Span, Timing
from rag.citations import cite
from rag.interfaces import Finding, Reading
from rag.pipeline import Pipeline, reranked
from rag.question import Question
from rag.scope import Scope

RECORD = DocumentRecord(id="d1", path="/a.txt", title="甲")


def passage(text: str, start: int = 0, paragraph: int = 0) -> Passage:
    return Passage(
        document=RECORD,
        paragraph=paragraph,
        section=(),
        page=None,
        text=text,
        start=start,
        end=start + len(text),
    )


class FixedRetriever:
    def __init__(self, *passages: Passage) -> None:
        self.passages = passages
        self.asked: list[str] = []

        self.scopes: list[Scope | None] = []

    def retrieve(
        self, questions: Sequence[Question], k: int, scope: Scope | None = None
    ) -> tuple[tuple[Passage, ...], ...]:
        self.asked.extend(question.text for question in questions)
        self.scopes.append(scope)
        return tuple(self.passages[:k] for _ in questions)


class FixedReader:
    def __init__(self, *findings: Finding, backwards: bool = False) -> None:
        self.findings = findings
        self.backwards = backwards

    def read(self, questions: Sequence[Question], passages: Sequence[Sequence[Passage]]) -> tuple[Reading, ...]:
        return tuple(
            Reading(
                findings=tuple(f for f in self.findings if f.passage < len(found)),
                ranking=tuple(range(len(found)))[:: -1 if self.backwards else 1],
            )
            for found in passages
        )


def finding(
    number: int, quote: Span, *answers: Span, confidence: float = 0.9, kind: str = "span", text: str = ""
) -> Finding:
    return Finding(passage=number, quote=quote, answers=answers, kind=kind, confidence=confidence, text=text)


def pipeline(retriever: FixedRetriever, reader: FixedReader) -> Pipeline:
    return Pipeline(retriever=retriever, reader=reader, top_k=8, threshold=0.5)


TEXT = "开头。全市有养老院37家。结尾。"
TWO = passage(TEXT, start=100, paragraph=3)


def test_an_answer_is_a_slice_with_its_place() -> None:
    answer = pipeline(FixedRetriever(TWO), FixedReader(finding(0, (3, 13), (9, 12)))).ask("养老院有多少家？")
    assert (answer.answer, answer.kind, answer.answered) == ("37家", "span", True)
    (citation,) = answer.citations
    assert (citation.quote, citation.start, citation.end) == ("全市有养老院37家。", 103, 113)
    assert citation.highlights == ((109, 112),)
    assert (citation.marker, citation.paragraph) == (1, 3)


def test_a_list_is_joined_and_itemised() -> None:
    found = finding(0, (0, 5), (0, 1), (2, 3), kind="list")
    answer = pipeline(FixedRetriever(passage("甲、乙。尾")), FixedReader(found)).ask("有哪些单位？")
    assert (answer.answer, answer.items, answer.kind) == ("甲、乙", ("甲", "乙"), "list")


def test_a_verdict_is_shown_with_its_clause_marked() -> None:
    found = finding(0, (0, 5), (0, 4), kind="boolean", text="否")
    answer = pipeline(FixedRetriever(passage("禁止施工。")), FixedReader(found)).ask("能不能施工？")
    assert (answer.answer, answer.items) == ("否", ())
    assert answer.citations[0].highlights == ((0, 4),)


def test_under_the_threshold_the_documents_do_not_say() -> None:
    weak = finding(0, (3, 13), (9, 12), confidence=0.49)
    answer = pipeline(FixedRetriever(TWO), FixedReader(weak)).ask("养老院有多少家？")
    assert (answer.answered, answer.reason, answer.answer, answer.citations) == (False, "not_stated", "", ())
    assert answer.nearest == (TWO,)
    assert answer.confidence == 0.49


def test_nothing_retrieved_and_nothing_asked() -> None:
    assert pipeline(FixedRetriever(), FixedReader()).ask("养老院有多少家？").reason == "nothing_found"
    assert pipeline(FixedRetriever(TWO), FixedReader()).ask("养老院有多少家？").reason == "not_stated"
    for empty in ("", "  \n", "？？", "!"):
        assert pipeline(FixedRetriever(TWO), FixedReader()).ask(empty).reason == "empty_question"


def test_a_follow_up_is_searched_for_with_its_subject() -> None:
    retriever = FixedRetriever(TWO)
    answer = pipeline(retriever, FixedReader()).ask("那幼儿园呢？", ["全市有多少家养老院？"])
    assert answer.question == "那幼儿园呢？"
    assert retriever.asked == [answer.asked]
    assert "全市" in answer.asked


class ByQuestion:
    """A reader that is as confident as the question it is asked was given to be."""

    def __init__(self, **confidence: float) -> None:
        self.confidence = confidence

    def read(self, questions: Sequence[Question], passages: Sequence[Sequence[Passage]]) -> tuple[Reading, ...]:
        sure = [next((value for word, value in self.confidence.items() if word in q.text), 0.1) for q in questions]
        found = [(finding(0, (3, 13), (9, 12), confidence=each),) for each in sure]
        return tuple(Reading(findings=each, ranking=(0,)) for each in found)


def test_a_short_question_is_answered_the_way_that_answers_it() -> None:
    after = pipeline(FixedRetriever(TWO), ByQuestion(大桥=0.9, 多少钱=0.2)).ask("多少钱？", ["大桥在哪？"])
    assert "大桥" in after.asked
    alone = pipeline(FixedRetriever(TWO), ByQuestion(大桥=0.2, 馆长=0.9)).ask("馆长是谁？", ["大桥在哪？"])
    assert alone.asked == "馆长是谁？"


@pytest.mark.parametrize(("alone", "sure"), [(0.3, 0.3), (0.8, 0.8), (0.95, 0.9)])
def test_words_of_earlier_questions_tell_the_document_and_make_no_answer_surer(alone: float, sure: float) -> None:
    class There(ByQuestion):
        """Finds nothing without those words but in the document that they lead to."""

        def read(self, questions: Sequence[Question], passages: Sequence[Sequence[Passage]]) -> tuple[Reading, ...]:
            found = super().read(questions, passages)
            known = retriever.scopes[-1] == Scope(documents=(RECORD.id,))
            return tuple(
                each if known or "大桥" in question.text else Reading(findings=(), ranking=(0,))
                for question, each in zip(questions, found, strict=True)
            )

    retriever = FixedRetriever(TWO)
    answer = pipeline(retriever, There(大桥=0.9, 馆长=alone)).ask("馆长是谁？", ["大桥在哪？"])
    assert "大桥" in answer.asked
    assert answer.confidence == sure
    assert answer.answered == (sure >= 0.5)
    assert retriever.asked[-1] == "馆长是谁？"


def test_questions_asked_together_are_answered_as_if_each_stood_alone() -> None:
    retriever, reader = FixedRetriever(TWO), ByQuestion(大桥=0.9, 多少钱=0.2, 馆长=0.7)
    both = pipeline(retriever, reader)
    asked = [
        Asked(question="多少钱？", history=("大桥在哪？",)),
        Asked(question="？？"),
        Asked(question="馆长是谁？", history=("大桥在哪？",)),
    ]
    together = [replace(c.answer, timing_ms=Timing()) for c in both.consult(asked)]
    alone = [replace(both.ask(a.question, a.history), timing_ms=Timing()) for a in asked]
    assert together == alone
    assert [answer.answered for answer in together] == [True, False, True]


def test_each_question_is_asked_of_its_own_scope_and_the_answer_says_which() -> None:
    retriever = FixedRetriever(TWO)
    scope = Scope(years=(2020,))
    asked = [
        Asked(question="养老院有多少家？", scope=scope),
        Asked(question="幼儿园有多少所？"),
        Asked(question="那幼儿园呢？", history=("全市有多少家养老院？",), scope=scope),
        Asked(question="桥有多长？", scope=Scope()),
        Asked(question="？？", scope=scope),
    ]
    told = pipeline(retriever, FixedReader()).consult(asked)
    assert retriever.scopes == [scope, None]
    assert [consultation.answer.scope for consultation in told] == [scope, None, scope, None, scope]
    assert told[2].answer.asked == "全市有多少家幼儿园？"
    assert pipeline(retriever, FixedReader()).ask("桥有多长？", scope=scope).scope == scope


def test_what_would_have_been_said_is_kept_for_whoever_measures() -> None:
    weak = finding(0, (3, 13), (9, 12), confidence=0.3)
    (told,) = pipeline(FixedRetriever(TWO, TWO, TWO), FixedReader(weak)).consult(
        [Asked(question="养老院有多少家？")], top_k=1, depth=3
    )
    assert (told.answer.answer, told.answer.confidence) == ("", 0.3)
    assert (told.draft.answer, told.draft.citations[0].quote) == ("37家", "全市有养老院37家。")
    assert told.passages == (TWO, TWO, TWO)
    (nothing,) = pipeline(FixedRetriever(TWO), FixedReader()).consult([Asked(question="养老院有多少家？")])
    assert (nothing.draft.answered, nothing.draft.confidence) == (False, 0.0)


def test_passages_come_in_the_readers_order_and_those_that_were_not_read_behind_them() -> None:
    four = tuple(
        passage(text, start, n) for n, (start, text) in enumerate([(0, "甲。"), (5, "乙。"), (9, "丙。"), (15, "丁。")])
    )
    weak = finding(0, (0, 2), (0, 1), confidence=0.3)
    asked = pipeline(FixedRetriever(*four), FixedReader(weak, backwards=True))
    (told,) = asked.consult([Asked(question="甲是什么？")], top_k=3, depth=4)
    assert [p.text for p in told.passages] == ["丙。", "乙。", "甲。", "丁。"]
    assert told.answer.nearest == told.passages[:3]
    assert told.draft.citations[0].quote == "甲。", "findings count the passages as they were retrieved"


@given(st.permutations(range(5)), st.integers(0, 5))
def test_reranking_loses_no_passage(order: list[int], read: int) -> None:
    """The reader has read the first ``read`` passages and orders them anew."""
    ranking = [number for number in order if number < read]
    these = [passage(str(n), n, n) for n in range(5)]
    expected = [*ranking, *range(read, 5)]
    assert [int(p.text) for p in reranked(these, ranking)] == expected


def test_a_second_place_is_cited_only_where_it_says_the_same() -> None:
    passages = [
        passage("共有37家。"),
        passage("仍为37家。", 50, 1),
        passage("共有38家。", 90, 2),
        passage("约37家。", 120, 3),
    ]
    findings = [
        finding(0, (0, 6), (2, 5), confidence=0.9),
        finding(2, (0, 6), (2, 5), confidence=0.9),
        finding(1, (0, 6), (2, 5), confidence=0.8),
        finding(3, (0, 5), (1, 4), confidence=0.6),
        finding(0, (2, 6), (2, 5), confidence=0.9),
    ]
    assert [(c.marker, c.quote) for c in cite(findings, passages, 0.5)] == [(1, "共有37家。"), (2, "仍为37家。")]


@given(st.text(min_size=1, max_size=30), st.data())
def test_every_quote_is_a_slice_of_the_document(before: str, data: st.DataObject) -> None:
    text = data.draw(st.text(min_size=1, max_size=30))
    document = before + text
    cut = st.integers(0, len(text))
    quote = tuple(sorted((data.draw(cut), data.draw(cut))))
    inside = st.integers(*quote)
    mark = tuple(sorted((data.draw(inside), data.draw(inside))))
    found = finding(0, (quote[0], quote[1]), (mark[0], mark[1]))
    (citation,) = cite([found], [passage(text, start=len(before))], 0.5)
    assert document[citation.start : citation.end] == citation.quote
    for start, end in citation.highlights:
        assert citation.start <= start <= end <= citation.end
