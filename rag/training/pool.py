"""Labelled questions with what retrieval brings for them, as the readers meet it in use."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from corpus.document import Document, Paragraph, content_hash, document_id
from embeddings.encoder import Encoder
from embeddings.training.split import held_out
from rag.answer import Passage
from rag.index_store import IndexWriter, Snapshot, open_snapshot
from rag.question import Question, understand
from rag.retriever import HybridRetriever
from rag.training.reader.exercises import Exercise, exercises

READ = 8


@dataclass(frozen=True, kw_only=True)
class Example:
    """A question with the passages retrieved for it.

    ``gold`` is the position of the passage that answers it, ``None`` where none of them does; ``answer`` is empty for a
    question that cannot be answered, and ``hidden`` says that this is only because its paragraph was taken away.
    ``official`` questions are about laws and official documents, the others about encyclopedia articles. ``given``: the
    paragraph that the question was written on is the only passage. ``made_up``: the document is.
    """

    question: Question
    passages: tuple[Passage, ...]
    gold: int | None
    answer: str
    official: bool
    hidden: bool = False
    given: bool = False
    made_up: bool = False


Part = Literal["seen", "unseen", "measured"]
"""Articles the encoder was trained on; articles that it has not seen; and of the latter those to measure on."""


SETS = ("official", "laws", "own", "cmrc", "drcd")
OFFICIAL = frozenset(SETS[:3])


def labelled_questions(data: Path, *, most: int, part: Part) -> list[Exercise]:
    """A seeded sample of the questions on the articles of ``part``, at most ``most`` from each set."""
    written = exercises(data)
    chosen: list[Exercise] = []
    for name in SETS:
        fit = [each for each in written if each.source == name and part_of(each.article) == part]
        random.Random(0).shuffle(fit)
        chosen.extend(fit[:most])
    return chosen


def part_of(article: str) -> Part:
    """To which part ``article`` belongs; of those kept from the encoder every other one is measured on."""
    if not held_out(article):
        return "seen"
    return "measured" if hashlib.sha256(article.encode()).digest()[-1] % 2 else "unseen"


def build_pool(data: Path, folder: Path, encoder: Encoder) -> Snapshot:
    """An index in ``folder`` of every paragraph that a question was written on, each a document of its own."""
    paragraphs = {each.text: each for each in exercises(data)}
    with IndexWriter(folder, encoder) as writer:
        texts = list(paragraphs)
        for start in range(0, len(texts), 1024):
            batch = texts[start : start + 1024]
            for text, vector in zip(batch, encoder.encode_passages(batch), strict=True):
                writer.add(_document(paragraphs[text]), vector.reshape(1, -1))
        writer.publish()
    return open_snapshot(folder, encoder)


def examples(snapshot: Snapshot, encoder: Encoder, questions: Sequence[Exercise]) -> Iterator[Example]:
    """Each question as retrieved, with its own paragraph alone, and if answerable with that paragraph hidden."""
    retriever = HybridRetriever(snapshot=snapshot, encoder=encoder, candidates=50)
    for each in questions:
        (asked,) = understand(each.question)
        (passages,) = retriever.retrieve([asked], READ + 1)
        first, rest = passages[:READ], tuple(p for p in passages if p.text != each.text)
        gold = next((n for n, p in enumerate(first) if p.text == each.text), None) if each.answers else None
        plain = Example(
            question=asked,
            passages=first,
            gold=gold,
            answer=each.answers[0] if each.answers else "",
            official=each.source in OFFICIAL,
            made_up=each.source == "own",
        )
        yield plain
        if own := [p for p in passages if p.text == each.text]:
            yield replace(plain, passages=tuple(own[:1]), gold=0 if each.answers else None, given=True)
        if each.answers:
            yield replace(plain, passages=rest[:READ], gold=None, answer="", hidden=True)


def _document(exercise: Exercise) -> Document:
    text = exercise.text
    digest = content_hash(text.encode())
    return Document(
        id=document_id(exercise.article, digest),
        path=f"{exercise.article}#{digest[:12]}",
        title=exercise.headings,
        text=text,
        paragraphs=(Paragraph(start=0, end=len(text)),),
        content_hash=digest,
    )
