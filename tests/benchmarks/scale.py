"""Index thousands of laws from files, then ask them: paragraphs, seconds, memory, size on disk, query times.

python -m tests.benchmarks.scale [--data ../shared/data] [--laws N] [--questions 200]
"""

import argparse
import json
import random
import resource
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from rag.build import open_for_writing
from rag.settings import load
from tests.benchmarks.pools import write_laws


def report(name: str, milliseconds: list[float]) -> None:
    cuts = quantiles(milliseconds, n=20)
    print(f"{name:28} p50 {median(milliseconds):7.1f} ms   p95 {cuts[18]:7.1f} ms   max {max(milliseconds):7.1f} ms")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--laws", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=200)
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        print(f"skipped: {arguments.data} is not here")
        return 0
    with tempfile.TemporaryDirectory() as name:
        documents, index = Path(name) / "laws", Path(name) / "index"
        count = write_laws(arguments.data, documents, arguments.laws)
        library = open_for_writing(load(index=str(index)))
        done = library.add([str(documents)])
        size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{count} files, {done.added} documents, {done.paragraphs} paragraphs, {len(done.failed)} failed")
        print(f"indexed in {done.seconds:.1f} s; peak memory {peak:.0f} MB; index {size / 1e6:.0f} MB on disk")
        again = library.add([str(documents)])
        print(f"again, unchanged: {again.seconds:.1f} s ({again.unchanged} unchanged)")
        rows = [json.loads(line) for line in (arguments.data / "official_qa.jsonl").read_text("utf-8").splitlines()]
        asked = [row["question"] for row in random.Random(0).sample(rows, arguments.questions)]
        started = perf_counter()
        library.search(asked[0])
        print(f"opened and first question: {1000 * (perf_counter() - started):.0f} ms")
        searching, asking = [], []
        for question in asked:
            started = perf_counter()
            library.search(question)
            searching.append(1000 * (perf_counter() - started))
            asking.append(library.ask(question).timing_ms.total)
        report("search", searching)
        report("ask", asking)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory with questions: {peak:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
