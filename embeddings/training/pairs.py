"""Articles and questions -> what should lie close together. Held-out articles never come in here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from embeddings.training.exercises import exercises
from embeddings.training.sources import Article, encyclopedia, laws, policies, search_questions, tidy
from embeddings.training.split import held_out

Asked = tuple[str, int]
"""What is asked, and the place of the paragraph that belongs to it."""

SHORTEST = 20
"""Characters below which a paragraph says too little to be found by it."""


@dataclass(frozen=True, kw_only=True)
class Material:
    """What may be trained on.

    Attributes:
        paragraphs: Each once.
        above: What stands above each of them, title and heading; empty where nothing does.
        asked: Questions by the set they are from, ``heading``: title and heading of a paragraph, and ``neighbour``: the
            paragraph before it.
    """

    paragraphs: tuple[str, ...]
    above: tuple[str, ...]
    asked: Mapping[str, tuple[Asked, ...]]


_SETS = {"cmrc": "encyclopedia", "drcd": "encyclopedia", "reference": "encyclopedia", "documents": "own"}
"""Sources of questions that go by one name here."""


def material(folder: Path, *, laws_at_most: int | None = None) -> Material:
    """Everything under ``folder`` and beside this file but what belongs to held-out articles."""
    acts = [article for article in laws(folder) if not held_out(article.key)][:laws_at_most]
    official = [*acts, *(article for article in policies(folder) if not held_out(article.key))]
    others = [article for article in encyclopedia(folder) if not held_out(article.key)]
    above = {text: words for words, text in reversed([*_headings(official), *_headings(others)])}
    places = {text: place for place, text in enumerate(dict.fromkeys(_paragraphs((*official, *others))))}
    asked: dict[str, list[Asked]] = {}
    for kind, question, paragraph, title in _questions(folder):
        asked.setdefault(kind, []).append((question, places.setdefault(paragraph, len(places))))
        above[paragraph] = max(above.get(paragraph, ""), title, key=len)
    asked["heading"] = [(words, places[text]) for words, text in _headings(official)]
    asked["neighbour"] = [(before, places[text]) for before, text in _neighbours(official)]
    known = tuple(above[text] for text in places)
    return Material(paragraphs=tuple(places), above=known, asked={kind: tuple(rows) for kind, rows in asked.items()})


def _questions(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """(set, question, paragraph, title); those that the paragraph does not answer too, since they are about it."""
    for each in exercises(folder):
        if not held_out(each.article):
            yield _SETS.get(each.source, each.source), each.question, tidy(each.text), each.headings
    for asked in search_questions(folder):
        if not held_out(asked.article):
            yield "search", asked.question, asked.paragraph, ""


def _paragraphs(articles: Iterable[Article]) -> Iterator[str]:
    for article in articles:
        for section in article.sections:
            yield from (text for text in section.paragraphs if len(text) >= SHORTEST)


def _headings(articles: Iterable[Article]) -> Iterator[tuple[str, str]]:
    for article in articles:
        for section in article.sections:
            for text in section.paragraphs:
                if len(text) >= SHORTEST:
                    yield f"{article.title} {section.heading}".strip(), text


def _neighbours(articles: Iterable[Article]) -> Iterator[tuple[str, str]]:
    for section in (section for article in articles for section in article.sections):
        yield from pairwise(text for text in section.paragraphs if len(text) >= SHORTEST)
