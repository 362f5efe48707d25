"""The weights of :class:`rag.passage_ranker.PassageRanker`: ``python -m rag.training.passage_weights [--data DIR]``.

A softmax over the passages that the searches bring for a question, against the one that it was written on. They are
fitted on half of the articles that the encoder has not seen, and measured on the other half, all of them among
paragraphs of laws that nobody asked about.
"""

import argparse
import json
import logging
import random
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from embeddings.encoder import Encoder, load_encoder
from embeddings.training.exercises import Exercise, exercises
from rag.fusion import reciprocal_rank_fusion
from rag.index_store import Snapshot
from rag.passage_ranker import FEATURES, NEARNESS, WEIGHTS, PassageRanker, PassageWeights
from rag.question import understand
from rag.retriever import HybridRetriever, K
from rag.training.conditional_logit import conditional_logit
from rag.training.pool import SETS, Part, build_pool, part_of

log = logging.getLogger("rag.training")
CANDIDATES = 100
DECAY = 1e-4
Group = tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]


def groups(snapshot: Snapshot, encoder: Encoder, questions: Sequence[Exercise]) -> Iterator[tuple[Exercise, Group]]:
    """The first candidates of each answerable question in fused order, and which of them is its paragraph (or none)."""
    retriever = HybridRetriever(snapshot=snapshot, encoder=encoder, candidates=CANDIDATES)
    ranker = PassageRanker(rarity=snapshot.lexical.rarity)
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


def fit(found: Sequence[Group], names: Sequence[str]) -> dict[str, float]:
    """Weights of the features ``names``, the first ones, under which the right candidate stands out."""
    told = [(rows[:, : len(names)], right) for rows, right in found if right.any()]
    fitted = conditional_logit(told, [0.0] * len(names), DECAY)
    return {name: round(weight, 4) for name, weight in zip(names, fitted, strict=True)}


def measure(found: Sequence[Group], weights: PassageWeights) -> dict[str, float]:
    """Share of the questions whose paragraph is first, among the first five, and among the candidates."""
    ranks = []
    for rows, right in found:
        scores = weights.scores(rows[:, :-NEARNESS], partial(_nearness, rows))
        order = np.argsort(-scores, kind="stable")
        ranks.append(int(np.argmax(right[order])) if right.any() else CANDIDATES)
    places = np.asarray(ranks)
    return {f"hit@{k}": round(float((places < k).mean()), 4) for k in (1, 5, CANDIDATES)}


def _nearness(rows: npt.NDArray[np.float32], chosen: Sequence[int]) -> npt.NDArray[np.float32]:
    return rows[list(chosen), -NEARNESS:]


def asked(data: Path, most: int, part: Part) -> list[Exercise]:
    """A seeded sample of the answerable questions on the articles of ``part``, at most ``most`` from each set."""
    written = [each for each in exercises(data) if each.answers and part_of(each.article) == part]
    random.Random(0).shuffle(written)
    return [each for name in SETS for each in [e for e in written if e.source == name][:most]]


def _parts(most: int) -> list[tuple[Part, int]]:
    return [("unseen", most), ("measured", most // 3)]


def main() -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(prog="python -m rag.training.passage_weights", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--most", type=int, default=1200, help="questions of each set to fit on; a third to measure")
    parser.add_argument("--others", type=int, default=70_000, help="paragraphs of laws among theirs")
    parser.add_argument("--output", type=Path, default=Path("rag/weights") / WEIGHTS)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.INFO)
    encoder = load_encoder(None)
    with tempfile.TemporaryDirectory() as folder:
        snapshot = build_pool(arguments.data, Path(folder), encoder, others=arguments.others)
        fitted, apart = (
            [group for _, group in groups(snapshot, encoder, asked(arguments.data, most, part))]
            for part, most in _parts(arguments.most)
        )
    weights = {"first": fit(fitted, FEATURES[:-NEARNESS]), "all": fit(fitted, FEATURES)}
    figures = {"questions": len(apart), **measure(apart, PassageWeights(**weights))}
    said = {"measured on articles kept apart": figures, "weights": weights}
    arguments.output.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    log.info(json.dumps(figures))


if __name__ == "__main__":
    main()
