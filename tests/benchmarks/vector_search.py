"""Kinds of vector index side by side: ``python -m tests.benchmarks.vector_search``.

The paragraphs of the laws and the questions of ``official_qa.jsonl``, both through the bundled encoder, one question at
a time, the nearest 50 of each as the retriever asks for them. A question's time is what one processor spends on it, so
that others at work on the machine do not count. Recall is that of the ten (and fifty) nearest by inner product in
single precision; of paragraphs that are equally near any will do. ``store`` is what the program does: built in two
halves and saved, and what removing and adding 1,000 to it costs.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from time import process_time
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from embeddings.encoder import load_encoder
from rag.vector_store import VectorStore
from tests.benchmarks.lexical_engines import paragraphs, timed

Matrix = npt.NDArray[np.float32]
K = 50
EQUAL = 1e-3
"""Inner products that half precision does not tell apart."""
THREADS = faiss.omp_get_max_threads()
IP = faiss.METRIC_INNER_PRODUCT


@dataclass(frozen=True, kw_only=True)
class Kind:
    """An index to be built by faiss's factory, and the settings it is searched with.

    A setting is the share of lists that are looked into, for HNSW efSearch, for what is refined how many times as many
    candidates are.
    """

    name: str
    factory: str
    settings: Sequence[float] = (0,)


def kinds(n: int) -> tuple[Kind, ...]:
    """What is compared for ``n`` vectors."""
    lists, shares = round(2 * n**0.5), (1 / 16, 1 / 8, 1 / 4, 1 / 3)
    return (
        Kind(name="exact, 32 bits", factory="Flat"),
        Kind(name="exact, 16 bits", factory="SQfp16"),
        Kind(name="exact, 8 bits", factory="SQ8"),
        Kind(name=f"{lists} lists, 16 bits", factory=f"IVF{lists},SQfp16", settings=shares),
        Kind(name=f"{lists} lists, 8 bits", factory=f"IVF{lists},SQ8", settings=shares[2:]),
        Kind(name="64 principal columns, 8 bits, refined", factory="PCA64,SQ8,Refine(SQfp16)", settings=(4, 10, 20)),
        Kind(name="128 principal columns, 8 bits, refined", factory="PCA128,SQ8,Refine(SQfp16)", settings=(4, 10, 20)),
        Kind(name="1 bit (RaBitQ), refined", factory="RR512,RaBitQfs,Refine(SQfp16)", settings=(4, 10, 20)),
        Kind(name="64 products of 4 bits, refined", factory="PQ64x4fs,Refine(SQfp16)", settings=(4, 10, 20)),
        Kind(name="HNSW, 16 bits", factory="HNSW16_SQfp16", settings=(64, 128, 256)),
    )


def build(kind: Kind, vectors: Matrix) -> Any:
    """The index of ``vectors``, their row numbers as ids."""
    index = faiss.index_factory(vectors.shape[1], kind.factory, IP)
    if isinstance(index, faiss.IndexIVFScalarQuantizer):
        index.by_residual = False
    index.train(vectors[:: max(1, len(vectors) // 65_536)])
    index.add(vectors)
    return index


def asking(kind: Kind, index: Any, setting: float) -> Callable[[Matrix], Sequence[int]]:
    """How one question, of shape (1, dimension), is asked with ``setting``: the ids of the nearest."""
    parameters = None
    if kind.factory.startswith("HNSW"):
        parameters = faiss.SearchParametersHNSW(efSearch=int(setting))
    elif "Refine" in kind.factory:
        parameters = faiss.IndexRefineSearchParameters(k_factor=setting)
    elif setting:
        parameters = faiss.SearchParametersIVF(nprobe=round(setting * index.nlist))
    return lambda question: index.search(question, K, params=parameters)[1][0]


def recall(vectors: Matrix, questions: Matrix, found: Sequence[Sequence[int]], exact: Matrix, k: int) -> float:
    """Share of the first ``k`` found that are as near as the ``k``-th nearest; ``exact`` has the best products."""
    hits = 0
    for question, ids, best in zip(questions, found, exact, strict=True):
        products = vectors[[id for id in ids[:k] if id >= 0]] @ question
        hits += int((products >= best[k - 1] - EQUAL).sum())
    return hits / (k * len(questions))


def measured(questions: Matrix, ask: Callable[[Matrix], Sequence[int]]) -> tuple[list[Sequence[int]], float, float]:
    """What is found for each question, and the middle and the 95th percentile of the milliseconds of one processor."""
    faiss.omp_set_num_threads(1)  # more of them only wait for each other over a single question
    ask(questions[:1])
    found, times = [], []
    for row in range(len(questions)):
        started = process_time()
        found.append(ask(questions[row : row + 1]))
        times.append(1000 * (process_time() - started))
    faiss.omp_set_num_threads(THREADS)
    middle, most = np.percentile(times, [50, 95])
    return found, float(middle), float(most)


def rows(kind: Kind, vectors: Matrix, questions: Matrix, exact: Matrix) -> Iterator[list[str]]:
    """The lines of the table for ``kind``."""
    index: list[Any] = []
    seconds = timed(lambda: index.append(build(kind, vectors)))
    size = len(faiss.serialize_index(index[0])) / 1e6
    for setting in kind.settings:
        ask = asking(kind, index[0], setting)
        found, middle, most = measured(questions, ask)
        tenth, fiftieth = (recall(vectors, questions, found, exact, k) for k in (10, K))
        yield [
            kind.name, f"{setting:.3g}" if setting else "–", f"{seconds:.1f}", f"{size:.0f}",
            f"{middle:.1f} / {most:.1f}", f"{tenth:.4f}", f"{fiftieth:.4f}",
        ]  # fmt: skip


def store_rows(vectors: Matrix, questions: Matrix, exact: Matrix) -> Iterator[list[str]]:
    """The line of our own store, and what changing it costs."""
    store, ids, half = VectorStore.create(vectors.shape[1]), range(len(vectors)), len(vectors) // 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def fill() -> None:
            store.add(ids[:half], vectors[:half])
            store.save(folder)
            store.add(ids[half:], vectors[half:])
            store.save(folder)

        seconds = timed(fill)
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        loaded = VectorStore.load(folder)
        found, middle, most = measured(questions, lambda q: [id for id, _ in loaded.search(q, K)[0]])
        tenth, fiftieth = (recall(vectors, questions, found, exact, k) for k in (10, K))
        yield [
            "store", "–", f"{seconds:.1f}", f"{size:.0f}",
            f"{middle:.1f} / {most:.1f}", f"{tenth:.4f}", f"{fiftieth:.4f}",
        ]  # fmt: skip
        few = np.arange(0, len(vectors), max(1, len(vectors) // 1000))
        removing, adding = timed(lambda: loaded.remove(few.tolist())), timed(lambda: loaded.add(few, vectors[few]))
        found, _, _ = measured(questions, lambda q: [id for id, _ in loaded.search(q, K)[0]])
        again = recall(vectors, questions, found, exact, 10)
        yield [f"  {len(few)} removed and added", "–", f"{removing:.2f}, {adding:.2f}", "", "", f"{again:.4f}", ""]


def main() -> None:
    """Print one table for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[50_000, 200_000])
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--only", nargs="+", help="kinds whose name contains one of these; 'store' for ours")
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        print(f"skipped: {arguments.data} is not here")
        return
    encoder = load_encoder(None)
    lines = (arguments.data / "official_qa.jsonl").read_text(encoding="utf-8").splitlines()
    chosen = lines[:: max(1, len(lines) // arguments.questions)][: arguments.questions]
    questions = encoder.encode_queries([json.loads(line)["question"] for line in chosen])
    texts = paragraphs(arguments.data, max(arguments.sizes))
    everything = np.empty((len(texts), encoder.dimension), np.float32)
    seconds = timed(lambda: np.copyto(everything, encoder.encode_passages(texts)))
    print(
        f"{len(texts)} paragraphs, {encoder.dimension} columns ({seconds:.0f} s to encode), {len(questions)} questions"
    )

    def wanted(name: str) -> bool:
        return not arguments.only or any(part in name for part in arguments.only)

    for size in arguments.sizes:
        # Spread over all the laws, so that fewer paragraphs are not fewer subjects.
        vectors = np.ascontiguousarray(everything[np.linspace(0, len(everything) - 1, size).astype(int)])
        exact = -np.sort(-(questions @ vectors.T), axis=1)[:, :K]
        print(f"\n### {len(vectors):,} vectors, {THREADS} threads\n")
        print("| kind | setting | build, s | MB | p50 / p95, ms | recall@10 | recall@50 |")
        print("|---" * 7 + "|")
        tables = [rows(kind, vectors, questions, exact) for kind in kinds(size) if wanted(kind.name)]
        if wanted("store"):
            tables.append(store_rows(vectors, questions, exact))
        for row in chain.from_iterable(tables):
            print("|", " | ".join(row), "|", flush=True)


if __name__ == "__main__":
    main()
