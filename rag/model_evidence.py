"""What a trained reader says of the sentences of some passages and of the spans in them, all on one scale."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rag.answer import Passage, Span
from rag.sentences import sentences
from rag.span_model import LONGEST, Logits, Scores, SpanModel, Stretch
from rag.stretches import lay_stretches

STRETCHES = 8
"""Stretches read for one question at the most."""
LEAST = -12.0
"""A logarithm below this says no more than this."""
SORTED = 1000
"""Spans of a sentence that are put in order at the most: of a long one there are a hundred times as many."""
Places = Sequence[tuple[int, Span]]
"""Spans of passages, each with the number of its passage."""


class ReadSentence:
    """The scores of one sentence: ``scores`` of the stretch it was read in, ``first`` the stretch's offset."""

    def __init__(self, scores: Scores, first: int, sentence: Span) -> None:
        self._scores, self._first, self._sentence = scores, first, sentence
        self._offset, behind = scores.tokens((sentence[0] - first, sentence[1] - first))
        self._begin, self._end = scores.begin[self._offset : behind], scores.end[self._offset : behind]
        self._pairs = _pairs(self._begin, self._end)
        self.mass = max(LEAST, _log_sum(self._pairs))
        """Log-odds that an answer lies in the sentence, over there being none in its stretch."""

    def shares(self, spans: Sequence[Span]) -> npt.NDArray[np.float32]:
        """For each span the logarithms of its share in the sentence, of its first and of its last token's.

        Shape (len(spans), 3); spans are offsets in the passage.
        """
        rows = np.full((len(spans), 3), LEAST, np.float32)
        all_of_it, begins, ends = (_log_sum(part) for part in (self._pairs, self._begin, self._end))
        for row, (start, stop) in zip(rows, spans, strict=True):
            i, behind = (at - self._offset for at in self._scores.tokens((start - self._first, stop - self._first)))
            if 0 <= i < behind <= len(self._begin):
                j = behind - 1
                row[:] = self._pairs[i, j] - all_of_it, self._begin[i] - begins, self._end[j] - ends
        return np.maximum(rows, LEAST)

    def best(self, count: int) -> list[Span]:
        """The ``count`` likeliest spans, best first, as offsets in the passage."""
        found: dict[Span, None] = {}  # several tokens can be one character, and one can reach past the sentence
        flat = -self._pairs.ravel()
        likeliest = np.sort(np.argpartition(flat, SORTED)[:SORTED]) if len(flat) > SORTED else np.arange(len(flat))
        for place in likeliest[np.argsort(flat[likeliest], kind="stable")]:
            i, j = divmod(int(place), len(self._begin))
            if len(found) == count or self._pairs[i, j] == -np.inf:
                break
            start = max(self._sentence[0], self._first + int(self._scores.firsts[self._offset + i]))
            stop = min(self._sentence[1], self._first + int(self._scores.lasts[self._offset + j]))
            if start < stop:
                found[start, stop] = None
        return list(found)


def read_sentences(
    model: SpanModel,
    question: str,
    passages: Sequence[Passage],
    places: Places,
    promise: Sequence[float],
    most: int = STRETCHES,
) -> list[ReadSentence | None]:
    """The scores of the sentences at ``places``; ``None`` for those that were not read.

    Of long passages only those stretches are read, ``most`` in all, that hold the sentences with the greatest
    ``promise``.
    """
    chosen = choose_stretches([passage.text for passage in passages], places, promise, model.reach, most)
    texts = [
        Stretch(headings=headings(passages[number]), text=passages[number].text[slice(*span)])
        for number, span in chosen
    ]
    read = list(zip(chosen, model.score(question, texts) if texts else (), strict=True))
    return [_read_in(read, number, span) for number, span in places]


def choose_stretches(
    texts: Sequence[str], places: Places, promise: Sequence[float], reach: int, most: int = STRETCHES
) -> list[tuple[int, Span]]:
    """The stretches (number of the text, span) that hold the most promising sentences, in reading order.

    A sentence that is longer than ``reach`` is held by several.
    """
    laid = [lay_stretches(len(text), sentences(text), reach) for text in texts]
    chosen: set[tuple[int, Span]] = set()
    for position in np.argsort(-np.asarray(promise), kind="stable"):
        if len(chosen) == most:
            break
        number, span = places[position]
        if any(n == number and s <= span[0] and span[1] <= e for n, (s, e) in chosen):
            continue
        best = max(laid[number], key=lambda stretch: _fit(stretch, span))
        parts = [best] if span[1] - span[0] <= reach else [part for part in laid[number] if _fit(part, span)[0] > 0]
        chosen.update((number, part) for part in parts[: most - len(chosen)])
    return sorted(chosen)


def headings(passage: Passage) -> str:
    """The title of the passage's document and the headings it stands under, as models are given them."""
    return " ".join((passage.document.title, *passage.section))


def _read_in(read: Sequence[tuple[tuple[int, Span], Scores]], number: int, sentence: Span) -> ReadSentence | None:
    """``sentence`` in the stretch that holds most of it, and most around it; a long one in all that it goes on in."""
    holding = [(part, scores) for (n, part), scores in read if n == number and _fit(part, sentence)[0] > 0]
    if not holding:
        return None
    stretch, scores = max(holding, key=lambda each: _fit(each[0], sentence))
    for part, further in holding:
        if stretch[0] < part[0] <= stretch[1] < min(part[1], sentence[1]):
            stretch, scores = (stretch[0], part[1]), _joined(scores, stretch, further, part)
    for part, further in reversed(holding):
        if max(part[0], sentence[0]) < stretch[0] <= part[1] < stretch[1]:
            stretch, scores = (part[0], stretch[1]), _joined(further, part, scores, stretch)
    found = ReadSentence(scores, stretch[0], (max(sentence[0], stretch[0]), min(sentence[1], stretch[1])))
    return found if found.best(1) else None


def _joined(one: Scores, first: Span, other: Scores, second: Span) -> Scores:
    """The scores of ``first`` and ``second``, which overlap or touch, as of one stretch."""
    border = (second[0] + first[1]) // 2 - first[0]
    behind = second[0] - first[0]
    i, j = np.searchsorted(one.firsts, border), np.searchsorted(other.firsts, border - behind)
    return Scores(
        firsts=np.concatenate([one.firsts[:i], other.firsts[j:] + behind]),
        lasts=np.concatenate([one.lasts[:i], other.lasts[j:] + behind]),
        begin=np.concatenate([one.begin[:i], other.begin[j:]]),
        end=np.concatenate([one.end[:i], other.end[j:]]),
    )


def _fit(stretch: Span, span: Span) -> tuple[int, int]:
    """How much of ``span`` the stretch holds, and how much it holds on the shorter side of it."""
    shared = min(stretch[1], span[1]) - max(stretch[0], span[0])
    return shared, min(span[0] - stretch[0], stretch[1] - span[1])


def _pairs(begin: Logits, end: Logits) -> Logits:
    """The score of every span, shape (n, n); minus infinity where its end comes first or is too far."""
    places = np.arange(len(begin))
    distance = places[None, :] - places[:, None]
    sums = begin[:, None] + end[None, :]
    return np.where((distance >= 0) & (distance < LONGEST), sums, np.float32(-np.inf))


def _log_sum(logits: Logits) -> float:
    """The logarithm of the sum of exponentials."""
    if not logits.size:
        return LEAST
    most = float(logits.max())
    return most + float(np.log(np.exp(logits - most).sum()))
