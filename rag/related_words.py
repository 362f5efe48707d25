"""Other words for the words of a question: offices by short and full names, official words for everyday ones.

They stand in ``lexicon/*.tsv``. ``abbreviations.tsv`` holds a short and a full name a line, each of which finds the
other, and the endings that both take: 工信 with 厅 gives 工信厅 and 工业和信息化厅. ``synonyms.tsv`` holds words that
people ask with and words that documents tell with; only the former find the latter. The longest word counts, so that
nothing is said about 官司 where 打官司 is meant, nor about 种地 in 这种地区: ``lookalikes.tsv`` has 种地区.

Counts below ten and numbers of articles have no terms that hold in any writing (``rag.figure_terms``): 3年 looks for
三年 here, 第38条 for 第三十八条 and the other way round.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rag.lexicon_files import lexicon_rows
from rag.numerals import DIGITS, chinese, value_of

KINDS = ("numeral", "abbreviation", "synonym")

_ENDINGS = {"委": "委员会", "办": "办公室"}
_GOES_ON = {"委": "托派员任", "办": "理公法事学厂案证结好完成到过"}
"""What behind a short name shows that its last character begins another word: 平台办理."""
_ORDINAL = re.compile(rf"第(?P<number>[0-9]{{1,4}}|[{DIGITS}十百千]{{1,9}})(?P<of>[条款章节编届批次期])")
_COUNT = re.compile(r"(?<![0-9.第月])(?P<number>[2-9])(?P<of>个月|个?[年日天周岁倍家户人名项件次种类级元个]|小时|分钟)")


@dataclass(frozen=True, kw_only=True)
class Related:
    """A word of a question with its ``others``, words or names that a text may have instead; one of ``KINDS``."""

    word: str
    others: tuple[str, ...]
    kind: str


def related(text: str) -> list[Related]:
    """The words of ``text``, folded as ``rag.terms.folded`` does, that others may stand for, in order."""
    found = [*_numerals(text)]
    start = 0
    while start < len(text):
        entry = _longest(text, start)
        if entry and entry.others:
            found.append(entry)
        start += len(entry.word) if entry else 1
    return found


def _longest(text: str, start: int) -> Related | None:
    table, longest = _table()
    for length in range(min(longest, len(text) - start), 1, -1):
        word = text[start : start + length]
        if word in table and text[start + length : start + length + 1] not in tuple(_GOES_ON.get(word[-1], "")):
            return table[word]
    return None


def _numerals(text: str) -> Iterator[Related]:
    """第38条 as 第三十八条 and the other way round; 3年 as 三年."""
    for match in _ORDINAL.finditer(text):
        number = value_of(match["number"])
        if number and 0 < number < 10_000:
            other = chinese(int(number)) if match["number"].isdecimal() else str(number)
            yield Related(word=match[0], others=(f"第{other}{match['of']}",), kind="numeral")
    for match in _COUNT.finditer(text):
        signs = ("两", "二") if match["number"] == "2" else (chinese(int(match["number"])),)
        yield Related(word=match[0], others=tuple(sign + match["of"] for sign in signs), kind="numeral")


@cache
def _table() -> tuple[dict[str, Related], int]:
    """Every word with its others, and the length of the longest word."""
    others: dict[tuple[str, str], dict[str, None]] = {}
    for short, full in _pairs():
        others.setdefault((short, "abbreviation"), {})[full] = None
        others.setdefault((full, "abbreviation"), {})[short] = None
    for columns in lexicon_rows("synonyms.tsv"):
        asked, told = (column.split() for column in columns)
        for word in asked:
            # What holds the word itself is found by it.
            others.setdefault((word, "synonym"), {}).update(dict.fromkeys(other for other in told if word not in other))
    lookalikes = (word for columns in lexicon_rows("lookalikes.tsv") for word in columns[0].split())
    table = {word: Related(word=word, others=(), kind="synonym") for word in lookalikes}
    for (word, kind), words in others.items():
        # Names come first, and what is always the same is worth more than what means the same.
        table.setdefault(word, Related(word=word, others=tuple(words), kind=kind))
    return table, max(map(len, table))


def _pairs() -> Iterator[tuple[str, str]]:
    for short, full, *endings in lexicon_rows("abbreviations.tsv"):
        for ending in endings[0].split() if endings else [""]:
            yield short + ending, full + _ENDINGS.get(ending, ending)
