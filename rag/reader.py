"""The reader: the sentence that most speaks for answering the question, and in it the span that it asks for.

What speaks for a sentence is how much it shares with the question, and what a trained model says of it where there is
one. Three small sets of weights, fitted by ``rag.training``: one orders the sentences of all passages together, one the
candidate spans of a sentence, and one turns what was seen of both into a probability. They are kept in ``weights``: in
``sentence_reader.json`` for reading without a model, in ``trained_reader.json`` for reading with one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from embeddings.encoder import Encoder
from rag.answer import Passage, Span
from rag.answer_check import uncut
from rag.evidence import FEATURES, Evidence, Features, Rarity
from rag.extraction import Extract, answers, extract, of_another_year
from rag.fitted_weights import fitted_weights
from rag.interfaces import Finding, Reading
from rag.late_interaction import late_interaction
from rag.model_evidence import LEAST, STRETCHES, ReadSentence, read_sentences
from rag.question import Question
from rag.question_kind import FORMS
from rag.sentences import sentences
from rag.span_features import SPAN_FEATURES
from rag.span_model import SpanModel
from rag.variants import simplified

SIGNS = SPAN_FEATURES.index("length squared")
"""How many of the span's features, from the first on, speak for the answer whatever the kind of question."""

MODEL = (
    "model",            # log-odds of an answer in the sentence, by the trained model; over 4
    "model share",      # the sentence's share of all that the model gives, "no answer" included
    "unread",           # whether the model has not read it
)  # fmt: skip
ORDER = (*FEATURES, *MODEL)
CONFIDENCE = (
    *ORDER,
    "bias", "logit", "certainty", "fitting", "margin", "model margin", "model all",
    *(f"span {name}" for name in SPAN_FEATURES[:SIGNS]),
    *(f"kind {kind}" for kind in FORMS),
)  # fmt: skip
_MARGIN, _MODEL_MARGIN, _MODEL_ALL = (CONFIDENCE.index(name) for name in ("margin", "model margin", "model all"))
READ = 100
"""Sentences of one passage that are measured at the most."""
UNTRAINED, TRAINED = "sentence_reader.json", "trained_reader.json"
"""The weights for reading without a model, and with one."""
MOST = 5
"""Findings returned at the most."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The sentences of some passages, n in all.

    Attributes:
        places: Each as (number of its passage, span in it).
        features: Rows of ``ORDER``, shape (n, len(ORDER)).
        read: What the trained model says of each; ``None`` where it did not read it.
    """

    places: list[tuple[int, Span]]
    features: Features
    read: list[ReadSentence | None]


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A finding with the row of ``CONFIDENCE`` that its confidence was read from."""

    row: Features
    finding: Finding


class SentenceReader:
    """A :class:`rag.interfaces.Reader` over sentences; ``rarity`` is that of the index that was searched.

    Questions and passages are compared in simplified characters, one for each of the text's own, so that every place
    found is one in the text as it is; the model reads them as they are written.
    """

    def __init__(
        self, *, encoder: Encoder, rarity: Rarity, model: SpanModel | None = None, weights: "Weights | None" = None
    ) -> None:
        self._encoder = encoder
        self._rarity = rarity
        self._model = model
        self._weights = weights or load_weights(TRAINED if model else UNTRAINED)

    def read(self, questions: Sequence[Question], passages: Sequence[Sequence[Passage]]) -> tuple[Reading, ...]:
        """For each question what answers it, and its passages in the order in which they may answer it."""
        return tuple(self._read(question, found) for question, found in zip(questions, passages, strict=True))

    def order(self, question: Question, passages: Sequence[Passage], stretches: int) -> tuple[int, ...]:
        """The numbers of ``passages`` in that order by reading ``stretches`` of them, without looking for the words."""
        measured = self.measure(question, passages, Evidence(question, self._rarity), stretches)
        return _ranking(len(passages), measured.places, measured.features @ self._weights.order)

    def _read(self, question: Question, passages: Sequence[Passage]) -> Reading:
        evidence = Evidence(question, self._rarity)
        measured = self.measure(question, passages, evidence)
        found = [each.finding for each in self.judge(question, passages, evidence, measured)]
        plain = [simplified(passage.text) for passage in passages]
        telling = [
            finding
            for finding in found
            if answers(question, plain[finding.passage], finding)
            and not of_another_year(question, evidence, plain[finding.passage], finding)
        ]
        return Reading(
            findings=tuple(sorted(telling, key=lambda finding: -finding.confidence)),
            ranking=_ranking(len(passages), measured.places, measured.features @ self._weights.order),
        )

    def judge(
        self, question: Question, passages: Sequence[Passage], evidence: Evidence, measured: Measured
    ) -> list[Judged]:
        """The best sentences in their order."""
        places, features = measured.places, measured.features
        logits = features @ self._weights.order
        masses = features[:, ORDER.index("model")]
        plain = [simplified(passage.text) for passage in passages]
        judged = []
        for position in np.argsort(-logits, kind="stable")[:MOST]:
            number, span = places[position]
            answer = extract(question, evidence, plain[number], span, self._weights.spans, measured.read[position])
            others = [i for i in range(len(places)) if not _same(places, passages, i, int(position))]
            row = confidence_row(question, features[position], logits[position], answer)
            row[_MARGIN] = logits[position] - max(logits[others], default=logits[position])
            row[_MODEL_MARGIN] = masses[position] - max(masses[others], default=masses[position])
            row[_MODEL_ALL] = masses.max()
            finding = Finding(
                passage=number,
                quote=span,
                answers=tuple(uncut(plain[number], each, span) for each in answer.spans),
                kind=answer.kind,
                text=answer.text,
                confidence=answer.sure * float(1 / (1 + np.exp(-(row @ self._weights.confidence)))),
            )
            judged.append(Judged(row=row, finding=finding))
        return judged

    def measure(
        self, question: Question, passages: Sequence[Passage], evidence: Evidence, stretches: int = STRETCHES
    ) -> Measured:
        """Every sentence with what speaks for it; the trained model reads ``stretches`` at the most."""
        places, features = self._overlaps(question, passages, evidence)
        read: list[ReadSentence | None] = [None] * len(places)
        seen = np.zeros((len(places), len(MODEL)), np.float32)
        if self._model and places:
            promise = features @ load_weights(UNTRAINED).order[: len(FEATURES)]
            read = read_sentences(self._model, question.text, passages, places, promise.tolist(), stretches)
            masses = np.asarray([LEAST if each is None else each.mass for each in read])
            shares = np.exp(masses) / (1 + np.exp(masses).sum())
            seen = np.stack([masses / 4, shares, [each is None for each in read]], axis=1).astype(np.float32)
        return Measured(places=places, features=np.concatenate([features, seen], axis=1), read=read)

    def _overlaps(
        self, question: Question, passages: Sequence[Passage], evidence: Evidence
    ) -> tuple[list[tuple[int, Span]], Features]:
        """Every sentence as (number of the passage, span), and its row of ``FEATURES``."""
        plain = [simplified(passage.text) for passage in passages]
        spans = [_promising(text, evidence) for text in plain]
        texts = [text[s:e] for text, found in zip(plain, spans, strict=True) for s, e in found]
        cosines = (self._encoder.encode_passages(texts) @ self._encoder.encode_queries([question.text])[0]).tolist()
        arounds = [_around(passage) for passage in passages]
        nearness = late_interaction().nearness(question.text, [*arounds, *texts])
        places: list[tuple[int, Span]] = []
        rows = []
        for number, (passage, text, found) in enumerate(zip(passages, plain, spans, strict=True)):
            mine = range(len(places), len(places) + len(found))
            rows.append(
                evidence.features(
                    text,
                    found,
                    around=arounds[number],
                    rank=number + 1,
                    meaning=[cosines[i] for i in mine],
                    nearness=nearness.of([number, *(len(arounds) + i for i in mine)]),
                    beside=(simplified(passage.before), simplified(passage.after)),
                )
            )
            places.extend((number, span) for span in found)
        return places, np.concatenate(rows) if rows else np.zeros((0, len(FEATURES)), np.float32)


def _around(passage: Passage) -> str:
    document = passage.document
    return " ".join((document.title, document.number or "", document.issuer or "", *passage.section))


def confidence_row(question: Question, features: Features, logit: float, answer: Extract) -> Features:
    """The inputs of the last set of weights, named by ``CONFIDENCE``; what depends on other sentences is left at 0."""
    kinds = [float(question.form == kind) for kind in FORMS]
    others = (0.0, 0.0, 0.0)
    row = [*features, 1.0, logit, answer.certainty, float(answer.fitting), *others, *answer.signs[:SIGNS], *kinds]
    return np.asarray(row, dtype=np.float32)


def _ranking(passages: int, places: list[tuple[int, Span]], logits: Features) -> tuple[int, ...]:
    """The numbers of the passages by the best of their sentences; those without a sentence last."""
    best = dict.fromkeys(range(passages), -np.inf)
    for (number, _), logit in zip(places, logits.tolist(), strict=True):
        best[number] = max(best[number], logit)
    return tuple(sorted(best, key=lambda number: -best[number]))


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
        self.order = _vector(ORDER, sets["order"])
        self.spans = _vector(SPAN_FEATURES, sets["spans"])
        self.confidence = _vector(CONFIDENCE, sets["confidence"])


def _vector(names: Sequence[str], weights: Mapping[str, float]) -> npt.NDArray[np.float32]:
    return np.asarray([weights.get(name, 0.0) for name in names], dtype=np.float32)


@lru_cache(maxsize=2)
def load_weights(file: str) -> Weights:
    """The bundled weights in ``file``, ``UNTRAINED`` or ``TRAINED``.

    Raises:
        ReaderDamaged: Their file is missing or cannot be understood.
    """
    return Weights(**fitted_weights(file, "order", "spans", "confidence")["weights"])
