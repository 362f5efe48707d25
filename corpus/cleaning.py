"""cleaning"""

from collections.abc import Iterator

from corpus.lines import Line, read_lines
from corpus.loaders.source import Block, Source
from corpus.whitespace import is_chinese, tidy
from corpus.wrapping import _CLAUSE, gap, habits, joins, measure


def clean(source: Source) -> tuple[Block, ...]:
    """Whole cleaned paragraphs."""
    lines = read_lines(source.blocks)
    out = []
    for group in _paragraphs(lines):
        t = group[0].text
        for l in group[1:]:
            t += ("" if is_chinese(t[-1]) or is_chinese(l.text[0]) else " ") + l.text
        out.append(Block(text=tidy(t), page=group[0].page))
    return tuple(out)


def _paragraphs(lines: list[Line]) -> Iterator[list[Line]]:
    gaps = [gap(a, b) for a, b in zip(lines, lines[1:])]
    found = measure(gaps, [bool(_CLAUSE.search(l.text)) for l in lines[:-1]])
    hab = habits(lines, gaps, found) if found else None
    if __import__('os').environ.get('DBG'):
        print(found, hab)
    cur = lines[:1]
    for a, b, g, f in zip(lines, lines[1:], gaps, [*gaps[1:], None]):
        if found and joins(cur, b, g, f, found, hab):
            cur.append(b)
        else:
            yield cur
            cur = [b]
    yield cur
