"""The paragraphs of an index as they are searched, numbered from 0 in the order in which they were indexed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
import numpy.typing as npt

from corpus.document import Document
from rag.document_store import DocumentStore
from rag.units import Unit, units

SHORTEST = 20
"""Characters below which a paragraph says too little to be found by it."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """The paragraphs from ``first`` up to but not including ``last`` that stand under one heading of one document.

    ``heading`` is empty where there is none. ``document`` is the hash of the document's content: copies are one.
    """

    document: str
    title: str
    heading: str
    first: int
    last: int


@dataclass(frozen=True)
class Material:
    """What there is to learn from.

    Attributes:
        units: Every paragraph that is searched.
        ids: Its id in the index, shape (paragraphs,), ascending.
        sections: In order, together all paragraphs.
    """

    units: list[Unit]
    ids: npt.NDArray[np.int64]
    sections: list[Section]

    @cached_property
    def texts(self) -> list[str]:
        """The words of each paragraph."""
        return [unit.text for unit in self.units]

    @cached_property
    def section_of(self) -> npt.NDArray[np.int64]:
        """For each paragraph the number of its section."""
        return np.repeat(np.arange(len(self.sections)), [s.last - s.first for s in self.sections])

    @cached_property
    def document_spans(self) -> list[tuple[int, int]]:
        """For each section the first paragraph of its document, and one past the last."""
        spans: list[tuple[int, int]] = []
        for _, of_one in groupby(self.sections, key=lambda section: section.document):
            sections = list(of_one)
            spans += [(sections[0].first, sections[-1].last)] * len(sections)
        return spans

    @cached_property
    def telling(self) -> npt.NDArray[np.bool_]:
        """Which paragraphs are long enough, and stand in the index once: of two copies neither is the right one."""
        times = Counter(self.texts)
        return np.asarray([len(text) >= SHORTEST and times[text] == 1 for text in self.texts], dtype=np.bool_)

    def number(self, id: int) -> int | None:
        """The number of the paragraph with this id in the index; ``None`` where it is not searched."""
        place = int(np.searchsorted(self.ids, id))
        return place if place < len(self.ids) and self.ids[place] == id else None


def read_material(documents: DocumentStore) -> Material:
    """All of ``documents``."""
    searched: list[Unit] = []
    ids: list[int] = []
    sections: list[Section] = []
    for document, paragraphs in in_order(documents):
        for heading, under in groupby(units(document), key=lambda unit: _heading_of(document, unit)):
            found = list(under)
            first = len(searched)
            searched += found
            ids += [paragraphs[unit.ordinal] for unit in found]
            sections.append(
                Section(
                    document=document.content_hash,
                    title=document.title,
                    heading=heading,
                    first=first,
                    last=len(searched),
                )
            )
    return Material(searched, np.asarray(ids, dtype=np.int64), sections)


def _heading_of(document: Document, unit: Unit) -> str:
    above = document.paragraphs[unit.ordinal].section
    return above[-1] if above else ""


def in_order(documents: DocumentStore) -> Iterator[tuple[Document, list[int]]]:
    """Every document with the ids of its paragraphs, in the order in which they were indexed."""
    ids = {record.id: documents.paragraph_ids(record.id) for record in documents.records()}
    for id in sorted(ids, key=lambda id: ids[id][:1]):
        yield documents.document(id), ids[id]
