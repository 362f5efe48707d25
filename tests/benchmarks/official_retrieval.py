"""Is the paragraph that answers found among all laws and policies, where the question says it in other words?

    python -m tests.benchmarks.official_retrieval [--data ../shared/data] [--most N]

The questions of ``official_qa.jsonl`` and ``law_questions.jsonl`` on articles that nothing was trained or fitted on, by
style, asked of the laws and policies indexed from files. They do not say which law they mean, so that often another law
says the same; only the paragraph that the question was written on counts. Where it is indexed in parts, because it is
an article with its items, the part counts that holds the answer, or is part of it. *bm25*: the lexical search alone;
*dense*: the vectors alone; *ranked*: what the program searches with; *read*: its first eight in the reader's order.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from time import perf_counter

import numpy as np

from embeddings.training.exercises import Exercise, exercises
from rag.answer import Asked, Passage
from rag.answering import retriever_over
from rag.library import Library
from rag.question import understand
from rag.training.pool import part_of
from tests.benchmarks.pools import library

DEPTH = 50
READ = 8
Ranking = Callable[[str], Sequence[Passage]]


def groups(data: Path, most: int) -> dict[str, list[Exercise]]:
    """Answerable questions by style, in a seeded order."""
    lines = (data / "official_qa.jsonl").read_text("utf-8").splitlines()
    lines += (resources.files("embeddings.training") / "law_questions.jsonl").read_text("utf-8").splitlines()
    style = {row["question"]: row["style"] for row in map(json.loads, lines)}
    found: dict[str, list[Exercise]] = {"paraphrase": [], "lexical": []}
    for each in exercises(data):
        if each.source in ("official", "laws") and each.answers and part_of(each.article) == "measured":
            found[style[each.question]].append(each)
    for members in found.values():
        random.Random(0).shuffle(members)
    return {name: members[:most] for name, members in found.items()}


def rankings(pool: Library) -> dict[str, Ranking]:
    snapshot = pool._snapshot()
    retriever = retriever_over(snapshot, pool.settings)

    def bm25(text: str) -> Sequence[Passage]:
        return list(snapshot.documents.passages([id for id, _ in snapshot.lexical.search(text, DEPTH)]))

    def dense(text: str) -> Sequence[Passage]:
        (near,) = snapshot.vectors.search(retriever.encoder.encode_queries([text]), DEPTH)
        return list(snapshot.documents.passages([id for id, _ in near]))

    def ranked(text: str) -> Sequence[Passage]:
        return retriever.retrieve([understand(text)[0]], DEPTH)[0]

    def read(text: str) -> Sequence[Passage]:
        return pool.consult([Asked(question=text)], top_k=READ, depth=DEPTH)[0].passages

    return {"bm25": bm25, "dense": dense, "ranked": ranked, "read": read}


def rank(passages: Sequence[Passage], asked: Exercise) -> int:
    """The place of the first passage that is the paragraph asked about, holds it, or is the part of it that answers.

    Behind all if none is.
    """
    wanted, answer = _bare(asked.text), _bare(asked.answers[0])
    for place, passage in enumerate(passages, start=1):
        text = _bare(passage.text)
        best = 2 * len(text) >= len(wanted) or answer in text or text in answer
        if wanted in text or (text in wanted and best):
            return place
    return 1 + max(len(passages), DEPTH)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--most", type=int, default=400, help="questions of each style")
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        print(f"skipped: {arguments.data} is not here")
        return 0
    chosen = groups(arguments.data, arguments.most)
    with library(arguments.data, folders=[arguments.data / "policies"], laws=True) as pool:
        print(f"{pool._snapshot().manifest.paragraphs:,} paragraphs\n")
        print(f"| search, questions | n | hit@1 | hit@5 | hit@{READ} | hit@{DEPTH} | MRR@10 | ms |")
        print("|---|---|---|---|---|---|---|---|", flush=True)
        for name, ranking in rankings(pool).items():
            for style, members in chosen.items():
                started = perf_counter()
                ranks = np.asarray([rank(ranking(each.question), each) for each in members])
                milliseconds = 1000 * (perf_counter() - started) / len(members)
                hits = " | ".join(f"{(ranks <= k).mean():.3f}" for k in (1, 5, READ, DEPTH))
                mrr = np.where(ranks <= 10, 1 / ranks, 0).mean()
                print(f"| {name}, {style} | {len(ranks)} | {hits} | {mrr:.3f} | {milliseconds:.1f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
