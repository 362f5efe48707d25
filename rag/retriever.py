"""Asks the lexical index and the vector store, fuses their rankings, and folds copies of one passage into one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from embeddings.encoder import Encoder
from rag.answer import Passage
from rag.copies import fold_copies
from rag.extent import Extent
from rag.fusion import reciprocal_rank_fusion
from rag.index_store import Snapshot
from rag.passage_ranker import Candidate, PassageRanker
from rag.question import Question
from rag.scope import Scope

K = 10
"""Of rank fusion. The paper's 60 lets a passage that both searches rank in the middle pass one that either ranks first:
on questions kept apart (CMRC, DRCD, official documents) 10 finds more among the first eight than 60 does."""
NEARBY = 4
"""Candidates looked at for each passage wanted: a copy ranks near what it is a copy of."""
DEEPEST = 400
"""Candidates of each search beyond which nothing is looked for that is no copy of what was found already."""


@dataclass(frozen=True, kw_only=True)
class HybridRetriever:
    """A :class:`rag.interfaces.Retriever` over one snapshot of an index.

    Attributes:
        snapshot: What is searched.
        encoder: The one that made its vectors.
        candidates: Passages taken from each search.
        without: Ids of paragraphs that are never found, as if they were not in the index (its statistics count them).
        ranker: Puts the first of both searches in order; without it they stay as the fusion has them.
    """

    snapshot: Snapshot
    encoder: Encoder
    candidates: int
    without: Collection[int] = ()
    ranker: PassageRanker | None = None

    def retrieve(
        self, questions: Sequence[Question], k: int, scope: Scope | None = None
    ) -> tuple[tuple[Passage, ...], ...]:
        """For each question at most ``k`` passages; none where nothing shares a term with it or lies near it.

        Raises:
            NotInIndex: ``scope`` names what no document is called.
        """
        return self._found(questions, k, self.snapshot.documents.within(scope) if scope else None)

    def _found(self, questions: Sequence[Question], k: int, within: Extent | None) -> tuple[tuple[Passage, ...], ...]:
        depth = max(k, self.candidates)
        vectors = self.encoder.encode_queries([question.text for question in questions])
        near = self.snapshot.vectors.search(vectors, depth, without=self.without, within=within)
        return tuple(self._fused(question, row, k, within) for question, row in zip(questions, near, strict=True))

    def _fused(
        self, question: Question, near: Sequence[tuple[int, float]], k: int, within: Extent | None
    ) -> tuple[Passage, ...]:
        depth, inside = max(k, self.candidates), None if within is None else within.documents
        lexical = self.snapshot.lexical.search(question.text, depth, without=self.without, within=inside)
        dense = [(id, score) for id, score in near if score > 0]
        ranking, known = self._ranked(question, lexical, dense)
        passages = fold_copies(self._passages(ranking[: NEARBY * k], known))
        if len(passages) < k and len(ranking) > NEARBY * k:
            passages = fold_copies(self._passages(ranking, known))
        if len(passages) < k and depth in (len(lexical), len(dense)) and depth < DEEPEST:
            # Nearly all of them are copies of few.
            (passages,) = replace(self, candidates=4 * depth)._found([question], k, within)
        return passages[:k]

    def _ranked(
        self, question: Question, lexical: Sequence[tuple[int, float]], dense: Sequence[tuple[int, float]]
    ) -> tuple[list[tuple[int, float]], dict[int, Passage]]:
        """Ids with scores, best first: in the ranker's order those it looks at, behind them the others as fused.

        And the passages that it has looked at.
        """
        fused = reciprocal_rank_fusion([[id for id, _ in lexical], [id for id, _ in dense]], k=K)
        if self.ranker is None or len(fused) < 2:
            return fused, {}
        looked_at = self.candidates_of([id for id, _ in fused[: self.candidates]], lexical, dense)
        scores = self.ranker.scores(question, looked_at)
        order = np.argsort(-scores, kind="stable")
        ranked = [(fused[n][0], float(scores[n])) for n in order]
        behind = [(id, float(scores.min()) + score - 1) for id, score in fused[self.candidates :]]
        known = {id: each.passage for (id, _), each in zip(fused, looked_at, strict=False)}
        return ranked + behind, known

    def candidates_of(
        self, ids: Sequence[int], lexical: Sequence[tuple[int, float]], dense: Sequence[tuple[int, float]]
    ) -> list[Candidate]:
        """The paragraphs ``ids`` with what the two searches said of them."""
        words = {id: (rank, score) for rank, (id, score) in enumerate(lexical, start=1)}
        vectors = {id: (rank, score) for rank, (id, score) in enumerate(dense, start=1)}
        nowhere = (None, 0.0)
        return [
            Candidate(
                passage=passage,
                bm25=words.get(id, nowhere)[1],
                cosine=vectors.get(id, nowhere)[1],
                lexical=words.get(id, nowhere)[0],
                dense=vectors.get(id, nowhere)[0],
            )
            for id, passage in zip(ids, self.snapshot.documents.passages(ids), strict=True)
        ]

    def _passages(self, ranking: Sequence[tuple[int, float]], known: Mapping[int, Passage]) -> list[Passage]:
        missing = [id for id, _ in ranking if id not in known]
        found = {**known, **dict(zip(missing, self.snapshot.documents.passages(missing), strict=True))}
        return [replace(found[id], score=score) for id, score in ranking]
