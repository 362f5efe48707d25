"""The weights of :class:`rag.passage_ranker.PassageRanker`, fitted and measured."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from embeddings.encoder import Encoder
from rag.fusion import reciprocal_rank_fusion
from rag.index_store import Snapshot
from rag.passage_ranker import FEATURES, PassageRanker
from rag.question import understand
from rag.retriever import HybridRetriever, K
from rag.training.conditional_logit import conditional_logit
from rag.training.reader.exercises import Exercise

CANDIDATES = 50
DECAY = 1e-4
Group = tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]


def groups(snapshot: Snapshot, encoder: Encoder, questions: Sequence[Exercise]) -> Iterator[tuple[Exercise, Group]]:
    """The first candidates of each answerable question in fused order, and which of them is its paragraph (or none)."""
    retriever = HybridRetriever(snapshot=snapshot, encoder=encoder, candidates=CANDIDATES)
    ranker = PassageRanker(rarity=snapshot.lexical.rarity, weights={})
    for each in questions:
        if not each.answers:
            continue
        (asked,) = understand(each.question)
        lexical = snapshot.lexical.search(asked.text, CANDIDATES)
        (near,) = snapshot.vectors.search(encoder.encode_queries([asked.text]), CANDIDATES)
        dense = [(id, score) for id, score in near if score > 0]
        fused = reciprocal_rank_fusion([[id for id, _ in lexical], [id for id, _ in dense]], k=K)[:CANDIDATES]
        found = retriever.candidates_of([id for id, _ in fused], lexical, dense)
        right = np.asarray([candidate.passage.text == each.text for candidate in found], bool)
        yield each, (ranker.features(asked, found), right)


def fit(found: Sequence[Group]) -> dict[str, float]:
    """Weights by feature name, under which the right candidate stands out."""
    told = [group for group in found if group[1].any()]
    return dict(zip(FEATURES, conditional_logit(told, [0.0] * len(FEATURES), DECAY), strict=True))


def measure(found: Sequence[Group], weights: dict[str, float]) -> dict[str, float]:
    """Share of the questions whose paragraph is first, among the first five, and among the candidates."""
    vector = np.asarray([weights[name] for name in FEATURES], np.float32)
    ranks = []
    for rows, right in found:
        order = np.argsort(-(rows @ vector), kind="stable")
        ranks.append(int(np.argmax(right[order])) if right.any() else CANDIDATES)
    places = np.asarray(ranks)
    return {f"hit@{k}": round(float((places < k).mean()), 4) for k in (1, 5, CANDIDATES)}
