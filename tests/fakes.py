"""Stand-ins that a person can compute in the head. They pass the same contracts as the real classes."""

from collections.abc import Sequence

import numpy as np

from embeddings.encoder import Vectors


class HashEncoder:
    """A bag of characters: column ``ord(character) % dimension`` counts them; white space does not count.

    With 8 columns "a" (97) is column 1, "b" column 2, so "aab" is (0, 2, 1, 0, ...) divided by sqrt(5).
    """

    def __init__(self, dimension: int = 8) -> None:
        self._dimension = dimension
        self.encoded: list[str] = []
        """Every passage that was ever encoded, in order: shows what an index did not have to encode again."""

    @property
    def name(self) -> str:
        return f"hash-{self._dimension}"

    @property
    def dimension(self) -> int:
        return self._dimension

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        return self._counts(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._counts(texts)

    def _counts(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for character in "".join(text.split()):
                row[ord(character) % self._dimension] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
