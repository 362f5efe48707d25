"""Asks the lexical index and the vector store, and fuses their rankings."""

from dataclasses import dataclass, replace

from embeddings.encoder import Encoder
from rag.answer import Passage
from rag.fusion import reciprocal_rank_fusion
from rag.index_store import Snapshot
from rag.question import Question

K = 10
"""Of rank fusion. The paper's 60 lets a passage that both searches rank in the middle pass one that either ranks first:
on questions kept apart (CMRC, DRCD, official documents) 10 finds more among the first eight than 60 does."""


@dataclass(frozen=True, kw_only=True)
class HybridRetriever:
    """A :class:`rag.interfaces.Retriever` over one snapshot of an index; ``candidates`` are taken from each search."""

    snapshot: Snapshot
    encoder: Encoder
    candidates: int

    def retrieve(self, question: Question, k: int) -> tuple[Passage, ...]:
        """At most ``k`` passages, best first; none where nothing shares a term with the question or lies near it."""
        depth = max(k, self.candidates)
        lexical = [id for id, _ in self.snapshot.lexical.search(question.text, depth)]
        vector = self.encoder.encode_queries([question.text])[0]
        dense = [id for id, score in self.snapshot.vectors.search(vector, depth) if score > 0]
        fused = reciprocal_rank_fusion([lexical, dense], k=K)
        scores = dict(fused[:k])
        passages = self.snapshot.documents.passages(list(scores))
        return tuple(replace(p, score=s) for p, s in zip(passages, scores.values(), strict=True))
