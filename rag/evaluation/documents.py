"""The documents of an index as a test set sees them: found by whatever name it uses, searched for its words."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from rag.answer import Answer, Asked, Consultation, Document, DocumentRecord
from rag.evaluation.metrics.folding import fold
from rag.evaluation.metrics.quote_exactness import is_exact
from rag.library import IndexReport
from rag.scope import Scope
from rag.settings import Settings


class Consulted(Protocol):
    """The part of :class:`rag.library.Library` that an evaluation needs."""

    @property
    def folder(self) -> str:
        """The index folder."""
        ...

    @property
    def settings(self) -> Settings:
        """What it was opened with."""
        ...

    @property
    def filled(self) -> IndexReport | None:
        """What filling a temporary index came to."""
        ...

    @property
    def state(self) -> str:
        """A name for the content of the index."""
        ...

    def resolved(self, scope: Scope) -> Scope:
        """``scope`` with its collections looked up."""
        ...

    def consult(
        self, asked: Sequence[Asked], *, top_k: int | None = None, depth: int = 0, hidden: Collection[str] = ()
    ) -> tuple[Consultation, ...]:
        """Answer several questions together, with the documents ``hidden`` passed over."""
        ...

    def documents(self) -> tuple[DocumentRecord, ...]:
        """All documents."""
        ...

    def document(self, id: str) -> Document:
        """One document, whole."""
        ...


class Documents:
    """All documents of a library by name, with their texts read once, when they are first asked for."""

    def __init__(self, library: Consulted, *, own_texts: bool = False) -> None:
        """Look up the names.

        Args:
            library: The index.
            own_texts: It holds the texts that a test set brings with it, and nothing else: the file name is the name
                then, and a title that happens to be the name of another text is none.
        """
        self._library = library
        self.records = {record.id: record for record in library.documents()}
        self._named: dict[str, set[str]] = {}
        for record in self.records.values():
            for name in {Path(record.path).stem} if own_texts else _names(record):
                self._named.setdefault(fold(name), set()).add(record.id)
        self._texts: dict[str, str] = {}
        self._folded: dict[str, str] = {}

    def named(self, name: str) -> frozenset[str]:
        """Ids of the documents that are called ``name``; copies of one file in two folders share a name."""
        return frozenset(self._named.get(fold(name), ()))

    def text(self, id: str) -> str:
        """The cleaned text, for checking offsets."""
        if id not in self._texts:
            self._texts[id] = self._library.document(id).text
        return self._texts[id]

    def folded(self, id: str) -> str:
        """The text as :func:`fold` makes it, for looking words up."""
        if id not in self._folded:
            self._folded[id] = fold(self.text(id))
        return self._folded[id]

    def holding(self, words: str) -> frozenset[str]:
        """Ids of all documents in which ``words`` stand; every text is looked at."""
        wanted = fold(words)
        return frozenset(id for id in self.records if wanted in self.folded(id))

    def titles(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Titles of ``ids``, sorted."""
        return tuple(sorted(self.records[id].title for id in ids if id in self.records))

    def is_exact(self, answer: Answer) -> list[bool]:
        """For each citation, whether its quote, and that of each copy, is the slice that its offsets say."""
        return [
            is_exact(self.text(c.document.id), c.start, c.end, c.quote)
            and all(is_exact(self.text(copy.document.id), copy.start, copy.end, copy.text) for copy in c.copies)
            for c in answer.citations
        ]


def _names(record: DocumentRecord) -> set[str]:
    path = Path(record.path)
    names = {record.id, record.path, path.name, path.stem, record.title, record.number or ""}
    return {name for name in names if name}
