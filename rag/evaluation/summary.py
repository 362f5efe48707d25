"""Outcomes added up: the figures of a whole run, ready for JSON. What applies to no question is ``None``."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any, get_args

from rag.evaluation.metrics import METRICS
from rag.evaluation.metrics.calibration import expected_calibration_error, reliability
from rag.evaluation.metrics.percentile import percentile
from rag.evaluation.metrics.refusal import refusal_rate
from rag.evaluation.metrics.risk_coverage import aurc, risk_coverage, thin
from rag.evaluation.outcome import Outcome, Stage

POINTS = 200
OF_A_KIND = ("f1", "answer_recall", "hit@1", "hit@5", "false_refusal")


def summarize(outcomes: Sequence[Outcome], *, retrieval_only: bool = False) -> dict[str, Any]:
    """All figures over ``outcomes``; latencies over those that were asked alone."""
    asked = [outcome for outcome in outcomes if not outcome.hidden]
    left_out = [outcome for outcome in outcomes if outcome.hidden]
    answerable = [o for o in asked if o.case.answerable or retrieval_only]
    silent = [] if retrieval_only else [o for o in asked if not o.case.answerable]
    latencies = [o.scores["latency_ms"] for o in outcomes if "latency_ms" in o.scores]
    drafts = [o for o in asked if o.draft_right is not None]
    summary = {
        "n": len(asked),
        **_headline([] if retrieval_only else asked),
        "answerable": {"n": len(answerable), **_means(answerable)},
        "unanswerable": {"n": len(silent), "refused": refusal_rate([not o.answer.answered for o in silent])},
        "quote_exactness": mean_of(outcomes, "quote_exactness"),
        "by_type": _by(asked, [o.case.type for o in asked]),
        "by_style": _by(asked, [o.case.style for o in asked]),
        "stages": {stage: n for stage in get_args(Stage) if (n := Counter(o.stage for o in asked)[stage])},
        "calibration": _calibration(drafts),
        "risk_coverage": _risk_coverage([o for o in asked if not retrieval_only]),
        "latency": {
            "n": len(latencies), "p50_ms": percentile(latencies, 50), "p95_ms": percentile(latencies, 95)
        },
        "questions": [_question(outcome) for outcome in outcomes],
    }  # fmt: skip
    if left_out:
        summary["left_out"] = {
            "n": len(left_out),
            "refused": refusal_rate([not o.answer.answered for o in left_out]),
            "elsewhere": fmean(o.elsewhere for o in left_out),
            # With as many questions again that must not be answered: how well confidence tells what is there.
            "aurc": None if retrieval_only else _risk_coverage(outcomes)["aurc"],
        }
    return summary


def mean_of(outcomes: Iterable[Outcome], metric: str) -> float | None:
    """The mean of ``metric`` over the questions that it applies to."""
    values = [outcome.scores[metric] for outcome in outcomes if metric in outcome.scores]
    return fmean(values) if values else None


def _headline(asked: Sequence[Outcome]) -> dict[str, float | None]:
    """Right among all; right among the answers given; answers given among all."""
    given = [outcome for outcome in asked if outcome.answer.answered]
    return {
        "right": fmean(not o.failed for o in asked) if asked else None,
        "precision": fmean(not o.failed for o in given) if given else None,
        "coverage": len(given) / len(asked) if asked else None,
    }


def _means(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    return {name: mean_of(outcomes, name) for name, metric in METRICS.items() if metric.group == "answerable"}


def _by(outcomes: Sequence[Outcome], labels: Sequence[str | None]) -> dict[str, dict[str, Any]]:
    """The figures of each kind of question, the kinds in order of their names; no kinds, no table."""
    kinds = sorted({label for label in labels if label})
    table = {}
    for kind in kinds:
        members = [outcome for outcome, label in zip(outcomes, labels, strict=True) if label == kind]
        right = fmean(not outcome.failed for outcome in members)
        table[kind] = {"n": len(members), "right": right, **{name: mean_of(members, name) for name in OF_A_KIND}}
    return table


def _calibration(drafts: Sequence[Outcome]) -> dict[str, Any]:
    """Of all answers that were drawn up, those that the threshold held back included."""
    bins = reliability([o.draft.confidence for o in drafts], [bool(o.draft_right) for o in drafts])
    rows = [{"from": b.low, "to": b.high, "n": b.n, "confidence": b.confidence, "right": b.right} for b in bins]
    return {"ece": expected_calibration_error(bins), "bins": rows}


def _risk_coverage(asked: Sequence[Outcome]) -> dict[str, Any]:
    """Over all questions, the surest draft first; whoever has to answer all of them is wrong where there is none."""
    right = [bool(o.draft_right) or bool(o.elsewhere) for o in asked]
    points = risk_coverage([o.draft.confidence for o in asked], right)
    rows = [{"coverage": p.coverage, "risk": p.risk, "confidence": p.confidence} for p in thin(points, POINTS)]
    return {"aurc": aurc(points) if points else None, "points": rows}


def _question(outcome: Outcome) -> Mapping[str, Any]:
    return {
        "id": outcome.case.id,
        "question": outcome.case.question,
        "answer": outcome.answer.answer,
        "type": outcome.case.type,
        "style": outcome.case.style,
        "answerable": outcome.case.answerable,
        "left_out": bool(outcome.hidden),
        "stage": outcome.stage,
        "scores": dict(outcome.scores),
    }
