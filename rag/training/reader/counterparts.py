"""Questions altered so that their paragraph no longer answers them: another year, place, office, group or grade.

A word of the question that paragraph or headings hold as well gives way to one of its kind that neither of them holds.
What a careless reader answers all the same it learns to leave (as with the altered questions of Rajpurkar, Jia and
Liang, Know what you don't know, 2018, which people wrote).
"""

import random
import re
from functools import cache

from embeddings.training.exercises import Exercise
from rag.lexicon_files import lexicon_rows

MOST = 4
"""Altered questions of one question at the most."""
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=年)")
_WORDS = "counterparts.tsv"


def altered(exercise: Exercise, draw: random.Random) -> list[str]:
    """Questions like that of ``exercise`` which its paragraph does not answer, at most ``MOST``; none of some."""
    if not exercise.spans:
        return []
    known = exercise.text + exercise.headings
    found: list[str] = []
    for match in _YEAR.finditer(exercise.question):
        year = int(match[0])
        years = [str(other) for other in range(year - 6, year + 7)]
        others = [other for other in years if other not in known + exercise.question]
        if match[0] in known and others:
            found.append(_with(exercise.question, match, draw.choice(others)))
    pattern, kinds = _words()
    for match in pattern.finditer(exercise.question):
        if match[0] not in known:
            continue
        others = [
            word
            for word in kinds[match[0]]
            if word not in known and word not in exercise.question and word not in match[0] and match[0] not in word
        ]
        if others:
            found.append(_with(exercise.question, match, draw.choice(others)))
    return draw.sample(found, min(MOST, len(found)))


def _with(question: str, match: re.Match[str], word: str) -> str:
    return question[: match.start()] + word + question[match.end() :]


@cache
def _words() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """What is looked for, the longest first, and for each word those of its kind."""
    kinds = {word: line.split() for (line,) in lexicon_rows(_WORDS) for word in line.split()}
    longest = sorted(kinds, key=lambda word: -len(word))
    return re.compile(f"(?:{'|'.join(map(re.escape, longest))})(?!以[上下内外])"), kinds
