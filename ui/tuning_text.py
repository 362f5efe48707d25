"""What came of tuning an index: as lines for a person, and as JSON. Pure."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ui.catalog_tune import TUNE
from ui.columns import table
from ui.language import Language, say

if TYPE_CHECKING:
    from rag.evaluation.bootstrap import Difference
    from rag.tuning.tuning import Tuning
    from rag.tuning.verdict import Compared

LEAST_P = 0.001
Record = dict[str, object]


def tuning_lines(tuning: "Tuning", folder: str, margin: float, language: Language) -> Iterator[str]:
    """What was measured, and what was done about it."""
    judged = tuning.judgement
    learnt = sum(tuning.learnt.values())
    yield say(TUNE, language, "learnt", paragraphs=tuning.paragraphs, learnt=learnt, held_out=judged.held_out.n)
    yield say(TUNE, language, "held_out", **_facts(judged.held_out))
    yield from _kinds(tuning, language)
    yield say(TUNE, language, "general", **_facts(judged.general), margin=f"{margin:.3f}")
    outcome = "kept" if tuning.changed else tuning.reason or "would_keep"
    yield say(TUNE, language, outcome, folder=folder, encoder=tuning.encoder)


def tuning_record(tuning: "Tuning", folder: str, margin: float) -> Record:
    """What ``tune --json`` prints."""
    judged = tuning.judgement
    return {
        "index": folder,
        "changed": tuning.changed,
        "better": tuning.reason in (None, "same"),
        "reason": tuning.reason,
        "paragraphs": tuning.paragraphs,
        "base": tuning.base,
        "encoder": tuning.encoder,
        "learnt": dict(tuning.learnt),
        "held_out": _compared(judged.held_out),
        "by_kind": {kind: _compared(compared) for kind, compared in judged.by_kind.items()},
        "general": {**_compared(judged.general), "margin": margin},
        "seconds": round(tuning.seconds, 3),
    }


def _kinds(tuning: "Tuning", language: Language) -> list[str]:
    heads = ("kind", "first_before", "first_after", "mrr_before", "mrr_after")
    kind, *others = (say(TUNE, language, head) for head in heads)
    rows = [(kind, "n", *others)]
    for name, compared in tuning.judgement.by_kind.items():
        facts = _facts(compared)
        figures = (facts[fact] for fact in ("n", "hit_before", "hit_after", "before", "after"))
        rows.append((say(TUNE, language, f"kind_{name}"), *figures))
    return table(rows, right=(1, 2, 3, 4, 5))


def _facts(compared: "Compared") -> dict[str, str]:
    mrr = compared.mrr
    return {
        "n": str(compared.n),
        "hit_before": f"{compared.hit_before:.1%}",
        "hit_after": f"{compared.hit_after:.1%}",
        "before": f"{mrr.mean_first:.3f}",
        "after": f"{mrr.mean_second:.3f}",
        "difference": f"{mrr.difference:+.3f}",
        "low": f"{mrr.low:+.3f}",
        "high": f"{mrr.high:+.3f}",
        "p": _p(mrr),
    }


def _p(difference: "Difference") -> str:
    return f"= {difference.p_value:.3f}" if difference.p_value >= LEAST_P else f"< {LEAST_P}"


def _compared(compared: "Compared") -> Record:
    mrr = compared.mrr
    return {
        "n": compared.n,
        "groups": mrr.n,
        "hit@1": {"before": compared.hit_before, "after": compared.hit_after},
        "mrr@10": {
            "before": mrr.mean_first,
            "after": mrr.mean_second,
            "difference": mrr.difference,
            "low": mrr.low,
            "high": mrr.high,
            "p_value": mrr.p_value,
        },
    }
