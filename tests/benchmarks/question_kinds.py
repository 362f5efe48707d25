"""How often the kind of a question is told rightly: ``python -m tests.benchmarks.question_kinds [--show]``.

On ``questions/kinds.jsonl``: 240 questions written for this by another hand than those that the model learnt from, and
looked at by nobody who wrote its cues.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from rag.question_kind import KINDS, kind_of

QUESTIONS = Path(__file__).parent / "questions" / "kinds.jsonl"


def main() -> None:
    """Print the share that is told rightly, by kind."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.question_kinds", description=__doc__)
    parser.add_argument("--show", action="store_true", help="print those that are told wrongly")
    show = parser.parse_args().show
    cases = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    told = [kind_of(case["question"]) for case in cases]
    right = Counter(case["kind"] for case, kind in zip(cases, told, strict=True) if case["kind"] == kind)
    of = Counter(case["kind"] for case in cases)
    for kind in KINDS:
        print(f"{kind:11} {right[kind]:3} of {of[kind]:3}")
    print(f"{'all':11} {right.total():3} of {of.total():3}: {right.total() / of.total():.3f}")
    for case, kind in zip(cases, told, strict=True):
        if show and case["kind"] != kind:
            print(f"{case['kind']} taken for {kind}: {case['question']}")


if __name__ == "__main__":
    main()
