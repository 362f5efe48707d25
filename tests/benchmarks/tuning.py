"""What ``wenju tune`` gains for people's questions: ``python -m tests.benchmarks.tuning [--laws N] [--all]``.

Two collections that the bundled encoder has not seen (``embeddings/training/split.py``): articles of CMRC 2018 and
DRCD, and laws. Each is indexed, asked, tuned and asked again. Tuning never sees the questions. *whole* is what
``wenju search`` brings, *vectors* the encoder alone. ``--all`` tunes an index of all laws alone, for time and memory.
"""

import argparse
import json
import lzma
import random
import re
import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from embeddings.encoder import load_encoder
from embeddings.training import sources
from embeddings.training.exercises import exercises
from embeddings.training.split import held_out
from rag.build import open_for_writing
from rag.evaluation.bootstrap import paired
from rag.evaluation.metrics.folding import fold
from rag.index_store import open_snapshot
from rag.library import Library
from rag.settings import load
from tests.benchmarks.pools import write_laws

DEPTH = 10
Asked = Sequence[tuple[str, str]]
"""Questions with the paragraph that answers each."""
Gains = npt.NDArray[np.float64]


def articles(data: Path, folder: Path) -> Asked:
    """The contexts as files, and the questions on them."""
    for article in sources.encyclopedia(data):
        if held_out(article.key):
            texts = [text for section in article.sections for text in section.paragraphs]
            name = re.sub(r"\W", "_", article.key)
            (folder / f"{name}.txt").write_text("\n\n".join((article.title, *texts)).strip(), encoding="utf-8")
    return [(asked.question, asked.paragraph) for asked in sources.squad_questions(data) if held_out(asked.article)]


def laws(data: Path, folder: Path, most: int) -> Asked:
    """The first ``most`` laws as files, and the questions on any."""
    with lzma.open(data / "laws.jsonl.xz", "rt", encoding="utf-8") as lines:
        kept = (law for law in map(json.loads, lines) if held_out(f"law:{law['path']}"))
        for _, law in zip(range(most), kept, strict=False):
            path = folder / law["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(law["text"], encoding="utf-8")
    asked = [each for each in exercises(data) if each.source in ("official", "laws") and each.answers]
    return [(each.question, each.text) for each in asked if held_out(each.article)]


def reciprocal_ranks(library: Library, index: Path, asked: Asked) -> dict[str, Gains]:
    """1 / rank of the paragraph that answers, 0 below the tenth, for both ways to search."""
    snapshot = open_snapshot(index, load_encoder(None))
    vectors = snapshot.encoder.encode_queries([question for question, _ in asked])
    near = snapshot.vectors.search(vectors, DEPTH)
    found = {
        "vectors": [[p.text for p in snapshot.documents.passages([id for id, _ in row])] for row in near],
        "whole": [[p.text for p in library.search(question, top_k=DEPTH)] for question, _ in asked],
    }
    return {
        way: np.asarray([_reciprocal(texts, text) for texts, (_, text) in zip(rows, asked, strict=True)])
        for way, rows in found.items()
    }


def _reciprocal(texts: Sequence[str], wanted: str) -> float:
    return next((1 / rank for rank, text in enumerate(texts, start=1) if fold(text) == fold(wanted)), 0.0)


def measure(name: str, folder: Path, index: Path, asked: Asked, most: int) -> Iterator[str]:
    """Index, ask, tune, ask; one line a way to search."""
    library = open_for_writing(load(index=str(index), reader="none"))
    library.add([str(folder)])
    snapshot = open_snapshot(index, load_encoder(None))
    texts = {
        fold(snapshot.documents.document(r.id).text[p.start : p.end])
        for r in library.documents()
        for p in snapshot.documents.document(r.id).paragraphs
    }
    there = [pair for pair in asked if fold(pair[1]) in texts]
    there = random.Random(0).sample(there, min(most, len(there)))
    before = reciprocal_ranks(library, index, there)
    tuning = library.tune()
    yield f"{name}: {tuning.paragraphs} paragraphs, {sum(tuning.learnt.values())} pairs, {tuning.seconds:.0f} s; " + (
        "kept" if tuning.changed else str(tuning.reason)
    )
    judged, general = tuning.judgement.held_out.mrr, tuning.judgement.general.mrr
    yield f"  judged {judged.mean_first:.3f} -> {judged.mean_second:.3f}; general {general.difference:+.3f}"
    for way, after in reciprocal_ranks(library, index, there).items():
        change = paired(before[way].tolist(), after.tolist())
        hits = [(ranks == 1).mean() for ranks in (before[way], after)]
        yield (
            f"  {way:8} n {len(there):5}  hit@1 {hits[0]:.3f} -> {hits[1]:.3f}  MRR@10 {change.mean_first:.3f} -> "
            f"{change.mean_second:.3f}  [{change.low:+.3f}, {change.high:+.3f}]"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--laws", type=int, default=100)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--all", action="store_true")
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        print(f"skipped: {arguments.data} is not here")
        return 0
    with tempfile.TemporaryDirectory() as name:
        for collection in ("all laws",) if arguments.all else ("articles", "laws"):
            folder, index = Path(name) / collection, Path(name) / f"index of {collection}"
            folder.mkdir()
            if collection == "all laws":
                write_laws(arguments.data, folder)
                asked: Asked = []
            elif collection == "laws":
                asked = laws(arguments.data, folder, arguments.laws)
            else:
                asked = articles(arguments.data, folder)
            if asked:
                print("\n".join(measure(collection, folder, index, asked, arguments.questions)), flush=True)
                continue
            library = open_for_writing(load(index=str(index), reader="none"))
            library.add([str(folder)])
            tuning = library.tune()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            kept = "kept" if tuning.changed else str(tuning.reason)
            print(f"{collection}: {tuning.paragraphs} paragraphs, {kept}, {tuning.seconds:.0f} s, peak {peak:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
