"""The reader that needs no model: the sentence that shares most with the question, and in it the span that it asks for.

Three small sets of weights, fitted by ``rag.training`` and kept in ``weights/sentence_reader.json``: one orders the
sentences of all passages together, one the candidate spans of a sentence, and one turns what was seen of both into a
probability.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from embeddings.encoder import Encoder
from rag.answer import Passage, Span
from rag.errors import ReaderDamaged
from rag.evidence import FEATURES, Evidence, Features, Rarity
from rag.extraction import Extract, answers, extract
from rag.interfaces import Finding
from rag.question import KINDS, Question
from rag.sentences import sentences
from rag.span_features import SPAN_FEATURES

SIGNS = SPAN_FEATURES.index("length squared")
"""How many of the span's features, from the first on, speak for the answer whatever the kind of question."""

CONFIDENCE = (
    *FEATURES,
    "bias", "logit", "margin", "certainty", "fitting",
    *(f"span {name}" for name in SPAN_FEATURES[:SIGNS]),
    *(f"kind {kind}" for kind in KINDS),
)  # fmt: skip
READ = 100
"""Sentences of one passage that are measured at the most."""
MOST = 5
"""Findings returned at the most."""


class SentenceReader:
    """A :class:`rag.interfaces.Reader` over sentences; ``rarity`` is that of the index that was searched."""

    def __init__(self, *, encoder: Encoder, rarity: Rarity, weights: "Weights | None" = None) -> None:
        self._encoder = encoder
        self._rarity = rarity
        self._weights = weights or load_weights()

    def read(
        self, questions: Sequence[Question], passages: Sequence[Sequence[Passage]]
    ) -> tuple[tuple[Finding, ...], ...]:
        """For each question what answers it, most confident first; empty where no passage holds a sentence."""
        return tuple(self._read(question, found) for question, found in zip(questions, passages, strict=True))

    def _read(self, question: Question, passages: Sequence[Passage]) -> tuple[Finding, ...]:
        judged = [finding for _, finding in self.judge(question, passages)]
        telling = [finding for finding in judged if answers(question, passages[finding.passage].text, finding)]
        return tuple(sorted(telling, key=lambda finding: -finding.confidence))

    def judge(self, question: Question, passages: Sequence[Passage]) -> list[tuple[Features, Finding]]:
        """The best sentences in their order, each with the row of ``CONFIDENCE`` that its confidence was read from."""
        evidence = Evidence(question, self._rarity)
        places, features = self.measure(question, passages, evidence)
        logits = features @ self._weights.order
        judged = []
        for position in np.argsort(-logits, kind="stable")[:MOST]:
            number, span = places[position]
            answer = extract(question, evidence, passages[number].text, span, self._weights.spans)
            others = [
                logit for i, logit in enumerate(logits) if i != position and not _same(places, passages, i, position)
            ]
            margin = float(logits[position] - max(others, default=logits[position]))
            row = confidence_row(question, features[position], float(logits[position]), margin, answer)
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
        spans = [_promising(passage.text, evidence) for passage in passages]
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
    question: Question, features: Features, logit: float, margin: float, answer: Extract
) -> npt.NDArray[np.float32]:
    """The inputs of the second set of weights, named by ``CONFIDENCE``."""
    kinds = [float(question.kind == kind) for kind in KINDS]
    row = [*features, 1.0, logit, margin, answer.certainty, float(answer.fitting), *answer.signs[:SIGNS], *kinds]
    return np.asarray(row, dtype=np.float32)


def _promising(text: str, evidence: Evidence) -> list[Span]:
    """The sentences of ``text`` in order; of a very long text only those that share most with the question."""
    found = sentences(text)
    if len(found) <= READ:
        return found
    shared = [evidence.weight(evidence.found(text[start:end])) for start, end in found]
    best = sorted(range(len(found)), key=lambda i: -shared[i])[:READ]
    return [found[i] for i in sorted(best)]


def _same(places: list[tuple[int, Span]], passages: Sequence[Passage], a: int, b: int) -> bool:
    """Whether two sentences are word for word the same, as in copies of one document."""
    (first, (s, e)), (second, (t, f)) = places[a], places[b]
    return passages[first].text[s:e] == passages[second].text[t:f]


class Weights:
    """The three weight vectors, given by feature name; a name that is not given weighs nothing."""

    def __init__(self, **sets: Mapping[str, float]) -> None:
        self.order = _vector(FEATURES, sets["order"])
        self.spans = _vector(SPAN_FEATURES, sets["spans"])
        self.confidence = _vector(CONFIDENCE, sets["confidence"])


def _vector(names: Sequence[str], weights: Mapping[str, float]) -> npt.NDArray[np.float32]:
    return np.asarray([weights.get(name, 0.0) for name in names], dtype=np.float32)


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The bundled weights.

    Raises:
        ReaderDamaged: Their file is missing or cannot be understood.
    """
    place = resources.files("rag") / "weights" / "sentence_reader.json"
    try:
        return Weights(**json.loads(place.read_text(encoding="utf-8"))["weights"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReaderDamaged(path=str(place), detail=type(error).__name__) from error
