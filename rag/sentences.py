"""Text into sentences and clauses, as offsets. Pure."""

import re
from collections.abc import Iterator

from corpus.whitespace import trim
from rag.answer import Span

_ENDS = re.compile(r"[。！？；!?;…]+[”’」』）)】\"']*|\.(?=\s|$)[”’\"')]*|\n+")
_CLAUSES = re.compile(
    r"(?:[，；;。！？!?\n]|(?<![0-9])[,：:]|[,：:](?![0-9])|(?<= )\|(?= ))+"  # 1,200 and 7:30 are one word each
    r"|(?<=[\u4e00-\u9fff])——(?=[\u4e00-\u9fff])"
)
_OPENING, _CLOSING = "（(《〈「『【〔“", "）)》〉」』】〕”"
_QUOTES = "”’」』"
_PAUSES = re.compile(r"[，,；;：:、。！？!?]\s*|\s+")
LONGEST = 400
"""Characters of a sentence at the most. Past them an open bracket is disregarded, and text without any stop is read in
windows."""


def sentences(text: str) -> list[Span]:
    """Spans of the sentences of ``text``, at most ``LONGEST`` long, without white space at their edges, in order.

    A mark inside brackets, quotation marks or a title does not end a sentence.
    """
    depths = _depths(text)
    spans: list[Span] = []
    start = 0
    for mark in _ENDS.finditer(text):
        end = mark.end()
        if depths[mark.start()] > 0 and text[end - 1] not in _QUOTES and end - start < LONGEST and "\n" not in mark[0]:
            continue
        spans.append((start, end))
        start = end
    spans.append((start, len(text)))
    whole = [trimmed for span in spans if (trimmed := trim(text, span))[0] < trimmed[1]]
    return [window for span in whole for window in _windows(text, span)]


def _windows(text: str, span: Span) -> Iterator[Span]:
    """``span``, divided where it is longer than ``LONGEST``: behind the last mark or space up to there, if any."""
    start, end = span
    while end - start > LONGEST:
        marks = [mark.end() for mark in _PAUSES.finditer(text, start, start + LONGEST)]
        cut = marks[-1] if marks else start + LONGEST
        yield trim(text, (start, cut))
        start = trim(text, (cut, end))[0]
    yield start, end


def clauses(text: str, span: Span) -> list[Span]:
    """Spans of the clauses inside ``span``, without the punctuation between them."""
    depths = _depths(text[span[0] : span[1]])
    spans: list[Span] = []
    start = span[0]
    for mark in _CLAUSES.finditer(text, *span):
        if depths[mark.start() - span[0]] > 0:
            continue
        spans.append((start, mark.start()))
        start = mark.end()
    spans.append((start, span[1]))
    return [trimmed for s in spans if (trimmed := trim(text, s))[0] < trimmed[1]]


def _depths(text: str) -> list[int]:
    """For each character how many brackets are open before it."""
    depths: list[int] = []
    depth = 0
    for character in text:
        depths.append(depth)
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
    return depths
