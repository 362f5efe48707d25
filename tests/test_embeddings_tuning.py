"""The arithmetic of tuning a table, and a table that learns."""

from pathlib import Path

import numpy as np
import pytest

from embeddings.static_encoder import StaticEncoder
from embeddings.tuning.bags import Bags, means, together
from embeddings.tuning.contrast import loss_and_gradients
from embeddings.tuning.steps import Steps
from embeddings.tuning.tuner import Lesson, Recipe, tuned_table
from tests.tuning_data import MEANT, SAID, write_model

RECIPE = Recipe(batch=8, passes=10, least_steps=10, rate=0.3)


@pytest.fixture
def encoder(tmp_path: Path) -> StaticEncoder:
    return StaticEncoder(write_model(tmp_path / "model"))


def lessons() -> list[Lesson]:
    """Each character of ``SAID`` asks for the one of ``MEANT`` that goes with it."""
    pairs = enumerate(zip(SAID, MEANT, strict=True))
    return [Lesson(query=said, passage=meant, place=n, alike=(n, n + 1)) for n, (said, meant) in pairs]


def test_means_are_a_matrix_times_the_rows() -> None:
    table = np.asarray([[1, 0], [0, 1], [4, 4], [9, 9]], dtype=np.float32)
    tokens, mixing = means(Bags.of([[0, 1, 1], [2], []], most=9))
    assert tokens.tolist() == [0, 1, 2]
    np.testing.assert_allclose(mixing @ table[tokens], [[1 / 3, 2 / 3], [4, 4], [0, 0]], atol=1e-6)


def test_bags_are_picked_in_order_and_cut() -> None:
    bags = Bags.of([[1, 2, 3], [], [4], [5, 6]], most=2)
    picked = bags.pick(np.asarray([3, 1, 0, 3]))
    assert (picked.tokens.tolist(), picked.sizes.tolist()) == ([5, 6, 1, 2, 5, 6], [2, 0, 2, 2])
    both = together([picked, bags])
    assert both.tokens.tolist() == [5, 6, 1, 2, 5, 6, 1, 2, 4, 5, 6]
    assert both.sizes.tolist() == [2, 0, 2, 2, 2, 0, 1, 2]


def test_forgetting_leaves_no_text_without_a_token() -> None:
    bags = Bags.of([[7]] * 50 + [list(range(100))], most=100)
    thinned = bags.thinned(0.5, np.random.default_rng(0))
    assert thinned.sizes[:50].tolist() == [1] * 50
    assert 30 < thinned.sizes[50] < 70
    assert thinned.sizes.sum() == len(thinned.tokens)
    assert bags.thinned(0.0, np.random.default_rng(0)).tokens.tolist() == bags.tokens.tolist()


def test_the_loss_of_two_that_are_told_apart_and_of_one_masked() -> None:
    queries = np.asarray([[2, 0], [0, 3]], dtype=np.float32)
    every = np.ones((2, 2), dtype=np.bool_)
    loss, _, _ = loss_and_gradients(queries, queries, every, scale=1.0)
    assert loss == pytest.approx(-np.log(np.e / (np.e + 1)))
    loss, near, far = loss_and_gradients(queries, queries, np.eye(2, dtype=np.bool_), scale=1.0)
    assert loss == pytest.approx(0.0)
    assert not near.any() and not far.any()


def test_the_gradients_are_those_of_the_loss() -> None:
    draw = np.random.default_rng(3)
    queries, passages = draw.standard_normal((3, 4)), draw.standard_normal((3, 4))
    counted = np.ones((3, 3), dtype=np.bool_)
    counted[0, 2] = False
    _, near, far = loss_and_gradients(queries, passages, counted, scale=5.0)
    for rows, gradient in ((queries, near), (passages, far)):
        for place in np.ndindex(rows.shape):
            ends = []
            for change in (1e-6, -1e-6):
                kept = rows[place]
                rows[place] = kept + change
                ends.append(loss_and_gradients(queries, passages, counted, scale=5.0)[0])
                rows[place] = kept
            assert gradient[place] == pytest.approx((ends[0] - ends[1]) / 2e-6, abs=1e-6)


def test_a_first_step_is_as_wide_as_the_rate_and_a_later_one_shorter() -> None:
    """The table's root mean square is 2, the row's gradient has 1: 0.1 * 2 * 1 / sqrt(1), then / sqrt(1 + 1)."""
    table = np.full((2, 2), 2, dtype=np.float32)
    steps = Steps(table, decay=0.0)
    gradient = np.asarray([[1, -1]], dtype=np.float32)
    steps.step(np.asarray([0]), gradient, 0.1)
    np.testing.assert_allclose(table, [[1.8, 2.2], [2, 2]], atol=1e-6)
    steps.step(np.asarray([0]), gradient, 0.1)
    np.testing.assert_allclose(table[0], [1.8 - 0.2 / np.sqrt(2), 2.2 + 0.2 / np.sqrt(2)], atol=1e-6)


def test_a_row_is_drawn_back_to_where_it_began() -> None:
    table = np.full((1, 2), 2, dtype=np.float32)
    steps = Steps(table, decay=0.25)
    steps.step(np.asarray([0]), np.asarray([[1, -1]], dtype=np.float32), 0.1)
    np.testing.assert_allclose(table, [[1.8 + 0.05, 2.2 - 0.05]], atol=1e-6)


@pytest.mark.parametrize(
    ("recipe", "steps"),
    [
        (Recipe(batch=4, passes=3, least_steps=0), 12),  # 16 lessons are 4 steps
        (Recipe(batch=4, passes=3, least_steps=20), 20),
        (Recipe(batch=4, passes=3, least_steps=0, most_steps=9), 8),
        (Recipe(batch=4, passes=3, least_steps=0, most_steps=1), 4),
        (Recipe(batch=5, passes=1, least_steps=0), 3),
        (Recipe(batch=99, passes=2, least_steps=0), 2),
    ],
)
def test_how_many_steps_there_are(encoder: StaticEncoder, recipe: Recipe, steps: int) -> None:
    calls: list[tuple[int, int]] = []
    tuned_table(encoder, lessons(), recipe, lambda done, total: calls.append((done, total)))
    assert calls == [(done, steps) for done in range(steps + 1)]


def nearest(encoder: StaticEncoder) -> float:
    """Share of ``SAID`` whose nearest of ``MEANT`` is its own."""
    cosines = encoder.encode_queries(list(SAID)) @ encoder.encode_passages(list(MEANT)).T
    return float((cosines.argmax(axis=1) == np.arange(len(SAID))).mean())


def test_it_learns_what_goes_with_what_and_leaves_the_encoder_alone(encoder: StaticEncoder, tmp_path: Path) -> None:
    before = encoder.table.copy()
    calls: list[tuple[int, int]] = []
    table = tuned_table(encoder, lessons(), RECIPE, lambda done, total: calls.append((done, total)))
    np.testing.assert_array_equal(encoder.table, before)
    encoder.save_with(table, tmp_path / "tuned")
    assert nearest(encoder) < 0.3
    assert nearest(StaticEncoder(tmp_path / "tuned")) == 1.0
    assert calls[0] == (0, 20) and calls[-1] == (20, 20)  # 16 lessons in batches of 8, ten times
    np.testing.assert_array_equal(tuned_table(encoder, lessons(), RECIPE), table)


def test_what_may_be_right_as_well_is_not_pushed_away(encoder: StaticEncoder) -> None:
    alike = [Lesson(**{**vars(each), "alike": (0, len(SAID))}) for each in lessons()]
    np.testing.assert_array_equal(tuned_table(encoder, alike, RECIPE), encoder.table)


def test_the_more_it_is_drawn_back_the_nearer_it_stays(encoder: StaticEncoder) -> None:
    tables = [tuned_table(encoder, lessons(), Recipe(**{**vars(RECIPE), "decay": decay})) for decay in (0.0, 1.0, 5.0)]
    moved = [float(np.abs(table - encoder.table).mean()) for table in tables]
    assert moved[0] > moved[1] > moved[2] > 0


def test_lessons_of_unknown_words_teach_nothing(encoder: StaticEncoder) -> None:
    strange = [Lesson(query="xyz", passage="", place=n, alike=(n, n + 1)) for n in range(4)]
    np.testing.assert_array_equal(tuned_table(encoder, strange, RECIPE), encoder.table)
    np.testing.assert_array_equal(tuned_table(encoder, [], RECIPE), encoder.table)
    np.testing.assert_array_equal(tuned_table(encoder, [*strange, lessons()[0]], RECIPE), encoder.table)


def test_a_model_is_saved_with_another_table_and_nothing_else_changed(encoder: StaticEncoder, tmp_path: Path) -> None:
    encoder.save_with(encoder.table, tmp_path / "model-2")
    for name in ("model.safetensors", "tokenizer.json", "modules.json", "config_sentence_transformers.json"):
        assert (tmp_path / "model-2" / name).read_bytes() == (tmp_path / "model" / name).read_bytes()
    assert StaticEncoder(tmp_path / "model-2").name.rpartition("-")[2] == encoder.name.rpartition("-")[2]
    encoder.save_with(encoder.table + 1, tmp_path / "model-3")
    assert StaticEncoder(tmp_path / "model-3").name.rpartition("-")[2] != encoder.name.rpartition("-")[2]
    with pytest.raises(FileExistsError):
        encoder.save_with(encoder.table, tmp_path / "model-3")
