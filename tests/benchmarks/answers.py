"""Ask a test set of a folder: answers right, evidence in the first citation, refusals right and wrong.

    python -m tests.benchmarks.answers [--documents FOLDER ...] [--questions FILE.jsonl] [--all]

An answer is right where it holds an accepted answer (white space removed, figures whole: ``8家`` is not in ``18家``),
a list where it holds every item, a verdict where it begins with it, a refusal where nothing is accepted.
"""

import argparse
import json
import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from rag.answer import Answer
from rag.build import open_for_writing
from rag.settings import load


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def holds(text: str, wanted: str) -> bool:
    pattern = re.escape(plain(wanted))
    if wanted[:1].isdigit():
        pattern = r"(?<![0-9.])" + pattern
    if wanted[-1:].isdigit():
        pattern += r"(?![0-9])"
    return bool(re.search(pattern, plain(text)))


def is_right(answer: Answer, question: dict[str, Any]) -> bool:
    if not question["answers"]:
        return not answer.answered
    if question.get("items"):
        return all(holds(answer.answer, item) for item in question["items"])
    if question["answers"][0] in ("是", "否"):
        return answer.answer.startswith(question["answers"][0])
    return any(holds(answer.answer, accepted) for accepted in question["answers"])


def cites_evidence(answer: Answer, question: dict[str, Any]) -> bool:
    evidence = [question["evidence"], *(part["text"] for part in question.get("evidence_all", []))]
    quotes = [plain(c.quote) for c in answer.citations[:1]]
    return any(plain(e) in quote or (len(quote) > 8 and quote in plain(e)) for e in evidence for quote in quotes)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, nargs="+", default=[Path("../shared/seeds")])
    parser.add_argument("--questions", type=Path, default=Path("../shared/data/seeds_dev.jsonl"))
    parser.add_argument("--all", action="store_true", help="print every question, not only the failures")
    arguments = parser.parse_args()
    if not arguments.questions.exists():
        print(f"skipped: {arguments.questions} is not here")
        return 0
    questions = [json.loads(line) for line in arguments.questions.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        library = open_for_writing(load(index=folder))
        report = library.add([str(path) for path in arguments.documents])
        asked = [(q, library.ask(q["question"], q.get("history", ()))) for q in questions]
    tally: dict[str, list[bool]] = defaultdict(list)
    for question, answer in asked:
        right = is_right(answer, question)
        tally["type " + question.get("type", "?")].append(right)
        tally["style " + question.get("style", "?")].append(right)
        if question["answers"]:
            tally["answered right"].append(right)
            tally["wrongly refused"].append(not answer.answered)
            tally["given and wrong"].append(answer.answered and not right)
            tally["evidence in the first citation"].append(cites_evidence(answer, question))
        else:
            tally["refused rightly"].append(right)
        if arguments.all or not right:
            shown = answer.answer if answer.answered else f"({answer.reason})"
            print(f"{'+' if right else '-'} {question['id']} [{question.get('type')}] {question['question']}")
            print(f"    {shown}  {answer.confidence:.2f}  | {' / '.join(question['answers'][:2])}")
            for citation in answer.citations[:1]:
                print(f"    「{citation.quote[:120]}」")
    print(f"{len(questions)} questions, {report.added} documents, {report.paragraphs} paragraphs")
    for name, values in sorted(tally.items()):
        print(f"{name:40} {sum(values):4} of {len(values):4}  {sum(values) / len(values):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
