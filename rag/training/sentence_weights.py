"""The two sets of weights of :class:`rag.reader.SentenceReader`, fitted and measured."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from embeddings.encoder import Encoder
from rag.answer import Passage
from rag.evidence import FEATURES, Evidence, Rarity
from rag.interfaces import Finding
from rag.reader import CONFIDENCE, SentenceReader, Weights
from rag.training.pool import Example

Matrix = npt.NDArray[np.float32]
DECAY = 1e-4
SEEN = 3
"""Findings of a question that confidence is fitted on: the best and those it may change places with."""


def fit(examples: Sequence[Example], encoder: Encoder, rarity: Rarity) -> dict[str, dict[str, float]]:
    """Both sets by feature name, as ``weights/sentence_reader.json`` holds them."""
    flat = Weights(order=dict.fromkeys(FEATURES, 0.0), confidence=dict.fromkeys(CONFIDENCE, 0.0))
    reader = SentenceReader(encoder=encoder, rarity=rarity, weights=flat)
    groups = []
    for example in examples:
        if example.gold is None:
            continue
        places, rows = reader.measure(example.question, example.passages, Evidence(example.question, rarity))
        right = np.asarray([_holds(example, example.passages[n].text[s:e], n) for n, (s, e) in places], dtype=bool)
        if right.any():
            groups.append((rows, right))
    order = dict(zip(FEATURES, _conditional_logit(groups), strict=True))
    ordered = SentenceReader(encoder=encoder, rarity=rarity, weights=Weights(order=order, confidence=flat_confidence()))
    rows, right = _outcomes(examples, ordered)
    confidence = dict(zip(CONFIDENCE, _logistic(rows, right), strict=True))
    return {"order": order, "confidence": confidence}


def flat_confidence() -> dict[str, float]:
    """Weights that call everything even."""
    return dict.fromkeys(CONFIDENCE, 0.0)


def measure(
    examples: Sequence[Example], encoder: Encoder, rarity: Rarity, weights: dict[str, dict[str, float]]
) -> dict[str, float]:
    """Shares on questions kept apart: sentence and answer right, refusals right and wrong, at a threshold of one half."""
    reader = SentenceReader(encoder=encoder, rarity=rarity, weights=Weights(weights["order"], weights["confidence"]))
    seen = [(example, reader.read(example.question, example.passages)) for example in examples]
    asked = [(e, f) for e, f in seen if e.answer]
    silent = [(e, f) for e, f in seen if not e.answer]
    found = [(e, f) for e, f in asked if e.gold is not None and f]
    refused = lambda findings: not findings or findings[0].confidence < 0.5  # noqa: E731
    return {
        "gold retrieved": round(len(found) / len(asked), 4),
        "sentence first, given gold": _share(_sentence_right(e, f[0]) for e, f in found),
        "answer right, given gold": _share(is_right(e, f[0]) for e, f in found),
        "answerable refused": _share(refused(f) for _, f in asked),
        "answered right": _share(is_right(e, f[0]) for e, f in asked if not refused(f)),
        "unanswerable refused": _share(refused(f) for _, f in silent),
    }


def is_right(example: Example, finding: Finding) -> bool:
    """Whether the shown answer holds the gold answer and not much else, or most of it."""
    if not example.answer:
        return False
    text = example.passages[finding.passage].text
    shown = _plain("".join(text[start:end] for start, end in finding.answers))
    gold = _plain(example.answer)
    if gold in shown:
        return _guarded(gold, shown) and (finding.kind in ("sentence", "boolean") or len(shown) <= 3 * len(gold) + 6)
    return bool(shown) and shown in gold and 2 * len(shown) >= len(gold)


def _sentence_right(example: Example, finding: Finding) -> bool:
    start, end = finding.quote
    return _holds(example, example.passages[finding.passage].text[start:end], finding.passage)


def _holds(example: Example, sentence: str, passage: int) -> bool:
    """Whether ``sentence`` of the passage ``passage`` holds the answer, or is the best part of a longer one."""
    if passage != example.gold:
        return False
    gold, said = _plain(example.answer), _plain(sentence)
    return gold in said or (len(said) > 8 and said in gold)


def _plain(text: str) -> str:
    return re.sub(r"[\s，。、；：“”‘’（）()《》,.;:!?！？]", "", text).lower()


def _guarded(needle: str, text: str) -> bool:
    """``8家`` is not in ``18家``."""
    pattern = ("(?<![0-9])" if needle[:1].isdigit() else "") + re.escape(needle)
    return bool(re.search(pattern + ("(?![0-9])" if needle[-1:].isdigit() else ""), text))


def _share(values: "Sequence[bool] | object") -> float:
    collected = [bool(v) for v in values]  # type: ignore[attr-defined]
    return round(sum(collected) / max(1, len(collected)), 4)


def _outcomes(examples: Sequence[Example], reader: SentenceReader) -> tuple[Matrix, npt.NDArray[np.bool_]]:
    rows, right = [], []
    for example in examples:
        for row, finding in reader.judge(example.question, example.passages)[:SEEN]:
            rows.append(row)
            right.append(is_right(example, finding))
    return np.stack(rows), np.asarray(right)


def _conditional_logit(groups: Sequence[tuple[Matrix, npt.NDArray[np.bool_]]]) -> list[float]:
    """Weights w that maximise the mean of ``ln sum_right exp(w x) - ln sum_all exp(w x)``, less ``DECAY |w|^2``."""
    import torch

    longest = max(len(rows) for rows, _ in groups)
    features = torch.zeros(len(groups), longest, len(FEATURES))
    right = torch.zeros(len(groups), longest, dtype=torch.bool)
    there = torch.zeros(len(groups), longest, dtype=torch.bool)
    for n, (rows, correct) in enumerate(groups):
        features[n, : len(rows)] = torch.from_numpy(rows)
        right[n, : len(rows)] = torch.from_numpy(correct)
        there[n, : len(rows)] = True
    weights = torch.zeros(len(FEATURES), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        logits = features @ weights
        every = torch.logsumexp(logits.masked_fill(~there, -torch.inf), dim=1)
        correct = torch.logsumexp(logits.masked_fill(~right, -torch.inf), dim=1)
        value = (every - correct).mean() + DECAY * (weights**2).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)
    return [round(float(w), 4) for w in weights]


def _logistic(rows: Matrix, right: npt.NDArray[np.bool_]) -> list[float]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(fit_intercept=False, C=10.0, max_iter=5000)
    model.fit(rows, right)
    return [round(float(w), 4) for w in model.coef_[0]]
