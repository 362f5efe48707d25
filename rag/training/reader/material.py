"""What training needs, from the data folder: a tokenizer, first vectors of the characters, and items in tokens."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embeddings.training import sources
from embeddings.training.exercises import Exercise, exercises
from embeddings.training.split import held_out
from rag.answer import Span
from rag.reader_inputs import Ids
from rag.training.reader.character_vectors import character_vectors
from rag.training.reader.cloze import cloze
from rag.training.reader.counterparts import altered
from rag.training.reader.negatives import lookalikes
from rag.training.reader.recipe import Recipe
from rag.training.reader.samples import Item
from rag.training.reader.vocabulary import character_tokenizer

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WIDTH = 384
OTHERS = 4
"""Passages kept for each question that look as if they answered it."""


@dataclass(frozen=True, kw_only=True)
class Material:
    """Everything that a run learns from and is measured on.

    Attributes:
        tokenizer: Of characters.
        vectors: Their first vectors, shape (entries, 384), where the tokenizer was made here.
        learnt: Items of the articles that are learnt from.
        made: Items made from unlabelled text.
        apart: Exercises with their items, of the articles kept apart.
    """

    tokenizer: Tokenizer
    vectors: npt.NDArray[np.float32] | None
    learnt: list[Item]
    made: list[Item]
    apart: list[tuple[Exercise, Item]]


def material(data: Path, recipe: Recipe, tokenizer: Tokenizer | None = None) -> Material:
    """Read the folder ``data``; nothing of the articles kept apart gets into tokenizer, vectors or items to learn.

    Args:
        data: The data folder.
        recipe: Says how much of it.
        tokenizer: That of a reader that is gone on from; otherwise one is made, and first vectors with it.
    """
    written = exercises(data)
    random.Random(0).shuffle(written)
    unlabelled = _unlabelled(data)[: recipe.texts]
    learnt = [each for each in written if not held_out(each.article) and (each.spans or not each.answers)]
    learnt = learnt[: recipe.questions]
    apart = [each for each in written if held_out(each.article)][: recipe.questions]
    texts = [text for _, text in unlabelled] + [text for each in learnt for text in (each.question, each.text)]
    texts = list(dict.fromkeys(texts))
    vectors = None
    if tokenizer is None:
        tokenizer = character_tokenizer(texts, recipe.vocabulary)
        vectors = character_vectors([_ids(tokenizer, text) for text in texts], tokenizer.get_vocab_size(), WIDTH)
    made = list(cloze(unlabelled, random.Random(0))) if recipe.cloze else []
    return Material(
        tokenizer=tokenizer,
        vectors=vectors,
        learnt=list(_repeated(learnt, _items(tokenizer, learnt), recipe)),
        made=list(_items(tokenizer, made)),
        apart=list(zip(apart, _items(tokenizer, apart), strict=True)),
    )


def _repeated(written: Sequence[Exercise], items: Iterable[Item], recipe: Recipe) -> Iterator[Item]:
    """Each item as often as the recipe says of its source, by chance where that is no whole number."""
    draw = random.Random(0)
    for each, item in zip(written, items, strict=True):
        often = recipe.often.get(each.source, 1.0) * (recipe.verdicts if each.verdict else 1.0)
        yield from [item] * (int(often) + (draw.random() < often % 1))


def _unlabelled(data: Path) -> list[tuple[str, str]]:
    """Paragraphs of laws and policies as (title, text), in a shuffled order."""
    found = [
        (article.title, paragraph)
        for article in (*sources.laws(data), *sources.policies(data))
        if not held_out(article.key)
        for section in article.sections
        for paragraph in section.paragraphs
    ]
    random.Random(0).shuffle(found)
    return found


def _items(tokenizer: Tokenizer, written: Sequence[Exercise]) -> Iterator[Item]:
    """Each exercise in tokens, with passages of others that do not answer it."""
    above = {each.text: each.headings for each in written}
    passages = list(above)
    draw = random.Random(0)
    found = lookalikes([each.question for each in written], passages, OTHERS + 4) if written else iter(())
    for each, places in zip(written, found, strict=True):
        others = [passages[i] for i in places if passages[i] != each.text]
        others = [text for text in others if not any(answer in text for answer in each.answers)][:OTHERS]
        encoded = tokenizer.encode(each.text)
        yield Item(
            question=_ids(tokenizer, each.question),
            headings=_ids(tokenizer, each.headings),
            passage=np.asarray(encoded.ids, np.int32),
            spans=tuple(sorted({s for s in (_tokens(encoded.offsets, span) for span in each.spans) if s})),
            others=tuple((_ids(tokenizer, above[text]), _ids(tokenizer, text)) for text in others),
            altered=tuple(_ids(tokenizer, question) for question in altered(each, draw)),
        )


def _tokens(offsets: Sequence[Span], span: Span) -> Span | None:
    """``span`` of characters as one of tokens."""
    inside = [n for n, (first, last) in enumerate(offsets) if first < span[1] and last > span[0]]
    return (inside[0], inside[-1] + 1) if inside else None


def _ids(tokenizer: Tokenizer, text: str) -> Ids:
    return np.asarray(tokenizer.encode(re.sub(r"[\ud800-\udfff]", "\ufffd", text)).ids, np.int32)
