"""Labelled questions with what retrieval brings for them, as the readers meet it in use."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.document import Document, Paragraph, content_hash, document_id
from embeddings.encoder import Encoder
from embeddings.training import sources
from embeddings.training.sources import Question as Labelled
from embeddings.training.split import held_out
from rag.answer import Passage
from rag.index_store import IndexWriter, Snapshot, open_snapshot
from rag.question import Question, understand
from rag.retriever import HybridRetriever
from rag.training.law_questions import law_questions

READ = 8


@dataclass(frozen=True, kw_only=True)
class Example:
    """A question with the passages retrieved for it.

    ``gold`` is the position of the passage that answers it, ``None`` where none of them does; ``answer`` is empty for a
    question that cannot be answered, and ``hidden`` says that this is only because its paragraph was taken away.
    ``official`` questions are about laws and policies, the others about encyclopedia articles.
    """

    question: Question
    passages: tuple[Passage, ...]
    gold: int | None
    answer: str
    official: bool
    hidden: bool = False


Part = Literal["seen", "unseen", "measured"]
"""Articles the encoder was trained on; articles that it has not seen; and of the latter those to measure on."""


def labelled_questions(data: Path, *, most: int, part: Part) -> list[Labelled]:
    """A seeded sample of the questions on the articles of ``part``, at most ``most`` from each set."""
    chosen: list[Labelled] = []
    for questions in (sources.official_questions(data), law_questions(data), sources.squad_questions(data)):
        fit = [q for q in questions if part_of(q.article) == part]
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
    questions = (*sources.official_questions(data), *law_questions(data), *sources.squad_questions(data))
    paragraphs = {q.paragraph: q.article for q in questions}
    with IndexWriter(folder, encoder) as writer:
        texts = list(paragraphs)
        for start in range(0, len(texts), 1024):
            batch = texts[start : start + 1024]
            for text, vector in zip(batch, encoder.encode_passages(batch), strict=True):
                writer.add(_document(text, paragraphs[text]), vector.reshape(1, -1))
        writer.publish()
    return open_snapshot(folder, encoder)


def examples(snapshot: Snapshot, encoder: Encoder, questions: Sequence[Labelled]) -> Iterator[Example]:
    """Each question as retrieved, and each answerable one a second time with its own paragraph hidden."""
    retriever = HybridRetriever(snapshot=snapshot, encoder=encoder, candidates=50)
    for labelled in questions:
        (asked,) = understand(labelled.question)
        (passages,) = retriever.retrieve([asked], READ + 1)
        first, rest = passages[:READ], tuple(p for p in passages if p.text != labelled.paragraph)
        gold = next((n for n, p in enumerate(first) if p.text == labelled.paragraph), None)
        official = bool(labelled.style)
        if not labelled.answerable:
            yield Example(question=asked, passages=first, gold=None, answer="", official=official)
            continue
        yield Example(question=asked, passages=first, gold=gold, answer=labelled.answer, official=official)
        yield Example(question=asked, passages=rest[:READ], gold=None, answer="", official=official, hidden=True)


def _document(text: str, article: str) -> Document:
    digest = content_hash(text.encode())
    return Document(
        id=document_id(article, digest),
        path=f"{article}#{digest[:12]}",
        title="",
        text=text,
        paragraphs=(Paragraph(start=0, end=len(text)),),
        content_hash=digest,
    )
