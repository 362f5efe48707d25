"""Stand-ins that a person can compute in the head. They pass the same contracts as the real classes."""

import re
from collections.abc import Sequence

import numpy as np

from embeddings.encoder import Vectors
from rag.answer import DocumentRecord, Passage
from rag.span_model import Scores, Stretch

RECORD = DocumentRecord(id="d1", path="/a.txt", title="南山大桥管理办法")


def passages(*texts: str) -> tuple[Passage, ...]:
    """Paragraphs of one document about a bridge."""
    return tuple(
        Passage(document=RECORD, paragraph=n, section=(), page=None, text=text, start=0, end=len(text))
        for n, text in enumerate(texts)
    )


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


class WordModel:
    """A :class:`rag.span_model.SpanModel` that takes certain words for the answer, whatever is asked.

    Every character but white space is a token. An answer begins at the first one of each of the words and ends at the
    last one: 3 there, -5 elsewhere. So a word has the score 6, any other span at most -2.
    """

    name = "words"

    def __init__(self, *words: str, reach: int = 40) -> None:
        self.reach = reach
        self._words = words
        self.seen: list[Stretch] = []
        """Every stretch that was ever read, in order."""

    def score(self, question: str, stretches: Sequence[Stretch]) -> tuple[Scores, ...]:
        self.seen.extend(stretches)
        return tuple(self._score(stretch.text) for stretch in stretches)

    def _score(self, text: str) -> Scores:
        places = np.asarray([i for i, character in enumerate(text) if not character.isspace()], np.int32)
        found = [match.span() for word in self._words for match in re.finditer(re.escape(word), text)]
        begin = np.where(np.isin(places, [first for first, _ in found]), 3, -5).astype(np.float32)
        end = np.where(np.isin(places, [last - 1 for _, last in found]), 3, -5).astype(np.float32)
        return Scores(firsts=places, lasts=places + 1, begin=begin, end=end)
