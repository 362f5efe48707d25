"""What a passage holds of a question, and the order that follows from it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from rag.answer import Passage
from rag.fitted_weights import fitted_weights
from rag.passage_ranker import CLOSELY, FEATURES, NEARNESS, WEIGHTS, Candidate, PassageRanker, PassageWeights
from rag.question import understand
from tests.fakes import passages


def rarity(terms: Sequence[str]) -> list[float]:
    return [1.0] * len(terms)


def candidate(passage: Passage, **said: float | int | None) -> Candidate:
    given = {"bm25": 1.0, "cosine": 0.5, "lexical": 1, "dense": 1} | said
    return Candidate(passage=passage, **given)  # type: ignore[arg-type]


def signs(question: str, *texts: str, **changes: object) -> list[dict[str, float]]:
    found = [candidate(replace(passage, **changes)) for passage in passages(*texts)]  # type: ignore[arg-type]
    (asked,) = understand(question)
    rows = PassageRanker(rarity=rarity).features(asked, found)
    return [dict(zip(FEATURES, row.tolist(), strict=True)) for row in rows]


def test_one_sentence_that_holds_all_is_told_from_many_that_hold_a_part() -> None:
    together, apart = signs("水库每月检查几次？", "水库每月检查两次。", "水库很大。每月开会一次。检查防火。")
    assert together["sentence"] == pytest.approx(1.0)
    assert apart["sentence"] + apart["two sentences"] < 0.9
    assert together["characters"] == apart["characters"] == 1.0
    assert together["run"] > apart["run"]


def test_what_only_the_headings_hold_counts_for_itself() -> None:
    inside, outside = (
        signs("水库检查", text, section=section)[0]
        for text, section in (("水库检查。", ()), ("每月两次。", ("水库检查",)))
    )
    assert (inside["above"], outside["above"]) == (0.0, pytest.approx(1.0))
    assert inside["terms"] == outside["terms"] == pytest.approx(1.0)
    assert (inside["missing"], outside["missing"]) == (0.0, 0.0)


def test_a_figure_is_no_part_of_a_longer_one() -> None:
    lacking, holding = signs("35号提案说了什么？", "第135号提案。", "第35号提案。")
    assert (lacking["figures"], holding["figures"]) == (1.0, 0.0)


def test_years_and_forms() -> None:
    this, other = signs("2023年有多少家企业？", "2023年有企业63家。", "2022年的企业名单。")
    assert (this["asked year"], this["other year"]) == (1.0, 0.0)
    assert (other["asked year"], other["other year"]) == (0.0, 1.0)
    assert (this["typed"], this["wanted"], other["wanted"]) == (1.0, 1.0, 0.0)


def test_traditional_characters_hold_what_simplified_ones_ask_for() -> None:
    simple, traditional = signs("由哪个县负责？", "由南山县负责养护。", "由南山縣負責養護。")
    assert simple == traditional


def test_ranks_and_scores_of_the_searches() -> None:
    (asked,) = understand("水库")
    (passage,) = passages("水库。")
    found = [candidate(passage, bm25=8.0, lexical=1), candidate(passage, bm25=4.0, lexical=2, dense=None)]
    rows = PassageRanker(rarity=rarity).features(asked, found)
    assert rows[:, FEATURES.index("bm25")].tolist() == [1.0, 0.5]
    assert rows[:, FEATURES.index("lexical rank")] == pytest.approx([0.0, -np.log(2)])
    assert rows[:, FEATURES.index("dense rank")] == pytest.approx([0.0, -np.log(3)])


@pytest.mark.parametrize("question", ["？", "多少", "", "a" * 400, "甲" * 400])
@pytest.mark.parametrize("text", ["", " ", "。。。", "1", "甲" * 3000])
def test_nothing_is_out_of_bounds(question: str, text: str) -> None:
    for row in signs(question, text):
        assert np.isfinite(list(row.values())).all()


def test_the_weights_order_the_passages() -> None:
    (asked,) = understand("水库每月检查几次？")
    found = [candidate(p) for p in passages("道路由乡镇养护。", "水库每月检查两次。")]
    assert np.argmax(PassageRanker(rarity=rarity).scores(asked, found)) == 1
    assert PassageRanker(rarity=rarity).scores(asked, []).shape == (0,)


def test_what_is_behind_at_first_sight_stays_behind() -> None:
    signs = np.zeros((CLOSELY + 3, len(FEATURES) - NEARNESS), np.float32)
    signs[:, FEATURES.index("terms")] = np.arange(len(signs))
    weights = PassageWeights(first={"terms": 1.0}, all={"near": 1.0, "terms": -1.0})
    asked: list[int] = []

    def nearness(chosen: Sequence[int]) -> npt.NDArray[np.float32]:
        asked.extend(chosen)
        return np.zeros((len(chosen), NEARNESS), np.float32)

    order = np.argsort(-weights.scores(signs, nearness)).tolist()
    assert sorted(asked) == list(range(3, CLOSELY + 3))
    assert order == [*range(3, CLOSELY + 3), 2, 1, 0]


def test_the_bundled_weights_are_whole() -> None:
    weights = fitted_weights(WEIGHTS)["weights"]
    assert weights["first"].keys() == set(FEATURES[:-NEARNESS])
    assert weights["all"].keys() == set(FEATURES)
    assert np.isfinite([*weights["first"].values(), *weights["all"].values()]).all()
