from hypothesis import given
from hypothesis import strategies as st

from rag.terms import passage_terms, query_terms


def test_units_and_the_pairs_that_touch() -> None:
    assert passage_terms("养蜂人家") == ["养", "蜂", "人", "家", "养蜂", "蜂人", "人家"]


def test_punctuation_and_spaces_part_what_they_stand_between() -> None:
    assert passage_terms("蜂，人 家") == ["蜂", "人", "家"]
    assert passage_terms("——。 \n") == passage_terms("") == []


def test_numbers_are_whole_and_pair_with_their_unit() -> None:
    assert passage_terms("涨0.38元") == ["涨", "0.38", "元", "涨0.38", "0.38元"]
    assert passage_terms("16714.45") == ["16714.45"]
    assert passage_terms("2020年3月") == ["2020", "年", "3", "月", "2020年", "年3", "3月"]


def test_an_item_number_is_not_part_of_the_year_after_it() -> None:
    assert passage_terms("1.2024年")[:3] == ["1", "2024", "年"]
    assert passage_terms("1.2024亿")[:2] == ["1.2024", "亿"]


def test_thousands_separators_go_and_full_width_commas_part_numbers() -> None:
    assert passage_terms("1,234,567") == ["1234567"]
    assert passage_terms("100，200") == ["100", "200"]
    assert passage_terms("3,14") == ["3", "14"]


def test_words_of_other_scripts_are_whole_and_in_lower_case() -> None:
    assert passage_terms("Café ΩMEGA, don't") == ["café", "ωmega", "don", "t"]
    assert passage_terms("5G网") == ["5", "g", "网", "5g", "g网"]


def test_width_compatibility_and_script_variants_are_one() -> None:
    assert passage_terms("２０２０年　Ａ４") == passage_terms("2020年 a4")
    assert passage_terms("養蜂戶數①") == passage_terms("养蜂户数1")


def test_rare_characters_outside_the_basic_plane_count_as_characters() -> None:
    assert passage_terms("𠮷野") == ["𠮷", "野", "𠮷野"]


def test_a_question_loses_the_words_that_ask_and_its_repetitions() -> None:
    assert query_terms("养蜂户有多少？") == ["养", "蜂", "户", "有", "养蜂", "蜂户", "户有"]
    assert query_terms("蜂蜂蜂") == ["蜂", "蜂蜂"]
    assert query_terms("誰養蜂") == query_terms("谁养蜂") == query_terms("养蜂")


def test_a_question_word_leaves_no_pair_across_its_place() -> None:
    assert "在养" not in query_terms("在哪里养蜂")


def test_words_that_only_look_like_asking_stay() -> None:
    assert query_terms("几何") == ["几", "何", "几何"]
    assert query_terms("哪吒") == passage_terms("哪吒")


def test_a_question_of_nothing_but_question_words_keeps_them() -> None:
    assert query_terms("为什么？") == ["为", "什", "么", "为什", "什么"]
    assert query_terms("？") == []


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_gives_terms_that_a_space_can_join(text: str) -> None:
    terms = passage_terms(text)
    assert " ".join(terms).split() == terms
    assert all(term.encode() for term in terms)
    assert set(query_terms(text)) <= set(terms)
    assert len(set(query_terms(text))) == len(query_terms(text))
