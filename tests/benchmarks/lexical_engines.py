"""What each candidate for the lexical index costs, with the same terms: ``python -m tests.benchmarks.lexical_engines``.

Every engine gets the paragraphs of the laws as ready-made terms and answers the questions of ``official_qa.jsonl``.
Figures are medians over ``--repeat`` runs where a run is short. One writer thread, one query at a time.
"""

import argparse
import json
import lzma
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from rag.terms import passage_terms, query_terms

SHARED = Path("../shared/data")
Terms = Sequence[str]
Hits = list[tuple[int, float]]


class Engine(Protocol):
    """The least that an index of paragraphs must do."""

    def __init__(self, folder: Path) -> None: ...

    def add(self, ids: Sequence[int], terms: Sequence[Terms]) -> None: ...

    def remove(self, ids: Sequence[int]) -> None: ...

    def search(self, terms: Terms, k: int) -> Hits: ...


class Tantivy:
    """Segments of Lucene's kind with block-max WAND; k1 = 1.2 and b = 0.75 are fixed."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self.tantivy = tantivy
        folder.mkdir(exist_ok=True)
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("id", indexed=True, fast=True)
        schema.add_text_field("terms", tokenizer_name="spaces", index_option="freq")
        self.schema = schema.build()
        self.index = tantivy.Index(self.schema, str(folder))
        builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
        self.index.register_tokenizer("spaces", builder.build())
        self.searcher = self.index.searcher()

    def _write(self, change: Callable[[Any], None]) -> None:
        with self.index.writer(64_000_000, 1) as writer:
            change(writer)
        self.index.reload()
        self.searcher = self.index.searcher()

    def add(self, ids: Sequence[int], terms: Sequence[Terms]) -> None:
        def change(writer: Any) -> None:
            for number, words in zip(ids, terms, strict=True):
                document = self.tantivy.Document()
                document.add_integer("id", number)
                document.add_text("terms", " ".join(words))
                writer.add_document(document)

        self._write(change)

    def remove(self, ids: Sequence[int]) -> None:
        self._write(lambda writer: [writer.delete_documents_by_term("id", number) for number in ids] and None)

    def search(self, terms: Terms, k: int) -> Hits:
        t = self.tantivy
        parts = [(t.Occur.Should, t.Query.term_query(self.schema, "terms", term, "freq")) for term in terms]
        hits = self.searcher.search(t.Query.boolean_query(parts), k, count=False).hits
        ids = self.searcher.fast_field_values("id", [address for _, address in hits])
        return [(number, score) for number, (score, _) in zip(ids, hits, strict=True)]


class Fts5:
    """A contentless table of SQLite; k1 = 1.2 and b = 0.75 are fixed, and every matching row is scored."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.base = sqlite3.connect(folder / "terms.sqlite")
        # detail=none would halve the size, but then bm25() reads and splits the text of every matching row again.
        options = "detail='full', tokenize=\"unicode61 remove_diacritics 0\""
        self.base.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS t USING fts5(terms, {options})")

    def add(self, ids: Sequence[int], terms: Sequence[Terms]) -> None:
        with self.base:
            rows = ((number, " ".join(words)) for number, words in zip(ids, terms, strict=True))
            self.base.executemany("INSERT INTO t(rowid, terms) VALUES (?, ?)", rows)

    def remove(self, ids: Sequence[int]) -> None:
        with self.base:
            self.base.executemany("DELETE FROM t WHERE rowid = ?", ((number,) for number in ids))

    def search(self, terms: Terms, k: int) -> Hits:
        match = " OR ".join(f'"{term}"' for term in terms)
        rows = self.base.execute("SELECT rowid, -rank FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?", (match, k))
        return rows.fetchall()


class Bm25s:
    """A sparse matrix of finished scores: fast to search, but a changed paragraph means a new index."""

    def __init__(self, folder: Path) -> None:
        import bm25s

        self.bm25s = bm25s
        self.folder = folder
        self.known: dict[int, Terms] = {}
        if folder.exists():
            self.index = bm25s.BM25.load(str(folder), mmap=True)
            self.ids = np.load(folder / "ids.npy")

    def _build(self) -> None:
        self.ids = np.fromiter(self.known, np.int64)
        self.index = self.bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        self.index.index(list(self.known.values()), show_progress=False)
        self.index.save(str(self.folder))
        np.save(self.folder / "ids.npy", self.ids)

    def add(self, ids: Sequence[int], terms: Sequence[Terms]) -> None:
        self.known.update(zip(ids, terms, strict=True))
        self._build()

    def remove(self, ids: Sequence[int]) -> None:
        for number in ids:
            del self.known[number]
        self._build()

    def search(self, terms: Terms, k: int) -> Hits:
        found, scores = self.index.retrieve([list(terms)], k=k, show_progress=False, sorted=True)
        return list(zip(self.ids[found[0]].tolist(), scores[0].tolist(), strict=True))


ENGINES: dict[str, type[Engine]] = {"tantivy": Tantivy, "fts5": Fts5, "bm25s": Bm25s}


def paragraphs(data: Path, number: int) -> list[str]:
    """The first ``number`` paragraphs of the laws, headings included."""
    found: list[str] = []
    with lzma.open(data / "laws.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            found += [part for part in map(str.strip, json.loads(line)["text"].split("\n")) if part]
            if len(found) >= number:
                break
    return found[:number]


def questions(data: Path, number: int) -> list[list[str]]:
    """The terms of ``number`` questions, taken evenly from all."""
    lines = (data / "official_qa.jsonl").read_text(encoding="utf-8").splitlines()
    return [query_terms(json.loads(line)["question"]) for line in lines[:: max(1, len(lines) // number)]][:number]


def timed(action: Callable[[], object]) -> float:
    """Seconds that ``action`` takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def cold(name: str, folder: Path, terms: Terms) -> float:
    """Seconds that a new process needs to open the index and to answer once, imports of the engine included."""
    run = [sys.executable, "-m", __spec__.name, "--open", name, "--folder", str(folder), "--terms", *terms]
    return float(subprocess.run(run, check=True, capture_output=True, text=True).stdout)


def measure(name: str, folder: Path, terms: list[list[str]], asked: list[list[str]], repeat: int) -> list[str]:
    """One row of the table."""
    engine = ENGINES[name](folder)
    add = timed(lambda: engine.add(range(len(terms)), terms))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    opening = statistics.median(cold(name, folder, asked[0]) for _ in range(repeat))
    query = [statistics.median(timed(lambda q=q: engine.search(q, 50)) for _ in range(repeat)) for q in asked]
    few, gone = [], []
    for i in range(repeat):
        fresh, old = range(10**7 + 10 * i, 10**7 + 10 * i + 10), range(100 * i, 100 * i + 100)
        few.append(timed(lambda fresh=fresh: engine.add(fresh, terms[:10])))
        gone.append(timed(lambda old=old: engine.remove(old)))
    p50, p95, most = (1000 * value for value in np.percentile(query, [50, 95, 100]))
    return [
        f"{add:.1f} s",
        f"{size:.0f} MB",
        f"{p50:.1f} / {p95:.1f} / {most:.1f} ms",
        f"{1000 * statistics.median(few):.0f} ms",
        f"{1000 * statistics.median(gone):.0f} ms",
        f"{1000 * opening:.0f} ms",
    ]


def main() -> None:
    """Print one row for each engine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--paragraphs", type=int, default=200_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--open", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--terms", nargs="+", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.open:
        print(timed(lambda: ENGINES[arguments.open](arguments.folder).search(arguments.terms, 50)))
        return
    if not arguments.data.is_dir():
        parser.error(f"{arguments.data}: no such folder; give the one that holds laws.jsonl.xz with --data")
    texts = paragraphs(arguments.data, arguments.paragraphs)
    terms: list[list[str]] = []
    split = timed(lambda: terms.extend(map(passage_terms, texts)))
    asked = questions(arguments.data, arguments.questions)
    print(f"{len(terms)} paragraphs, {sum(map(len, terms))} terms ({split:.1f} s to split), {len(asked)} questions of")
    print(f"{statistics.mean(map(len, asked)):.0f} terms, best 50 of each; query times are p50 / p95 / slowest\n")
    print("| engine | add all | size | query | add 10 | remove 100 | cold open, first query |")
    print("|---" * 7 + "|")
    for name in arguments.engines:
        with tempfile.TemporaryDirectory() as folder:
            row = measure(name, Path(folder) / name, terms, asked, arguments.repeat)
        print("|", " | ".join([name, *row]), "|", flush=True)


if __name__ == "__main__":
    main()
