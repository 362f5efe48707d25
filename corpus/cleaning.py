"""From what a loader read to whole, clean paragraphs. Pure; runs before any offset exists.

Wrapped lines are rejoined (``corpus.wrapping`` tells how), page numbers dropped, paragraphs that a page's end cut are
mended and glued ones parted (``corpus.gluing``), layout's white space goes (``corpus.whitespace``), and the fields at
the head of an official document come together (``corpus.masthead``). Nothing else of the text changes.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.breaks import CLAUSE, INNER_STOP, Gap, Measure, breaks
from corpus.enumeration import mark
from corpus.gluing import mend, part
from corpus.hand_wrapped import by_hand
from corpus.joining import Joiner
from corpus.lines import Line, read_lines, without_page_numbers
from corpus.loaders.source import Block, Source
from corpus.masthead import gather
from corpus.measuring import measure
from corpus.printing_line import is_printing_line
from corpus.whitespace import tidy
from corpus.wrapping import habits, joins


def clean(source: Source) -> tuple[Block, ...]:
    """Whole cleaned paragraphs of ``source``, none of them empty and none with a line break in it.

    Returns:
        Blocks with the page on which each starts and, where the format marked it as a heading, its level.
    """
    blocks = _unwrapped(source.blocks) if source.wrapped else _softened(source.blocks)
    return tuple(gather(part([block for block in blocks if block.text])))


def _unwrapped(blocks: Sequence[Block]) -> list[Block]:
    """Paragraphs of a source whose blocks are physical lines."""
    lines = without_page_numbers(read_lines(blocks))
    gaps = breaks(lines)
    found = measure(gaps)
    groups = by_hand(lines, gaps) if found is None or found.doubtful else None
    if groups is not None:
        found = None
    elif found is None:
        groups = mend([[line] for line in lines])
    else:
        groups = _wrapped(lines, gaps, found)
    joiner = Joiner([line.text for line in lines], cut_words=found is not None and found.cuts_words)
    return [_paragraph(group, joiner) for group in groups]


def _wrapped(lines: Sequence[Line], gaps: Sequence[Gap], found: Measure) -> list[list[Line]]:
    """The paragraphs of lines that were wrapped at a width."""
    known = habits(lines, gaps, found)
    groups: list[list[Line]] = []
    for line, g, following in zip(lines, [None, *gaps], [*gaps, None], strict=False):
        apart = g is None or is_printing_line(line.text)
        if g is not None and not apart and joins(groups[-1], line, g, following, found, known):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _paragraph(group: Sequence[Line], joiner: Joiner) -> Block:
    """One paragraph from its lines."""
    text = tidy(joiner.join([line.text for line in group]))
    return Block(text=text, page=group[0].page)


def _softened(blocks: Sequence[Block]) -> list[Block]:
    """Paragraphs of a source whose format parts them; only the line breaks inside a block are in question."""
    paragraphs: list[Block] = []
    for block in blocks:
        if "\n" not in block.text:
            paragraphs.append(replace(block, text=tidy(block.text)))
            continue
        lines = read_lines([block])
        joiner = Joiner([line.text for line in lines], cut_words=False)
        if block.heading is not None:
            paragraphs.append(replace(block, text=tidy(joiner.join([line.text for line in lines]))))
            continue
        paragraphs.extend(_paragraph(group, joiner) for group in _soft_groups(lines))
    return paragraphs


def _soft_groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of one block in paragraphs: lines that hold whole sentences, marks and short lines stand alone."""
    whole = any(INNER_STOP.search(line.text) for line in lines[:-1])
    group = list(lines[:1])
    for (before, after), g in zip(itertools.pairwise(lines), breaks(lines), strict=True):
        if _soft(before, after, g, whole=whole):
            group.append(after)
        else:
            yield group
            group = [after]
    if group:
        yield group


def _soft(before: Line, after: Line, g: Gap, *, whole: bool) -> bool:
    """Whether the line break inside a block, ``g``, is only layout's; ``whole``: its lines hold several sentences."""
    if not g.prose or after.indent >= 2 or mark(after.text) is not None:
        return False
    if g.open:
        return CLAUSE.search(before.text) is not None or after.text[0].islower()
    return not whole and len(before.text) > 12
