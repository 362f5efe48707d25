"""What the trained reader is given: a question, the headings of a passage and a window of its text, in characters.

    [CLS] question [SEP] headings [SEP] window [SEP]

A small model without much pretraining wastes its capacity on finding which characters of the passage the question
shares. So it is told, in the token types: the question's tokens and the passage's tokens each have four, for a
character that the other side lacks, has, has as part of the same pair, and as part of the same run of three or more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int32]

QUESTION, HEADINGS = 48, 32
"""Tokens of the question and of the headings that are kept at the most: of both the last, where the subject stands."""
WINDOW, STRIDE = 160, 80
"""Tokens of a window, and from the start of one to the start of the next."""
LEVELS = 4
"""Token types of each side."""


@dataclass(frozen=True, kw_only=True)
class Marks:
    """The ids of the marks between the parts."""

    cls: int
    sep: int


@dataclass(frozen=True, kw_only=True)
class Input:
    """One window made ready.

    Attributes:
        ids: Token ids, shape (length,).
        types: Token types, shape (length,).
        start: Position of the window's first token in ``ids``.
        first: Position of the window's first token among those of the passage.
    """

    ids: Ids
    types: Ids
    start: int
    first: int

    @property
    def tokens(self) -> int:
        """How many tokens of the passage it holds."""
        return len(self.ids) - self.start - 1


def windows(tokens: int, size: int = WINDOW, stride: int = STRIDE) -> list[tuple[int, int]]:
    """Spans that cover ``tokens`` tokens, each at most ``size`` long; the last one ends with the text."""
    if tokens <= size:
        return [(0, tokens)]
    starts = [*range(0, tokens - size, stride), tokens - size]
    return [(start, start + size) for start in starts]


def make_input(question: Ids, headings: Ids, passage: Ids, window: tuple[int, int], marks: Marks) -> Input:
    """The window of ``passage`` with its question and headings."""
    asked, above = question[-QUESTION:], headings[-HEADINGS:]
    inside = passage[slice(*window)]
    cls, sep = np.array([marks.cls], np.int32), np.array([marks.sep], np.int32)
    here = np.concatenate([above, sep, inside])
    types = np.concatenate([cls * 0, levels(asked, here), sep * 0, LEVELS + levels(here, asked), sep * 0 + LEVELS])
    ids = np.concatenate([cls, asked, sep, here, sep])
    return Input(ids=ids, types=types.astype(np.int32), start=len(asked) + len(above) + 3, first=window[0])


def levels(tokens: Ids, others: Ids) -> Ids:
    """For each of ``tokens`` how much ``others`` share of it: 0 nothing, 1 itself, 2 a pair, 3 a run of three."""
    found = np.isin(tokens, others).astype(np.int32)
    for length in (2, 3):
        if min(len(tokens), len(others)) < length:
            break
        shared = np.isin(_runs(tokens, length), _runs(others, length))
        for offset in range(length):
            part = found[offset : len(found) - length + 1 + offset]
            part[shared] = length
    return found


def _runs(tokens: Ids, length: int) -> npt.NDArray[np.int64]:
    """Every run of ``length`` tokens as one number; ids stay below 2 ** 20."""
    total = np.zeros(len(tokens) - length + 1, np.int64)
    for offset in range(length):
        total = (total << 20) | tokens[offset : len(tokens) - length + 1 + offset]
    return total


def padded(inputs: Sequence[Input]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Ids, types and attention mask of a batch; each of shape (len(inputs), longest)."""
    longest = max(len(each.ids) for each in inputs)
    ids, types, mask = (np.zeros((len(inputs), longest), np.int64) for _ in range(3))
    for row, each in enumerate(inputs):
        ids[row, : len(each.ids)] = each.ids
        types[row, : len(each.ids)] = each.types
        mask[row, : len(each.ids)] = 1
    return ids, types, mask
