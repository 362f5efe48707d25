"""The reader with the answering paragraph given: evidence alone, the trained network alone, and both together.

Questions on articles that neither the network nor the weights have seen. F1 as CMRC counts it; whether the sentence
that holds the answer comes first; near misses refused where a tenth of the answerable questions is; and what reading
the first eight passages takes. ``python -m tests.benchmarks.reading [--most N]``.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from embeddings.encoder import load_encoder
from embeddings.training.exercises import Exercise, exercises
from rag.answer import DocumentRecord, Passage, Span
from rag.bundled_model import bundled_model
from rag.evaluation.metrics.cmrc_f1 import cmrc_f1
from rag.index_store import Snapshot
from rag.passage_ranker import PassageRanker
from rag.question import understand
from rag.reader import SentenceReader
from rag.retriever import HybridRetriever
from rag.sentences import sentences
from rag.span_model import SpanModel, Stretch
from rag.stretches import lay_stretches
from rag.training.pool import build_pool, part_of

DATA = Path("../shared/data")
READ = 8
FALSE_REFUSALS = 0.1
LONGEST = 60
Guess = tuple[float, Span]
"""How sure, and the span in the paragraph."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=400, help="answerable questions of each set, and near misses")
    most = parser.parse_args().most
    if not DATA.is_dir():
        print(f"skipped: {DATA} is not there")
        return
    encoder, model = load_encoder(None), bundled_model()
    with tempfile.TemporaryDirectory() as folder:
        snapshot = build_pool(DATA, Path(folder), encoder)
        rarity = snapshot.lexical.rarity
        chosen = _chosen(most)
        print("set           reader     n    F1     sentence first  near misses refused")
        for name, members in chosen.items():
            for reader, guess in (
                ("evidence", _reading(SentenceReader(encoder=encoder, rarity=rarity))),
                ("network", _network(model)),
                ("both", _reading(SentenceReader(encoder=encoder, rarity=rarity, model=model))),
            ):
                print(f"{name:13} {reader:9} {_figures(members, [guess(each) for each in members])}", flush=True)
        _time(snapshot, SentenceReader(encoder=encoder, rarity=rarity, model=model), chosen)


def _chosen(most: int) -> dict[str, list[Exercise]]:
    """Questions on articles that nothing was fitted on, in a seeded order."""
    found: dict[str, list[Exercise]] = {}
    written = [each for each in exercises(DATA) if part_of(each.article) == "measured"]
    random.Random(0).shuffle(written)
    for each in written:
        kept = found.setdefault(each.source, [])
        if sum(bool(other.answers) == bool(each.answers) for other in kept) < most:
            kept.append(each)
    return found


def _passage(each: Exercise) -> Passage:
    record = DocumentRecord(id="", path="", title=each.headings)
    return Passage(
        document=record, paragraph=0, section=(), page=None, text=each.text, start=0, end=len(each.text), score=1.0
    )


def _reading(reader: SentenceReader) -> Callable[[Exercise], Guess]:
    def guess(each: Exercise) -> Guess:
        (reading,) = reader.read([understand(each.question)[0]], [[_passage(each)]])
        if not reading.findings:
            return 0.0, (0, 0)
        best = reading.findings[0]
        return best.confidence, (best.answers[0][0], best.answers[-1][1])

    return guess


def _network(model: SpanModel) -> Callable[[Exercise], Guess]:
    def guess(each: Exercise) -> Guess:
        laid = lay_stretches(len(each.text), sentences(each.text), model.reach)
        best: Guess = (-np.inf, (0, 0))
        stretches = [Stretch(headings=each.headings, text=each.text[first:last]) for first, last in laid]
        for (offset, _), scores in zip(laid, model.score(each.question, stretches), strict=True):
            sums = scores.begin[:, None] + scores.end[None, :]
            sums = np.where(np.triu(np.ones_like(sums)) - np.triu(np.ones_like(sums), LONGEST) > 0, sums, -np.inf)
            i, j = divmod(int(sums.argmax()), len(sums))
            best = max(best, (float(sums[i, j]), (offset + int(scores.firsts[i]), offset + int(scores.lasts[j]))))
        return best

    return guess


def _figures(members: Sequence[Exercise], guesses: Sequence[Guess]) -> str:
    f1, first, sure, unsure = [], [], [], []
    for each, (confidence, (start, end)) in zip(members, guesses, strict=True):
        if not each.answers:
            unsure.append(confidence)
            continue
        sure.append(confidence)
        f1.append(cmrc_f1(each.text[start:end], each.answers))
        holding = next((s for s in sentences(each.text) if s[0] <= (start + end) / 2 < s[1]), (0, 0))
        first.append(any(holding[0] <= s < holding[1] for s, _ in each.spans))
    refused = f"{np.mean(np.asarray(unsure) < np.quantile(sure, FALSE_REFUSALS)):.3f}" if unsure else ""
    return f"{len(sure):4}  {np.mean(f1):.3f}  {np.mean(first):.3f}           {refused}"


def _time(snapshot: Snapshot, reader: SentenceReader, chosen: dict[str, list[Exercise]]) -> None:
    """Milliseconds of reading the first eight passages of a question among all paragraphs."""
    ranker = PassageRanker(rarity=snapshot.lexical.rarity)
    retriever = HybridRetriever(snapshot=snapshot, encoder=load_encoder(None), candidates=50, ranker=ranker)
    for name, members in chosen.items():
        taken = []
        for each in members[:60]:
            question = understand(each.question)[0]
            (passages,) = retriever.retrieve([question], READ)
            started = time.perf_counter()
            reader.read([question], [passages])
            taken.append(1000 * (time.perf_counter() - started))
        middle, late = np.quantile(taken, [0.5, 0.95])
        print(f"{name:13} reading {READ} passages: p50 {middle:.0f} ms, p95 {late:.0f} ms")


if __name__ == "__main__":
    main()
