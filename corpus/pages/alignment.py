"""Where on printed pages the words of a quote stand. Pure; says nothing rather than something doubtful.

Between the page and the quote lies :mod:`corpus.cleaning`: lines were rejoined, white space and hyphens at line ends
went, what runs along the edges of pages was dropped. So both are compared without white space, invisible characters,
hyphens and the bars between cells, and after NFKC. Then

1. the quote stands there as a whole, once: that is the place;
2. it stands there several times: the one is taken around which most of the words beside the quote are the same, if
   that is at least ``CLEAR`` characters more than around any other;
3. it does not stand there as a whole: it is put together of runs of at least ``RUN`` characters in the same order, each
   close behind the one before it or beyond the edges of a page; at least ``COVERED`` of it must be found that way.
"""

import unicodedata
from collections.abc import Iterator, Sequence

from corpus.whitespace import without_invisible

Spot = tuple[int, int]
"""Which of the pages, and which of its characters."""

CLEAR, RUN, COVERED = 3, 6, 0.85
_CONTEXT = 60
"""Characters beside the quote that are looked at."""
_NEAR, _EDGES = 12, 400
"""How far the next run may be: on the same page, and where a page ends in between."""
_LONGEST, _MOST_SKIPPED, _MOST_STARTS, _MOST_PLACES = 8000, 60, 8, 200
"""Bounds of the work: on a page made to be hard, comparing would take for ever."""
_LEFT_OUT = frozenset("|-\u2010\u2011\u00ad\ufffe\x02")


def align(quote: str, before: str, after: str, pages: Sequence[str]) -> list[Spot | None] | None:
    """For each character of ``quote`` where on ``pages`` it stands; ``None`` for one, or for all of it, if unknown.

    ``before`` and ``after`` are the words beside the quote.
    """
    if len(quote) > _LONGEST:
        return None
    needle, of_quote = _plain(quote)
    parts = [_plain(page) for page in pages]
    window = "".join(text for text, _ in parts)
    spots = [(number, index) for number, (_, places) in enumerate(parts) for index in places]
    borders = [number for number in range(1, len(spots)) if spots[number][0] != spots[number - 1][0]]
    runs = _whole(needle, _plain(before)[0], _plain(after)[0], window)
    if runs is None:
        runs = _in_runs(needle, window, borders)
    if not runs:
        return None
    found: list[Spot | None] = [None] * len(quote)
    for at, place, length in runs:
        for step in range(length):
            if found[of_quote[at + step]] is None:
                found[of_quote[at + step]] = spots[place + step]
    return found


_Run = tuple[int, int, int]
"""Where in the quote, where on the pages, how many characters."""


def _plain(text: str) -> tuple[str, list[int]]:
    """``text`` as it is compared, and for each character of that which one of ``text`` it comes from."""
    plain, places = [], []
    for index, character in enumerate(text):
        if character.isspace() or character in _LEFT_OUT or not without_invisible(character):
            continue
        for each in character if "\u3400" <= character <= "\u9fff" else unicodedata.normalize("NFKC", character):
            if not each.isspace():
                plain.append(each)
                places.append(index)
    return "".join(plain), places


def _whole(needle: str, before: str, after: str, window: str) -> list[_Run] | None:
    """The quote as one run; none of them where several places are as good, ``None`` where there is no place."""
    places = list(_places(needle, window)) if needle else []
    if not places:
        return None
    if len(places) > 1:
        before, after = before[-_CONTEXT:], after[:_CONTEXT]
        scored = sorted((-_same(before, after, window, place, place + len(needle)), place) for place in places)
        if scored[1][0] - scored[0][0] < CLEAR:
            return []
        places = [scored[0][1]]
    return [(0, places[0], len(needle))]


def _places(needle: str, window: str) -> Iterator[int]:
    place, count = window.find(needle), 0
    while place >= 0 and count < _MOST_PLACES:
        yield place
        place, count = window.find(needle, place + 1), count + 1


def _same(before: str, after: str, window: str, start: int, end: int) -> int:
    """How many characters right before ``start`` and right behind ``end`` are those of the quote's neighbours."""
    left, right = 0, 0
    while left < min(len(before), start) and before[-1 - left] == window[start - 1 - left]:
        left += 1
    while right < min(len(after), len(window) - end) and after[right] == window[end + right]:
        right += 1
    return left + right


def _in_runs(needle: str, window: str, borders: Sequence[int]) -> list[_Run]:
    """The best chain of runs; empty where too little is found, or two chains are as good."""
    chains: dict[int, list[_Run]] = {}
    spare = int(len(needle) * (1 - COVERED))
    for skipped in range(min(spare, _MOST_SKIPPED) + 1):
        length = _longest(needle[skipped:], window)
        if length < RUN:
            continue
        for place in list(_places(needle[skipped : skipped + length], window))[:_MOST_STARTS]:
            chain = _chain(needle, window, borders, (skipped, place, length), spare)
            chains[chain[-1][1]] = max(chains.get(chain[-1][1], []), chain, key=_found)
        break
    best = sorted(chains.values(), key=_found, reverse=True)
    if not best or _found(best[0]) < COVERED * len(needle):
        return []
    return [] if len(best) > 1 and _found(best[0]) - _found(best[1]) < CLEAR else best[0]


def _found(chain: Sequence[_Run]) -> int:
    return sum(length for _, _, length in chain)


def _chain(needle: str, window: str, borders: Sequence[int], first: _Run, spare: int) -> list[_Run]:
    """``first`` and what follows it, run by run, until more than ``spare`` characters are missing."""
    chain, at, end = [first], first[0] + first[2], first[1] + first[2]
    missing = first[0]
    while at < len(needle) and missing <= spare:
        reach = _EDGES if any(end <= border <= end + _EDGES for border in borders) else _NEAR
        rest = needle[at:]
        near = window[end : end + reach + len(rest)]
        length = _longest(rest, near)
        place = near.find(rest[:length]) if length else -1
        if length >= min(RUN, len(rest)) and 0 <= place <= reach:
            chain.append((at, end + place, length))
            at, end = at + length, end + place + length
        else:
            at, missing = at + 1, missing + 1
    return chain


def _longest(needle: str, window: str) -> int:
    """How many characters of the beginning of ``needle`` stand together somewhere in ``window``."""
    low, high = 0, len(needle)
    while low < high:
        middle = (low + high + 1) // 2
        if needle[:middle] in window:
            low = middle
        else:
            high = middle - 1
    return low
