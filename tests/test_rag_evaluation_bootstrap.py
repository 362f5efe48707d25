"""Is a difference more than luck: against every sample there is, against scipy, and what must always hold."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rag.evaluation import bootstrap
from rag.evaluation.bootstrap import Array, Counts, paired, paired_figure
from rag.evaluation.metrics.calibration import expected_calibration_error, reliability
from rag.evaluation.metrics.percentile import percentile
from rag.evaluation.metrics.risk_coverage import aurc, risk_coverage
from rag.evaluation.resampled import resampled_aurc, resampled_ece, resampled_percentile, resampled_share

SCORES = st.lists(
    st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([0.0, 0.5, 1.0])), min_size=1, max_size=30
)


def test_means_and_difference() -> None:
    found = paired([0, 0.5, 1], [1, 0.5, 1])
    assert (found.mean_first, found.mean_second) == (pytest.approx(1.5 / 3), pytest.approx(2.5 / 3))
    assert found.difference == pytest.approx(1 / 3)
    assert found.n == 3


def test_against_every_sample_of_five_questions() -> None:
    first, second = [0, 0, 1, 0.25, 0.5], [1, 0.5, 0, 1, 0.75]
    gained = np.subtract(second, first)
    means = np.array([np.mean(drawn) for drawn in product(gained, repeat=5)])  # 5^5 samples, all as likely
    found = paired(first, second, samples=40_000)
    assert found.low == pytest.approx(np.percentile(means, 2.5), abs=0.05)  # the means are 0.05 apart
    assert found.high == pytest.approx(np.percentile(means, 97.5), abs=0.05)
    astray = np.mean(np.abs(means - gained.mean()) >= abs(gained.mean()) - 1e-12)
    assert found.p_value == pytest.approx(astray, abs=4 * 0.5 / 40_000**0.5)  # 4 standard errors


def test_against_scipy() -> None:
    generator = np.random.default_rng(5)
    first = generator.random(200)
    second = np.clip(first + generator.normal(0.03, 0.2, 200), 0, 1)
    found = paired(list(first), list(second))
    theirs = stats.bootstrap((second - first,), np.mean, n_resamples=10_000, method="percentile", rng=generator)
    assert found.low == pytest.approx(theirs.confidence_interval.low, abs=0.002)
    assert found.high == pytest.approx(theirs.confidence_interval.high, abs=0.002)
    flipped = stats.permutation_test(
        (second, first), lambda x, y: np.mean(x) - np.mean(y), permutation_type="samples", n_resamples=10_000, rng=1
    )
    assert 0.01 < flipped.pvalue < 0.2  # neither sure nor hopeless, or the comparison says nothing
    assert found.p_value == pytest.approx(flipped.pvalue, abs=0.02)


@given(SCORES)
def test_the_same_twice_is_no_difference(pairs: list[tuple[float, float]]) -> None:
    scores = [one for one, _ in pairs]
    found = paired(scores, scores, samples=200)
    assert (found.difference, found.low, found.high, found.p_value) == (0, 0, 0, 1)


@given(SCORES)
def test_turned_round_the_signs_change(pairs: list[tuple[float, float]]) -> None:
    first, second = [one for one, _ in pairs], [two for _, two in pairs]
    there, back = paired(first, second, samples=200), paired(second, first, samples=200)
    assert there.difference == -back.difference
    assert (there.low, there.high) == (pytest.approx(-back.high), pytest.approx(-back.low))
    assert there.p_value == back.p_value
    assert -1 <= there.low <= there.high <= 1
    assert max(1 / 201, 2.0 ** (1 - len(pairs))) <= there.p_value <= 1


@pytest.mark.parametrize(("n", "least"), [(1, 1), (2, 1 / 2), (5, 1 / 16), (8, 1 / 128), (300, 1 / 1001)])
def test_few_questions_prove_little(n: int, least: float) -> None:
    assert paired([0] * n, [1] * n, samples=1000).p_value == pytest.approx(least)


def test_a_tie_is_a_tie_in_tenths_as_in_whole_numbers() -> None:
    first, second = [7, 7, 7, 4, 1, 7, 5], [3, 5, 9, 9, 4, 6, 3]
    tenths = paired([one / 10 for one in first], [two / 10 for two in second], samples=500)
    assert tenths.p_value == paired(first, second, samples=500).p_value


def test_the_same_seed_draws_the_same() -> None:
    first, second = [0.0, 1, 0, 1, 0, 0], [1.0, 1, 0, 0, 1, 0]
    assert paired(first, second, seed=3) == paired(first, second, seed=3)
    assert paired(first, second, seed=3, samples=99) != paired(first, second, seed=4, samples=99)


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = [0.0, 1, 0, 1, 0, 0, 1], [1.0, 1, 0, 0, 1, 0, 1]
    whole = paired(first, second, samples=101)
    monkeypatch.setattr(bootstrap, "BLOCK", 7 * 10)  # ten samples at once, the last block has one
    assert paired(first, second, samples=101) == whole


def test_bad_input() -> None:
    with pytest.raises(ValueError, match="not 1 and 2 scores"):
        paired([1], [1, 0])
    with pytest.raises(ValueError, match="not 0 and 0 scores"):
        paired([], [])
    with pytest.raises(ValueError, match="not finite"):
        paired([1.0], [float("nan")])
    with pytest.raises(ValueError, match="at least 1 question"):
        paired_figure(resampled_percentile([], 50), resampled_percentile([], 50), 0)


def test_a_mean_as_a_figure_is_judged_like_a_mean() -> None:
    first, second = np.array([0.0, 1, 0, 1, 0, 0, 1, 0]), np.array([1.0, 1, 0, 0, 1, 0, 1, 1])

    def mean(scores: Array) -> bootstrap.Figure:
        return lambda counts: counts @ scores / len(scores)

    figure = paired_figure(mean(first), mean(second), 8, samples=500, seed=2)
    plain = paired(list(first), list(second), samples=500, seed=2)
    assert (figure.low, figure.high) == (pytest.approx(plain.low), pytest.approx(plain.high))
    assert (figure.difference, figure.p_value) == (pytest.approx(plain.difference), plain.p_value)


DRAWN = st.lists(
    st.tuples(st.sampled_from([0.0, 0.1, 0.3, 0.55, 0.7, 1.0]), st.sampled_from([None, 0.0, 1.0]), st.integers(0, 3)),
    min_size=1,
    max_size=25,
)


@given(DRAWN)
def test_resampled_figures_are_those_of_the_questions_drawn(drawn: list[tuple[float, float | None, int]]) -> None:
    """Questions drawn so often, by counting, and written out so often, through the metrics themselves."""
    sure, right, times = ([each[n] for each in drawn] for n in range(3))
    counts: Counts = np.array([times, [1] * len(drawn)])
    for row, often in enumerate(counts):
        written = [(s, r) for (s, r, _), k in zip(drawn, often, strict=True) for _ in range(k)]
        drafts = [(s, bool(r)) for s, r in written if r is not None]
        ece = expected_calibration_error(reliability([s for s, _ in drafts], [r for _, r in drafts]))
        area = aurc(risk_coverage([s for s, _ in written], [bool(r) for _, r in written]))
        assert resampled_ece(sure, right)(counts)[row] == pytest.approx(ece or 0)  # type: ignore[arg-type]
        assert resampled_aurc(sure, [bool(r) for r in right])(counts)[row] == pytest.approx(area or 0)  # type: ignore[arg-type]
        share = [r == 1 for _, r in written if r is not None]
        figure = resampled_share([r == 1 for r in right], [r is not None for r in right])
        assert figure(counts)[row] == pytest.approx(sum(share) / len(share) if share else 0)
        if written:
            middle = percentile([s for s, _ in written], 50)
            assert resampled_percentile(sure, 50)(counts[row : row + 1])[0] == pytest.approx(middle)  # type: ignore[arg-type]
