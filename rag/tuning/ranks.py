"""How far down the right paragraph comes when an encoder orders all paragraphs of an index."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from embeddings.encoder import Encoder
from rag.tuning.pairs import Pair

Ranks = npt.NDArray[np.int64]
BLOCK = 4096
"""Paragraphs whose vectors are in memory at once."""
_EQUAL = 1e-6
"""Cosines that differ by no more are rounding apart: a copy of the right paragraph is not before it."""


def ranks(
    encoder: Encoder, pairs: Sequence[Pair], texts: Sequence[str], progress: Callable[[int, int], None] | None = None
) -> Ranks:
    """For each pair the rank of its passage among ``texts``, from 1; paragraphs that are alike are passed over."""
    queries = encoder.encode_queries([pair.query for pair in pairs])
    passages = encoder.encode_passages([pair.passage for pair in pairs])
    wanted = (queries * passages).sum(axis=1, keepdims=True) + _EQUAL
    alike = np.asarray([pair.alike for pair in pairs], dtype=np.int64).reshape(-1, 2)
    before = np.zeros(len(pairs), dtype=np.int64)
    for start in range(0, len(texts), BLOCK):
        if progress:
            progress(start, len(texts))
        scores = queries @ encoder.encode_passages(texts[start : start + BLOCK]).T
        places = np.arange(start, start + scores.shape[1])
        nearer = (scores > wanted) & ((places < alike[:, :1]) | (places >= alike[:, 1:]))
        before += nearer.sum(axis=1)
    if progress:
        progress(len(texts), len(texts))
    return before + 1
