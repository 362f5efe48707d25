"""Where the paragraphs of some documents are: what the two searches need in order to look nowhere else."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, kw_only=True)
class Extent:
    """Documents by the ids of their paragraphs, which follow one another.

    Attributes:
        firsts: For each document the id of its first paragraph, ascending: a number that is its own.
        counts: For each document how many paragraphs it has, at least 1.
    """

    firsts: tuple[int, ...]
    counts: tuple[int, ...]

    def __bool__(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.firsts)

    @cached_property
    def documents(self) -> frozenset[int]:
        """The numbers of the documents."""
        return frozenset(self.firsts)

    @cached_property
    def paragraphs(self) -> npt.NDArray[np.int64]:
        """The ids of all paragraphs, ascending."""
        counts = np.asarray(self.counts, dtype=np.int64)
        behind = np.repeat(np.asarray(self.firsts, dtype=np.int64) - np.cumsum(counts) + counts, counts)
        return behind + np.arange(len(behind))

    def bits(self, without: Collection[int] = ()) -> npt.NDArray[np.uint8]:
        """A bit for each id up to the last, the lowest of a byte first: set for paragraphs but those ``without``."""
        inside = self.paragraphs
        marks = np.zeros(int(inside[-1]) + 1 if len(inside) else 1, dtype=bool)
        marks[inside] = True
        hidden = np.fromiter(without, dtype=np.int64, count=len(without))
        marks[hidden[hidden < len(marks)]] = False
        return np.packbits(marks, bitorder="little")
