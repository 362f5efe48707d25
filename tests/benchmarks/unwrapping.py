"""Rejoining hard-wrapped lines, measured on laws that were wrapped on purpose.

Each document's whole paragraphs are wrapped at 24 to 40 characters in every layout (by characters, by cells, by cells
with the Chinese line-breaking rule; blank lines; indents; page numbers), cleaned, and compared with what they were:
Then the first of them as somebody types them, in uneven lines.
``text`` is the share of documents whose text came back (white space aside), F1 that of the paragraph boundaries.

    python -m tests.benchmarks.unwrapping [--limit N] [--half held-out|tuning|both]
"""

import argparse
import hashlib
import itertools
import json
import lzma
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.cleaning import clean
from corpus.lines import cells
from corpus.loaders.source import Block, Source

SHARED = Path("../shared")
LAWS = SHARED / "data/laws.jsonl.xz"
TEXT_BOUND, F1_BOUND, PLAIN_BOUND = 0.95, 0.97, 0.99
HAND_BOUND = 0.85
"""F1 where somebody broke the lines: what no width explains can only be told by the sentences."""
SHORT = 15
"""Paragraphs of a text that somebody typed."""
NOT_FIRST = "，。、；：？！）》」』】〕”’％,.;:?!)]}"
NOT_LAST = "（《「『【〔“‘(["


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One way to print a text."""

    wrap: str  # characters, cells, kinsoku
    blank: str  # none, lines (between all lines), paragraphs
    indent: str  # none, kept, lost (the lines were broken with an indent that is gone)
    numbered: bool

    def __str__(self) -> str:
        return f"{self.wrap:<11}{self.blank:<11}{self.indent:<5}{'numbers' if self.numbered else '-'}"


LAYOUTS = [
    Layout(wrap=wrap, blank=blank, indent=indent, numbered=numbered)
    for wrap, blank, indent, numbered in itertools.product(
        ("characters", "cells", "kinsoku"), ("none", "lines", "paragraphs"), ("none", "kept", "lost"), (False, True)
    )
]


def laws(half: str, limit: int) -> list[list[str]]:
    """A seeded sample of the laws as lists of whole paragraphs."""
    with lzma.open(LAWS, "rt", encoding="utf-8") as stream:
        records = [json.loads(line) for line in stream]
    wanted = {"tuning": {0}, "held-out": {1}, "both": {0, 1}}[half]
    records = [r for r in records if hashlib.sha256(r["path"].encode()).digest()[0] % 2 in wanted]
    random.Random(7).shuffle(records)
    return [paragraphs for r in records[: limit or None] if len(paragraphs := whole_paragraphs(r["text"])) > 2]


def whole_paragraphs(markdown: str) -> list[str]:
    """Paragraphs of a law without Markdown's marks, tables and comments."""
    lines = (re.sub(r"^#+\s*|^[>*-]\s+|\*\*", "", line).strip() for line in markdown.splitlines())
    return [re.sub(r"\s+", " ", line) for line in lines if line and line[0] not in "|<" and not line.startswith("---")]


def broken(text: str, width: int, wrap: str, first: int) -> Iterator[str]:
    """``text`` in lines of ``width`` characters (twice as many cells), the first shorter by ``first`` characters."""
    start = 0
    room = width - first
    while start < len(text):
        end = start + room
        if wrap != "characters":
            end, used = start, 0
            while end < len(text) and used + (cell := cells(text[end])) <= 2 * room:
                used, end = used + cell, end + 1
        if wrap == "kinsoku":
            if end < len(text) and text[end] in NOT_FIRST:
                end = end + 1 if end + 1 == len(text) or text[end + 1] not in NOT_FIRST else end - 1
            while end < len(text) and end > start + 1 and text[end - 1] in NOT_LAST:
                end -= 1
        yield text[start:end]
        start, room = end, width


def printed(paragraphs: Sequence[str], layout: Layout, chance: random.Random) -> str:
    """The text of a file in which ``paragraphs`` were printed."""
    width = chance.randint(24, 40)
    page_length = chance.randint(22, 38)
    style = chance.choice(["- {} -", "— {} —", "{}", "第{}页 共{}页", "{}/{}", "－ {} －"])
    lines: list[str] = []
    for paragraph in paragraphs:
        first = 0 if layout.indent == "none" else 2
        pieces = list(broken(paragraph, width, layout.wrap, first))
        if layout.indent == "kept":
            pieces[0] = "\u3000\u3000" + pieces[0]
        lines.extend(pieces)
        if layout.blank == "paragraphs":
            lines.append("")
    if layout.numbered:
        pages = [lines[i : i + page_length] for i in range(0, len(lines), page_length)]
        lines = [x for n, page in enumerate(pages, 1) for x in [*page, style.format(n, len(pages))]]
    return ("\n\n" if layout.blank == "lines" else "\n").join(lines)


def typed(paragraphs: Sequence[str], *, parted: bool, indented: bool, chance: random.Random) -> str:
    """``paragraphs`` as somebody types them, in lines of uneven length that often end at a comma."""
    lines: list[str] = []
    for paragraph in paragraphs:
        text, at = "\u3000\u3000" * indented + paragraph, 0
        while at < len(text):
            end = min(len(text), at + chance.randint(20, 36))
            commas = [i + 1 for i in range(max(at + 8, end - 8), min(len(text), end + 6)) if text[i] in "，、；。"]
            end = commas[-1] if commas and chance.random() < 0.4 else end
            while end < len(text) and text[end] in NOT_FIRST:
                end += 1
            lines.append(text[at:end])
            at = end
        lines.extend([""] * parted)
    return "\n".join(lines)


def cleaned(text: str) -> list[str]:
    """The paragraphs that cleaning finds in a plain text file."""
    return [b.text for b in clean(Source(blocks=tuple(Block(text=line) for line in text.split("\n")), wrapped=True))]


def bare(text: str) -> str:
    """``text`` without white space."""
    return "".join(text.split())


def boundaries(paragraphs: Sequence[str], *, by_context: bool) -> Counter[object]:
    """Where paragraphs meet: offsets without white space, or the characters around where the texts differ."""
    texts = [t for p in paragraphs if (t := bare(p))]
    if by_context:
        return Counter((left[-6:], right[:6]) for left, right in itertools.pairwise(texts))
    return Counter(itertools.islice(itertools.accumulate(map(len, texts)), len(texts) - 1))


@dataclass
class Tally:
    """Counts over documents."""

    documents: int = 0
    same: int = 0
    right: int = 0
    found: int = 0
    true: int = 0

    def add(self, gold: Sequence[str], got: Sequence[str]) -> float:
        """Count one document; its F1."""
        same = bare("".join(gold)) == bare("".join(got))
        want, have = (boundaries(x, by_context=not same) for x in (gold, got))
        right = (want & have).total()
        self.documents += 1
        self.same += same
        self.right += right
        self.found += have.total()
        self.true += want.total()
        return 2 * right / max(have.total() + want.total(), 1)

    @property
    def text(self) -> float:
        """Share of documents whose text is the same."""
        return self.same / max(self.documents, 1)

    @property
    def f1(self) -> float:
        """F1 of the boundaries, pooled over the documents."""
        return 2 * self.right / max(self.found + self.true, 1)

    def row(self, name: str) -> str:
        """One line of the table."""
        precision, recall = self.right / max(self.found, 1), self.right / max(self.true, 1)
        return f"{name:<38}{self.documents:>6}{self.text:>8.3f}{precision:>8.4f}{recall:>8.4f}{self.f1:>8.4f}"


def main() -> int:
    """Print the table; 1 where a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--limit", type=int, default=100, help="documents, 0 for all (default: 100)")
    parser.add_argument("--half", choices=["held-out", "tuning", "both"], default="held-out")
    parser.add_argument("--worst", type=int, default=0, help="show so many of the worst documents")
    arguments = parser.parse_args()
    if not LAWS.exists():
        print(f"{LAWS} is not there: nothing to measure")
        return 0
    documents = laws(arguments.half, arguments.limit)
    print(f"{'layout':<38}{'docs':>6}{'text':>8}{'prec':>8}{'recall':>8}{'F1':>8}")
    failed = False
    pooled = Tally()
    worst: list[tuple[float, str, str, int]] = []
    characters, seconds = 0, 0.0
    for layout in LAYOUTS:
        tally = Tally()
        for i, gold in enumerate(documents):
            page = printed(gold, layout, random.Random(f"{i} {layout}"))
            begun = time.perf_counter()
            got = cleaned(page)
            seconds += time.perf_counter() - begun
            characters += len(page)
            worst.append((tally.add(gold, got), str(layout), gold[0], i))
            pooled.add(gold, got)
        missed = tally.text < TEXT_BOUND or tally.f1 < F1_BOUND
        failed |= missed
        print(tally.row(str(layout)) + ("  MISSED" if missed else ""))
    failed |= pooled.text < TEXT_BOUND or pooled.f1 < F1_BOUND
    print(pooled.row("all layouts"))
    for parted, indented in ((True, False), (False, True), (True, True)):
        tally = Tally()
        for i, gold in enumerate(documents):
            chance = random.Random(f"{i} {parted} {indented}")
            tally.add(gold[:SHORT], cleaned(typed(gold[:SHORT], parted=parted, indented=indented, chance=chance)))
        missed = tally.text < TEXT_BOUND or tally.f1 < HAND_BOUND
        failed |= missed
        print(tally.row(f"by hand{', blank lines' * parted}{', indents' * indented}") + ("  MISSED" if missed else ""))
    for name, collection in (("laws as they are", documents), ("policies as they are", policies())):
        tally = Tally()
        for gold in collection:
            tally.add(gold, cleaned("\n".join(gold)))
        missed = tally.text < TEXT_BOUND or tally.f1 < PLAIN_BOUND
        failed |= missed
        print(tally.row(name) + ("  MISSED" if missed else ""))
    print(f"{characters / 1e6:.1f} M characters cleaned in {seconds:.1f} s")
    for f1, layout_name, title, i in sorted(worst)[: arguments.worst]:
        print(f"{f1:.3f} {layout_name} #{i} {title[:40]}")
    return int(failed)


def policies() -> list[list[str]]:
    """The policies: one paragraph a line."""
    files = sorted((SHARED / "data/policies").glob("p*.txt"))
    return [[line for line in f.read_text(encoding="utf-8").splitlines() if line.strip()] for f in files]


if __name__ == "__main__":
    sys.exit(main())
