"""The lines of one paragraph put together: no space between Chinese, one between Latin words, hyphens with care."""

import itertools
import re
from collections.abc import Iterator, Sequence

from corpus.whitespace import is_chinese

_HYPHENATED = re.compile(r"[A-Za-zÀ-ɏ]{2,}-$")
_LAST_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:-[A-Za-zÀ-ɏ]+)*-?$")
_FIRST_WORD = re.compile(r"[a-zà-ɏ]+")
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:-[A-Za-zÀ-ɏ]+)*")
_HAN = re.compile("[\u3400-\u9fff]")
_OFTEN = 0.03  # share of lines ending in a hyphen above which the typesetter, not the author, put hyphens there


class Joiner:
    """Puts lines together, knowing the words of their document."""

    def __init__(self, lines: Sequence[str], *, cut_words: bool) -> None:
        """Learn from all ``lines`` of a document.

        Args:
            lines: Their texts.
            cut_words: Lines were cut after so many characters, in the middle of words and figures too.
        """
        self._cut_words = cut_words
        hyphens = sum(_HYPHENATED.search(line) is not None for line in lines if line.endswith("-"))
        self._typeset = hyphens > max(_OFTEN * len(lines), 1)
        self._words: frozenset[str] = frozenset()
        if hyphens or cut_words:
            self._words = frozenset(_whole_words(lines))

    def join(self, lines: Sequence[str]) -> str:
        """One paragraph from its ``lines``."""
        if len(lines) == 1:
            return lines[0]
        pieces = [lines[0]]
        for before, after in itertools.pairwise(lines):
            if _HYPHENATED.search(before) and _FIRST_WORD.match(after):
                if self._drops_hyphen(before, after):
                    pieces[-1] = pieces[-1][:-1]
            elif self._spaced(before, after):
                pieces.append(" ")
            pieces.append(after)
        return "".join(pieces)

    def _drops_hyphen(self, before: str, after: str) -> bool:
        """Whether the hyphen at the end of ``before`` only divides a word."""
        left = match[0] if (match := _LAST_WORD.search(before)) else ""
        right = match[0] if (match := _FIRST_WORD.match(after)) else ""
        if (left + right).lower() in self._words or {left[:-1].lower(), right.lower()} <= self._words:
            return False
        return (left[:-1] + right).lower() in self._words or self._typeset

    def _spaced(self, before: str, after: str) -> bool:
        """Whether a space belongs between two lines."""
        last, first = before[-1], after[0]
        if is_chinese(last) or is_chinese(first) or last == "-":
            return False
        if not self._cut_words:
            return not (last.isdigit() and first.isdigit() and _HAN.search(before) and _HAN.search(after))
        if not (last.isalnum() and first.isalnum()):
            return last in ",;:!?" and first.isalnum()
        if last.isdigit() or first.isdigit():
            return False
        left = match[0] if (match := _LAST_WORD.search(before)) else ""
        right = match[0] if (match := _FIRST_WORD.match(after)) else ""
        return {left.lower(), right.lower()} <= self._words and (left + right).lower() not in self._words


def _whole_words(lines: Sequence[str]) -> Iterator[str]:
    """The Latin words of ``lines`` in lower case, less the pieces on both sides of a hyphen at a line's end."""
    cut = False
    for line in lines:
        words = [word.lower() for word in _WORD.findall(line)]
        hyphen = _HYPHENATED.search(line) is not None
        yield from words[int(cut) : len(words) - int(hyphen)]
        cut = hyphen
