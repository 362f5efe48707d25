"""What a trained reader says of a text: for each of its tokens how likely an answer begins or ends there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from rag.answer import Span

Logits = npt.NDArray[np.float32]
Offsets = npt.NDArray[np.int32]
LONGEST = 150
"""Tokens of an answer at the most."""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """What is read in one piece: a part of a passage, and the headings it stands under."""

    headings: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Scores:
    """A stretch as the model sees it: n tokens with their places and logits.

    ``begin[i] + end[j]`` is the logarithm of how much likelier the answer is the tokens i to j than that there is none
    in this stretch. So scores of different stretches can be compared (Clark and Gardner, Simple and effective
    multi-paragraph reading comprehension, 2018).

    Attributes:
        firsts: Offset of each token's first character in the stretch, ascending; shape (n,).
        lasts: Offset behind each token's last character; shape (n,).
        begin: Shape (n,).
        end: Shape (n,).
    """

    firsts: Offsets
    lasts: Offsets
    begin: Logits
    end: Logits

    def tokens(self, span: Span) -> tuple[int, int]:
        """The first token of ``span`` and the one behind its last; equal where no token lies in it."""
        first = int(np.searchsorted(self.lasts, span[0], side="right"))
        return first, max(first, int(np.searchsorted(self.firsts, span[1], side="left")))


class SpanModel(Protocol):
    """A trained extractive reader, whatever runs it.

    ``name`` tells two models apart; ``reach`` is how many characters it reads in one piece.
    """

    name: str
    reach: int

    def score(self, question: str, stretches: Sequence[Stretch]) -> tuple[Scores, ...]:
        """The scores of each stretch, in order."""
        ...


def readable(text: str) -> str:
    """``text`` with lone surrogates replaced, which tokenizers do not take; as long as before."""
    return text.encode("utf-8", "replace").decode()
