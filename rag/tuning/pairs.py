"""Pairs made of the documents themselves: something that asks for a paragraph, and the paragraph.

    heading     the title with the nearest heading       the paragraph
    opening     its first sentence                       the rest of it
    halves      its first half                           the other half
    cloze       a clause with a question word in it      the paragraph
    neighbour   the paragraph before                     the paragraph

A person writes ``question`` pairs, see :mod:`rag.tuning.questions`.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rag.sentences import sentences
from rag.tuning.clozes import cloze
from rag.tuning.material import SHORTEST, Material
from rag.tuning.split import SEED, Split

KINDS = ("heading", "opening", "halves", "cloze", "neighbour", "question")
TO_LEARN = 4000
TO_JUDGE = 250
"""Pairs of each kind, at the most. They are drawn from all paragraphs, so a large index costs no more than this."""


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


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """The pairs of one index."""

    to_learn: tuple[Pair, ...]
    to_judge: tuple[Pair, ...]


Made = tuple[str, str, tuple[int, int], int]
"""Query, passage, alike, and the paragraph that the query's words are from."""
Maker = Callable[[Material, int, random.Random], Made | None]


def make_pairs(
    material: Material, parts: Split, *, to_learn: int = TO_LEARN, to_judge: int = TO_JUDGE, seed: int = SEED
) -> Pairs:
    """At most so many pairs of each kind; the same ones every time."""
    draw = random.Random(seed)
    room = {(kind, judged): to_judge if judged else to_learn for kind in _MAKERS for judged in (False, True)}
    found: Mapping[bool, list[Pair]] = {False: [], True: []}
    telling = np.flatnonzero(material.telling).tolist()
    draw.shuffle(telling)
    for place in telling:
        judged = parts.judges(place)
        for kind, maker in _MAKERS.items():
            if room[kind, judged] and (made := maker(material, place, draw)):
                query, passage, alike, source = made
                # Nothing that is judged by may have been seen, and no query that is learnt may be one to judge by.
                if parts.judges(source) != judged or (judged and not all(map(parts.judges, range(*alike)))):
                    continue
                room[kind, judged] -= 1
                found[judged].append(Pair(kind=kind, query=query, passage=passage, paragraph=place, alike=alike))
        if not any(room.values()):
            break
    return Pairs(to_learn=tuple(found[False]), to_judge=tuple(found[True]))


def _heading(material: Material, place: int, draw: random.Random) -> Made | None:
    number = int(material.section_of[place])
    section = material.sections[number]
    query = " ".join(part for part in (section.title, section.heading) if part.strip())
    alike = (section.first, section.last) if section.heading else material.document_spans[number]
    return (query, material.texts[place], alike, place) if query else None


def _opening(material: Material, place: int, draw: random.Random) -> Made | None:
    text = material.texts[place]
    parts = sentences(text)
    if len(parts) < 2:
        return None
    return _taken_out(text[: parts[0][1]], text[parts[1][0] :], place)


def _halves(material: Material, place: int, draw: random.Random) -> Made | None:
    text = material.texts[place]
    parts = sentences(text)
    if len(parts) < 3:
        return None
    middle = min(parts[1:], key=lambda span: abs(span[0] - len(text) / 2))[0]
    return _taken_out(text[:middle].strip(), text[middle:], place)


def _taken_out(query: str, rest: str, place: int) -> Made | None:
    return (query, rest, (place, place + 1), place) if len(query) >= SHORTEST // 2 and len(rest) >= SHORTEST else None


def _cloze(material: Material, place: int, draw: random.Random) -> Made | None:
    query = cloze(material.texts[place], draw)
    return (query, material.texts[place], (place, place + 1), place) if query else None


def _neighbour(material: Material, place: int, draw: random.Random) -> Made | None:
    section = material.sections[material.section_of[place]]
    if place == section.first or not material.telling[place - 1]:
        return None
    return material.texts[place - 1], material.texts[place], (place - 1, min(place + 2, section.last)), place - 1


_MAKERS: Mapping[str, Maker] = {
    "heading": _heading,
    "opening": _opening,
    "halves": _halves,
    "cloze": _cloze,
    "neighbour": _neighbour,
}


def counted(pairs: Sequence[Pair]) -> dict[str, int]:
    """How many there are of each kind, in the order of ``KINDS``; kinds without any are left out."""
    return {kind: n for kind in KINDS if (n := sum(pair.kind == kind for pair in pairs))}
