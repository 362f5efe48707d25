"""The three sets of weights of :class:`rag.reader.SentenceReader`, fitted and measured."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from embeddings.encoder import Encoder
from rag.evidence import Evidence
from rag.interfaces import Finding
from rag.reader import CONFIDENCE, ORDER, UNTRAINED, Measured, SentenceReader, Weights, load_weights
from rag.sentences import sentences
from rag.settings import Settings
from rag.span_features import PRIOR, SPAN_FEATURES, measure_spans
from rag.span_model import SpanModel
from rag.training.conditional_logit import conditional_logit
from rag.training.pool import Example
from rag.variants import simplified

Group = tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]
Matrix = npt.NDArray[np.float32]
THRESHOLD = Settings.threshold
DECAY = 1e-4
SPAN_DECAY = 1e-3
NEAR = 0.6
"""Least F1 of the best candidate with the answer for a question to be of use to the span weights."""
HIDDEN = 0.25
"""What a question with its paragraph hidden counts: people mostly ask what their documents do say."""
MADE_UP = 0.3
"""What a question on a made-up document counts: more of them are near misses than people ask."""
SEEN = 3
"""Findings of a question that confidence is fitted on: the best and those it may change places with."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """An example with what speaks for each of its sentences."""

    example: Example
    evidence: Evidence
    measured: Measured


def fit(
    seen: Sequence[Example], unseen: Sequence[Example], encoder: Encoder, model: SpanModel | None = None
) -> dict[str, dict[str, float]]:
    """The three sets by feature name, as the files in ``rag/weights`` hold them.

    Without ``model`` the spans' are fitted on all examples, and the others on ``unseen``, whose articles the encoder
    was not trained on. With it all three are fitted on ``unseen``, which the model has not seen either, and are drawn
    towards those for reading without it. Confidence is fitted on the examples from small collections, if there are any.
    """
    flat = Weights(order={}, spans={}, confidence={})
    prepared = [_prepared(each, _reader(each, encoder, model, flat)) for each in unseen]
    further = () if model else seen
    retrieved = [each for each in prepared if not each.example.given]
    groups = [group for each in retrieved for group in _sentence_group(each)]
    spans = [group for each in retrieved for group in _span_group(each.example, each.evidence, each.measured)]
    spans += [
        group for example in further for group in _span_group(example, Evidence(example.question, example.rarity), None)
    ]
    before = load_weights(UNTRAINED) if model else None
    order = conditional_logit(groups, [0.0] * len(ORDER) if before is None else before.order.tolist(), DECAY)
    drawn = [PRIOR.get(name, 0.0) for name in SPAN_FEATURES] if before is None else before.spans.tolist()
    best = conditional_logit(spans, drawn, SPAN_DECAY)
    weights = {
        "order": dict(zip(ORDER, order, strict=True)),
        "spans": dict(zip(SPAN_FEATURES, best, strict=True)),
        "confidence": dict.fromkeys(CONFIDENCE, 0.0),
    }
    asked = [each for each in prepared if each.example.small] or prepared
    rows = _outcomes(asked, encoder, model, Weights(**weights))
    return {**weights, "confidence": dict(zip(CONFIDENCE, _logistic(*rows), strict=True))}


def _reader(example: Example, encoder: Encoder, model: SpanModel | None, weights: Weights) -> SentenceReader:
    """The reader as it reads in the index that the passages of ``example`` come from."""
    return SentenceReader(encoder=encoder, rarity=example.rarity, model=model, weights=weights)


def _prepared(example: Example, reader: SentenceReader) -> Prepared:
    evidence = Evidence(example.question, example.rarity)
    measured = reader.measure(example.question, example.passages, evidence)
    return Prepared(example=example, evidence=evidence, measured=measured)


def _sentence_group(prepared: Prepared) -> Iterator[Group]:
    """The sentences of all passages; right are those that hold the answer."""
    example, measured = prepared.example, prepared.measured
    if example.gold is not None:
        places = [(n, example.passages[n].text[s:e]) for n, (s, e) in measured.places]
        right = np.asarray([_holds(example, words, n) for n, words in places], dtype=bool)
        if right.any():
            yield measured.features, right


def _span_group(example: Example, evidence: Evidence, measured: Measured | None) -> Iterator[Group]:
    """The candidates of the answer's sentence; right are those that come nearest to the answer, if they come near."""
    if example.gold is None:
        return
    text = example.passages[example.gold].text
    sentence = next((s for s in sentences(text) if _holds(example, text[s[0] : s[1]], example.gold)), None)
    if sentence is None:
        return
    place = (example.gold, sentence)
    read = measured.read[measured.places.index(place)] if measured and place in measured.places else None
    spans, rows = measure_spans(example.question, evidence, simplified(text), sentence, read)
    overlaps = np.asarray([character_f1(text[start:end], example.answer) for start, end in spans])
    if overlaps.max() >= NEAR:
        yield rows, overlaps >= overlaps.max() - 0.02


def character_f1(said: str, gold: str) -> float:
    """F1 of two texts as bags of characters, punctuation and white space disregarded."""
    a, b = Counter(_plain(said)), Counter(_plain(gold))
    shared = (a & b).total()
    return 2 * shared / (a.total() + b.total()) if shared else 0.0


def measure(
    examples: Sequence[Example],
    encoder: Encoder,
    weights: dict[str, dict[str, float]],
    model: SpanModel | None = None,
) -> dict[str, float | None]:
    """Shares on questions kept apart: sentence and answer right, refusals right and wrong at ``THRESHOLD``."""
    given = Weights(**weights)
    seen = [
        (each, _reader(each, encoder, model, given).read([each.question], [each.passages])[0].findings)
        for each in examples
    ]
    asked = [(e, f) for e, f in seen if e.answer and not e.given]
    silent = [(e, f) for e, f in seen if not e.answer and not e.given]
    found = [(e, f) for e, f in asked if e.gold is not None and f]

    def refused(findings: Sequence[Finding]) -> bool:
        return not findings or findings[0].confidence < THRESHOLD

    return {
        "gold retrieved": _mean(e.gold is not None for e, _ in asked),
        "sentence first, given gold": _mean(_sentence_right(e, f[0]) for e, f in found),
        "answer right, given gold": _mean(is_right(e, f[0]) for e, f in found),
        "answer F1, given gold": _mean(_f1(e, f[0]) for e, f in found),
        "answerable refused": _mean(refused(f) for _, f in asked),
        "answered right": _mean(is_right(e, f[0]) for e, f in asked if not refused(f)),
        "near misses refused": _mean(refused(f) for e, f in silent if not e.hidden),
        "hidden paragraph refused": _mean(refused(f) for e, f in silent if e.hidden),
    }


def _f1(example: Example, finding: Finding) -> float:
    text = example.passages[finding.passage].text
    return character_f1("".join(text[start:end] for start, end in finding.answers), example.answer)


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


def _mean(values: Iterable[float]) -> float | None:
    """To four places; ``None`` where there is nothing to take the mean of."""
    collected = list(values)
    return round(sum(collected) / len(collected), 4) if collected else None


def _outcomes(
    prepared: Sequence[Prepared], encoder: Encoder, model: SpanModel | None, weights: Weights
) -> tuple[Matrix, Matrix, Matrix]:
    """Rows of ``CONFIDENCE``, whether the answer shown was right, and what each row counts."""
    rows, right, counts = [], [], []
    for each in prepared:
        example = each.example
        reader = _reader(example, encoder, model, weights)
        for judged in reader.judge(example.question, example.passages, each.evidence, each.measured)[:SEEN]:
            rows.append(judged.row)
            right.append(is_right(example, judged.finding))
            counts.append((HIDDEN if example.hidden else 1.0) * (MADE_UP if example.made_up else 1.0))
    return np.stack(rows), np.asarray(right, np.float32), np.asarray(counts, np.float32)


def _logistic(rows: Matrix, right: Matrix, counts: Matrix) -> list[float]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(fit_intercept=False, C=0.3, max_iter=5000)
    model.fit(rows, right, sample_weight=counts)
    return [round(float(weight), 4) for weight in model.coef_[0]]
