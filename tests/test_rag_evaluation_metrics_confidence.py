"""Risk against coverage, calibration, and the percentiles of latency."""

from bisect import bisect_right

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluation.metrics.calibration import expected_calibration_error, reliability
from rag.evaluation.metrics.percentile import percentile
from rag.evaluation.metrics.risk_coverage import Point, aurc, risk_coverage, thin

# Few values, so that there are ties, and the edges of bins among them.
DRAFTS = st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.3, 0.55, 0.7, 0.99, 1.0]), st.booleans()), max_size=40)


def apart(drafts: list[tuple[float, bool]]) -> tuple[list[float], list[bool]]:
    return [confidence for confidence, _ in drafts], [right for _, right in drafts]


def test_risk_coverage() -> None:
    points = risk_coverage([0.9, 0.2, 0.5, 0.5], [True, False, False, True])
    assert points == (
        Point(coverage=1 / 4, risk=0 / 1, confidence=0.9),
        Point(coverage=3 / 4, risk=1 / 3, confidence=0.5),  # both at once: no threshold parts them
        Point(coverage=4 / 4, risk=2 / 4, confidence=0.2),
    )
    assert aurc(points) == pytest.approx(1 / 4 * 0 + 2 / 4 * 1 / 3 + 1 / 4 * 2 / 4)


def test_none_and_one() -> None:
    assert risk_coverage([], []) == ()
    assert aurc(()) is None
    assert aurc(risk_coverage([0.4], [False])) == 1
    assert aurc(risk_coverage([0.4], [True])) == 0


@given(DRAFTS)
def test_aurc_is_the_mean_risk_at_every_answer(drafts: list[tuple[float, bool]]) -> None:
    confidences, right = apart(drafts)
    risks = []
    for threshold in confidences:
        given_then = [correct for confidence, correct in drafts if confidence >= threshold]
        risks.append(given_then.count(False) / len(given_then))
    points = risk_coverage(confidences, right)
    assert aurc(points) == (pytest.approx(sum(risks) / len(risks)) if drafts else None)
    assert [point.coverage for point in points] == sorted({point.coverage for point in points})
    assert not points or points[-1].coverage == 1
    assert all(0 <= point.risk <= 1 for point in points)


@given(DRAFTS, st.randoms())
def test_order_does_not_count(drafts: list[tuple[float, bool]], random: object) -> None:
    mixed = list(drafts)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert risk_coverage(*apart(drafts)) == risk_coverage(*apart(mixed))


@given(st.integers(0, 500), st.integers(2, 60))
def test_thin_keeps_the_ends(n: int, most: int) -> None:
    points = risk_coverage([k / 500 for k in range(n)], [True] * n)
    thinned = thin(points, most)
    assert len(thinned) == min(n, most)
    assert (thinned[:1], thinned[-1:]) == (points[:1], points[-1:])
    assert list(thinned) == sorted(set(thinned), key=lambda point: point.coverage)


def test_a_record_for_json() -> None:
    (point,), (one,) = risk_coverage([0.95], [True]), reliability([0.95], [True])
    assert point.as_record() == {"coverage": 1, "risk": 0, "confidence": 0.95}
    assert one.as_record() == {"from": 9 / 10, "to": 1, "n": 1, "confidence": 0.95, "right": 1}


def test_calibration() -> None:
    bins = reliability([0.72, 0.78, 0.1, 1.0], [True, False, False, True])
    assert [(one.low, one.high, one.n) for one in bins] == [(1 / 10, 2 / 10, 1), (7 / 10, 8 / 10, 2), (9 / 10, 1, 1)]
    assert [one.right for one in bins] == [0, 1 / 2, 1]
    assert bins[1].confidence == pytest.approx((0.72 + 0.78) / 2)
    gaps = 1 / 4 * abs(0 - 0.1) + 2 / 4 * abs(1 / 2 - 0.75) + 1 / 4 * abs(1 - 1.0)
    assert expected_calibration_error(bins) == pytest.approx(gaps)


@pytest.mark.parametrize("bins", [1, 7, 10, 100])
def test_the_edges_belong_to_the_bin_above(bins: int) -> None:
    for n in range(bins):
        (one,) = reliability([n / bins], [True], bins)
        assert (one.low, one.high) == (n / bins, (n + 1) / bins)
    assert reliability([1.0], [True], bins)[0].high == 1


@given(DRAFTS, st.sampled_from([1, 3, 10]))
def test_calibration_error_by_brute_force(drafts: list[tuple[float, bool]], bins: int) -> None:
    found = reliability(*apart(drafts), bins)
    error = 0.0
    for n in range(bins):
        edges = [k / bins for k in range(bins)]
        members = [draft for draft in drafts if bisect_right(edges, draft[0]) - 1 == n]
        if members:
            sure, right = (float(np.mean(column)) for column in zip(*members, strict=True))
            error += len(members) / len(drafts) * abs(right - sure)
    assert sum(one.n for one in found) == len(drafts)
    assert expected_calibration_error(found) == (pytest.approx(error) if drafts else None)
    assert 0 <= (expected_calibration_error(found) or 0) <= 1


def test_percentile() -> None:
    assert percentile([30, 10, 20], 50) == 20
    assert percentile([10, 20], 95) == pytest.approx(10 + 0.95 * (20 - 10))
    assert percentile([7], 95) == 7
    assert percentile([], 50) is None


def test_bad_input() -> None:
    with pytest.raises(ValueError, match="shorter"):
        risk_coverage([0.5, 0.6], [True])
    with pytest.raises(ValueError, match="shorter"):
        reliability([0.5, 0.6], [True])
    with pytest.raises(ValueError, match="between 0 and 1, not 80"):
        reliability([80.0], [True])
    with pytest.raises(ValueError, match="not nan"):
        reliability([float("nan")], [True])
    with pytest.raises(ValueError, match="1 bin"):
        reliability([0.5], [True], 0)
    with pytest.raises(ValueError, match="2 points"):
        thin((), 1)
    with pytest.raises(ValueError, match="not 101"):
        percentile([1.0], 101)
