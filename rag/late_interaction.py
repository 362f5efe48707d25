"""How near a text comes to each word of a question, by the vectors of the bundled encoder's tokens.

One vector of a whole passage is a mean in which the one word that matters drowns. Here each token of the question looks
for the token of the text that is nearest to it instead (late interaction: Khattab and Zaharia, ColBERT, 2020), so that
游泳池 finds 游泳馆 and not 羽毛球馆. A token counts by the length of its vector, which training made long for words
that tell passages apart. What weighs these figures was fitted on the bundled encoder, so they are its own whatever
encoder an index was made with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from embeddings.bundled import bundled_encoder
from embeddings.static_encoder import StaticEncoder, unit_rows

MOST = 64
"""Tokens of a question that are looked for: of one that is longer those that tell most."""
SAME = 0.999
"""Cosine from which on two tokens are one."""
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Nearness:
    """What some texts have for each of the n tokens of a question.

    Attributes:
        weights: What each token counts, 1 in all; shape (n,).
        near: Cosine of the nearest token of each text, 0 where it has none; shape (texts, n).
        cosines: Of the vectors of question and texts as a whole; shape (texts,).
    """

    weights: Numbers
    near: Numbers
    cosines: Numbers

    def of(self, texts: Sequence[int]) -> "Nearness":
        """That of some of the texts, by number."""
        texts = list(texts)
        return Nearness(weights=self.weights, near=self.near[texts], cosines=self.cosines[texts])

    def held(self, near: Numbers) -> Numbers:
        """Share of the question that is held where its tokens are as near as ``near`` says; (…, n) to (…)."""
        held: Numbers = near @ self.weights
        return held

    def kindred(self, near: Numbers) -> Numbers:
        """The part of :meth:`held` that lies in other words than the question's."""
        return self.held(np.where(near < SAME, near, np.float32(0.0)))

    def farthest(self, near: Numbers) -> Numbers:
        """What the token counts that is missed most, over the mean."""
        missed: Numbers = (self.weights * (1 - near)).max(axis=-1, initial=0.0) * near.shape[-1]
        return missed


class LateInteraction:
    """Measures texts against questions with the tokens of ``encoder``."""

    def __init__(self, encoder: StaticEncoder) -> None:
        self._encoder = encoder
        self._lengths = np.linalg.norm(encoder.table, axis=1)

    def nearness(self, question: str, texts: Sequence[str]) -> Nearness:
        """What each of ``texts`` has for the tokens of ``question``."""
        table = self._encoder.table
        (asked,) = self._encoder.query_tokens([question])
        tokens = sorted(dict.fromkeys(asked), key=lambda token: -self._lengths[token])[:MOST]
        lengths = self._lengths[tokens]
        found = self._encoder.passage_tokens(texts)
        whole = unit_rows(np.stack([table[ids].sum(axis=0) for ids in (asked, *found)]))
        near = np.zeros((len(texts), len(tokens)), np.float32)
        known, places = np.unique([token for ids in found for token in ids], return_inverse=True)
        if len(known) and tokens:
            likeness = unit_rows(table[known.astype(int)]) @ unit_rows(table[tokens]).T
            starts = np.cumsum([0, *map(len, found)])
            for row, start, end in zip(near, starts, starts[1:], strict=False):
                if start < end:
                    row[:] = likeness[places[start:end]].max(axis=0)
        return Nearness(
            weights=(lengths / max(float(lengths.sum()), 1e-6)).astype(np.float32),
            near=near,
            cosines=whole[1:] @ whole[0],
        )


@cache
def late_interaction() -> LateInteraction:
    """That of the bundled encoder.

    Raises:
        EncoderDamaged: A file of it is missing or changed.
    """
    return LateInteraction(bundled_encoder())
