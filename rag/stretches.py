"""A passage in pieces that a model reads at once: whole sentences, overlapping by half. Pure."""

from collections.abc import Sequence

from rag.answer import Span


def lay_stretches(length: int, sentences: Sequence[Span], reach: int) -> list[Span]:
    """Spans of at most ``reach`` characters that cover the ``sentences`` of a text of ``length`` characters.

    A text not longer than ``reach`` is one span, as it is. Otherwise each begins with a sentence, about half a reach
    behind the one before it, so that each sentence stands in one piece with what surrounds it; only a sentence longer
    than ``reach`` is itself divided.
    """
    if length <= reach:
        return [(0, length)] if length else []
    laid: list[Span] = []
    for place in [piece for span in sentences for piece in _pieces(span, reach)]:
        if laid and place[1] - laid[-1][0] <= reach:
            laid[-1] = (laid[-1][0], place[1])
        else:
            laid.append((_start(laid[-1], sentences, place, reach) if laid else place[0], place[1]))
    return laid


def _pieces(span: Span, reach: int) -> list[Span]:
    """``span``, in parts of ``reach`` characters where it is longer, each of which overlaps the next by a quarter."""
    first, last = span
    if last - first <= reach:
        return [span]
    parts = -(-(last - first - reach // 4) // (reach - reach // 4))
    return [
        (start, start + reach) for start in (first + (last - first - reach) * n // (parts - 1) for n in range(parts))
    ]


def _start(before: Span, sentences: Sequence[Span], place: Span, reach: int) -> int:
    """Where the stretch that ends with ``place`` begins: with a sentence in the second half of the one before."""
    earliest = max(place[1] - reach, (before[0] + before[1]) // 2)
    return next((first for first, _ in sentences if earliest <= first <= place[0]), place[0])
