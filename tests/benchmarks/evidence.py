"""How many evidence strings of the questions on the seed documents lie within one paragraph of their document.

White space is left out of the comparison. Official fields are checked against those published beside the policies.

    python -m tests.benchmarks.evidence
"""

import argparse
import json
import sys
from pathlib import Path

from corpus.document import Document
from corpus.ingest import ingest

SHARED = Path("../shared")
BOUND = 0.95
LIMIT = 50_000_000


def bare(text: str) -> str:
    """``text`` without white space."""
    return "".join(text.split())


def evidence() -> tuple[list[tuple[str, str]], int]:
    """The (question, evidence) that no paragraph holds whole, and how many there are in all."""
    documents: dict[str, list[str]] = {}
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        document = ingest(path, max_bytes=LIMIT)
        documents[path.name] = [bare(document.text[p.start : p.end]) for p in document.paragraphs]
    missed: list[tuple[str, str]] = []
    total = 0
    for line in (SHARED / "data/seeds_dev.jsonl").read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        names = question["doc"] if isinstance(question["doc"], list) else [question["doc"]]
        wanted = {(name, question["evidence"]) for name in names if question["evidence"]}
        wanted |= {(one["doc"], one["text"]) for one in question.get("evidence_all", [])}
        for name, text in sorted(wanted):
            total += 1
            if not any(bare(text) in paragraph for paragraph in documents[name]):
                missed.append((question["id"], text))
    return missed, total


def fields() -> list[tuple[str, str, str, str]]:
    """(file, field, published, found) wherever the text files of the policies were read otherwise."""
    wrong: list[tuple[str, str, str, str]] = []
    for record in json.loads((SHARED / "data/policies/metadata.json").read_text(encoding="utf-8")):
        document: Document = ingest(SHARED / "data/policies" / f"{record['file']}.txt", max_bytes=LIMIT)
        found = {"title": document.title, **document.metadata}
        wrong.extend(
            (record["file"], name, record[name], found.get(name, ""))
            for name in ("title", "number", "issuer")
            if bare(found.get(name, "")) != bare(record[name])
        )
    return wrong


def main() -> int:
    """Print the table; 1 where the bound is missed."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None).parse_args()
    if not SHARED.exists():
        print(f"{SHARED} is not there: nothing to measure")
        return 0
    missed, total = evidence()
    share = 1 - len(missed) / total
    wrong = fields()
    print(f"{'evidence within one paragraph':<32}{total - len(missed):>4} of {total:<4}{share:>8.3f}")
    for question, text in missed:
        print(f"  {question} {text[:60]}")
    print(f"{'title, number, issuer of policies':<32}{87 - len(wrong):>4} of 87  {1 - len(wrong) / 87:>8.3f}")
    for row in wrong:
        print("  " + " | ".join(row))
    return int(share < BOUND)


if __name__ == "__main__":
    sys.exit(main())
