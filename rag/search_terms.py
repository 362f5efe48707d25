"""What the lexical index counts in a passage, and what it looks for where a question is asked.

Both have the written terms and those of the figures, so that 1900万 finds 1.9千万. Only the question has other words as
well (``rag.related_words``): a passage that has them all would gain the share ``WEIGHTS`` of what it gains by the word
itself, as far as rarity tells, and never more, so no paraphrase outweighs what was asked. The shares were chosen on the
questions of official documents that are not kept apart, with ``python -m tests.benchmarks.rewording``.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from rag.figure_terms import figure_terms
from rag.related_words import related
from rag.terms import folded, passage_terms, query_terms

Rarity = Callable[[Sequence[str]], Sequence[float]]
"""Inverse document frequency of each term in the collection that is searched."""

WEIGHTS: Mapping[str, float] = MappingProxyType({"numeral": 0.6, "abbreviation": 0.6, "synonym": 0.5})
"""For each kind of :class:`rag.related_words.Related` the share of the asked word that its other words may have."""


def stored_terms(text: str) -> list[str]:
    """The terms of a passage, one for each time that they occur."""
    return passage_terms(text) + figure_terms(text)


def asked_terms(question: str, rarity: Rarity, weights: Mapping[str, float] = WEIGHTS) -> dict[str, float]:
    """The terms to look for, each with its weight: 1 for those of ``question``, less for those of related words.

    A kind that ``weights`` lacks is left out.
    """
    asked = dict.fromkeys([*query_terms(question), *figure_terms(question)], 1.0)
    others: dict[str, float] = {}
    for word in related(folded(question)):
        if word.kind in weights:
            worth = sum(rarity(_distinct(word.word)))
            for other in word.others:
                added = [term for term in _distinct(other) if term not in asked]
                share = weights[word.kind] * min(1.0, worth / (sum(rarity(added)) or 1.0))
                others |= {term: max(share, others.get(term, 0.0)) for term in added}
    return asked | others


def _distinct(word: str) -> list[str]:
    return list(dict.fromkeys(passage_terms(word)))
