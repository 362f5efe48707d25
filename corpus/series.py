"""Lists that a document spells out over sentences or paragraphs: 一是…二是…, （一）…（二）…, headings below a heading.

A series is its members in order and what stands before them and says what they are: the end of the text above, up to
the mark of the first one. A member is named by its words up to the first full stop: what follows only elaborates.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Document
from corpus.enumeration import OUTLINE, Mark, mark
from corpus.whitespace import trim

Span = tuple[int, int]
KINDS = ("marked", "counted", "clauses", "unmarked", "sentences")
"""Paragraphs with marks; marks within a paragraph; clauses that semicolons part; paragraphs without marks below a
heading or a colon; the sentences behind a heading that runs in."""
_LEAST = 2
_SPOKEN, _DASH, _BULLET = "一是", "——", "•"
_RANKS = {kind: rank for rank, kind in enumerate((*OUTLINE, _SPOKEN, "一要", _DASH, _BULLET))}
_UNCOUNTED = (_DASH, _BULLET)
"""Marks without a number."""
_INSIDE = re.compile(
    r"(?:^|(?<=[。；：;:]))\s*(?=[（(①②③④⑤⑥⑦⑧⑨⑩一二三四五六七八九十0-9])|(?<=[，、])(?=[一二三四五六七八九十]{1,2}[是要])"
)
_STOP = re.compile(r"[。！？!?](?![”’）)])|[；;]\s*$")
_LONGEST_QUOTE = 240
_SHORT = 30
"""Characters of a heading that runs in, at the most."""
_END = "；;。.，,、 　"
_SENTENCE = re.compile(r"[。！？!?](?=.)")


@dataclass(frozen=True, kw_only=True)
class Member:
    """One member: the ``words`` that name it and the ``quote`` they stand in, as spans of the document's text."""

    paragraph: int
    words: Span
    quote: Span


@dataclass(frozen=True, kw_only=True)
class Series:
    """The members in order, and what tells them.

    Attributes:
        kind: One of ``KINDS``.
        lead: The span of the text that says what they are; that of nothing where nothing does.
        members: At least two.
    """

    kind: str
    lead: Span
    members: tuple[Member, ...]


def series(document: Document) -> list[Series]:
    """Every series of at least two members."""
    found = [*_inside(document), *_marked(document), *_unmarked(document)]
    return sorted(found, key=lambda each: (each.members[0].words, each.members[-1].words))


def _inside(document: Document) -> Iterator[Series]:
    """Those within one paragraph: counted ones, and clauses behind a colon that semicolons part."""
    for number, paragraph in enumerate(document.paragraphs):
        text = document.text[paragraph.start : paragraph.end]
        runs: list[list[tuple[int, Mark]]] = []
        for place in _INSIDE.finditer(text):
            if (here := mark(text, place.end())) is not None and here.kind in _RANKS:
                _count(runs, place.end(), here)
        for run in runs:
            if len(run) >= _LEAST and (len(run) > _LEAST or run[0][0] > 0):
                ends = [*(at for at, _ in run[1:]), _closing(text, run[-1][0])]
                spans = [(here.end, end) for (_, here), end in zip(run, ends, strict=True)]
                quotes = [(at, end) for (at, _), end in zip(run, ends, strict=True)]
                yield _series(document, number, "counted", run[0][0], quotes, spans)
        yield from _clauses(document, number, text)
        yield from _sentences(document, number, text)


def _count(runs: list[list[tuple[int, Mark]]], at: int, here: Mark) -> None:
    """Put the mark at offset ``at`` behind the one it follows on."""
    for run in reversed(runs):
        if run[-1][1].kind == here.kind and run[-1][1].ordinal + 1 == here.ordinal:
            run.append((at, here))
            return
    if here.ordinal == 1:
        runs.append([(at, here)])


def _closing(text: str, at: int) -> int:
    """Where the last member that begins at ``at`` ends: with its sentence."""
    stop = _SENTENCE.search(text, at)
    return stop.end() if stop else len(text)


_CLAUSED = re.compile(r"[：:](?P<members>[^：:。]{4,}?；[^。]{4,}?)(?=。|$)")


def _clauses(document: Document, number: int, text: str) -> Iterator[Series]:
    for match in _CLAUSED.finditer(text):
        spans, start = [], match.start("members")
        for end in [*(n.start() for n in re.finditer("；", match["members"])), len(match["members"])]:
            spans.append((start, match.start("members") + end))
            start = match.start("members") + end + 1
        if all(end - begin > 1 for begin, end in spans) and mark(text, spans[0][0]) is None:
            yield _series(document, number, "clauses", match.start("members"), spans, spans)


def _sentences(document: Document, number: int, text: str) -> Iterator[Series]:
    """The sentences behind a heading that runs in, or of the only paragraph below a heading."""
    here = mark(text)
    starts = [0, *(stop.end() for stop in _SENTENCE.finditer(text))]
    spans = list(pairwise([*starts, len(text)]))
    runs_in = len(spans) > _LEAST and here is not None and spans[0][1] - here.end <= _SHORT
    if runs_in:
        yield _series(document, number, "sentences", spans[1][0], spans[1:], spans[1:])
    elif len(spans) >= _LEAST and number and document.paragraphs[number - 1].heading is not None:
        yield _series(document, number, "sentences", 0, spans, spans)


def _series(
    document: Document, number: int, kind: str, first: int, quotes: Sequence[Span], words: Sequence[Span]
) -> Series:
    """A series within one paragraph, from offsets in it."""
    base = document.paragraphs[number].start
    text = document.text[base : document.paragraphs[number].end]
    members = tuple(
        Member(paragraph=number, words=_shift(_named(text, each), base), quote=_shift(trim(text, quote), base))
        for each, quote in zip(words, quotes, strict=True)
    )
    begin = max((m.end() for m in _SENTENCE.finditer(text, 0, first)), default=0) if first else 0
    if begin >= first:  # a sentence of its own says what follows
        starts = [m.end() for m in _SENTENCE.finditer(text, 0, max(0, first - 1))]
        begin = max((at for at in starts if at < first), default=0)
    lead = (base + begin, base + first) if first else _above(document, number)
    return Series(kind=kind, lead=lead, members=members)


def _marked(document: Document) -> Iterator[Series]:
    """Those whose members are paragraphs of their own with marks.

    A numbering may run on below the next heading: then each heading has its own part, and the whole is one more.
    """
    opened: dict[str, list[int]] = {}
    whole: dict[str, list[int]] = {}
    ordinals: dict[str, int] = {}
    parts: list[list[int]] = []
    for number, paragraph in enumerate(document.paragraphs):
        here = mark(document.text[paragraph.start : paragraph.end])
        if here is None or here.kind not in _RANKS:
            parts += _closed(opened, 0 if paragraph.heading is not None else len(_RANKS))
            continue
        parts += _closed(opened, _RANKS[here.kind] + 1)
        goes_on = here.kind in _UNCOUNTED or here.ordinal == ordinals.get(here.kind, -1) + 1
        if here.ordinal == 1 or not goes_on:
            parts += _closed(opened, _RANKS[here.kind])
            parts += [whole.pop(here.kind)] if here.kind in whole else []
        if goes_on or here.ordinal == 1:
            ordinals[here.kind] = here.ordinal
            opened.setdefault(here.kind, []).append(number)
            whole.setdefault(here.kind, []).append(number)
    parts += [*_closed(opened, 0), *whole.values()]
    for numbers in dict.fromkeys(tuple(part) for part in parts if len(part) >= _LEAST):
        yield _of_paragraphs(document, numbers, "marked")


def _closed(opened: dict[str, list[int]], rank: int) -> list[list[int]]:
    """Take out what a mark of ``rank`` ends."""
    return [opened.pop(kind) for kind in list(opened) if _RANKS[kind] >= rank]


def _unmarked(document: Document) -> Iterator[Series]:
    """Paragraphs without marks that stand together below a heading or below a line that ends with a colon."""
    run: list[int] = []
    for number, paragraph in enumerate(document.paragraphs):
        text = document.text[paragraph.start : paragraph.end]
        plain = paragraph.heading is None and mark(text) is None and len(text) > 3
        if plain and run and paragraph.section == document.paragraphs[run[-1]].section and not _leads(document, number):
            run.append(number)
            continue
        if len(run) >= _LEAST and _lead_of(document, run[0]):
            yield _of_paragraphs(document, run, "unmarked")
        run = [number] if plain and not _leads(document, number) else []
    if len(run) >= _LEAST and _lead_of(document, run[0]):
        yield _of_paragraphs(document, run, "unmarked")


def _leads(document: Document, number: int) -> bool:
    paragraph = document.paragraphs[number]
    return document.text[paragraph.start : paragraph.end].rstrip().endswith(("：", ":"))


def _lead_of(document: Document, number: int) -> bool:
    """Whether what stands above paragraph ``number`` can say what it and those below it are."""
    return number > 0 and (document.paragraphs[number - 1].heading is not None or _leads(document, number - 1))


def _of_paragraphs(document: Document, numbers: Sequence[int], kind: str) -> Series:
    members = []
    for number in numbers:
        paragraph = document.paragraphs[number]
        text = document.text[paragraph.start : paragraph.end]
        here = mark(text)
        words = _named(text, (here.end if here and here.kind in _RANKS else 0, len(text)))
        # What elaborates a member belongs to its proof, unless it is a page of it.
        stop = next((at.end() for at in _SENTENCE.finditer(text, words[0])), len(text))
        stop = len(text) if len(text) <= _LONGEST_QUOTE else stop
        members.append(
            Member(
                paragraph=number,
                words=_shift(words, paragraph.start),
                quote=_shift((0, max(stop, words[1])), paragraph.start),
            )
        )
    return Series(kind=kind, lead=_above(document, numbers[0]), members=tuple(members))


def _above(document: Document, number: int) -> Span:
    """The last sentence of the paragraph above ``number``, or its heading."""
    if number == 0:
        return (0, 0)
    above = document.paragraphs[number - 1]
    text = document.text[above.start : above.end]
    starts = [stop.end() for stop in _SENTENCE.finditer(text)]
    return above.start + (starts[-1] if starts else 0), above.end


def _named(text: str, span: Span) -> Span:
    """The words of ``text[span]`` up to the first full stop, without what only ends them."""
    start, end = trim(text, span)
    stop = _STOP.search(text, start, end)
    end = stop.start() if stop and stop.start() > start else end
    while end > start + 1 and text[end - 1] in _END:
        end -= 1
    return start, end


def _shift(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by
