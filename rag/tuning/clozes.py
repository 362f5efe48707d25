"""A clause as a question: the figure, date, name or document number in it gives way to a question word. Pure."""

import random
import re

from rag.answer import Span
from rag.sentences import clauses, sentences
from rag.spans import candidates

SHORTEST = 8
"""Characters of a query at the least; a shorter clause takes the one before it along."""

_WORDS = {
    "number": ("多少", "how many"),
    "phone": ("什么号码", "what number"),
    "date": ("什么时候", "when"),
    "document": ("哪个文件", "which document"),
    "title": ("哪个文件", "which document"),
    "person": ("谁", "who"),
    "office": ("哪个单位", "which office"),
    "latin": ("谁", "who"),
}
_FIGURE = re.compile(r"[0-9０-９][0-9０-９,，.．]*|[零〇一二两三四五六七八九十百千万亿]+")
_HAN = re.compile("[\u4e00-\u9fff]")


def cloze(text: str, draw: random.Random) -> str | None:
    """A question that ``text`` answers, or ``None`` where nothing in it can be asked for."""
    blanks = [
        (source, blank, span)
        for span in sentences(text)
        for source, blank in candidates("", text, span)
        if source in _WORDS and blank[1] - blank[0] < span[1] - span[0]
    ]
    if not blanks:
        return None
    source, blank, span = draw.choice(blanks)
    start, end = _around(text, span, blank)
    chinese = bool(_HAN.search(text, start, end))
    asked = f"{text[start : blank[0]]}{_asking(source, text[blank[0] : blank[1]], chinese)}{text[blank[1] : end]}"
    left = end - start - (blank[1] - blank[0])
    return f"{asked.strip()}{'？' if chinese else '?'}" if left >= SHORTEST // 2 else None


def _around(text: str, sentence: Span, blank: Span) -> Span:
    """The clauses that ``blank`` touches, with those before them until there are enough words to find it by."""
    parts = clauses(text, sentence) or [sentence]
    touched = [n for n, (start, end) in enumerate(parts) if start < blank[1] and blank[0] < end]
    if not touched:
        return sentence
    first, last = touched[0], touched[-1]
    while first > 0 and parts[last][1] - parts[first][0] - (blank[1] - blank[0]) < SHORTEST:
        first -= 1
    return min(parts[first][0], blank[0]), max(parts[last][1], blank[1])


def _asking(source: str, blanked: str, chinese: bool) -> str:
    """The question word; behind that for a figure its unit stays: 多少家."""
    word = _WORDS[source][not chinese]
    figure = _FIGURE.search(blanked) if source == "number" else None
    if figure is None:
        return word
    return f"{blanked[: figure.start()]}{word}{blanked[figure.end() :]}"
