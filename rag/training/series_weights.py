"""The weights of :class:`rag.series_reader.SeriesReader`: ``python -m rag.training.series_weights [--data DIR]``.

A conditional logit of "this series answers" over the series of the documents that were found for a question, and of
"none does". ``series_questions.jsonl`` has questions on the policies and on some laws whose answer is spelled out over
sentences or paragraphs, and such as look like it; questions of the data for something else stand against them. The
figures are of documents that were not fitted on, a sixth at a time; then all are.
"""

import argparse
import json
import logging
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from corpus.document import Document
from embeddings.encoder import load_encoder
from rag.index_store import Snapshot
from rag.passage_ranker import PassageRanker
from rag.question import understand
from rag.retriever import HybridRetriever
from rag.series_evidence import SIGNS
from rag.series_reader import KINDS, SURE, SURER, WEIGHTS, Candidate, SeriesReader
from rag.training.choice import PARTS, Case, fit, measure
from rag.training.record_weights import build

log = logging.getLogger("rag.training")
QUESTIONS = Path(__file__).with_name("series_questions.jsonl")
DEPTH = 8
DECAY = 3e-4
OTHERS = 350
"""Questions of the data for something else."""


def asked(questions: Path, data: Path, names: set[str]) -> Iterator[dict[str, Any]]:
    """The questions with the ``doc`` they are about, and ``items``: spans of its text, none where no series answers."""
    yield from map(json.loads, questions.read_text(encoding="utf-8").splitlines())
    lines = (data / "official_qa.jsonl").read_text(encoding="utf-8").splitlines()
    random.Random(0).shuffle(lines)
    others = ({"doc": _stem(row["pid"]), "question": row["question"], "items": []} for row in map(json.loads, lines))
    wanted = (row for row in others if row["doc"] in names and understand(row["question"])[0].kind in KINDS)
    for row, _ in zip(wanted, range(OTHERS), strict=False):
        yield row


def _stem(paragraph: str) -> str:
    document = paragraph.rpartition("#")[0]
    return Path(document).stem if document.endswith(".md") else document


def cases(questions: Path, data: Path, snapshot: Snapshot) -> list[Case]:
    """Every question of a kind that may want a list, with the series found for it."""
    encoder, rarity = snapshot.encoder, snapshot.lexical.rarity
    retriever = HybridRetriever(snapshot=snapshot, encoder=encoder, candidates=50, ranker=PassageRanker(rarity=rarity))
    reader = SeriesReader(store=snapshot.documents, encoder=encoder, rarity=rarity, weights={})
    names = sorted({Path(record.path).stem for record in snapshot.documents.records()})
    part = {
        name: int(n) % PARTS for name, n in zip(names, np.random.default_rng(0).permutation(len(names)), strict=True)
    }
    found = []
    for row in asked(questions, data, set(names)):
        question = understand(row["question"])[0]
        if question.kind not in KINDS:
            continue
        candidates, signs = reader.candidates(question, retriever.retrieve([question], DEPTH)[0])
        right = np.asarray([_is_right(each, row) for each in candidates], np.bool_)
        found.append(
            Case(
                signs=np.concatenate([signs, np.zeros((1, len(SIGNS)), np.float32)]),
                right=np.append(right, not right.any()),
                said=np.append(np.ones(len(candidates), np.bool_), False),
                answerable=bool(row["items"]),
                part=part.get(row["doc"], 0),
                least=SURE if question.kind == "list" else SURER,
            )
        )
    return found


def _is_right(candidate: Candidate, row: dict[str, Any]) -> bool:
    """Whether its members are the items, each holding the other's words."""
    document: Document = candidate.document
    if Path(document.path).stem != row["doc"] or len(candidate.series.members) != len(row["items"]):
        return False
    pairs = zip(candidate.series.members, row["items"], strict=True)
    return all(
        (member.words[0] <= start and end <= member.words[1]) or (start <= member.words[0] and member.words[1] <= end)
        for member, (start, end) in pairs
    )


def main(arguments: list[str] | None = None) -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(prog="python -m rag.training.series_weights", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--output", type=Path, default=Path("rag/weights") / WEIGHTS)
    chosen = parser.parse_args(arguments)
    if not chosen.data.is_dir():
        parser.error(f"{chosen.data}: no such folder; give the folder of the data files with --data")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    with tempfile.TemporaryDirectory() as folder:
        found = cases(chosen.questions, chosen.data, build(chosen.data, Path(folder), load_encoder(None)))
    figures = measure(found, DECAY)
    weights = dict(zip(SIGNS, fit(found, DECAY), strict=True))
    said = {"measured on documents kept apart": figures, "weights": weights}
    chosen.output.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    log.info(json.dumps(figures))


if __name__ == "__main__":
    main()
