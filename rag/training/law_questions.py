"""Questions on paragraphs of the laws, written for the kinds that the readers get wrong most; ``law_questions.jsonl``.

    {"law": path in laws.jsonl.xz, "start", "end": the paragraph in its text, "question", "answer": "" where the
     paragraph does not say, "type", "style", "items": [members of a list]?, "verdict": 是 | 否?}

The texts of the laws do not belong to this repository; the questions do.
"""

import json
import lzma
from importlib import resources
from pathlib import Path

from embeddings.training.sources import Question, tidy


def law_questions(data: Path) -> list[Question]:
    """All of them, with their paragraphs out of ``laws.jsonl.xz`` in the folder ``data``."""
    written = (resources.files("rag.training") / "law_questions.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in written.splitlines()]
    wanted = {row["law"] for row in rows}
    with lzma.open(data / "laws.jsonl.xz", "rt", encoding="utf-8") as lines:
        texts = {law["path"]: law["text"] for law in map(json.loads, lines) if law["path"] in wanted}
    return [
        Question(
            article=f"law:{row['law']}",
            question=row["question"],
            paragraph=tidy(texts[row["law"]][row["start"] : row["end"]]),
            answer=tidy(row["answer"]),
            style=row["style"],
            answerable=bool(row["answer"]),
        )
        for row in rows
        if row["law"] in texts
    ]
