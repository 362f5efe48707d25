"""One question judged: every stage has its example, and every figure is worked out by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from rag.answer import Answer, Citation, Consultation, DocumentRecord, Passage, Place
from rag.evaluation.case import Case
from rag.evaluation.judging import Prepared, is_right, judge, judge_retrieval
from rag.evaluation.outcome import Outcome
from rag.evaluation.relevance import Relevance

TEXTS = {
    "d1": "全市有养老院37家。\n养护由交通运输局负责。\n桥长1280米。",
    "d2": "全市有幼儿园120所。\n绿化由园林局负责。",
}
RECORDS = {id: DocumentRecord(id=id, path=f"/{id}.txt", title=id.upper()) for id in TEXTS}
CASE = Case(id="q", question="养老院有多少家？", answers=("37家",), evidence=("全市有养老院37家",))


class Shelf:
    """The documents above, without an index."""

    def text(self, id: str) -> str:
        return TEXTS[id]

    def named(self, name: str) -> frozenset[str]:
        return frozenset({Path(name).stem} & TEXTS.keys())

    def titles(self, ids: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(RECORDS[id].title for id in ids))

    def is_exact(self, answer: Answer) -> list[bool]:
        return [TEXTS[c.document.id][c.start : c.end] == c.quote for c in answer.citations]


def passage(id: str, line: int) -> Passage:
    text = TEXTS[id].split("\n")[line]
    start = TEXTS[id].index(text)
    return Passage(
        document=RECORDS[id], paragraph=line, section=(), page=None, text=text, start=start, end=start + len(text)
    )


def citation(id: str, quote: str) -> Citation:
    start = TEXTS[id].index(quote)
    return Citation(
        marker=1, document=RECORDS[id], section=(), paragraph=0, page=None, quote=quote,
        start=start, end=start + len(quote), highlights=(), score=0.7,
    )  # fmt: skip


def answered(text: str, *citations: Citation, confidence: float = 0.7, items: tuple[str, ...] = ()) -> Answer:
    return Answer(
        question="?", asked="?", answer=text, kind="span", citations=citations, confidence=confidence, items=items
    )


REFUSED = Answer(question="?", asked="?", reason="not_stated", confidence=0.1)
FOUND = (passage("d1", 0), passage("d2", 0))


def judged(
    answer: Answer,
    *,
    case: Case = CASE,
    passages: tuple[Passage, ...] = FOUND,
    documents: frozenset[str] = frozenset({"d1"}),
    hidden: frozenset[str] = frozenset(),
    draft: Answer | None = None,
    top_k: int = 8,
) -> Outcome:
    prepared = Prepared(case=case, documents=documents, hidden=hidden)
    told = Consultation(answer=answer, draft=draft or answer, passages=passages)
    return judge(prepared, told, Shelf(), top_k=top_k)  # type: ignore[arg-type]


def test_a_right_answer_from_the_right_sentence() -> None:
    outcome = judged(answered("37家", citation("d1", "全市有养老院37家。")))
    assert (outcome.stage, outcome.failed, outcome.rank, outcome.draft_right) == ("right", False, 1, True)
    ones = ("right", "em", "f1", "answer_recall", "sentence_hit", "hit@1", "mrr@10", "ndcg@10", "recall@5")
    assert {name: outcome.scores[name] for name in ones} == dict.fromkeys(ones, 1.0)
    cited = ("citation_precision", "citation_recall", "citation_document", "quote_exactness")
    assert {name: outcome.scores[name] for name in cited} == dict.fromkeys(cited, 1.0)
    assert (outcome.scores["false_refusal"], outcome.scores["confidence"]) == (0.0, 0.7)
    assert "refused" not in outcome.scores
    assert outcome.documents == ("D1",)


@pytest.mark.parametrize(
    ("answer", "passages", "stage"),
    [
        (answered("37家", citation("d1", "全市有养老院37家。")), FOUND, "right"),
        (REFUSED, FOUND, "refused"),
        (REFUSED, FOUND[1:], "not_retrieved"),
        (answered("120所", citation("d2", "全市有幼儿园120所。")), FOUND[1:], "not_retrieved"),
        (answered("120所", citation("d2", "全市有幼儿园120所。")), FOUND, "wrong_document"),
        (answered("1280米", citation("d1", "桥长1280米。")), FOUND, "not_read"),
        (answered("全市", citation("d1", "全市有养老院37家。")), FOUND, "wrong_words"),
    ],
)
def test_where_a_question_was_lost(answer: Answer, passages: tuple[Passage, ...], stage: str) -> None:
    assert judged(answer, passages=passages).stage == stage


def test_what_the_reader_never_saw_was_lost_in_retrieval() -> None:
    assert judged(REFUSED, passages=FOUND[::-1], top_k=1).stage == "not_retrieved"
    assert judged(REFUSED, passages=FOUND[::-1], top_k=2).stage == "refused"


def test_a_refusal_scores_nothing_but_its_draft_is_judged() -> None:
    draft = answered("37家", citation("d1", "全市有养老院37家。"), confidence=0.1)
    outcome = judged(REFUSED, draft=draft)
    assert (outcome.scores["f1"], outcome.scores["false_refusal"], outcome.scores["citation_recall"]) == (0, 1, 0)
    assert "citation_precision" not in outcome.scores
    assert (outcome.draft_right, outcome.scores["draft_right"]) == (True, 1.0)
    assert judged(REFUSED).draft_right is None


def test_what_the_documents_do_not_say() -> None:
    silent = Case(id="u", question="养老院有多少床位？")
    assert judged(REFUSED, case=silent).stage == "refused_rightly"
    outcome = judged(answered("37家", citation("d1", "全市有养老院37家。")), case=silent)
    assert (outcome.stage, outcome.scores["refused"], outcome.draft_right) == ("answered_wrongly", 0.0, False)
    assert "f1" not in outcome.scores
    assert "hit@1" not in outcome.scores


def test_with_its_document_hidden_a_question_wants_a_refusal() -> None:
    hidden = frozenset({"d1"})
    assert judged(REFUSED, hidden=hidden).stage == "refused_rightly"
    outcome = judged(answered("120所", citation("d2", "全市有幼儿园120所。")), hidden=hidden)
    assert (outcome.id, outcome.stage, outcome.elsewhere) == ("q#hidden", "answered_wrongly", False)
    assert judged(answered("37家", citation("d2", "全市有幼儿园120所。")), hidden=hidden).elsewhere


def test_a_citation_beside_the_point_halves_the_precision() -> None:
    both = answered("37家", citation("d1", "全市有养老院37家。"), citation("d2", "绿化由园林局负责。"))
    outcome = judged(both)
    assert outcome.scores["citation_precision"] == 1 / 2
    assert outcome.scores["citation_document"] == 1 / 2
    assert outcome.scores["citation_recall"] == 1.0


def copied(id: str, quote: str) -> tuple[Place, ...]:
    """A copy in the document ``id``, which need not be true here."""
    return (Place(document=RECORDS[id], section=(), paragraph=0, page=None, text=quote, start=0, end=len(quote)),)


def test_a_quote_is_of_every_document_that_it_stands_in_a_copy_of() -> None:
    quote = "全市有养老院37家。"
    passages = (replace(passage("d1", 0), copies=copied("d2", quote)), passage("d1", 1))
    answer = answered("37家", replace(citation("d1", quote), copies=copied("d2", quote)))
    of_the_copy = judged(answer, passages=passages, documents=frozenset({"d2"}))
    assert (of_the_copy.stage, of_the_copy.rank) == ("right", 1)
    assert (of_the_copy.scores["citation_document"], of_the_copy.scores["citation_precision"]) == (1.0, 1.0)
    alone = answered("37家", citation("d1", quote))
    neither = judged(alone, passages=(passage("d1", 0),), documents=frozenset({"d2"}))
    assert (neither.rank, neither.scores["citation_document"]) == (None, 0.0)


def test_the_document_of_a_copy_is_ranked_right_behind_that_of_the_passage() -> None:
    first = replace(passage("d1", 0), copies=copied("d2", "全市有养老院37家。"))
    told = Consultation(answer=REFUSED, draft=REFUSED, passages=(first, passage("d1", 1)))
    case = Case(id="r", question="?", relevance={"d2": 1})
    outcome = judge_retrieval(Prepared(case=case), told, Shelf())  # type: ignore[arg-type]
    assert (outcome.rank, outcome.scores["mrr@10"]) == (2, 1 / 2)


def test_a_quote_that_is_no_slice_is_counted() -> None:
    wrong = replace(citation("d1", "全市有养老院37家。"), start=1, end=11)
    assert judged(answered("37家", wrong)).scores["quote_exactness"] == 0.0


def test_a_verdict_is_compared_as_a_verdict() -> None:
    case = Case(id="v", question="能施工吗？", answers=("否", "坚决禁止"), evidence=("养护由交通运输局负责",))
    quote = citation("d1", "养护由交通运输局负责。")
    assert judged(answered("否", quote), case=case).stage == "right"
    assert judged(answered("是", quote), case=case).scores["f1"] == 0.0
    assert not is_right(case, answered("是，坚决禁止", quote))
    assert is_right(case, answered("坚决禁止", quote))


def test_a_list_is_right_with_all_its_items() -> None:
    case = Case(id="l", question="有哪些？", items=("养老院", "幼儿园"))
    two = answered("幼儿园、养老院", items=("幼儿园", "养老院"))
    assert is_right(case, two)
    one = judged(answered("养老院", items=("养老院",)), case=case)
    assert one.scores["answer_recall"] == 1 / 2
    assert one.scores["list_f1"] == pytest.approx(2 * 1 * 0.5 / (1 + 0.5))
    assert one.scores["right"] == 0.0


def test_two_places_of_evidence() -> None:
    pieces = ("全市有养老院37家", "桥长1280米")
    first, second, other = passage("d1", 0), passage("d1", 2), passage("d2", 0)
    found = Relevance.of_passages(replace(CASE, evidence=pieces), {"d1"}, (other, first, first, second))
    assert (found.gains, found.relevant, found.rank) == ((0, 1, 0, 1), (1, 1), 2)
    one_missing = Relevance.of_passages(replace(CASE, evidence=pieces), {"d1"}, (first, other))
    assert one_missing.scores()["recall@5"] == 1 / 2
    together = Relevance.of_passages(replace(CASE, evidence=("全市有养老院", "37家")), {"d1"}, (first,))
    assert (together.gains, together.relevant) == ((1,), (1,))


def test_the_evidence_in_another_document_is_no_hit_where_the_document_is_known() -> None:
    assert Relevance.of_passages(CASE, {"d2"}, FOUND).rank is None
    assert Relevance.of_passages(CASE, set(), FOUND).rank == 1


def test_without_evidence_the_first_passage_with_an_answer_counts() -> None:
    bare = Case(id="b", question="?", answers=("120所",))
    assert Relevance.of_passages(bare, set(), FOUND).gains == (0.0, 1.0)
    verdict = Case(id="v", question="?", answers=("是",))
    assert not Relevance.of_passages(verdict, set(), FOUND).known
    assert Relevance.of_passages(verdict, set(), FOUND).scores() == {}


def test_documents_are_ranked_where_their_first_passage_is() -> None:
    case = Case(id="r", question="?", relevance={"d2": 2, "gone": 1})
    told = Consultation(answer=REFUSED, draft=REFUSED, passages=(passage("d1", 0), passage("d1", 1), passage("d2", 0)))
    outcome = judge_retrieval(Prepared(case=case), told, Shelf())  # type: ignore[arg-type]
    assert (outcome.rank, outcome.stage) == (2, "right")
    assert outcome.scores["mrr@10"] == 1 / 2
    assert outcome.scores["recall@10"] == 1 / 2, "a document that was never indexed is still missing"
