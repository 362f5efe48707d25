"""Hit, recall, reciprocal rank and nDCG, by hand and against trec_eval."""

from math import log2
from typing import Any

import pytest
import pytrec_eval
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.evaluation.metrics.hit import hit_at
from rag.evaluation.metrics.ndcg import ndcg_at
from rag.evaluation.metrics.recall import recall_at
from rag.evaluation.metrics.reciprocal_rank import reciprocal_rank_at

GAINS = (0.0, 2.0, 0.0, 1.0)
RELEVANT = (1.0, 2.0, 3.0)


def test_by_hand() -> None:
    assert (hit_at(GAINS, 1), hit_at(GAINS, 2)) == (0, 1)
    assert recall_at(GAINS, 3, 2) == pytest.approx(1 / 3)
    assert recall_at(GAINS, 3, 10) == pytest.approx(2 / 3)
    assert (reciprocal_rank_at(GAINS, 1), reciprocal_rank_at(GAINS, 10)) == (0, 1 / 2)
    found = 2 / log2(2 + 1) + 1 / log2(4 + 1)
    best = 3 / log2(1 + 1) + 2 / log2(2 + 1) + 1 / log2(3 + 1)
    assert ndcg_at(GAINS, RELEVANT, 10) == pytest.approx(found / best)
    assert ndcg_at(GAINS, RELEVANT, 2) == pytest.approx((2 / log2(3)) / (3 / log2(2) + 2 / log2(3)))


def test_nothing_found_and_nothing_to_find() -> None:
    assert (hit_at((), 5), recall_at((), 2, 5), reciprocal_rank_at((), 5), ndcg_at((), (1.0,), 5)) == (0, 0, 0, 0)
    assert (recall_at((0.0,), 0, 5), ndcg_at((0.0,), (), 5)) == (0, 0)


def test_more_found_than_there_is() -> None:
    with pytest.raises(ValueError, match="2 relevant results, but only 1"):
        recall_at((1.0, 1.0), 1, 5)


@st.composite
def rankings(draw: st.DrawFn) -> tuple[list[str], dict[str, int]]:
    """A ranking of documents d0, d1, …, and grades of some of them, found or not."""
    documents = [f"d{n}" for n in range(draw(st.integers(1, 14)))]
    ranking = draw(st.permutations(documents))[: draw(st.integers(1, len(documents)))]
    return ranking, draw(st.dictionaries(st.sampled_from(documents), st.integers(0, 3), min_size=1))


@settings(max_examples=300)
@given(rankings(), st.sampled_from([1, 3, 5, 10]))
def test_as_trec_eval_counts(case: tuple[list[str], dict[str, int]], k: int) -> None:
    ranking, grades = case
    run = {document: float(len(ranking) - n) for n, document in enumerate(ranking)}
    measures = {f"success.{k}", f"recall.{k}", f"ndcg_cut.{k}"}
    theirs: Any = pytrec_eval.RelevanceEvaluator({"q": grades}, measures).evaluate({"q": run})["q"]
    cut = {document: run[document] for document in ranking[:k]}
    first: Any = pytrec_eval.RelevanceEvaluator({"q": grades}, {"recip_rank"}).evaluate({"q": cut})["q"]
    gains = [float(grades.get(document, 0)) for document in ranking]
    relevant = [float(grade) for grade in grades.values() if grade > 0]
    assert hit_at(gains, k) == theirs[f"success_{k}"]
    assert recall_at(gains, len(relevant), k) == pytest.approx(theirs[f"recall_{k}"])
    assert ndcg_at(gains, relevant, k) == pytest.approx(theirs[f"ndcg_cut_{k}"])
    assert reciprocal_rank_at(gains, k) == pytest.approx(first["recip_rank"])
