"""The weights of :class:`rag.cell_reader.CellReader`: ``python -m rag.training.cell_weights [--output FILE]``.

A conditional logit of "this cell answers" over all cells that were found for a question, and of "none does", on
``table_questions.jsonl``: tables written for it, each with questions about its cells and one that it does not answer.
The figures are of tables that were not fitted on, a sixth at a time; then all are.
"""

import argparse
import html
import json
import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus.ingest import ingest_bytes
from embeddings.encoder import Encoder, load_encoder
from rag.answer import Passage
from rag.cell_reader import SIGNS, WEIGHTS, Candidate, CellReader
from rag.index_store import IndexWriter, open_snapshot
from rag.passage_ranker import PassageRanker
from rag.question import understand
from rag.reader import SentenceReader
from rag.retriever import HybridRetriever
from rag.table_rows import row_cells
from rag.training.choice import PARTS, Case, fit, measure
from rag.unit_vectors import unit_vectors
from rag.units import units

log = logging.getLogger("rag.training")
QUESTIONS = Path(__file__).with_name("table_questions.jsonl")
DEPTH = 8
DECAY = 1e-3
SURE = 0.4
"""Probability from which on the figures count an answer as given."""


def cases(tables: Sequence[dict[str, Any]], encoder: Encoder) -> list[Case]:
    """Every question with what is found for it in an index of all ``tables``."""
    with tempfile.TemporaryDirectory() as folder:
        with IndexWriter(Path(folder), encoder) as writer:
            for n, table in enumerate(tables):
                document = ingest_bytes(Path(f"/{n}.html"), page(table).encode())
                writer.add(document, unit_vectors(encoder, units(document)))
            writer.publish()
        snapshot = open_snapshot(Path(folder), encoder)
        ranker = PassageRanker(rarity=snapshot.lexical.rarity)
        retriever = HybridRetriever(snapshot=snapshot, encoder=encoder, candidates=50, ranker=ranker)
        sentences = SentenceReader(encoder=encoder, rarity=snapshot.lexical.rarity)
        reader = CellReader(reader=sentences, encoder=encoder, rarity=snapshot.lexical.rarity, weights={})
        found = []
        for n, table in enumerate(tables):
            for asked in table["questions"]:
                question = understand(asked["question"])[0]
                passages = retriever.retrieve([question], DEPTH)[0]
                cells, signs = reader.candidates(question, passages)
                right = np.asarray([_is_right(each, passages, n, table, asked) for each in cells], np.bool_)
                said = np.asarray([each.cell.value[0] < each.cell.value[1] for each in cells], np.bool_)
                if asked["row"] is None:
                    right |= ~said  # an empty cell says as little as none
                found.append(
                    Case(
                        signs=np.concatenate([signs, np.zeros((1, len(SIGNS)), np.float32)]),
                        right=np.append(right, asked["row"] is None or not right.any()),
                        said=np.append(said, False),
                        answerable=asked["row"] is not None,
                        part=n % PARTS,
                        least=SURE,
                    )
                )
        return found


def page(table: dict[str, Any]) -> str:
    """A table as the web page that holds it."""
    rows = [
        "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row)
        for tag, row in zip(("th", *["td"] * len(table["rows"])), table["rows"], strict=False)
    ]
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    title, lead = html.escape(table["title"]), html.escape(table["lead"])
    return f"<html><body><h1>{title}</h1><p>{lead}</p><table>{body}</table></body></html>"


def _is_right(
    found: Candidate, passages: Sequence[Passage], number: int, table: dict[str, Any], asked: dict[str, Any]
) -> bool:
    passage = passages[found.passage]
    if asked["row"] is None or Path(passage.document.path).stem != str(number):
        return False
    row = [_bare(cell) for cell in table["rows"][asked["row"]]]
    told = [_bare(passage.text[slice(*cell.value)]) for cell in row_cells(passage.text)]
    head, value = (_bare(passage.text[slice(*span)]) for span in (found.cell.head, found.cell.value))
    column = asked["column"]
    return told == row and (head, value) == (_bare(table["rows"][0][column]), row[column])


def _bare(text: str) -> str:
    return "".join(text.split())


def main(arguments: list[str] | None = None) -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(prog="python -m rag.training.cell_weights", description=__doc__)
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--output", type=Path, default=Path("rag/weights") / WEIGHTS)
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    tables = [json.loads(line) for line in chosen.questions.read_text(encoding="utf-8").splitlines()]
    found = cases(tables, load_encoder(None))
    figures = measure(found, DECAY)
    said = {"measured on tables kept apart": figures, "weights": dict(zip(SIGNS, fit(found, DECAY), strict=True))}
    chosen.output.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    log.info(json.dumps(figures))


if __name__ == "__main__":
    main()
