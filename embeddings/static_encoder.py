"""Owner of tokenizers and safetensors: runs a static model, such as the bundled one, without loading torch.

A ``StaticEmbedding`` of sentence-transformers is one table: the vector of a text is the mean of the rows of its tokens.
Taking that mean in numpy gives the same numbers as sentence-transformers does (there is a test), but a command answers
after a tenth of a second instead of several.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from embeddings.encoder import Vectors
from embeddings.errors import EncoderDamaged
from embeddings.fingerprint import encoder_name

_BATCH = 2048
"""Texts tokenised in one call: enough to keep all cores busy, little enough to keep memory small."""

_TABLE, _WEIGHT = "model.safetensors", "embedding.weight"
_BESIDE = ("tokenizer.json", "modules.json", "config_sentence_transformers.json")
"""The files of a static model: its table, and what lies beside it."""

_TOKENS = 8192
"""Rows summed in one step, so that a text of any length takes little memory."""


def is_static(folder: Path) -> bool:
    """Whether the sentence-transformers model in ``folder`` is a static embedding and nothing else."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [module["type"].rpartition(".")[2] for module in modules]
        return kinds[:1] == ["StaticEmbedding"] and kinds[1:] in ([], ["Normalize"]) and modules[0]["path"] == ""
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


class StaticEncoder:
    """A static sentence-transformers model read from its folder."""

    def __init__(self, folder: Path) -> None:
        """Load the table and the tokenizer.

        Raises:
            EncoderDamaged: A file is missing, does not parse, or the table does not fit the tokenizer.
        """
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        self._folder = folder
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            table = load_file(folder / _TABLE)[_WEIGHT]
            prompts = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))["prompts"]
            self._query_prompt, self._passage_prompt = str(prompts.get("query", "")), str(prompts.get("document", ""))
        except Exception as error:  # tokenizers raises plain Exception for everything
            raise EncoderDamaged(path=str(folder), detail=str(error)) from error
        if table.ndim != 2 or len(table) < self._tokenizer.get_vocab_size():
            detail = f"a table of shape {table.shape} for {self._tokenizer.get_vocab_size()} tokens"
            raise EncoderDamaged(path=str(folder), detail=detail)
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._stored = table.dtype
        self._table: Vectors = table.astype(np.float32)
        self._name = encoder_name(folder)

    @property
    def name(self) -> str:
        """The folder's name and a hash of its content."""
        return self._name

    @property
    def dimension(self) -> int:
        """Number of columns."""
        return int(self._table.shape[1])

    @property
    def table(self) -> Vectors:
        """The vector of each token, of shape (tokens, dimension). It is the encoder's own: copy it to change it."""
        return self._table

    def passage_tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """For each text the rows of :attr:`table` that its vector as a passage is the mean of."""
        return [ids for _, ids in self._tokens(texts, self._passage_prompt)]

    def query_tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """The same as queries."""
        return [ids for _, ids in self._tokens(texts, self._query_prompt)]

    def save_with(self, table: Vectors, folder: Path) -> None:
        """Write this model with another ``table`` of the same shape, in the precision of its files, to a new folder.

        Raises:
            FileExistsError: There is something at ``folder``.
            OSError: It cannot be written.
        """
        from safetensors.numpy import save_file

        folder.mkdir(parents=True)
        for name in _BESIDE:
            shutil.copyfile(self._folder / name, folder / name)
        save_file({_WEIGHT: table.astype(self._stored)}, folder / _TABLE)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Float32 matrix of shape (len(texts), dimension), rows of unit length or zero."""
        return self._encode(texts, self._passage_prompt)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Float32 matrix of shape (len(texts), dimension), rows of unit length or zero."""
        return self._encode(texts, self._query_prompt)

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, (text, ids) in zip(rows, self._tokens(texts, prompt), strict=True):
            if text.strip():
                for start in range(0, len(ids), _TOKENS):
                    row += self._table[ids[start : start + _TOKENS]].sum(axis=0)
        return unit_rows(rows)

    def _tokens(self, texts: Sequence[str], prompt: str) -> Iterator[tuple[str, list[int]]]:
        remaining = iter(texts)
        while batch := list(islice(remaining, _BATCH)):
            # Half a surrogate pair, which a damaged file can hold, has no UTF-8 form and would stop the tokenizer.
            sound = [(prompt + text).encode("utf-8", "replace").decode() for text in batch]
            encodings = self._tokenizer.encode_batch_fast(sound, add_special_tokens=False)
            yield from zip(batch, (encoding.ids for encoding in encodings), strict=True)


def unit_rows(rows: Vectors) -> Vectors:
    """``rows`` divided by their lengths; rows of zeros, and rows that are not finite, become zeros."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    sound = np.isfinite(lengths) & (lengths > 0)
    unit: Vectors = np.divide(rows, lengths, out=np.zeros_like(rows), where=sound)
    return unit
