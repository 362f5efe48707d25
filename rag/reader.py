"""The reader that needs no model: the sentence that shares most with the question, and in it the span that it asks for.

Two small sets of weights, fitted by ``rag.training`` and kept in ``weights/sentence_reader.json``: one orders the
sentences of all passages together, the other turns what was seen of the best one into a probability.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from embeddings.encoder import Encoder
from rag.answer import Passage, Span
from rag.evidence import FEATURES, Evidence, Features, Rarity
from rag.extraction import extract
from rag.interfaces import Finding
from rag.question import KINDS, Question
from rag.sentences import sentences

CONFIDENCE = (
    *FEATURES, "bias", "logit", "margin", "extracted", "proximity", *(f"kind {kind}" for kind in KINDS)
)  # fmt: skip
MOST = 12
"""Findings returned at the most."""


class SentenceReader:
    """A :class:`rag.interfaces.Reader` over sentences; ``rarity`` is that of the index that was searched."""

    def __init__(self, *, encoder: Encoder, rarity: Rarity, weights: "Weights | None" = None) -> None:
        self._encoder = encoder
        self._rarity = rarity
        self._weights = weights or load_weights()

    def read(self, question: Question, passages: Sequence[Passage]) -> tuple[Finding, ...]:
        """What answers ``question``, most confident first; empty where no passage holds a sentence."""
        judged = [finding for _, finding in self.judge(question, passages)]
        return tuple(sorted(judged, key=lambda finding: -finding.confidence))

    def judge(self, question: Question, passages: Sequence[Passage]) -> list[tuple[Features, Finding]]:
        """The best sentences in their order, each with the row of ``CONFIDENCE`` that its confidence was read from."""
        evidence = Evidence(question, self._rarity)
        places, features = self.measure(question, passages, evidence)
        logits = features @ self._weights.order
        judged = []
        for position in np.argsort(-logits, kind="stable")[:MOST]:
            number, span = places[position]
            answer = extract(question, evidence, passages[number].text, span)
            others = [logit for i, logit in enumerate(logits) if i != position and not _same(places, passages, i, position)]
            margin = float(logits[position] - max(others, default=logits[position]))
            row = confidence_row(question, features[position], float(logits[position]), margin, answer.proximity)
            finding = Finding(
                passage=number,
                quote=span,
                answers=answer.spans,
                kind=answer.kind,
                text=answer.text,
                confidence=float(1 / (1 + np.exp(-(row @ self._weights.confidence)))),
            )
            judged.append((row, finding))
        return judged

    def measure(
        self, question: Question, passages: Sequence[Passage], evidence: Evidence
    ) -> tuple[list[tuple[int, Span]], Features]:
        """Every sentence as (number of the passage, span), and its features, one row each."""
        spans = [sentences(passage.text) for passage in passages]
        texts = [p.text[s:e] for p, found in zip(passages, spans, strict=True) for s, e in found]
        cosines = (self._encoder.encode_passages(texts) @ self._encoder.encode_queries([question.text])[0]).tolist()
        places: list[tuple[int, Span]] = []
        rows = []
        for number, (passage, found) in enumerate(zip(passages, spans, strict=True)):
            meaning = cosines[len(places) : len(places) + len(found)]
            around = " ".join((passage.document.title, passage.document.number or "", *passage.section))
            rows.append(evidence.features(passage.text, found, around=around, rank=number + 1, meaning=meaning))
            places.extend((number, span) for span in found)
        return places, np.concatenate(rows) if rows else np.zeros((0, len(FEATURES)), np.float32)


def confidence_row(
    question: Question, features: Features, logit: float, margin: float, proximity: float | None
) -> npt.NDArray[np.float32]:
    """The inputs of the second set of weights, named by ``CONFIDENCE``."""
    kinds = [float(question.kind == kind) for kind in KINDS]
    extracted = float(proximity is not None)
    return np.asarray([*features, 1.0, logit, margin, extracted, proximity or 0.0, *kinds], dtype=np.float32)


def _same(places: list[tuple[int, Span]], passages: Sequence[Passage], a: int, b: int) -> bool:
    """Whether two sentences are word for word the same, as in copies of one document."""
    (first, (s, e)), (second, (t, f)) = places[a], places[b]
    return passages[first].text[s:e] == passages[second].text[t:f]


class Weights:
    """The two weight vectors, by feature name."""

    def __init__(self, order: dict[str, float], confidence: dict[str, float]) -> None:
        self.order = np.asarray([order[name] for name in FEATURES], dtype=np.float32)
        self.confidence = np.asarray([confidence[name] for name in CONFIDENCE], dtype=np.float32)


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The bundled weights."""
    said = json.loads(resources.files("rag").joinpath("weights/sentence_reader.json").read_text(encoding="utf-8"))
    return Weights(order=said["order"], confidence=said["confidence"])
