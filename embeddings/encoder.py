"""The encoder protocol: what the vector store and the retriever need of a model."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into unit vectors.

    Contract (``tests/contracts.py``): rows have unit length, or are all zero for a text without any known token;
    the same text gives the same row whatever stands beside it in the batch; an empty sequence gives shape (0, dimension).
    """

    @property
    def name(self) -> str:
        """Identity of the weights, including a content hash: an index made with another name cannot be searched."""
        ...

    @property
    def dimension(self) -> int:
        """Number of columns."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Float32 matrix of shape (len(texts), dimension)."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Float32 matrix of shape (len(texts), dimension); some models put another prefix before questions."""
        ...
