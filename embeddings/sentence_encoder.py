"""Owner of sentence_transformers: runs any model that lies in a local folder, and never looks anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from embeddings.encoder import Vectors
from embeddings.errors import EncoderDamaged
from embeddings.fingerprint import encoder_name
from embeddings.static_encoder import unit_rows

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 32
"""Texts in one forward pass: on a CPU more only adds padding."""


class SentenceEncoder:
    """A sentence-transformers model on the CPU, in float32 whatever its files hold.

    Prompts that the model declares for queries and passages are put before the texts.
    """

    def __init__(self, folder: Path) -> None:
        """Load the model.

        Raises:
            EncoderDamaged: sentence-transformers cannot make a model of the folder.
        """
        self._model = _loaded(folder)
        probe = self._model.encode(["0"], show_progress_bar=False)
        self._dimension = int(probe.shape[1])
        self._name = encoder_name(folder)

    @property
    def name(self) -> str:
        """The folder's name and a hash of its content."""
        return self._name

    @property
    def dimension(self) -> int:
        """Number of columns."""
        return self._dimension

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Float32 matrix of shape (len(texts), dimension), rows of unit length or zero."""
        return self._encode(texts, self._model.encode_document)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Float32 matrix of shape (len(texts), dimension), rows of unit length or zero."""
        return self._encode(texts, self._model.encode_query)

    def _encode(self, texts: Sequence[str], encode: Callable[..., Any]) -> Vectors:
        rows = np.zeros((len(texts), self._dimension), dtype=np.float32)
        # A blank text has no meaning; the model would give it that of its prompt or of its special tokens.
        spoken = [place for place, text in enumerate(texts) if text.strip()]
        if spoken:
            sound = [texts[place].encode("utf-8", "replace").decode() for place in spoken]
            rows[spoken] = encode(sound, batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True)
        return unit_rows(rows)


def _loaded(folder: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    try:
        # An absolute path cannot be taken for the name of a model on a server; remote code is never run.
        model = SentenceTransformer(str(folder.resolve()), device="cpu", local_files_only=True, trust_remote_code=False)
        return model.float().eval()
    except Exception as error:  # each architecture fails in its own way
        raise EncoderDamaged(path=str(folder), detail=" ".join(str(error).split())) from error
