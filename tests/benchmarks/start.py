"""From typing ``wenju serve`` to a page that answers and to the first answer; fresh processes, the median of them.

python -m tests.benchmarks.start [--times 5] [--index DIR]
"""

import argparse
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks.served import Person, serving

QUESTION = "首批享受特殊到户电价的电子组装企业有多少家？"


def measured(index: Path | None) -> tuple[float, float, float]:
    """Seconds until ``GET /`` and ``/config`` are answered, until the first answer, and for the one after it."""
    started = perf_counter()
    with serving(index) as url:
        person = Person(url)
        for path in ("/", "/config"):
            person.get(path)
        open_ = perf_counter() - started
        person.ask(QUESTION)
        answered = perf_counter() - started
        person.ask(QUESTION)
        return open_, answered, perf_counter() - started - answered


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--index", type=Path)
    given = parser.parse_args()
    rows = [measured(given.index) for _ in range(given.times)]
    names = ("the page answers", "the first answer", "the next answer")
    for name, values in zip(names, zip(*rows, strict=True), strict=True):
        print(f"{name:20} median {median(values):6.2f} s   from {min(values):6.2f} to {max(values):6.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
