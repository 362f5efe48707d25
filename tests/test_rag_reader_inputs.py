"""What the network is shown, in tokens that are written out here."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reader_inputs import (
    HEADINGS,
    LEVELS,
    QUESTION,
    STRIDE,
    WINDOW,
    Ids,
    Marks,
    levels,
    make_input,
    padded,
    windows,
)

MARKS = Marks(cls=100, sep=101)


def ids(*numbers: int) -> Ids:
    return np.asarray(numbers, np.int32)


def test_the_parts_in_their_order() -> None:
    made = make_input(ids(1, 2), ids(3), ids(4, 5, 6, 7), (1, 3), MARKS)
    assert made.ids.tolist() == [100, 1, 2, 101, 3, 101, 5, 6, 101]
    assert made.ids[made.start : made.start + made.tokens].tolist() == [5, 6]
    assert made.first == 1
    assert (made.types // LEVELS).tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 1]


def test_shared_tokens_are_told_by_how_much_is_shared() -> None:
    """Of 1 2 3 9 5 6 the other side holds 1 2 3 in a run, 5 6 as a pair, and 9 nowhere; of 6 4 itself alone."""
    assert levels(ids(1, 2, 3, 9, 5, 6), ids(5, 6, 7, 1, 2, 3)).tolist() == [3, 3, 3, 0, 2, 2]
    assert levels(ids(6, 4), ids(5, 6)).tolist() == [1, 0]
    assert levels(ids(), ids(1)).tolist() == []
    assert levels(ids(1), ids()).tolist() == [0]


def test_marks_share_nothing_and_each_side_is_told_of_the_other() -> None:
    made = make_input(ids(1, 2), ids(2), ids(1, 2, 3), (0, 3), MARKS)
    assert made.types.tolist() == [0, 2, 2, 0, LEVELS + 1, LEVELS, LEVELS + 2, LEVELS + 2, LEVELS, LEVELS]


@given(st.lists(st.integers(0, 5), max_size=20), st.lists(st.integers(0, 5), max_size=20))
def test_levels_against_brute_force(mine: list[int], others: list[int]) -> None:
    def shared(start: int, length: int) -> bool:
        run = mine[start : start + length]
        return len(run) == length and any(others[i : i + length] == run for i in range(len(others)))

    expected = [
        max((n for n in (1, 2, 3) for start in range(max(0, i - n + 1), i + 1) if shared(start, n)), default=0)
        for i in range(len(mine))
    ]
    assert levels(ids(*mine), ids(*others)).tolist() == expected


def test_of_question_and_headings_the_last_tokens_are_kept() -> None:
    made = make_input(ids(*range(200)), ids(*range(200, 400)), ids(7), (0, 1), MARKS)
    assert made.ids[1 : QUESTION + 1].tolist() == list(range(200 - QUESTION, 200))
    assert made.ids[QUESTION + 2 : QUESTION + 2 + HEADINGS].tolist() == list(range(400 - HEADINGS, 400))
    assert made.tokens == 1


@given(st.integers(0, 2000))
def test_windows_cover_all_and_overlap(tokens: int) -> None:
    found = windows(tokens)
    assert found[0][0] == 0
    assert found[-1][1] == tokens
    assert all(end - start <= WINDOW for start, end in found)
    for (start, end), (after, _) in itertools.pairwise(found):
        assert start < after <= start + STRIDE < end


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        (0, [(0, 0)]),
        (WINDOW, [(0, WINDOW)]),
        (WINDOW + 1, [(0, WINDOW), (1, WINDOW + 1)]),
        (WINDOW + STRIDE, [(0, WINDOW), (STRIDE, STRIDE + WINDOW)]),
    ],
)
def test_the_last_window_ends_with_the_text(tokens: int, expected: list[tuple[int, int]]) -> None:
    assert windows(tokens) == expected


def test_a_batch_is_filled_up_behind() -> None:
    short = make_input(ids(1), ids(), ids(2), (0, 1), MARKS)
    longer = make_input(ids(1), ids(), ids(2, 1), (0, 2), MARKS)
    numbers, types, mask = padded([short, longer])
    assert numbers.tolist() == [[100, 1, 101, 101, 2, 101, 0], [100, 1, 101, 101, 2, 1, 101]]
    assert mask.tolist() == [[1, 1, 1, 1, 1, 1, 0], [1] * 7]
    assert types[0].tolist() == [*short.types.tolist(), 0]
    assert numbers.dtype == types.dtype == mask.dtype == np.int64
