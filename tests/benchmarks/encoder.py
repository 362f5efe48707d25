"""How well an encoder finds the paragraph of a question: ``python -m tests.benchmarks.encoder [--encoder FOLDER]``.

Only questions on held-out articles count (``embeddings/training/split.py``). Those of CMRC and DRCD are asked of all
their 2,848 contexts together, the answerable official ones of all official paragraphs and 20,000 paragraphs of laws.
Beside the encoder stand BM25 over character bigrams (k1 = 1.2, b = 0.75), both together by reciprocal rank fusion, with
equal weights and with twice the weight on BM25, and the plain sum of the cosine and a twenty-fifth of the BM25 score.
bm25s is needed for this comparison alone.
"""

import argparse
import random
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from embeddings.encoder import Encoder, load_encoder
from embeddings.training import sources
from embeddings.training.split import SEED, held_out
from rag.fusion import reciprocal_rank_fusion

DEPTH = 100
DISTRACTORS = 20_000
_PIECE = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+")
Scores = npt.NDArray[np.float32]
Ranking = npt.NDArray[np.int64]


@dataclass
class Pool:
    """Paragraphs, and questions as (group, question, place of its paragraph)."""

    paragraphs: list[str]
    questions: list[tuple[str, str, int]]


def encyclopedia(data: Path) -> Pool:
    paragraphs = sorted({text for article in sources.encyclopedia(data) for text in _texts(article)})
    asked = ((question.article[:4], question) for question in sources.squad_questions(data))
    return _pool(paragraphs, asked)


def official(data: Path) -> Pool:
    questions = list(sources.official_questions(data))
    gold = sorted({question.paragraph for question in questions})
    laws = {text for article in sources.laws(data) for text in _texts(article) if len(text) >= 30} - set(gold)
    paragraphs = gold + random.Random(SEED).sample(sorted(laws), min(DISTRACTORS, len(laws)))
    return _pool(paragraphs, (("official " + question.style, question) for question in questions))


def _texts(article: sources.Article) -> list[str]:
    return [text for section in article.sections for text in section.paragraphs]


def _pool(paragraphs: list[str], asked: Iterable[tuple[str, sources.Question]]) -> Pool:
    places = {text: place for place, text in enumerate(paragraphs)}
    kept = [(group, question) for group, question in asked if question.answerable and held_out(question.article)]
    return Pool(paragraphs, [(group, question.question, places[question.paragraph]) for group, question in kept])


def dense(encoder: Encoder, pool: Pool) -> Scores:
    passages = encoder.encode_passages(pool.paragraphs)
    return encoder.encode_queries([question for _, question, _ in pool.questions]) @ passages.T


def ranked(scores: Scores) -> Ranking:
    return np.argsort(-scores, axis=1, kind="stable")[:, :DEPTH]


def bigrams(text: str) -> list[str]:
    terms: list[str] = []
    for piece in _PIECE.findall(unicodedata.normalize("NFKC", text).lower()):
        chinese = "\u3400" <= piece[0] <= "\u9fff" and len(piece) > 1
        terms += [piece[place : place + 2] for place in range(len(piece) - 1)] if chinese else [piece]
    return terms


def lexical(pool: Pool) -> Scores:
    import bm25s

    numbers: dict[str, int] = {}
    terms = [[numbers.setdefault(term, len(numbers)) for term in bigrams(text)] for text in pool.paragraphs]
    engine = bm25s.BM25(k1=1.2, b=0.75)
    engine.index((terms, numbers), show_progress=False)
    rows = []
    for _, question, _ in pool.questions:
        known = [numbers[term] for term in bigrams(question) if term in numbers]
        rows.append(engine.get_scores_from_ids(known) if known else np.zeros(len(pool.paragraphs), dtype=np.float32))
    return np.stack(rows)


def fused(first: Ranking, second: Ranking, weights: Sequence[float]) -> Ranking:
    both = zip(first.tolist(), second.tolist(), strict=True)
    return np.array([[item for item, _ in reciprocal_rank_fusion(pair, weights=weights)[:10]] for pair in both])


def table(pool: Pool, rankings: dict[str, Ranking]) -> None:
    gold = np.array([place for *_, place in pool.questions])
    groups = np.array([group for group, *_ in pool.questions])
    for group in sorted(set(groups)):
        mine = groups == group
        for name, ranking in rankings.items():
            found = ranking[mine, :10] == gold[mine, None]
            reciprocal = (found / np.arange(1, 11)).sum(axis=1).mean()
            figures = f"{found[:, 0].mean():7.3f} {found[:, :5].any(axis=1).mean():7.3f} {reciprocal:7.3f}"
            print(f"{group:<20} {mine.sum():5d}  {name:<14} {figures}")


def speed(encoder: Encoder, texts: list[str]) -> float:
    """Texts encoded in a second."""
    begun = time.perf_counter()
    encoder.encode_passages(texts)
    return len(texts) / (time.perf_counter() - begun)


def cold_start(path: str | None) -> float:
    """Seconds from starting Python to the vector of one question; the best of three."""
    script = f"from embeddings.encoder import load_encoder; load_encoder({path!r}).encode_queries(['办理时限是几天'])"
    taken = []
    for _ in range(3):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", script], check=True)
        taken.append(time.perf_counter() - begun)
    return min(taken)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--encoder", help="folder of a sentence-transformers model; default: the bundled one")
    chosen = parser.parse_args()
    if not chosen.data.is_dir():
        print(f"skipped: {chosen.data} is not here")
        return 0
    encoder = load_encoder(chosen.encoder)
    print(f"{encoder.name}, {encoder.dimension} columns; cold start {cold_start(chosen.encoder):.2f} s")
    print(f"{'questions':<20} {'n':>5}  {'ranking':<14} {'hit@1':>7} {'hit@5':>7} {'mrr@10':>7}")
    worse = False
    for pool in (encyclopedia(chosen.data), official(chosen.data)):
        cosine, bm25 = dense(encoder, pool), lexical(pool)
        near, words = ranked(cosine), ranked(bm25)
        rankings = {
            "encoder": near,
            "BM25": words,
            "RRF 1:1": fused(near, words, (1.0, 1.0)),
            "RRF 1:2": fused(near, words, (1.0, 2.0)),
            "cos + BM25/25": ranked(cosine + bm25 / 25),
        }
        table(pool, rankings)
        if "official paraphrase" in {group for group, *_ in pool.questions}:
            worse = _paraphrases(pool, rankings["RRF 1:1"]) <= _paraphrases(pool, words)
            print(f"{speed(encoder, pool.paragraphs[:20_000]):.0f} paragraphs encoded in a second")
    return 1 if worse else 0


def _paraphrases(pool: Pool, ranking: Ranking) -> float:
    """hit@5 of the official questions in other words than the text."""
    hits = [
        place in ranking[row, :5]
        for row, (group, _, place) in enumerate(pool.questions)
        if group == "official paraphrase"
    ]
    return float(np.mean(hits))


if __name__ == "__main__":
    sys.exit(main())
