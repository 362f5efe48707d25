"""Two runs against each other."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.evaluation.comparison import Comparison, MetricDifference, compare
from rag.evaluation.errors import NotComparable
from rag.evaluation.metrics import METRICS
from rag.evaluation.results import QuestionResult, Results


def result(id: str, *, right: bool = True, **changes: Any) -> QuestionResult:
    """An answerable question, answered rightly or wrongly at confidence 0.5."""
    scores: dict[str, float] = {
        "right": float(right),
        "f1": 1.0 if right else 0.25,
        "false_refusal": 0.0,
        "answered": 1.0,
        "confidence": 0.5,
        "draft_right": float(right),
    }
    fields: dict[str, Any] = {
        "id": id,
        "scores": scores,
        "stage": "right" if right else "wrong_words",
        "answerable": True,
        "left_out": False,
    }
    return QuestionResult(**(fields | changes))


def silent(id: str, *, refused: bool, left_out: bool = False) -> QuestionResult:
    return result(
        id,
        scores={"refused": float(refused), "answered": float(not refused)},
        stage="refused_rightly" if refused else "answered_wrongly",
        answerable=left_out,
        left_out=left_out,
    )


def run(*questions: QuestionResult, path: str = "run.json") -> Results:
    return Results(path=path, questions={question.id: question for question in questions})


def by_name(comparison: Comparison) -> Mapping[str, MetricDifference]:
    return {each.metric: each for each in comparison.metrics}


def test_won_and_lost() -> None:
    first = run(
        result("a", right=False, answer="三座", question="几座？"), result("b"), result("c", right=False), result("d")
    )
    second = run(result("a", accepted=("四座",)), result("b", right=False), result("c", right=False), result("d"))
    found = compare(first, second)
    assert [[duel.id for duel in duels] for duels in (found.won, found.lost, found.both_wrong)] == [["a"], ["b"], ["c"]]
    assert found.both_right == 1
    (won,) = found.won
    assert (won.question, won.accepted, won.first, won.second) == ("几座？", ("四座",), "三座", None)
    assert (won.first_stage, won.second_stage) == ("wrong_words", "right")


def test_the_figures() -> None:
    first = run(result("a", right=False), result("b"), silent("c", refused=False), silent("d", refused=True))
    second = run(result("a"), result("b"), silent("c", refused=True), silent("d", refused=True))
    figures = by_name(compare(first, second))
    shown = {name: (each.difference.mean_first, each.difference.mean_second) for name, each in figures.items()}
    assert shown["right"] == (2 / 4, 4 / 4)
    assert shown["precision"] == (1 / 3, 2 / 2)
    assert shown["coverage"] == (3 / 4, 2 / 4)
    assert shown["answerable.right"] == (1 / 2, 2 / 2)
    assert shown["f1"] == ((0.25 + 1) / 2, 1)
    assert shown["refused"] == (1 / 2, 2 / 2)
    assert shown["ece"] == (abs(1 / 2 - 0.5), abs(2 / 2 - 0.5))
    assert shown["aurc"] == (1 / 2, 0 / 2)  # one confidence, one point: the risk of all
    assert (figures["f1"].difference.n, figures["refused"].difference.n, figures["right"].difference.n) == (2, 2, 4)
    assert [figures[name].group for name in ("right", "answerable.right", "refused")] == [
        "all", "answerable", "unanswerable"
    ]  # fmt: skip
    assert list(figures)[:4] == ["right", "precision", "coverage", "answerable.right"]


def test_a_metric_that_one_run_lacks_is_not_compared() -> None:
    with_lists = result("a", scores={**result("a").scores, "list_f1": 1.0})
    figures = by_name(compare(run(with_lists, result("b")), run(result("a"), result("b"))))
    assert "list_f1" not in figures
    assert figures["f1"].difference.n == 2


def test_each_metric_over_the_questions_that_both_have_it_for() -> None:
    first = run(result("a", scores={"citation_recall": 1.0}), result("b", scores={"citation_recall": 0.0}))
    second = run(result("a", scores={"citation_recall": 0.5}), result("b", scores={}))
    difference = by_name(compare(first, second))["citation_recall"].difference
    assert (difference.n, difference.mean_first, difference.mean_second) == (1, 1, 0.5)


@pytest.mark.parametrize(
    ("metric", "second", "verdict"),
    [("f1", 1.0, "better"), ("f1", 0.0, "worse"), ("false_refusal", 1.0, "worse"), ("false_refusal", 0.0, "better")],
)
def test_better_and_worse(metric: str, second: float, verdict: str) -> None:
    ones = [result(str(n), scores={metric: 1 - second}) for n in range(20)]
    twos = [result(str(n), scores={metric: second}) for n in range(20)]
    found = by_name(compare(run(*ones), run(*twos)))[metric]
    assert found.better == METRICS[metric].better
    assert found.verdict == verdict


def test_five_questions_prove_nothing() -> None:
    ones, twos = ([result(str(n), scores={"f1": score}) for n in range(5)] for score in (0.0, 1.0))
    found = by_name(compare(run(*ones), run(*twos)))["f1"]
    assert found.difference.low == 1
    assert found.verdict == "unclear"


def test_a_small_change_is_unclear() -> None:
    ones = [result(str(n), right=n % 2 == 0) for n in range(40)]
    twos = [result(str(n), right=n % 2 == 0 or n == 1) for n in range(40)]
    found = by_name(compare(run(*ones), run(*twos)))["answerable.right"]
    assert found.difference.difference == pytest.approx(1 / 40)
    assert found.verdict == "unclear"


def test_questions_of_one_run_alone() -> None:
    found = compare(run(result("a"), result("b"), result("x")), run(result("a"), result("y")))
    assert (found.n, found.only_first, found.only_second) == (1, 2, 1)


def test_the_same_id_with_another_question_is_another_question() -> None:
    first = run(result("1", question="磨坊有几座？"), result("2", question="谁修的？"), result("3", question="哪年？"))
    second = run(result("1", question="磨坊 有几座?"), result("2", question="多少钱？"), result("3"))
    found = compare(first, second)
    assert (found.n, found.only_first, found.only_second) == (2, 1, 1)


@pytest.mark.parametrize("others", [(), (result("b"),), (result("a", question="别的？"),)])
def test_nothing_in_common(others: tuple[QuestionResult, ...]) -> None:
    first, second = run(result("a", question="哪年？"), path="one.json"), run(*others, path="two.json")
    with pytest.raises(NotComparable, match=r"one\.json and two\.json"):
        compare(first, second)


def test_hidden_documents_have_a_figure_of_their_own() -> None:
    first = run(result("a"), silent("a#hidden", refused=False, left_out=True), silent("b", refused=True))
    second = run(result("a"), silent("a#hidden", refused=True, left_out=True), silent("b", refused=True))
    found = compare(first, second)
    figures = by_name(found)
    assert (found.n, found.left_out) == (2, 1)
    assert figures["left_out.refused"].group == "left_out"
    assert (figures["left_out.refused"].difference.difference, figures["refused"].difference.difference) == (1, 0)
    assert (figures["right"].difference.n, figures["right"].difference.difference) == (2, 0)
    assert [(duel.id, duel.left_out) for duel in found.won] == [("a#hidden", True)]


def test_retrieval_alone() -> None:
    first = run(result("a", scores={"hit@1": 0.0}, stage="not_retrieved", answerable=False))
    second = run(result("a", scores={"hit@1": 1.0}, stage="right", answerable=False))
    found = compare(first, second)
    assert list(by_name(found)) == ["hit@1"]
    assert [duel.id for duel in found.won] == ["a"]


def test_a_run_that_answers_nothing_has_no_precision() -> None:
    first = run(silent("a", refused=True), silent("b", refused=True))
    second = run(silent("a", refused=False), silent("b", refused=True))
    figures = by_name(compare(first, second))
    assert "precision" not in figures
    assert figures["coverage"].difference.difference == 1 / 2


def test_a_draft_in_one_run_alone() -> None:
    """Without a draft there is nothing to calibrate; whoever must answer is wrong."""
    none = {"right": 0.0, "false_refusal": 1.0, "answered": 0.0, "confidence": 0.0}
    first = run(result("a"), result("b", scores=none, stage="refused"))
    figures = by_name(compare(first, run(result("a"), result("b"))))
    ece, area = figures["ece"].difference, figures["aurc"].difference
    assert (ece.mean_first, ece.mean_second) == (abs(1 / 1 - 0.5), abs(2 / 2 - 0.5))
    assert (area.mean_first, area.mean_second) == (1 / 2 * 0 + 1 / 2 * 1 / 2, 0)
    nothing = run(result("b", scores=none, stage="refused"))
    assert "ece" not in by_name(compare(nothing, nothing))


def test_latency() -> None:
    first = run(*(result(str(n), scores={"latency_ms": 10.0 * n}) for n in range(3)))
    second = run(*(result(str(n), scores={"latency_ms": 20.0 * n}) for n in range(3)))
    figures = by_name(compare(first, second))
    assert (figures["latency_p50"].difference.mean_first, figures["latency_p50"].difference.mean_second) == (10, 20)
    assert figures["latency_p95"].difference.difference == pytest.approx(0.1 * 20 + 0.9 * 40 - (0.1 * 10 + 0.9 * 20))
    assert figures["latency_p50"].better == "lower"


def test_a_record_for_json() -> None:
    first, second = run(result("a", right=False), path="one.json"), run(result("a"), path="two.json")
    record = compare(first, second).as_record()
    assert json.loads(json.dumps(record, allow_nan=False)) == record
    assert (record["first"], record["second"], record["n"], record["both_right"]) == ("one.json", "two.json", 1, 0)
    assert record["metrics"][0] == {
        "metric": "right", "group": "all", "better": "higher", "n": 1, "first": 0, "second": 1, "difference": 1,
        "low": 1, "high": 1, "p_value": 1, "verdict": "unclear",
    }  # fmt: skip
    assert record["won"] == [
        {"id": "a", "left_out": False, "question": None, "accepted": [], "first": None, "second": None,
         "first_stage": "wrong_words", "second_stage": "right"}
    ]  # fmt: skip


RUNS = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=8)


@settings(max_examples=15)
@given(RUNS)
def test_the_same_run_twice(outcomes: list[tuple[bool, bool]]) -> None:
    same = run(*(result(str(n), right=right) for n, (right, _) in enumerate(outcomes)))
    found = compare(same, same)
    assert (found.won, found.lost, found.only_first, found.only_second) == ((), (), 0, 0)
    assert {(each.difference.difference, each.difference.p_value, each.verdict) for each in found.metrics} == {
        (0, 1, "unclear")
    }


@settings(max_examples=15)
@given(RUNS)
def test_every_question_is_somewhere_once(outcomes: list[tuple[bool, bool]]) -> None:
    first = run(*(result(str(n), right=right) for n, (right, _) in enumerate(outcomes)))
    second = run(*(result(str(n), right=right) for n, (_, right) in enumerate(outcomes)))
    there, back = compare(first, second), compare(second, first)
    assert len(there.won) + len(there.lost) + len(there.both_wrong) + there.both_right == len(outcomes)
    assert [duel.id for duel in there.won] == [duel.id for duel in back.lost]
    turned = {"better": "worse", "worse": "better", "unclear": "unclear"}
    assert [each.verdict for each in back.metrics] == [turned[each.verdict] for each in there.metrics]
