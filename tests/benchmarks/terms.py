"""Which terms find the paragraph of a question: ``python -m tests.benchmarks.terms``.

Every question is asked of all paragraphs of its pool together (CMRC dev, DRCD dev and test in one, the official
paragraphs in another), ranked by BM25 with k1 = 1.2 and b = 0.75. ``drcd simplified`` asks the questions of DRCD in
simplified characters. jieba, scipy and OpenCC are needed for this comparison alone.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse

from rag.terms import passage_terms, query_terms

K1, B = 1.2, 0.75
Split = Callable[[str], list[str]]
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_PIECE = re.compile(r"[0-9]+(?:\.[0-9]+)*|[a-z]+|[\u3400-\u9fff]+")


@dataclass
class Pool:
    """Paragraphs, and questions as (group, question, place of its paragraph)."""

    paragraphs: list[str]
    questions: list[tuple[str, str, int]]


def encyclopedia(data: Path) -> Pool:
    """CMRC and DRCD, all contexts together."""
    import opencc

    simplified = opencc.OpenCC("t2s")
    places: dict[str, int] = {}
    questions = []
    for name in ("cmrc2018_dev", "drcd_dev", "drcd_test"):
        for article in json.loads((data / f"{name}.json").read_text(encoding="utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                place = places.setdefault(paragraph["context"], len(places))
                for question in (entry["question"] for entry in paragraph["qas"]):
                    questions.append((name, question, place))
                    if name != "cmrc2018_dev":
                        questions.append(("drcd simplified", simplified.convert(question), place))
    return Pool(list(places), questions)


def official(data: Path) -> Pool:
    """The answerable questions on official documents, by their style."""
    places: dict[str, int] = {}
    questions = []
    for line in (data / "official_qa.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        place = places.setdefault(entry["text"], len(places))
        if entry["answer"]:
            questions.append((f"official {entry['style']}", entry["question"], place))
    return Pool(list(places), questions)


def characters(text: str) -> list[str]:
    """Single characters; figures and Latin words whole."""
    return [unit for piece in _PIECE.findall(text.lower()) for unit in (piece if _CHINESE.match(piece) else [piece])]


def bigrams(text: str) -> list[str]:
    """Pairs of characters; figures and Latin words whole."""
    pieces = _PIECE.findall(text.lower())
    chinese = (piece for piece in pieces if _CHINESE.match(piece))
    pairs = [pair for piece in chinese for pair in (map(str.__add__, piece, piece[1:]) if len(piece) > 1 else piece)]
    return pairs + [piece for piece in pieces if not _CHINESE.match(piece)]


def words(text: str) -> list[str]:
    """What jieba takes for words."""
    import jieba

    jieba.setLogLevel(60)
    return [word for word in jieba.lcut(text.lower()) if re.match(r"\w", word)]


def together(*splits: Split) -> Split:
    """All terms of several ways."""
    return lambda text: [term for split in splits for term in split(text)]


WAYS: dict[str, tuple[Split, Split]] = {
    "characters": (characters, characters),
    "bigrams": (bigrams, bigrams),
    "jieba words": (words, words),
    "bigrams + jieba words": (together(bigrams, words),) * 2,
    "characters + jieba words": (together(characters, words),) * 2,
    "characters + bigrams": (together(characters, bigrams),) * 2,
    "rag.terms, question words kept": (passage_terms, passage_terms),
    "rag.terms": (passage_terms, query_terms),
}


def ranks(pool: Pool, passage: Split, query: Split) -> npt.NDArray[np.int64]:
    """The rank of each question's paragraph, from 1; a paragraph that shares no term comes after all others."""
    places: dict[str, int] = {}
    counts = [Counter(passage(text)) for text in pool.paragraphs]
    rows, columns, values = _cells((count for count in counts), lambda term: places.setdefault(term, len(places)))
    lengths = np.array([count.total() for count in counts])
    holding = np.bincount(columns, minlength=len(places))
    idf = np.log(1 + (len(counts) - holding + 0.5) / (holding + 0.5))
    weights = idf[columns] * values * (K1 + 1) / (values + K1 * (1 - B + B * lengths[rows] / lengths.mean()))
    matrix = sparse.csr_matrix((weights, (columns, rows)), shape=(len(places), len(counts)))
    asked = [Counter(dict.fromkeys(query(text), 1)) for _, text, _ in pool.questions]
    rows, columns, values = _cells(asked, lambda term: places.get(term, -1))
    known = columns >= 0
    questions = sparse.csr_matrix((values[known], (rows[known], columns[known])), shape=(len(asked), len(places)))
    gold = np.array([place for _, _, place in pool.questions])
    return np.concatenate(
        [_rank((questions[i : i + 500] @ matrix).toarray(), gold[i : i + 500]) for i in range(0, len(gold), 500)]
    )


def _cells(
    counts: Iterable[Counter[str]], column: Callable[[str], int]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    def triples() -> Iterator[tuple[int, int, int]]:
        for row, count in enumerate(counts):
            for term, times in count.items():
                yield row, column(term), times

    table = np.array(list(triples()), dtype=np.int64)
    return table[:, 0], table[:, 1], table[:, 2].astype(np.float64)


def _rank(scores: npt.NDArray[np.float64], gold: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    mine = scores[np.arange(len(gold)), gold][:, None]
    before = (scores == mine) & (np.arange(scores.shape[1]) < gold[:, None])
    rank = 1 + (scores > mine).sum(axis=1) + before.sum(axis=1)
    return np.where(mine[:, 0] > 0, rank, scores.shape[1])


def main() -> None:
    """Print one row of figures for each way and group."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--only", choices=WAYS, help="measure one way")
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        parser.error(f"{arguments.data}: no such folder; give the one that holds cmrc2018_dev.json with --data")
    pools = [encyclopedia(arguments.data), official(arguments.data)]
    print(f"{'terms':32}{'questions':>22}{'n':>7}{'hit@1':>8}{'hit@5':>8}{'mrr@10':>8}")
    for name, (passage, query) in WAYS.items():
        if arguments.only not in (None, name):
            continue
        started = time.perf_counter()
        for pool in pools:
            found = ranks(pool, cache(passage), cache(query))
            groups = np.array([group for group, _, _ in pool.questions])
            for group in dict.fromkeys(groups.tolist()):
                rank = found[groups == group]
                mrr = np.where(rank <= 10, 1 / rank, 0).mean()
                print(f"{name:32}{group:>22}{len(rank):7}{(rank == 1).mean():8.4f}{(rank <= 5).mean():8.4f}{mrr:8.4f}")
        print(f"{name:32}{time.perf_counter() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
