"""What a model's numbers come to for sentences and spans: against arithmetic and brute force, within the budget."""

import itertools
import math
from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.answer import Span
from rag.model_evidence import (
    LEAST,
    STRETCHES,
    Places,
    ReadSentence,
    choose_stretches,
    headings,
    read_sentences,
)
from rag.sentences import sentences
from rag.span_model import LONGEST, Scores, Stretch, readable
from rag.stretches import lay_stretches
from tests.contracts import span_model_contract
from tests.fakes import WordModel, passages


def scores(begin: Sequence[float], end: Sequence[float], width: int = 1) -> Scores:
    """Tokens of ``width`` characters without gaps."""
    places = np.arange(len(begin), dtype=np.int32) * width
    return Scores(
        firsts=places, lasts=places + width, begin=np.asarray(begin, np.float32), end=np.asarray(end, np.float32)
    )


def places_of(*texts: str) -> list[tuple[int, Span]]:
    return [(number, span) for number, text in enumerate(texts) for span in sentences(text)]


def test_the_fake_keeps_the_contract() -> None:
    span_model_contract(WordModel("两次"))


def test_the_mass_of_a_sentence_is_that_of_all_its_spans() -> None:
    """The middle two of four tokens: spans of 1 + 0, of 1 + 2, and of 0 + 2; the one from behind to front is none."""
    read = ReadSentence(scores([9, 1, 0, 9], [9, 0, 2, 9]), 0, (1, 3))
    assert read.mass == pytest.approx(math.log(math.exp(1) + math.exp(3) + math.exp(2)))
    assert read.best(9) == [(1, 3), (2, 3), (1, 2)]
    both, alone = read.shares([(1, 3), (2, 3)])
    assert both == pytest.approx(
        [3 - read.mass, 1 - math.log(math.exp(1) + math.exp(0)), 2 - math.log(math.exp(0) + math.exp(2))], abs=1e-5
    )
    assert alone[0] == pytest.approx(2 - read.mass, abs=1e-5)


def test_offsets_are_those_of_the_passage() -> None:
    """A stretch that begins at 100, tokens of three characters, a sentence from 103 to 109."""
    read = ReadSentence(scores([0, 5, 0, 0], [0, 0, 5, 0], width=3), 100, (103, 109))
    assert read.best(1) == [(103, 109)]
    assert read.shares([(103, 109)])[0, 0] > math.log(0.9)


def test_a_token_that_reaches_past_its_sentence_is_cut_off_there() -> None:
    read = ReadSentence(scores([6, 0, 5], [5, 0, 6], width=4), 0, (2, 10))
    assert read.best(1) == [(2, 10)]
    assert set(read.best(9)) == {(2, 4), (2, 8), (2, 10), (4, 8), (4, 10), (8, 10)}


def test_a_character_of_several_tokens_is_named_once() -> None:
    """The second character is two tokens, as ㎡ is m and 2."""
    places = np.asarray([0, 1, 1], np.int32)
    logits = np.asarray([0, 1, 3], np.float32)
    read = ReadSentence(Scores(firsts=places, lasts=places + 1, begin=logits, end=logits), 0, (0, 2))
    assert read.best(2) == [(1, 2), (0, 2)]


@st.composite
def sentence_scores(draw: st.DrawFn) -> tuple[Scores, int, Span]:
    """Tokens with gaps, their logits, where their stretch begins, and a sentence in it."""
    lengths = draw(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3)), min_size=1, max_size=12))
    at, firsts, lasts = 0, [], []
    for gap, length in lengths:
        firsts.append(at + gap)
        at += gap + length
        lasts.append(at)
    logit = st.floats(-8, 8, width=32)
    logits = st.lists(logit, min_size=len(firsts), max_size=len(firsts))
    first = draw(st.integers(0, 30))
    start, end = sorted((draw(st.integers(0, at)), draw(st.integers(0, at))))
    assume(start < end)
    made = Scores(
        firsts=np.asarray(firsts, np.int32), lasts=np.asarray(lasts, np.int32),
        begin=np.asarray(draw(logits), np.float32), end=np.asarray(draw(logits), np.float32),
    )  # fmt: skip
    return made, first, (first + start, first + end)


@given(sentence_scores())
def test_against_brute_force(given: tuple[Scores, int, Span]) -> None:
    made, first, (start, end) = given
    inside = [i for i in range(len(made.begin)) if made.firsts[i] + first < end and made.lasts[i] + first > start]
    pairs = {
        (max(start, int(made.firsts[i]) + first), min(end, int(made.lasts[j]) + first)): float(
            made.begin[i] + made.end[j]
        )
        for i, j in itertools.product(inside, inside)
        if i <= j
    }
    read = ReadSentence(made, first, (start, end))
    if not pairs:
        assert (read.mass, read.best(3)) == (LEAST, [])
        return
    total = math.log(sum(math.exp(score) for score in pairs.values()))
    assert read.mass == pytest.approx(max(LEAST, total), abs=1e-4)
    best = read.best(3)
    assert len(best) == len(set(best)) == min(3, len(pairs))
    assert [pairs[span] for span in best] == pytest.approx(sorted(pairs.values(), reverse=True)[: len(best)], abs=1e-4)
    assert all(start <= a < b <= end for a, b in best)
    spans = list(pairs)
    shares = read.shares(spans)
    assert shares[:, 0] == pytest.approx([max(LEAST, pairs[span] - total) for span in spans], abs=1e-4)
    assert np.exp(shares[:, 0]).sum() == pytest.approx(1, abs=1e-3)


def test_a_span_that_is_none_of_the_sentence_has_the_least_share() -> None:
    read = ReadSentence(scores([0, 1, 2, 3], [3, 2, 1, 0]), 10, (11, 13))
    shares = read.shares([(10, 12), (11, 14), (0, 5), (40, 50), (12, 12)])
    assert (shares == LEAST).all()
    assert read.shares([]).shape == (0, 3)


def test_an_answer_has_a_length() -> None:
    """All tokens alike: the spans of at most LONGEST tokens, LONGEST + LONGEST + LONGEST - 1 + ... of them."""
    tokens = LONGEST + 1
    read = ReadSentence(scores([0.0] * tokens, [0.0] * tokens), 0, (0, tokens))
    assert read.mass == pytest.approx(math.log(tokens * (tokens + 1) / 2 - 1), abs=1e-3)
    assert read.shares([(0, tokens)])[0, 0] == LEAST
    assert read.shares([(0, tokens - 1)])[0, 0] > LEAST


def test_no_logit_is_too_great() -> None:
    read = ReadSentence(scores([300, -300], [300, -300]), 0, (0, 2))
    assert read.mass == pytest.approx(600)
    assert np.isfinite(read.shares([(0, 1), (1, 2), (0, 2)])).all()
    assert ReadSentence(scores([-300.0], [-300.0]), 0, (0, 1)).mass == LEAST


def test_a_sentence_without_a_token_says_nothing() -> None:
    read = ReadSentence(scores([], []), 0, (0, 3))
    assert (read.mass, read.best(5)) == (LEAST, [])
    assert (read.shares([(0, 1)]) == LEAST).all()


SHORT = ("南山大桥全长1280米。桥面宽32米。", "全市建成养老院37家。", "")


def test_every_sentence_is_read_where_there_is_room() -> None:
    model = WordModel("1280米", "37家")
    these, places = passages(*SHORT), places_of(*SHORT)
    read = read_sentences(model, "多长？", these, places, [0.0] * len(places))
    assert [stretch.text for stretch in model.seen] == list(SHORT[:2])
    assert {stretch.headings for stretch in model.seen} == {these[0].document.title}
    bridge, width, home = (each for each in read if each)
    assert SHORT[0][slice(*bridge.best(1)[0])] == "1280米"
    assert SHORT[1][slice(*home.best(1)[0])] == "37家"
    assert bridge.mass > 5 > 0 > width.mass


def test_only_the_most_promising_passages_are_read() -> None:
    texts = [f"第{n}段。" for n in range(20)]
    model, places = WordModel("第"), places_of(*texts)
    promise = [float(n % 10) for n in range(20)]
    read = read_sentences(model, "第几段？", passages(*texts), places, promise)
    most = {number for number in range(20) if number % 10 >= 6}
    assert {number for number, each in enumerate(read) if each} == most
    assert [stretch.text for stretch in model.seen] == [texts[number] for number in sorted(most)]
    assert len(most) == STRETCHES


def test_of_a_long_passage_the_pieces_that_promise_most_are_read() -> None:
    text = "".join(f"这是第{n:02d}句话。" for n in range(60))
    places = places_of(text)
    promise = [0.0] * 60
    promise[7], promise[41] = 2.0, 1.0
    model = WordModel("07", "41", reach=48)
    read = read_sentences(model, "第几句？", passages(text), places, promise)
    assert len(model.seen) <= STRETCHES
    for number in (7, 41):
        found = read[number]
        assert found is not None
        assert text[slice(*found.best(1)[0])] == f"{number:02d}"
    first = read[7]
    assert first is not None and read[6] is not None and read[8] is not None, "its neighbours were read with it"
    assert read[30] is None or len(model.seen) == STRETCHES


EIGHT = "".join(f"{n}二三四五六七八九。" for n in range(8))
"""Eight sentences of ten characters; with a reach of forty the stretches begin with the sentences 0, 2 and 4."""


@pytest.mark.parametrize(
    ("sentence", "stretch"), [(0, (0, 40)), (1, (0, 40)), (3, (20, 60)), (4, (20, 60)), (6, (40, 80))]
)
def test_a_sentence_is_read_where_most_surrounds_it(sentence: int, stretch: Span) -> None:
    places = places_of(EIGHT)
    promise = [float(n == sentence) for n in range(8)]
    assert choose_stretches([EIGHT], places, promise, 40, most=1) == [(0, stretch)]


def test_what_counts_of_a_sentence_that_was_read_twice_is_the_stretch_with_most_around_it() -> None:
    class ByBeginning:
        """Logits that say with which sentence the stretch begins."""

        name, reach = "by beginning", 40

        def score(self, question: str, stretches: Sequence[Stretch]) -> tuple[Scores, ...]:
            return tuple(scores([float(s.text[0])] * 40, [0.0] * 40) for s in stretches)

    places = places_of(EIGHT)
    read = read_sentences(ByBeginning(), "多少？", passages(EIGHT), places, [0.0] * 8)
    spans = math.log(10 * 11 / 2)
    assert [round(each.mass - spans) for each in read if each] == [0, 0, 0, 2, 2, 4, 4, 4]


@pytest.mark.parametrize("reach", [20, 24, 30, 60])
def test_an_answer_longer_than_what_is_read_at_once_is_found_whole(reach: int) -> None:
    class Edges:
        """Finds where an answer begins and ends, each by itself; never the edge of what it reads."""

        name = "edges"

        def __init__(self) -> None:
            self.reach = reach

        def score(self, question: str, stretches: Sequence[Stretch]) -> tuple[Scores, ...]:
            return tuple(
                scores([9.0 * (c == "甲") - 6 for c in s.text], [9.0 * (c == "癸") - 6 for c in s.text])
                for s in stretches
            )

    text = "园区建成后引进了" + "甲，乙、丙、丁、戊、己、庚、辛、壬、和癸" + "等企业多家，运行良好。" + "又一句话。"
    first, second = read_sentences(Edges(), "哪些企业？", passages(text), places_of(text), [1.0, 0.0])
    assert first is not None and second is not None
    assert text[slice(*first.best(1)[0])] == "甲，乙、丙、丁、戊、己、庚、辛、壬、和癸"
    assert first.mass == pytest.approx(6, abs=0.1)
    assert second.mass < -8


def test_nothing_to_read() -> None:
    model = WordModel("甲")
    assert read_sentences(model, "甲？", (), [], []) == []
    assert read_sentences(model, "甲？", passages("", " \n"), [], []) == []
    assert model.seen == []


def test_a_sentence_of_nothing_but_what_a_model_leaves_out_counts_as_unread() -> None:
    class Deaf:
        name, reach = "deaf", 40

        def score(self, question: str, stretches: Sequence[Stretch]) -> tuple[Scores, ...]:
            return tuple(scores([], []) for _ in stretches)

    assert read_sentences(Deaf(), "甲？", passages("甲。"), places_of("甲。"), [0.0]) == [None]


def test_headings_are_title_and_section() -> None:
    (passage,) = passages("甲")
    assert headings(passage) == "南山大桥管理办法"


LINES = st.lists(st.text(st.sampled_from("甲乙。！ \n1a"), max_size=120), max_size=6)


@given(LINES, st.integers(5, 60), st.integers(1, 10), st.randoms(use_true_random=False))
def test_the_budget_is_kept_and_spent_on_the_most_promising(
    texts: list[str], reach: int, most: int, random: Random
) -> None:
    places: Places = places_of(*texts)
    promise = [random.random() for _ in places]
    chosen = choose_stretches(texts, places, promise, reach, most)
    assert len(chosen) <= most
    assert chosen == sorted(set(chosen)), "each once, in reading order"
    for number, span in chosen:
        assert span in lay_stretches(len(texts[number]), sentences(texts[number]), reach)
    held = [any(n == number and s < span[1] and span[0] < e for n, (s, e) in chosen) for number, span in places]
    if len(chosen) < most:
        assert all(held), "room was left, and a sentence was not read"
    if places:
        assert held[int(np.argmax(promise))]


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4), st.integers(5, 50))
def test_no_text_is_too_strange(texts: list[str], reach: int) -> None:
    places = places_of(*texts)
    model = WordModel("甲", "a", reach=reach)
    for (number, span), read in zip(
        places, read_sentences(model, "甲？", passages(*texts), places, [0.0] * len(places)), strict=True
    ):
        if read is not None:
            assert math.isfinite(read.mass)
            for start, end in read.best(3):
                assert span[0] <= start < end <= span[1] <= len(texts[number])
    assert all(len(stretch.text) <= reach for stretch in model.seen)


@given(st.text())
def test_readable_text_is_as_long_and_can_be_encoded(text: str) -> None:
    assert len(readable(text)) == len(text)
    readable(text).encode()
    if text.isprintable():
        assert readable(text) == text
