"""One metric a module: its formula, its source, and nothing else. All are pure functions of plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Metric:
    """How a figure is to be read.

    Attributes:
        better: ``higher`` or ``lower`` is better.
        group: Which questions it is the mean over: ``answerable``, ``unanswerable`` (``left_out`` where leave-one-out
            asked), or ``all`` for what is no mean over questions.
    """

    better: str
    group: str


METRICS: dict[str, Metric] = {
    # the answer, against the accepted ones
    "right": Metric(better="higher", group="answerable"),
    "em": Metric(better="higher", group="answerable"),
    "f1": Metric(better="higher", group="answerable"),
    "list_f1": Metric(better="higher", group="answerable"),
    "answer_recall": Metric(better="higher", group="answerable"),
    "sentence_hit": Metric(better="higher", group="answerable"),
    "false_refusal": Metric(better="lower", group="answerable"),
    # the passages, before anything is read
    "hit@1": Metric(better="higher", group="answerable"),
    "hit@5": Metric(better="higher", group="answerable"),
    "hit@10": Metric(better="higher", group="answerable"),
    "recall@5": Metric(better="higher", group="answerable"),
    "recall@10": Metric(better="higher", group="answerable"),
    "mrr@10": Metric(better="higher", group="answerable"),
    "ndcg@10": Metric(better="higher", group="answerable"),
    # the citations
    "citation_precision": Metric(better="higher", group="answerable"),
    "citation_recall": Metric(better="higher", group="answerable"),
    "citation_document": Metric(better="higher", group="answerable"),
    "quote_exactness": Metric(better="higher", group="all"),
    # knowing what is not there
    "refused": Metric(better="higher", group="unanswerable"),
    # over all questions together
    "ece": Metric(better="lower", group="all"),
    "aurc": Metric(better="lower", group="all"),
    "precision": Metric(better="higher", group="all"),
    "coverage": Metric(better="higher", group="all"),
    "latency_p50": Metric(better="lower", group="all"),
    "latency_p95": Metric(better="lower", group="all"),
}
"""Every figure by name: what ``--fail-under`` takes, what ``--compare`` compares, what a report explains."""
