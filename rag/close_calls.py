"""A second look at the first passages of a search where it cannot tell which comes first: the reader reads them.

A reader of every first passage would make each search several times as long; where the ranker is sure, the reader
changes little.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from rag.answer import Passage
from rag.question import Question

CLOSE = 1.0
"""Log-odds between the first two passages under which they are read; chosen on the questions of encyclopedias."""
READ, STRETCHES = 3, 4
"""Passages that are read then, and stretches of them: more would be right a little more often, and take longer."""


class Orders(Protocol):
    """Puts passages in the order in which they may answer a question."""

    def order(self, question: Question, passages: Sequence[Passage], stretches: int) -> tuple[int, ...]:
        """The numbers of ``passages``, the likeliest to answer first, by reading so many ``stretches`` of them."""
        ...


def close(passages: Sequence[Passage]) -> bool:
    """Whether the first two of ``passages``, scored by the ranker and best first, are a close call."""
    return len(passages) > 1 and passages[0].score - passages[1].score < CLOSE


def settled(reader: Orders, question: Question, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """``passages`` with the first few in ``reader``'s order; the scores stay in descending order."""
    first = passages[:READ]
    order = reader.order(question, first, STRETCHES)
    read = [replace(first[number], score=place.score) for number, place in zip(order, first, strict=True)]
    return (*read, *passages[READ:])
