import pytest

from rag.search_terms import WEIGHTS, asked_terms, stored_terms


def even(terms: list[str] | tuple[str, ...] | object) -> list[float]:
    return [1.0 for _ in terms]  # type: ignore[attr-defined]


def test_a_passage_stores_written_terms_and_figures_and_no_other_words() -> None:
    assert stored_terms("三千家") == ["三", "千", "家", "三千", "千家", "3000", "3000家"]
    assert "未" not in stored_terms("孩子")


def test_the_words_asked_weigh_one_and_others_less() -> None:
    asked = asked_terms("老人", even)
    # 老人 has three terms; 老年人 adds 年, 老年 and 年人 to them.
    assert asked == {"老": 1, "人": 1, "老人": 1, "年": 0.5, "老年": 0.5, "年人": 0.5}


def test_a_longer_paraphrase_weighs_no_more_in_all() -> None:
    asked = asked_terms("工信厅", even)
    added = {term: weight for term, weight in asked.items() if weight < 1}
    # Five terms asked; of the thirteen of 工业和信息化厅 three (工 信 厅) are among them.
    assert len(added) == 13 - 3
    assert sum(added.values()) == pytest.approx(WEIGHTS["abbreviation"] * 5)


def test_rare_paraphrases_weigh_less() -> None:
    def rarity(terms: list[str] | object) -> list[float]:
        return [4.0 if "年" in term else 1.0 for term in terms]  # type: ignore[attr-defined]

    assert asked_terms("老人", rarity)["老年"] == pytest.approx(0.5 * (3 * 1) / (3 * 4))


def test_figures_weigh_as_written() -> None:
    assert asked_terms("1900万", even)["19000000"] == 1.0


def test_kinds_can_be_left_out() -> None:
    assert set(asked_terms("老人", even, {})) == {"老", "人", "老人"}


def test_nothing_asked_is_nothing() -> None:
    assert asked_terms("？", even) == {}
