"""A user's own questions as pairs: each with the paragraph of the index that answers it."""

from rag.evaluation.case import Case, Dataset
from rag.evaluation.documents import Consulted, Documents
from rag.evaluation.errors import EvidenceNowhere
from rag.evaluation.relevance import Relevance
from rag.index_store import Snapshot
from rag.tuning.material import Material
from rag.tuning.pairs import Pair

DEPTH = 100
"""Paragraphs, the best by words, among which the one that answers is looked for."""


def question_pairs(dataset: Dataset, library: Consulted, snapshot: Snapshot, material: Material) -> list[Pair]:
    """The questions of ``dataset`` whose paragraph is found; follow-up questions say too little by themselves.

    The paragraph is the one that holds the evidence; where the test set gives none, the one that holds an accepted
    answer and shares most words with the question.

    Raises:
        EvidenceNowhere: Not one is found.
    """
    documents = Documents(library, own_texts=bool(dataset.contexts) and library.filled is not None)
    pairs = []
    for case in dataset.cases:
        if case.answerable and not case.history and (place := _place(case, documents, snapshot, material)) is not None:
            text = material.texts[place]
            pairs.append(
                Pair(kind="question", query=case.question, passage=text, paragraph=place, alike=(place, place + 1))
            )
    if not pairs:
        raise EvidenceNowhere(path=dataset.path, folder=library.folder)
    return pairs


def _place(case: Case, documents: Documents, snapshot: Snapshot, material: Material) -> int | None:
    named = frozenset().union(*(documents.named(name) for name in case.documents))
    words = " ".join((case.question, *(case.evidence or case.answers or case.items)))
    ids = [id for id, _ in snapshot.lexical.search(words, DEPTH)]
    relevance = Relevance.of_passages(case, named, tuple(snapshot.documents.passages(ids)))
    # There are no gains at all where there is nothing to look for: the answer is a bare yes or no.
    right = (material.number(id) for id, gain in zip(ids, relevance.gains, strict=False) if gain)
    return next((place for place in right if place is not None), None)
