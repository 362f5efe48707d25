"""How often yes is told from no where the deciding clause is given: ``python -m tests.benchmarks.verdicts``.

* ``cases``: ``questions/verdict_cases.jsonl``, 240 questions on cases with a figure and 200 on who does something, by
  two writers who wrote nothing that the weights are fitted on, each clause asked of so that it turns out differently.
* ``apart``: labelled questions on the articles kept apart from everything that learns.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from embeddings.training.exercises import Exercise, exercises
from rag.responsible import responsible
from rag.thresholds import standing
from rag.training.pool import part_of
from rag.training.verdicts import clauses_of, row_of, says_yes
from rag.variants import simplified
from rag.verdict import affirms_by

CASES = Path(__file__).parent / "questions" / "verdict_cases.jsonl"


def show(name: str, found: Sequence[Exercise]) -> None:
    """Print the share told rightly, and of those on whose figures or actors something is known."""
    right = [(affirms_by(row_of(each)) > 0.5) == says_yes(each) for each in found]
    plain = [(simplified(each.question), simplified(each.answers[0])) for each in found]
    parts = {
        "all": [True] * len(found),
        "with a figure that is bounded": [bool((s := standing(*each)) and s.bounded) for each in plain],
        "with an actor": [bool(responsible(*each)) for each in plain],
    }
    for part, members in parts.items():
        mine = [one for one, member in zip(right, members, strict=True) if member]
        print(f"{name}, {part}: {sum(mine)} of {len(mine)}: {sum(mine) / max(1, len(mine)):.3f}")


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.verdicts", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    data = parser.parse_args().data
    show("cases", clauses_of(CASES, "cases"))
    if not data.is_dir():
        print(f"skipped the rest: {data} is not here", file=sys.stderr)
        return
    labelled = [each for each in exercises(data) if each.verdict in ("是", "否") and each.answers]
    show("apart", [each for each in labelled if part_of(each.article) != "seen"])


if __name__ == "__main__":
    main()
