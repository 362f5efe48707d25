"""The encoder protocol: what the vector store and the retriever need of a model; and the way to get one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from embeddings.errors import EncoderNotFound

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into unit vectors.

    Contract (``tests/contracts.py``): rows have unit length, or are all zero for a text without any known token;
    the same text gives the same row whatever stands beside it in the batch; an empty sequence gives the shape
    (0, dimension).
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


def load_encoder(path: str | None = None) -> Encoder:
    """The encoder in the folder ``path``, or the bundled one.

    Static models run on numpy alone; for any other model sentence-transformers is loaded, which takes seconds.

    Raises:
        EncoderNotFound: ``path`` is not a folder with a sentence-transformers or transformers model.
        EncoderDamaged: There is a model, but it does not load, or the bundled one differs from its manifest.
    """
    # Imported here: a command that never encodes pays for none of them.
    from embeddings.bundled import bundled_encoder
    from embeddings.sentence_encoder import SentenceEncoder
    from embeddings.static_encoder import StaticEncoder, is_static

    if path is None:
        return bundled_encoder()
    folder = Path(path).expanduser()
    if not any((folder / file).is_file() for file in ("modules.json", "config.json")):
        raise EncoderNotFound(path=path)
    return StaticEncoder(folder) if is_static(folder) else SentenceEncoder(folder)
