"""Labelled questions with what retrieval brings for them, as the readers meet it in use."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from corpus.document import Document, Paragraph, content_hash, document_id
from embeddings.encoder import Encoder
from embeddings.training.exercises import Exercise, exercises
from embeddings.training.pairs import SHORTEST
from embeddings.training.sources import Article, laws
from embeddings.training.split import held_out
from rag.answer import Passage
from rag.evidence import Rarity
from rag.index_store import IndexWriter, Snapshot, open_snapshot
from rag.passage_ranker import PassageRanker
from rag.question import Question, understand
from rag.retriever import HybridRetriever
from rag.unit_vectors import unit_vectors
from rag.units import units

READ = 8
LAWS, PARAGRAPHS = 6, 60
"""Of a small index."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """A question with the passages retrieved for it.

    ``gold`` is the position of the passage that answers it, ``None`` where none of them does; ``answer`` is empty for a
    question that cannot be answered, and ``hidden`` says that this is only because its paragraph was taken away.
    ``official`` questions are about laws and official documents, the others about encyclopedia articles. ``given``: the
    paragraph that the question was written on is the only passage. ``made_up``: the document is. ``small``: the index
    that was searched holds a few documents, as most people's do. ``rarity`` is that of the index.
    """

    question: Question
    passages: tuple[Passage, ...]
    rarity: Rarity
    gold: int | None
    answer: str
    official: bool
    hidden: bool = False
    given: bool = False
    made_up: bool = False
    small: bool = False


Part = Literal["seen", "unseen", "measured"]
"""Articles the encoder was trained on; articles that it has not seen; and of the latter those to measure on."""


SETS = ("official", "laws", "own", "documents", "cmrc", "drcd")
OFFICIAL = frozenset(SETS[:4])


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


def build_pool(data: Path, folder: Path, encoder: Encoder, *, others: int = 0) -> Snapshot:
    """An index in ``folder`` of every paragraph that a question was written on, each a document of its own.

    And of ``others`` paragraphs of the laws, a seeded sample.
    """
    return _indexed([*_unasked(data, others), *exercises(data)], folder, encoder)


def small_pools(
    data: Path, folder: Path, encoder: Encoder, questions: Sequence[Exercise]
) -> Iterator[tuple[Snapshot, list[Exercise]]]:
    """Indexes of a few documents, as most people have them, each with those of ``questions`` that are about them.

    An index holds the whole text of ``LAWS`` laws, or ``PARAGRAPHS`` paragraphs of another set.
    """
    written = exercises(data)
    whole = {law.key: law for law in laws(data)}
    for name, size in (("law", LAWS), ("own", PARAGRAPHS), ("cmrc", PARAGRAPHS), ("drcd", PARAGRAPHS)):
        mine = [each for each in questions if each.article.partition(":")[0] == name]
        articles = list(dict.fromkeys(each.article for each in mine))
        for start in range(0, len(articles), size):
            chosen = articles[start : start + size]
            texts = [each for each in written if each.article in chosen]
            texts += [each for key in chosen if key in whole for each in _paragraphs_of(whole[key])]
            place = folder / f"{name}-{start}"
            yield _indexed(texts, place, encoder), [each for each in mine if each.article in chosen]


def _indexed(written: Sequence[Exercise], folder: Path, encoder: Encoder) -> Snapshot:
    """An index of their paragraphs, each once and a document of its own."""
    paragraphs = {each.text: each for each in written}
    with IndexWriter(folder, encoder) as writer:
        texts = list(paragraphs)
        for start in range(0, len(texts), 1024):
            batch = [_document(paragraphs[text]) for text in texts[start : start + 1024]]
            vectors = unit_vectors(encoder, [unit for document in batch for unit in units(document)])
            for document, vector in zip(batch, vectors, strict=True):
                writer.add(document, vector.reshape(1, -1))
        writer.publish()
    return open_snapshot(folder, encoder)


def _unasked(data: Path, most: int) -> list[Exercise]:
    """Paragraphs of the laws without a question."""
    found = [each for law in (laws(data) if most else ()) for each in _paragraphs_of(law)]
    return random.Random(1).sample(found, min(most, len(found)))


def _paragraphs_of(law: Article) -> list[Exercise]:
    return [
        Exercise(question="", headings=law.title, text=text, spans=(), answers=(), article=law.key, source="")
        for section in law.sections
        for text in section.paragraphs
        if len(text) >= SHORTEST
    ]


def examples(
    snapshot: Snapshot, encoder: Encoder, questions: Sequence[Exercise], *, small: bool = False
) -> Iterator[Example]:
    """Each question as retrieved, with its own paragraph alone, and if answerable with that paragraph hidden.

    ``small`` is what the examples say of the index.
    """
    ranker = PassageRanker(rarity=snapshot.lexical.rarity)
    retriever = HybridRetriever(snapshot=snapshot, encoder=encoder, candidates=100, ranker=ranker)
    for each in questions:
        (asked,) = understand(each.question)
        (passages,) = retriever.retrieve([asked], READ + 1)
        first, rest = passages[:READ], tuple(p for p in passages if p.text != each.text)
        gold = next((n for n, p in enumerate(first) if p.text == each.text), None) if each.answers else None
        plain = Example(
            question=asked,
            passages=first,
            rarity=snapshot.lexical.rarity,
            gold=gold,
            answer=each.answers[0] if each.answers else "",
            official=each.source in OFFICIAL,
            made_up=each.source in ("own", "documents"),
            small=small,
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
