"""Pieces of a passage: nothing of it is lost, nothing is too long, and a sentence is seen with what surrounds it."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.answer import Span
from rag.sentences import sentences
from rag.stretches import lay_stretches

WRITTEN = st.text(st.sampled_from('甲乙丙，。！；?.\n \u3000"“”（）《》a1…'), max_size=900)
TEXTS = st.one_of(WRITTEN, st.text(max_size=400), st.text(st.sampled_from("甲。"), max_size=900))
REACHES = st.integers(1, 500)


def laid(text: str, reach: int) -> list[Span]:
    return lay_stretches(len(text), sentences(text), reach)


@given(TEXTS, REACHES)
@example("", 5)
@example(" " * 50, 5)
@example("甲" * 1000, 7)
@example("甲。" * 300, 160)
@example("\ud800。" * 200, 33)
@example("“" * 300 + "甲。乙。", 40)
def test_stretches_are_short_ordered_and_cover_every_sentence(text: str, reach: int) -> None:
    found = laid(text, reach)
    assert all(0 <= start < end <= len(text) and end - start <= reach for start, end in found)
    for (start, end), (after, last) in itertools.pairwise(found):
        assert start < after and end < last, "each begins and ends behind the one before"
    covered = {offset for span in found for offset in range(*span)}
    said = {offset for span in sentences(text) for offset in range(*span)}
    assert said <= covered
    assert {offset for offset, character in enumerate(text) if not character.isspace()} <= covered


@given(TEXTS, REACHES)
def test_a_sentence_that_fits_stands_whole_in_one_piece(text: str, reach: int) -> None:
    found = laid(text, reach)
    for start, end in sentences(text):
        if end - start <= reach:
            assert any(first <= start and end <= last for first, last in found)


@given(st.lists(st.integers(2, 20), min_size=1, max_size=60), st.integers(20, 80))
def test_pieces_begin_and_end_with_sentences_where_none_is_too_long(lengths: list[int], reach: int) -> None:
    text = "".join("甲" * (length - 1) + "。" for length in lengths)
    found = laid(text, reach)
    edges = sentences(text)
    assert {start for start, _ in found} <= {start for start, _ in edges}
    assert {end for _, end in found} <= {end for _, end in edges}


def test_a_short_text_is_one_piece_with_its_white_space() -> None:
    assert laid(" 甲乙。 ", 5) == [(0, 5)]
    assert laid(" 甲乙。 ", 4) == [(1, 4)]
    assert laid("", 5) == []
    assert laid("      ", 5) == [], "there is no sentence in it to be read"


def test_pieces_overlap_by_about_half() -> None:
    """Sentences of 10, a reach of 40: four in the first; the fifth is read with those from the middle of it on."""
    assert laid("一二三四五六七八九。" * 8, 40) == [(0, 40), (20, 60), (40, 80)]


def test_what_surrounds_a_sentence_is_seen_somewhere() -> None:
    """Each sentence but the first and the last two stands in a piece with its neighbours on both sides."""
    text = "一二三四五六七八九。" * 30
    found = laid(text, 60)
    for start in range(10, 290, 10):
        assert any(first <= start - 10 and start + 20 <= last for first, last in found)


@pytest.mark.parametrize(
    ("length", "expected"),
    [(8, [(0, 8)]), (9, [(0, 8), (1, 9)]), (14, [(0, 8), (6, 14)]), (16, [(0, 8), (4, 12), (8, 16)])],
)
def test_a_sentence_that_is_too_long_is_read_in_parts(length: int, expected: list[Span]) -> None:
    assert laid("甲" * length, 8) == expected


def test_a_long_sentence_between_short_ones() -> None:
    text = "短句。" + "长" * 19 + "。" + "短句。"
    assert laid(text, 10) == [(0, 3), (3, 13), (8, 18), (13, 23), (23, 26)]
