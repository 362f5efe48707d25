"""What the network is shown: windows with the places of their answers."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rag.answer import Span
from rag.reader_inputs import WINDOW, Ids, Input, Marks, make_input, windows


@dataclass(frozen=True, kw_only=True)
class Item:
    """An exercise in tokens.

    ``spans`` are token spans of the passage; ``others`` are passages that do not answer the question, ``altered``
    questions that the passage does not answer.
    """

    question: Ids
    headings: Ids
    passage: Ids
    spans: tuple[Span, ...]
    others: tuple[tuple[Ids, Ids], ...] = ()
    altered: tuple[Ids, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A window, with first and last positions of the answers in it; position 0 where there is none."""

    input: Input
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def samples(
    item: Item, draw: random.Random, marks: Marks, *, negatives: float, altered: float = 0.0, window: int = WINDOW
) -> list[Sample]:
    """One window that holds an answer, or any where there is none; and with the chance ``negatives`` one that does not.

    With the chance ``altered`` the window that holds it is shown with an altered question too.

    Windows are laid anew each time, so that an answer is not always at the same place.
    """
    around = _around(item, draw, window)
    chosen = [_sample(item, around, marks)]
    if item.altered and draw.random() < altered:
        chosen.append(_sample(replace(item, question=draw.choice(item.altered), spans=()), around, marks))
    if item.spans and draw.random() < negatives:
        laid = windows(len(item.passage), window, window // 2)
        without = [w for w in laid if not any(s < w[1] and w[0] < e for s, e in item.spans)]
        if item.others and (not without or draw.random() < 0.7):
            headings, passage = draw.choice(item.others)
            other = Item(question=item.question, headings=headings, passage=passage, spans=())
            chosen.append(_sample(other, _around(other, draw, window), marks))
        elif without:
            chosen.append(_sample(item, draw.choice(without), marks))
    return chosen


def _around(item: Item, draw: random.Random, window: int) -> tuple[int, int]:
    tokens = len(item.passage)
    if tokens <= window:
        return 0, tokens
    if not item.spans:
        start = draw.randrange(tokens - window + 1)
        return start, start + window
    first, last = draw.choice(item.spans)
    low, high = max(0, last - window), min(first, tokens - window)
    start = draw.randint(min(low, high), max(low, high))
    return start, start + window


def _sample(item: Item, window: tuple[int, int], marks: Marks) -> Sample:
    made = make_input(item.question, item.headings, item.passage, window, marks)
    inside = [(s - window[0], e - 1 - window[0]) for s, e in item.spans if window[0] <= s and e <= window[1]]
    if not inside:
        return Sample(input=made, starts=(0,), ends=(0,))
    starts, ends = (tuple(sorted({made.start + place for place in places})) for places in zip(*inside, strict=True))
    return Sample(input=made, starts=starts, ends=ends)


def targets(batch: Sequence[Sample], length: int) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which positions start and end an answer, each of shape (len(batch), length), as booleans."""
    starts, ends = (np.zeros((len(batch), length), bool) for _ in range(2))
    for row, sample in enumerate(batch):
        starts[row, list(sample.starts)] = True
        ends[row, list(sample.ends)] = True
    return starts, ends
