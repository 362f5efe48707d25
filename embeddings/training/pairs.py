"""Articles and questions -> the pairs that should lie close together. Held-out articles never come in here."""

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from embeddings.training.sources import (
    Article,
    Question,
    encyclopedia,
    laws,
    official_questions,
    policies,
    squad_questions,
)
from embeddings.training.split import held_out

Rows = list[tuple[str, ...]]
"""(anchor, positive) or (anchor, positive, hard negative)."""

SHORTEST = 20
"""Characters below which a paragraph of a law says too little to be found by it."""

_SENTENCE = re.compile(r"[^。！？；]+[。！？；]?")


@dataclass(frozen=True, kw_only=True)
class Material:
    """What may be trained on."""

    official: tuple[Article, ...]
    encyclopedia: tuple[Article, ...]
    squad_questions: tuple[Question, ...]
    official_questions: tuple[Question, ...]

    @property
    def texts(self) -> list[str]:
        """Every paragraph, and every question."""
        questions = (*self.squad_questions, *self.official_questions)
        return [*paragraphs(self.official), *paragraphs(self.encyclopedia), *(asked.question for asked in questions)]


def material(folder: Path, *, laws_at_most: int | None = None) -> Material:
    """Everything under ``folder`` but the held-out articles."""
    acts = [article for article in laws(folder) if not held_out(article.key)][:laws_at_most]
    return Material(
        official=(*acts, *(article for article in policies(folder) if not held_out(article.key))),
        encyclopedia=tuple(article for article in encyclopedia(folder) if not held_out(article.key)),
        squad_questions=tuple(asked for asked in squad_questions(folder) if not held_out(asked.article)),
        official_questions=tuple(asked for asked in official_questions(folder) if not held_out(asked.article)),
    )


def paragraphs(articles: Iterable[Article]) -> list[str]:
    """The paragraphs of ``articles`` that say something, in order."""
    every = (text for article in articles for section in article.sections for text in section.paragraphs)
    return [text for text in every if len(text) >= SHORTEST]


def all_pairs(known: Material, sizes: Mapping[str, int], draw: random.Random) -> dict[str, Rows]:
    """A sample of every kind of pair, of at most the size asked for."""
    kinds: dict[str, Rows] = {
        "question_encyclopedia": [(asked.question, asked.paragraph) for asked in known.squad_questions],
        "question_official": _with_neighbours(known.official_questions, known.official, draw),
        "heading": _headings(known.official),
        "neighbours": _neighbours(known.official),
        "sentence": _sentences(paragraphs((*known.encyclopedia, *known.official)), draw),
        "clip": _clips(paragraphs((*known.encyclopedia, *known.official)), draw),
    }
    return {kind: draw.sample(rows, min(len(rows), sizes[kind])) for kind, rows in kinds.items() if sizes[kind]}


def _with_neighbours(questions: Sequence[Question], articles: Sequence[Article], draw: random.Random) -> Rows:
    """Each question with its paragraph and, as a hard negative, another paragraph of the same article."""
    bodies = {article.key: paragraphs([article]) for article in articles}
    rows: Rows = []
    for asked in questions:
        others = [text for text in bodies.get(asked.article, []) if text != asked.paragraph]
        if others:
            rows.append((asked.question, asked.paragraph, draw.choice(others)))
    return rows


def _headings(articles: Iterable[Article]) -> Rows:
    return [
        (f"{article.title} {section.heading}", text)
        for article in articles
        for section in article.sections
        for text in section.paragraphs
        if len(text) >= SHORTEST
    ]


def _neighbours(articles: Iterable[Article]) -> Rows:
    rows: Rows = []
    for section in (section for article in articles for section in article.sections):
        said = [text for text in section.paragraphs if len(text) >= SHORTEST]
        rows += pairwise(said)
    return rows


def _sentences(texts: Iterable[str], draw: random.Random) -> Rows:
    """A sentence and its paragraph without it."""
    rows: Rows = []
    for text in texts:
        sentences = _SENTENCE.findall(text)
        if len(sentences) > 1:
            chosen = draw.randrange(len(sentences))
            rows.append((sentences[chosen], "".join(sentences[:chosen] + sentences[chosen + 1 :])))
    return rows


def _clips(texts: Iterable[str], draw: random.Random) -> Rows:
    """A few words and the whole paragraph that holds them: the vector must not forget what a text says word by word."""
    rows: Rows = []
    for text in texts:
        length = max(6, int(len(text) * draw.uniform(0.1, 0.4)))
        start = draw.randrange(max(1, len(text) - length))
        rows.append((text[start : start + length], text))
    return rows
