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
READ = 3
"""Passages that are read then."""


class Orders(Protocol):
    """Puts passages in the order in which they may answer a question."""

    def order(self, question: Question, passages: Sequence[Passage]) -> tuple[int, ...]:
        """The numbers of ``passages``, the likeliest to answer first."""
        ...


def settled(reader: Orders, question: Question, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """``passages``, scored by the ranker and best first; where two are close, the first few in ``reader``'s order.

    Their scores stay in descending order.
    """
    if len(passages) < 2 or passages[0].score - passages[1].score >= CLOSE:
        return passages
    first = passages[:READ]
    order = reader.order(question, first)
    read = [replace(first[number], score=place.score) for number, place in zip(order, first, strict=True)]
    return (*read, *passages[READ:])
