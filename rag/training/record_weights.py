"""The weights of :class:`rag.records.RecordReader`: ``python -m rag.training.record_weights [--data DIR]``.

A logistic regression of "the document put first is the one that is meant" on ``record_questions.jsonl``, questions
about the 29 policies of the data and about documents that are not there, each asked once of them and some laws and once
more with its document hidden. Two thirds of the documents are fitted on, the figures are of the others.
"""

import argparse
import json
import logging
import lzma
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.document import Document
from corpus.ingest import ingest_bytes
from embeddings.encoder import Encoder, load_encoder
from rag.index_store import IndexWriter, Snapshot, open_snapshot
from rag.question import understand
from rag.record_fields import asked_field
from rag.records import SIGNS, WEIGHTS, RecordReader
from rag.retriever import HybridRetriever
from rag.unit_vectors import unit_vectors
from rag.units import units

log = logging.getLogger("rag.training")
QUESTIONS = Path(__file__).with_name("record_questions.jsonl")
DEPTH = 20
LAWS = 300
THIRD = 3
DECAY = 1.0


@dataclass(frozen=True, kw_only=True)
class Case:
    """The signs of the document put first, whether it is the right one, and in which third it counts."""

    signs: tuple[float, ...]
    right: bool
    third: int


def build(data: Path, folder: Path, encoder: Encoder) -> Snapshot:
    """An index of the policies and every so many a law, by file name."""
    with IndexWriter(folder, encoder) as writer:
        for path in sorted((data / "policies").glob("*.txt")):
            _add(writer, encoder, ingest_bytes(path, path.read_bytes()))
        with lzma.open(data / "laws.jsonl.xz", "rt", encoding="utf-8") as lines:
            laws = [json.loads(line) for line in lines]
        for law in laws[:: max(1, len(laws) // LAWS)]:
            _add(writer, encoder, ingest_bytes(Path("/laws") / law["path"], law["text"].encode()))
        writer.publish()
    return open_snapshot(folder, encoder)


def _add(writer: IndexWriter, encoder: Encoder, document: Document) -> None:
    writer.add(document, unit_vectors(encoder, units(document)))


def cases(snapshot: Snapshot, encoder: Encoder, lines: Sequence[dict[str, str]]) -> tuple[list[Case], float]:
    """What became of each question, and the share whose field was told rightly."""
    ids = {Path(record.path).stem: record.id for record in snapshot.documents.records()}
    found, told = [], 0
    for line in lines:
        (question,) = understand(line["question"])
        asked = asked_field(question)
        told += asked is not None and asked.name == line["field"]
        if asked is None:
            continue
        meant = ids.get(line["doc"])
        third = sum(map(ord, line["doc"] or line["question"])) % THIRD
        for hidden in [(), (meant,)] if meant else [()]:
            without = {p for id in hidden if id for p in snapshot.documents.paragraph_ids(id)}
            retriever = HybridRetriever(snapshot=snapshot, encoder=encoder, candidates=50, without=without)
            (passages,) = retriever.retrieve([question], DEPTH)
            reader = RecordReader(
                store=snapshot.documents,
                rarity=snapshot.lexical.rarity,
                hidden=[id for id in hidden if id],
                weights=dict.fromkeys(SIGNS[1:], 1.0),
            )
            best = reader.candidates(question, asked, passages)
            if best:
                right = best[0].document.id == meant and not hidden
                found.append(Case(signs=best[0].signs, right=right, third=third))
    return found, told / len(lines)


def fit(found: Sequence[Case]) -> dict[str, float]:
    """Weights by the names of ``SIGNS``."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=DECAY, fit_intercept=False, max_iter=1000)
    model.fit([case.signs for case in found], [case.right for case in found])
    return {name: round(float(weight), 4) for name, weight in zip(SIGNS, model.coef_[0], strict=True)}


def measure(found: Sequence[Case], weights: dict[str, float]) -> dict[str, float]:
    """Share of right documents taken for right, of wrong ones taken for right, and the Brier score."""
    logits = np.asarray([case.signs for case in found]) @ np.asarray([weights[name] for name in SIGNS])
    sure, right = 1 / (1 + np.exp(-logits)), np.asarray([case.right for case in found])
    return {
        "n": len(found),
        "taken": round(float((sure[right] >= 0.5).mean()), 3),
        "taken_wrongly": round(float((sure[~right] >= 0.5).mean()), 3),
        "brier": round(float(((sure - right) ** 2).mean()), 4),
    }


def main() -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(prog="python -m rag.training.record_weights", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--output", type=Path, default=Path("rag/weights") / WEIGHTS)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.INFO)
    lines = [json.loads(line) for line in arguments.questions.read_text(encoding="utf-8").splitlines()]
    encoder = load_encoder(None)
    with tempfile.TemporaryDirectory() as folder:
        found, told = cases(build(arguments.data, Path(folder), encoder), encoder, lines)
    apart = measure([c for c in found if c.third == 0], fit([c for c in found if c.third]))
    figures = {"fields_told": round(told, 3), **apart}
    said = {"figures": figures, "weights": fit(found)}
    arguments.output.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    log.info("%s", said)


if __name__ == "__main__":
    main()
