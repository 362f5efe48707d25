"""A clause as a question: the figure, date, name or document number in it gives way to a question word. Pure."""

import random
import re

from rag.answer import Span
from rag.sentences import clauses, sentences
from rag.spans import candidates

SHORTEST = 8
"""Characters of a query at the least; a shorter clause takes the one before it along."""

_WORDS = {
    "document": ("哪个文件", "which document"),
    "title": ("哪个文件", "which document"),
    "date": ("什么时候", "when"),
    "phone": ("什么号码", "what number"),
    "number": ("多少", "how many"),
    "person": ("谁", "who"),
    "office": ("哪个单位", "which office"),
    "latin": ("谁", "who"),
}
"""What asks for each source of :func:`rag.spans.candidates`, in Chinese and in English."""
_FIGURE = re.compile(r"[0-9０-９][0-9０-９,，.．]*|[零〇一二两三四五六七八九十百千万亿]+")
_HAN = re.compile("[\u4e00-\u9fff]")


def cloze(text: str, draw: random.Random) -> str | None:
    """A question that ``text`` answers, or ``None`` where nothing in it can be asked for."""
    blanks = [(source, blank, span) for span in sentences(text) for source, blank in _blanks(text, span)]
    if not blanks:
        return None
    source, blank, span = draw.choice(blanks)
    start, end = _around(text, span, blank)
    if end - start - (blank[1] - blank[0]) < SHORTEST // 2:
        return None
    chinese = bool(_HAN.search(text, start, end))
    asked = f"{text[start : blank[0]]}{_asking(source, text[blank[0] : blank[1]], chinese)}{text[blank[1] : end]}"
    return f"{asked.strip().rstrip('.')}{'？' if chinese else '?'}"


def _blanks(text: str, span: Span) -> list[tuple[str, Span]]:
    """What can be asked for in one sentence; of two that overlap the one that comes first in ``_WORDS``."""
    order = list(_WORDS)
    found = [each for each in candidates("", text, span) if each[0] in _WORDS and _means_something(text, *each)]
    kept: list[tuple[str, Span]] = []
    for source, (start, end) in sorted(found, key=lambda each: (order.index(each[0]), each[1][0] - each[1][1])):
        if all(end <= first or last <= start for _, (first, last) in kept):
            kept.append((source, (start, end)))
    return kept


def _means_something(text: str, source: str, blank: Span) -> bool:
    """A bare figure is mostly the number of a thing, a short name a piece of a longer one."""
    words = text[blank[0] : blank[1]]
    if source == "number":
        return text[blank[0] - 1 : blank[0]] != "第" and not _FIGURE.fullmatch(words)
    return len(words) >= 4 or source not in ("office", "latin")


def _around(text: str, sentence: Span, blank: Span) -> Span:
    """The clauses that ``blank`` touches, with those beside them until there are enough words to find it by."""
    parts = clauses(text, sentence) or [sentence]
    touched = [n for n, (start, end) in enumerate(parts) if start < blank[1] and blank[0] < end]
    if not touched:
        return sentence
    first, last = touched[0], touched[-1]
    while (first or last + 1 < len(parts)) and parts[last][1] - parts[first][0] - (blank[1] - blank[0]) < SHORTEST:
        first, last = (first - 1, last) if first else (first, last + 1)
    return min(parts[first][0], blank[0]), max(parts[last][1], blank[1])


def _asking(source: str, blanked: str, chinese: bool) -> str:
    """The question word; behind that for a figure its unit stays: 多少家."""
    word = _WORDS[source][not chinese]
    figure = _FIGURE.search(blanked) if source == "number" else None
    if figure is None:
        return word
    return f"{blanked[: figure.start()]}{word}{blanked[figure.end() :]}"
