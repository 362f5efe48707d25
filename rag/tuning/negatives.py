"""Paragraphs that a search by words takes for the right one."""

from collections.abc import Callable, Sequence

from embeddings.tuning.tuner import Lesson
from rag.lexical import LexicalIndex
from rag.tuning.material import Material
from rag.tuning.pairs import Pair
from rag.tuning.split import Split

DEPTH = 10
MOST = 6000
"""Lessons that are given one: each costs a search."""
STRIDE = 100
"""Pairs between two reports of progress."""
LONGEST = 200
"""Characters of a query that are looked for: it takes no more to find what looks like it."""


def lessons(
    pairs: Sequence[Pair],
    material: Material,
    parts: Split,
    lexical: LexicalIndex,
    progress: Callable[[int, int], None] | None = None,
) -> list[Lesson]:
    """``pairs`` for the encoder; the first with the best paragraph by words that is to learn from and not alike."""
    made = []
    for n, pair in enumerate(pairs):
        if progress and n % STRIDE == 0:
            progress(n, len(pairs))
        made.append(_lesson(pair, material, parts, lexical if n < MOST else None))
    return made


def _lesson(pair: Pair, material: Material, parts: Split, lexical: LexicalIndex | None) -> Lesson:
    wrong = _best_wrong(pair, material, parts, lexical) if lexical else None
    return Lesson(
        query=pair.query,
        passage=pair.passage,
        place=pair.paragraph,
        alike=pair.alike,
        wrong=None if wrong is None else (material.texts[wrong], wrong),
    )


def _best_wrong(pair: Pair, material: Material, parts: Split, lexical: LexicalIndex) -> int | None:
    for id, _ in lexical.search(pair.query[:LONGEST], DEPTH):
        place = material.number(id)
        if place is not None and not parts.judges(place) and not pair.alike[0] <= place < pair.alike[1]:
            return place
    return None
