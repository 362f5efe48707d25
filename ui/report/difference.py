"""Two texts side by side: which characters of the one are missing in the other, and which are too many. Pure.

The matching blocks of Ratcliff and Obershelp (``difflib``), with what is no help to a reader taken out: a single
character in common between two differences, and any agreement of texts that have next to nothing in common.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import partial

from rag.answer import Span

ALIKE = 0.3
"""Texts with a smaller share of characters in common are different altogether."""
MOST_PAIRS = 40_000
"""Pairs of equal characters that are searched for blocks: two texts of 2,000 Chinese characters have about as many,
and what has more is as good as periodic and would take minutes. Only its ends are then compared."""


def differences(expected: str, given: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The spans of ``expected`` that ``given`` lacks, and the spans of ``given`` that ``expected`` lacks.

    Outside of these spans, the two texts are the same, in the same order.
    """
    blocks = _blocks(expected, given)
    return _between([(a, a + size) for a, _, size in blocks], len(expected)), _between(
        [(b, b + size) for _, b, size in blocks], len(given)
    )


def closest(text: str, candidates: Sequence[str]) -> str | None:
    """The candidate that shares most of its characters with ``text``, the first of equals; ``None`` of none."""
    if not candidates:
        return None
    return candidates[0] if len(candidates) == 1 else max(candidates, key=partial(likeness, text))


def likeness(first: str, second: str) -> float:
    """Twice the characters in common over all of them, between 0 and 1."""
    common = sum(size for _, _, size in _matching(first, second))
    return 2 * common / (len(first) + len(second)) if first or second else 1.0


def _blocks(expected: str, given: str) -> list[tuple[int, int, int]]:
    found = _matching(expected, given)
    common = sum(size for _, _, size in found)
    # Against the shorter one: an evidence inside a long quote is not different from it.
    if common < ALIKE * min(len(expected), len(given)):
        return []
    return [
        (a, b, size)
        for a, b, size in found
        if size > 1 or (a, b) == (0, 0) or (a + 1, b + 1) == (len(expected), len(given))
    ]


def _matching(first: str, second: str) -> list[tuple[int, int, int]]:
    """Matching blocks (offset, offset, length) in order; the ends, which mostly agree, without any search."""
    least = min(len(first), len(second))
    head = next((n for n in range(least) if first[n] != second[n]), least)
    rest = least - head
    tail = next((n for n in range(rest) if first[-1 - n] != second[-1 - n]), rest)
    middle = first[head : len(first) - tail], second[head : len(second) - tail]
    blocks = [(0, 0, head)] if head else []
    if _pairs(*middle) <= MOST_PAIRS:
        searched = SequenceMatcher(None, *middle, autojunk=False).get_matching_blocks()
        blocks += [(block.a + head, block.b + head, block.size) for block in searched if block.size]
    if tail:
        blocks.append((len(first) - tail, len(second) - tail, tail))
    return _joined(blocks)


def _pairs(first: str, second: str) -> int:
    counts = Counter(second)
    return sum(n * counts[character] for character, n in Counter(first).items())


def _joined(blocks: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Blocks that touch each other in both texts as one."""
    joined: list[tuple[int, int, int]] = []
    for a, b, size in blocks:
        if joined and (joined[-1][0] + joined[-1][2], joined[-1][1] + joined[-1][2]) == (a, b):
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + size)
        else:
            joined.append((a, b, size))
    return joined


def _between(kept: Iterable[Span], length: int) -> tuple[Span, ...]:
    """What of a text of ``length`` lies outside of the spans ``kept``, which are in order."""
    left, done = [], 0
    for start, end in (*kept, (length, length)):
        if start > done:
            left.append((done, start))
        done = end
    return tuple(left)
