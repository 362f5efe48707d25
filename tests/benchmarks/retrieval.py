"""Which search finds the paragraph: BM25 over words and bigrams, BM25 and vectors as we have them, both together.

    python -m tests.benchmarks.retrieval [--data ../shared/data] [--laws] [--most N] [--only SYSTEM ...]

All contexts of CMRC 2018 dev, DRCD dev and DRCD test stand in one pool (2,848), with ``--laws`` among the paragraphs of
the laws. The questions of each set are asked of the whole pool; ``--most`` takes so many of each. BM25 over words
(jieba) and bigrams is bm25s with k1 = 1.2 and b = 0.75. The rank is that of the context's first paragraph. The bundled
encoder was trained on most of these articles: the rows ``kept apart`` are the questions on those it has never seen, and
*apart* those of one set. *hybrid* is the ranked order; *search* the same where close calls are read, as
``wenju search`` shows it; *read* the first eight in the order in which the reader puts them, as answers see them.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np

from embeddings.training.split import held_out
from rag.answer import Asked
from rag.answering import retriever_over
from rag.evaluation.case import Case
from rag.evaluation.metrics.hit import hit_at
from rag.evaluation.metrics.reciprocal_rank import reciprocal_rank_at
from rag.library import Library
from rag.question import understand
from rag.settings import Settings
from rag.units import units
from tests.benchmarks.pools import article, encyclopedia, library, sample
from tests.benchmarks.terms import bigrams, words

DEPTH = 10
FETCHED = 30
READ = Settings.top_k
Ranking = Callable[[Sequence[str]], list[list[str]]]
"""Questions to names of documents, best first, each name once."""


def once(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))[:DEPTH]


def bm25(texts: Sequence[str], names: Sequence[str], split: Callable[[str], list[str]]) -> Ranking:
    import bm25s

    places: dict[str, int] = {}
    tokens = [[places.setdefault(term, len(places)) for term in split(text)] for text in texts]
    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    index.index((tokens, places), show_progress=False)

    def rank(questions: Sequence[str]) -> list[list[str]]:
        asked = [[places[term] for term in dict.fromkeys(split(text)) if term in places] for text in questions]
        ranked = []
        for terms in asked:
            scores = index.get_scores_from_ids(terms) if terms else np.zeros(len(names), np.float32)
            best = np.argsort(-scores, kind="stable")[:FETCHED]
            ranked.append(once([names[n] for n in best if scores[n] > 0]))
        return ranked

    return rank


def ours(pool: Library, part: str) -> Ranking:
    """``bm25``, ``dense``, ``hybrid``, ``search`` or ``read`` as the product has them."""
    snapshot = pool._snapshot()
    retriever = retriever_over(snapshot, pool.settings)

    def rank(questions: Sequence[str]) -> list[list[str]]:
        if part == "read":
            read = pool.consult([Asked(question=text) for text in questions], top_k=READ, depth=FETCHED)
            return [once([Path(p.document.path).stem for p in each.passages]) for each in read]
        if part == "search":
            searched = [pool.search(text, top_k=FETCHED) for text in questions]
            return [once([Path(p.document.path).stem for p in row]) for row in searched]
        if part == "hybrid":
            found = retriever.retrieve([understand(text)[0] for text in questions], FETCHED)
            return [once([Path(p.document.path).stem for p in row]) for row in found]
        if part == "bm25":
            ids = [[id for id, _ in snapshot.lexical.search(text, FETCHED)] for text in questions]
        else:
            vectors = retriever.encoder.encode_queries(questions)
            ids = [[id for id, _ in row] for row in snapshot.vectors.search(vectors, FETCHED)]
        return [once([Path(p.document.path).stem for p in snapshot.documents.passages(row)]) for row in ids]

    return rank


def row(name: str, ranking: Ranking, cases: Sequence[Case]) -> str:
    started = perf_counter()
    found = [names for n in range(0, len(cases), 64) for names in ranking([c.question for c in cases[n : n + 64]])]
    milliseconds = 1000 * (perf_counter() - started) / len(cases)
    gains = [[float(name in case.documents) for name in ranked] for case, ranked in zip(cases, found, strict=True)]
    hits = [np.mean([hit_at(gain, k) for gain in gains]) for k in (1, 5, 10)]
    mrr = np.mean([reciprocal_rank_at(gain, DEPTH) for gain in gains])
    figures = " | ".join(f"{figure:.3f}" for figure in (*hits, mrr))
    return f"| {name} | {len(cases):,} | {figures} | {milliseconds:.1f} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--laws", action="store_true", help="the laws as distractors")
    parser.add_argument("--most", type=int, help="questions of each set")
    parser.add_argument("--only", nargs="+", default=[], help="such of ours: bm25, dense, hybrid, search, read")
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        print(f"skipped: {arguments.data} is not here")
        return 0
    sets = encyclopedia(arguments.data)
    with library(arguments.data, contexts=list(sets.values()), laws=arguments.laws) as pool:
        searched = [
            (Path(record.path).stem, unit.words)
            for record in pool.documents()
            for unit in units(pool.document(record.id))
        ]
        names, texts = [name for name, _ in searched], [text for _, text in searched]
        print(f"{len(texts):,} paragraphs of {len(pool.documents()):,} documents\n")
        print("| search, questions | n | hit@1 | hit@5 | hit@10 | MRR@10 | ms |\n|---|---|---|---|---|---|---|")
        rankings = {
            "BM25, words": lambda: bm25(texts, names, words),
            "BM25, bigrams": lambda: bm25(texts, names, bigrams),
            "BM25, ours": lambda: ours(pool, "bm25"),
            "dense, ours": lambda: ours(pool, "dense"),
            "hybrid, ours": lambda: ours(pool, "hybrid"),
            "search, ours": lambda: ours(pool, "search"),
            "read, ours": lambda: ours(pool, "read"),
        }
        if arguments.only:
            rankings = {f"{part}, ours": partial(ours, pool, part) for part in arguments.only}
        apart = {name: [c for c in dataset.cases if held_out(article(name, c))] for name, dataset in sets.items()}
        for system, make in rankings.items():
            ranking = make()
            for name, dataset in sets.items():
                if not system.startswith("read"):  # a sixth of a second each
                    print(row(f"{system}, {name}", ranking, sample(dataset, arguments.most).cases), flush=True)
                print(row(f"{system}, {name}, apart", ranking, apart[name]), flush=True)
            print(row(f"{system}, kept apart", ranking, [c for cases in apart.values() for c in cases]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
