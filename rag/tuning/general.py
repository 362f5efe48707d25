"""Whether an encoder can still do what it could before: questions on made-up official documents, bundled."""

import json
from functools import lru_cache
from importlib import resources

from rag.tuning.pairs import Pair

FILE = "own_paragraphs.jsonl"
MOST = 1500
"""Questions, spread over all the paragraphs."""


@lru_cache(maxsize=1)
def general_pairs() -> tuple[tuple[Pair, ...], tuple[str, ...]]:
    """The questions with the paragraphs that answer them, and all the paragraphs."""
    lines = (resources.files("embeddings") / "training" / FILE).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    texts = tuple(str(row["text"]) for row in rows)
    pairs = [
        Pair(kind="question", query=asked["question"], passage=text, paragraph=place, alike=(place, place + 1))
        for place, (row, text) in enumerate(zip(rows, texts, strict=True))
        for asked in row["questions"]
        if asked["answer"]
    ]
    step = max(1.0, len(pairs) / MOST)
    return tuple(pairs[int(n * step)] for n in range(int(len(pairs) / step))), texts
