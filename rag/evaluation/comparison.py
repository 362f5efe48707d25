"""Two runs of one test set against each other: every figure with its interval, and the questions won and lost.

Only questions that both runs have are compared, and each figure over those that it applies to in both, so that nothing
but the answers differs. One figure in twenty may look clear by chance alone (the intervals are 95 % each): a change
that helps shows in more than one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rag.evaluation.bootstrap import Difference, paired, paired_figure
from rag.evaluation.errors import NotComparable
from rag.evaluation.metrics import METRICS
from rag.evaluation.metrics.folding import fold
from rag.evaluation.resampled import resampled_aurc, resampled_ece, resampled_percentile, resampled_share
from rag.evaluation.results import QuestionResult, Results

Verdict = Literal["better", "worse", "unclear"]
Pair = tuple[QuestionResult, QuestionResult]

SIGNIFICANT = 0.05


@dataclass(frozen=True, kw_only=True)
class MetricDifference:
    """One figure of both runs.

    Attributes:
        metric: As ``--fail-under`` calls it: ``right`` is the share of right outcomes among all questions,
            ``answerable.right`` that among the answerable ones, ``left_out.refused`` that of refusals with the document
            hidden; the others as in ``METRICS``.
        group: Which questions it is over, as in ``METRICS``; ``left_out`` with the document hidden.
        better: ``higher`` or ``lower`` is better.
        difference: The second run minus the first.
    """

    metric: str
    group: str
    better: str
    difference: Difference

    @property
    def verdict(self) -> Verdict:
        """Is the second run better? Only said where the interval leaves out 0 and p is below 0.05, else ``unclear``."""
        found = self.difference
        if not (found.low > 0 or found.high < 0) or found.p_value >= SIGNIFICANT:
            return "unclear"
        return "better" if (found.difference > 0) == (self.better == "higher") else "worse"

    def as_record(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "metric": self.metric,
            "group": self.group,
            "better": self.better,
            "n": self.difference.n,
            "first": self.difference.mean_first,
            "second": self.difference.mean_second,
            "difference": self.difference.difference,
            "low": self.difference.low,
            "high": self.difference.high,
            "p_value": self.difference.p_value,
            "verdict": self.verdict,
        }


@dataclass(frozen=True, kw_only=True)
class Duel:
    """One question in both runs. Texts are ``None`` where the files do not say; an empty answer is a refusal."""

    id: str
    left_out: bool
    question: str | None
    accepted: tuple[str, ...]
    first: str | None
    second: str | None
    first_stage: str
    second_stage: str

    def as_record(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "id": self.id,
            "left_out": self.left_out,
            "question": self.question,
            "accepted": list(self.accepted),
            "first": self.first,
            "second": self.second,
            "first_stage": self.first_stage,
            "second_stage": self.second_stage,
        }


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The second run against the first.

    Attributes:
        first: File of the first run.
        second: File of the second.
        n: Questions that both have, those with a document hidden not counted.
        left_out: Questions that both have asked with a document hidden.
        only_first: Questions of the first alone; the same id with another question is another question.
        only_second: Questions of the second alone.
        metrics: In the order in which they are to be read.
        won: Failed in the first, right in the second.
        lost: Right in the first, failed in the second.
        both_wrong: Failed in both.
        both_right: How many are right in both.
    """

    first: str
    second: str
    n: int
    left_out: int
    only_first: int
    only_second: int
    metrics: tuple[MetricDifference, ...]
    won: tuple[Duel, ...]
    lost: tuple[Duel, ...]
    both_wrong: tuple[Duel, ...]
    both_right: int

    def as_record(self) -> dict[str, Any]:
        """Ready for JSON; what ``eval --compare --json`` prints."""
        return {
            "first": self.first,
            "second": self.second,
            "n": self.n,
            "left_out": self.left_out,
            "only_first": self.only_first,
            "only_second": self.only_second,
            "metrics": [metric.as_record() for metric in self.metrics],
            "won": [duel.as_record() for duel in self.won],
            "lost": [duel.as_record() for duel in self.lost],
            "both_wrong": [duel.as_record() for duel in self.both_wrong],
            "both_right": self.both_right,
        }


def compare(first: Results, second: Results) -> Comparison:
    """The second run against the first.

    Raises:
        NotComparable: They have no question in common.
    """
    pairs = [
        (one, two)
        for one in first.questions.values()
        if (two := second.questions.get(one.id)) is not None and _same_question(one, two)
    ]
    if not pairs:
        raise NotComparable(first=first.path, second=second.path)
    asked = [pair for pair in pairs if not pair[0].left_out]
    left_out = [pair for pair in pairs if pair[0].left_out]
    return Comparison(
        first=first.path,
        second=second.path,
        n=len(asked),
        left_out=len(left_out),
        only_first=len(first.questions) - len(pairs),
        only_second=len(second.questions) - len(pairs),
        metrics=(*_outcomes(asked), *_means(asked), *_refusals(left_out), *_confidence(asked), *_latencies(asked)),
        won=_duels(pairs, first_failed=True, second_failed=False),
        lost=_duels(pairs, first_failed=False, second_failed=True),
        both_wrong=_duels(pairs, first_failed=True, second_failed=True),
        both_right=sum(not one.failed and not two.failed for one, two in pairs),
    )


def _same_question(one: QuestionResult, two: QuestionResult) -> bool:
    """Whether two questions of one id are one: ids may be line numbers, and the test set may have changed."""
    if one.question is None or two.question is None:
        return True
    return fold(one.question) == fold(two.question)


def _outcomes(pairs: Sequence[Pair]) -> list[MetricDifference]:
    """Right outcomes, right answers among those given, and answers given; nothing where only retrieval was measured."""
    known = [(one, two) for one, two in pairs if one.answered is not None and two.answered is not None]
    if not known:
        return []
    right = [[not each.failed for each in run] for run in zip(*known, strict=True)]
    answered = [[bool(each.answered) for each in run] for run in zip(*known, strict=True)]
    found = {"right": paired(*right)}
    if any(answered[0]) and any(answered[1]):
        shares = [resampled_share(*run) for run in zip(right, answered, strict=True)]
        found["precision"] = paired_figure(shares[0], shares[1], len(known))
    found["coverage"] = paired(*answered)
    return [_difference(name, found[name], group="all") for name in found]


def _means(pairs: Sequence[Pair]) -> list[MetricDifference]:
    """Every metric that is a mean over questions."""
    found = []
    for name in METRICS:
        values = _both(pairs, name)
        if values:
            shown = "answerable.right" if name == "right" else name
            found.append(_difference(shown, paired(*zip(*values, strict=True))))
    return found


def _refusals(left_out: Sequence[Pair]) -> list[MetricDifference]:
    values = _both(left_out, "refused")
    found = [paired(*zip(*values, strict=True))] if values else []
    return [_difference("left_out.refused", each, group="left_out") for each in found]


def _confidence(pairs: Sequence[Pair]) -> list[MetricDifference]:
    """Calibration over the drafts there were; risk against coverage over all questions, no draft being wrong."""
    known = [pair for pair in pairs if all("confidence" in each.scores for each in pair)]
    if not known:
        return []
    runs = [
        ([each.scores["confidence"] for each in run], [each.scores.get("draft_right") for each in run])
        for run in zip(*known, strict=True)
    ]
    found = []
    if all(any(each is not None for each in right) for _, right in runs):
        errors = [resampled_ece(*run) for run in runs]
        found.append(_difference("ece", paired_figure(errors[0], errors[1], len(known))))
    areas = [resampled_aurc(confidences, [bool(each) for each in right]) for confidences, right in runs]
    return [*found, _difference("aurc", paired_figure(areas[0], areas[1], len(known)))]


def _latencies(pairs: Sequence[Pair]) -> list[MetricDifference]:
    """Of the questions that were timed in both runs: ``latency_ms`` among their scores."""
    values = _both(pairs, "latency_ms")
    if not values:
        return []
    one, two = zip(*values, strict=True)
    return [
        _difference(name, paired_figure(resampled_percentile(one, q), resampled_percentile(two, q), len(values)))
        for name, q in (("latency_p50", 50), ("latency_p95", 95))
    ]


def _both(pairs: Sequence[Pair], name: str) -> list[tuple[float, float]]:
    return [(one.scores[name], two.scores[name]) for one, two in pairs if name in one.scores and name in two.scores]


def _difference(name: str, difference: Difference, group: str | None = None) -> MetricDifference:
    metric = METRICS[name.rpartition(".")[2]]
    return MetricDifference(metric=name, group=group or metric.group, better=metric.better, difference=difference)


def _duels(pairs: Sequence[Pair], *, first_failed: bool, second_failed: bool) -> tuple[Duel, ...]:
    return tuple(
        Duel(
            id=one.id,
            left_out=one.left_out,
            question=one.question if one.question is not None else two.question,
            accepted=one.accepted or two.accepted,
            first=one.answer,
            second=two.answer,
            first_stage=one.stage,
            second_stage=two.stage,
        )
        for one, two in pairs
        if (one.failed, two.failed) == (first_failed, second_failed)
    )
