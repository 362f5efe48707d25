"""Pairs made of the documents themselves: something that asks for a paragraph, and the paragraph.

    heading     the title with the nearest heading       the paragraph      to learn from, some to judge by
    sentence    one of its sentences                     the rest of it     to learn from
    halves      its first half                           the other half     to learn from
    cloze       a clause with a question word in it      the paragraph      to judge by

A person writes ``question`` pairs, see :mod:`rag.tuning.questions`. Neighbouring paragraphs make no pairs: they are
what has to be told apart. Clozes are what questions look like; learning from them, too, made people's questions no
better, so they are all left to judge by.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.tuning.tuner import Lesson
from rag.answer import Span
from rag.sentences import clauses, sentences
from rag.tuning.clozes import cloze
from rag.tuning.kept_back import SEED, kept_back
from rag.tuning.material import SHORTEST, Material

KINDS = ("heading", "sentence", "halves", "cloze", "question")
TO_LEARN = 250_000
"""Pairs at the most; of a larger index not every paragraph is learnt from."""
TO_JUDGE = 500
"""Pairs of each kind at the most."""
_QUERY = 8
"""Characters of a query at the least."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A query and what it should find.

    Attributes:
        kind: One of ``KINDS``.
        query: As it would be asked.
        passage: The paragraph, or what is left of it when the query is taken out.
        paragraph: The number of that paragraph.
        alike: The paragraphs, from the first up to but not including the last, that count neither as found nor as
            wrong: the query was taken from them, or they are under the same heading.
    """

    kind: str
    query: str
    passage: str
    paragraph: int
    alike: tuple[int, int]

    @property
    def lesson(self) -> Lesson:
        """The same for the encoder."""
        return Lesson(query=self.query, passage=self.passage, place=self.paragraph, alike=self.alike)


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """The pairs of one index."""

    to_learn: tuple[Pair, ...]
    to_judge: tuple[Pair, ...]


def make_pairs(material: Material, *, to_learn: int = TO_LEARN, to_judge: int = TO_JUDGE, seed: int = SEED) -> Pairs:
    """At most ``to_learn`` pairs to learn from and ``to_judge`` of each kind to judge by; the same ones every time."""
    telling = np.flatnonzero(material.telling).tolist()
    making = _Making(material, random.Random(seed), to_judge, each=max(1, to_learn // max(1, len(telling))))
    making.draw.shuffle(telling)
    for place in telling:
        if len(making.to_learn) >= to_learn:
            break
        making.judge(place)
        making.learn(place)
    return Pairs(to_learn=tuple(making.to_learn[:to_learn]), to_judge=tuple(making.to_judge))


class _Making:
    """Pairs in the making. ``each``: how many are learnt of a paragraph at the most."""

    def __init__(self, material: Material, draw: random.Random, room: int, *, each: int) -> None:
        self._material = material
        self._each = each
        self._room = {"heading": room, "cloze": room}
        self._judged_headings: dict[int, bool] = {}
        self.draw = draw
        self.to_learn: list[Pair] = []
        self.to_judge: list[Pair] = []

    def judge(self, place: int) -> None:
        """Judge by a question on the paragraph ``place``, if there is something to ask for."""
        text = self._material.texts[place]
        if self._room["cloze"] and (query := cloze(text, self.draw)):
            self._room["cloze"] -= 1
            self.to_judge.append(_pair("cloze", query, text, place))

    def learn(self, place: int) -> None:
        """Pairs of the paragraph ``place``; its heading may be judged by instead."""
        makers = list(_MAKERS)
        self.draw.shuffle(makers)
        learnt = 0
        for maker in makers:
            pair = maker(self._material, place, self.draw)
            if pair is None or (pair.kind == "heading" and self._judges(place, pair)):
                continue
            self.to_learn.append(pair)
            learnt += 1
            if learnt == self._each:
                return

    def _judges(self, place: int, pair: Pair) -> bool:
        """Whether the heading over ``place`` is kept back; its first paragraph is judged by."""
        number = int(self._material.section_of[place])
        if number not in self._judged_headings:
            section = self._material.sections[number]
            judged = bool(section.heading) and self._room["heading"] > 0
            judged = judged and kept_back("heading", section.document, section.heading)
            self._judged_headings[number] = judged
            if judged:
                self._room["heading"] -= 1
                self.to_judge.append(pair)
        return self._judged_headings[number]


def _pair(kind: str, query: str, passage: str, place: int, alike: Span | None = None) -> Pair:
    return Pair(kind=kind, query=query, passage=passage, paragraph=place, alike=alike or (place, place + 1))


def _heading(material: Material, place: int, draw: random.Random) -> Pair | None:
    number = int(material.section_of[place])
    section = material.sections[number]
    query = " ".join(part for part in (section.title, section.heading) if part.strip())
    alike = (section.first, section.last) if section.heading else material.document_spans[number]
    return _pair("heading", query, material.texts[place], place, alike) if query else None


def _sentence(material: Material, place: int, draw: random.Random) -> Pair | None:
    found = _taken_out(material.texts[place], draw)
    return _pair("sentence", *found, place) if found else None


def _halves(material: Material, place: int, draw: random.Random) -> Pair | None:
    text = material.texts[place]
    parts = sentences(text)
    if len(parts) < 3:
        return None
    middle = min(parts[1:], key=lambda span: abs(span[0] - len(text) / 2))[0]
    return _pair("halves", text[:middle].strip(), text[middle:], place) if len(text) - middle >= SHORTEST else None


Maker = Callable[[Material, int, random.Random], Pair | None]
_MAKERS: Sequence[Maker] = (_heading, _sentence, _halves)


def _taken_out(text: str, draw: random.Random) -> tuple[str, str] | None:
    """A sentence of ``text``, or a clause of its only one, and what is left without it."""
    parts = sentences(text)
    if len(parts) == 1:
        parts = clauses(text, parts[0])
    fit = [(start, end) for start, end in parts if end - start >= _QUERY and len(text) - (end - start) >= SHORTEST]
    if not fit:
        return None
    start, end = draw.choice(fit)
    return text[start:end], text[:start] + text[end:]


def counted(pairs: Sequence[Pair]) -> Mapping[str, int]:
    """How many there are of each kind, in the order of ``KINDS``; kinds without any are left out."""
    return {kind: n for kind in KINDS if (n := sum(pair.kind == kind for pair in pairs))}
