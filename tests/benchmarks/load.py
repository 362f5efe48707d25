"""Many people ask the running page at once, each waiting for the answer before asking again: answers, errors, waiting.

python -m tests.benchmarks.load [--people 20] [--seconds 60] [--index DIR] [--questions FILE.jsonl] [--over api|mcp]

Without ``--index`` the bundled samples are asked their own questions.
"""

import argparse
import json
import os
import sys
import threading
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from rag.build import sample_test_set
from tests.benchmarks.served import Person, serving


class Crowd:
    """People who ask one question after the other until the time is over, each beginning with another one."""

    def __init__(self, url: str, questions: list[str], *, people: int, seconds: float, over: str) -> None:
        self._questions = questions
        self._url, self._over = url, over
        self._end = perf_counter() + seconds
        self._lock = threading.Lock()
        self.waited: list[float] = []
        self.inside: list[float] = []
        self.errors: list[str] = []
        self._threads = [threading.Thread(target=self._person, args=(n,)) for n in range(people)]

    def run(self) -> None:
        for thread in self._threads:
            thread.start()
        for thread in self._threads:
            thread.join()

    def _person(self, number: int) -> None:
        person = Person(self._url)
        turn = number
        while perf_counter() < self._end:
            question = self._questions[turn % len(self._questions)]
            turn += 1
            started = perf_counter()
            try:
                told = person.use(question) if self._over == "mcp" else person.ask(question)
            except (OSError, RuntimeError, ValueError, KeyError) as error:
                told, person = {"error": repr(error)}, Person(self._url)
            self._note(1000 * (perf_counter() - started), told)

    def _note(self, milliseconds: float, told: dict[str, Any]) -> None:
        with self._lock:
            if "error" in told:
                self.errors.append(str(told["error"]))
            else:
                self.waited.append(milliseconds)
                self.inside.append(float(told["timing_ms"]["total"]))


def report(name: str, milliseconds: list[float]) -> None:
    cuts = quantiles(milliseconds, n=20) if len(milliseconds) > 1 else milliseconds * 19
    print(f"{name:28} p50 {median(milliseconds):7.0f} ms   p95 {cuts[18]:7.0f} ms   max {max(milliseconds):7.0f} ms")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--questions", type=Path, default=sample_test_set())
    parser.add_argument("--over", choices=("api", "mcp"), default="api")
    given = parser.parse_args()
    lines = given.questions.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line.strip()]
    with serving(given.index) as url:
        (Person(url).use if given.over == "mcp" else Person(url).ask)(questions[0])
        crowd = Crowd(url, questions, people=given.people, seconds=given.seconds, over=given.over)
        started = perf_counter()
        crowd.run()
        took = perf_counter() - started
    answers = len(crowd.waited)
    print(f"{given.people} people, {took:.0f} s, over {given.over}; load of the machine {os.getloadavg()[0]:.1f}")
    print(f"{answers} answers, {answers / took:.1f} a second, {len(crowd.errors)} errors")
    for error in sorted(set(crowd.errors))[:3]:
        print(f"  {error}")
    if crowd.waited:
        report("waited for an answer", crowd.waited)
        report("of it, found and read", crowd.inside)
    return 1 if crowd.errors or not answers else 0


if __name__ == "__main__":
    sys.exit(main())
