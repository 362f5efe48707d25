"""What speaks for a span as the answer to a question: the features that the span weights are fitted on.

Those of the trained reader are zero where none has read the sentence.
"""

import math
import re
from collections.abc import Sequence

import numpy as np

from rag.answer import Span
from rag.definientia import definientia
from rag.evidence import Evidence, Features
from rag.model_evidence import ReadSentence
from rag.question import Question, asking_at
from rag.question_kind import FORMS
from rag.sentences import clauses
from rag.spans import DATES, FITTING, SOURCES, candidates, gaps, trim_item
from rag.years import YearsOf

REACH = 10.0
"""Distance in characters at which a word of the question counts 1/e for a candidate beside it."""
TOUCH = 4
OWN = 5
"""Spans of the trained reader's own that are candidates."""
CLAUSE = 5.0
"""What a clause boundary between them adds to the distance."""

SIDES = (
    "lead",             # words before the question word that stand before the span, by rarity and distance
    "follow",           # words behind the question word that stand behind the span
    "touch before",     # characters right before the span that stand right before the question word, at most 4, over 4
    "touch after",      # the same behind it
)  # fmt: skip
MODEL = (
    "model span",       # logarithm of its share among all spans of the sentence, by the trained reader; over 4
    "model first",      # the same of its first token
    "model last",       # and of its last one
)  # fmt: skip
SPAN_FEATURES = (
    *MODEL,
    *SIDES,
    "other side",       # words of the question on the other side of the span
    "inside",           # share of the question's rarity inside the span
    "echo",             # share of the span's characters that the question has said already
    "wanted",           # holds the unit or noun asked for
    "ends wanted",      # ends in it
    "measure",          # has the look that a word of the question asks for
    "no measure",       # has it not
    "as many",          # holds as many members as the question names: 哪三种
    "not as many",      # holds more or fewer
    "year",             # a date, or from one to another, where a number is asked for
    "single figure",    # a bare single Chinese figure
    "asked year",       # belongs to a year that the question names
    "other year",       # belongs to another
    "length", "length squared",
    "clause start", "clause end",
    "open bracket",     # a bracket or quotation mark that is not closed inside
    *(f"{kind} {source}" for kind in FORMS for source in SOURCES),
    *(f"{kind} {side}" for kind in FORMS for side in SIDES),  # a date stands before what happened, a sum behind it
)  # fmt: skip
PRIOR = {f"{kind} {source}": 2.0 for kind, sources in FITTING.items() for source in sources}
PRIOR["definition definiens"] = 2.0
"""What the weights are drawn towards in fitting: a span of the form asked for is the likelier answer, however few
questions of its kind there are to learn from."""
_INDEX = {name: position for position, name in enumerate(SPAN_FEATURES)}
_PARTS = re.compile(r"[，；;]|(?<![0-9])[,：:]|[,：:](?![0-9])")
_YEAR = re.compile(rf"(?:[12][0-9]{{3}}|[〇零一二三四五六七八九]{{4}})年?|[0-9]{{1,2}}[月日号]|第.*|{DATES.pattern}")
_MEMBERS = re.compile(
    r"(?:[哪啥]|什么|分|分为)([两二三四五六七八九十])(?![一二三四五六七八九十月日号年])"
    r"(?:大|个|种|类|项|条|方面|家|点|部|级|名|位|处|步|章|环|座|片|所|道|支|块|样|件|期)"
)
_PARTED = re.compile(r"[、，；]|(?<=》)(?=《)")
_JOINED = re.compile(r"(?<!、)(?:以及|或者|[和与與及或跟&])")
_SINGLE = re.compile(r"[一二两三四五六七八九]|十[一二三四]五")
_NAMED = ("name", "number", "date")
_ADVERBIAL = re.compile("根据|依据|依照|按照|关于|为了|对于")
"""No name, figure or date begins so: of 22,434 right answers 5 do."""
_PAIRS = ("（）", "()", "《》", "“”", "〔〕")


def measure_spans(
    question: Question, evidence: Evidence, text: str, sentence: Span, read: ReadSentence | None = None
) -> tuple[list[Span], Features]:
    """Candidate spans of ``text[sentence]`` and their features, shape (candidates, len(SPAN_FEATURES)).

    With what a trained reader has ``read`` its likeliest spans are candidates too.
    """
    asked = question.plain
    place = asking_at(asked)
    before, after = (asked[: place[0]], asked[place[1] :]) if place else (asked, "")
    before, after = (re.sub(r"[\s？?。，,]", "", part) for part in (before, after))
    found = {span: source for source, span in candidates(question.wanted, text, sentence)}
    if place:
        for span in gaps(before, after, text, sentence):
            found.setdefault(span, "gap")
    for span in read.best(OWN) if read else ():
        trimmed = trim_item(text, span)
        found.setdefault(trimmed if trimmed[0] < trimmed[1] else span, "model")
    if question.form in _NAMED:
        found = {span: source for span, source in found.items() if not _ADVERBIAL.match(text, *span)} or found
    if question.form == "definition":
        trimmed_ones = (trim_item(text, span) for span in definientia(text, sentence))
        found |= {span: "definiens" for span in trimmed_ones if span[0] < span[1]}  # 其主要任务是： says nothing yet
    edges = clauses(text, sentence)
    starts, ends = {s for s, _ in edges}, {e for _, e in edges}
    marks = _Marks(evidence, text, sentence, before, after)
    rows = np.zeros((len(found), len(SPAN_FEATURES)), dtype=np.float32)
    if read:
        rows[:, : len(MODEL)] = read.shares(list(found)) / 4
    at = len(MODEL)
    said = asked.lower()
    members = members_asked(asked)
    years = YearsOf(text) if evidence.years else None
    for row, (span, source) in zip(rows, found.items(), strict=True):
        words = text[span[0] : span[1]]
        lead, follow, other = marks.near(span)
        log = math.log(len(words))
        sides = (
            lead,
            follow,
            _touch(before[::-1], text[max(0, span[0] - TOUCH) : span[0]][::-1]),
            _touch(after, text[span[1] :][:TOUCH]),
        )
        row[at : at + 21] = (
            *sides,
            other,
            evidence.weight(evidence.found(words)),
            sum(character in said for character in words.lower()) / len(words),
            *_form(question, words, members, _holds(words, members)),
            *(evidence.year_signs(years.at(span)) if years else (0.0, 0.0)),
            *(log, log * log / 4, span[0] in starts, span[1] in ends),
        )
        row[at + 21] = _open(words)
        row[_INDEX[f"{question.form} {source}"]] = 1.0
        first = _INDEX[f"{question.form} {SIDES[0]}"]
        row[first : first + len(SIDES)] = sides
    return list(found), rows


def fits(kind: str, text: str, span: Span, wanted: str, sentence: Span) -> bool:
    """Whether ``span`` was found as something of the form that ``kind`` asks for."""
    return any(
        where == span and source in FITTING.get(kind, ()) for source, where in candidates(wanted, text, sentence)
    )


def _form(question: Question, words: str, members: int, holds: bool) -> Sequence[float]:
    number = question.form == "number"
    wanted, told = question.wanted, question.look
    has = bool(told and told.search(words))
    return (
        float(bool(wanted) and wanted in words),
        float(bool(wanted) and words.endswith(wanted)),
        float(has),
        float(bool(told) and not has),
        float(members > 0 and holds),
        float(members > 0 and not holds),
        float(number and bool(_YEAR.fullmatch(words)) and not has),
        float(number and bool(_SINGLE.fullmatch(words))),
    )


def members_asked(question: str) -> int:
    """How many members a question asks for by number, 3 for 哪三种; 0 where it does not say."""
    match = _MEMBERS.search(question)
    return "二三四五六七八九十".find(match[1].replace("两", "二")) + 2 if match else 0


def _holds(words: str, members: int) -> bool:
    """Whether ``words`` may enumerate so many: 甲、乙和丙 has two or three members, as 和 may stand inside a name."""
    least = len(_PARTED.findall(words)) + 1
    return least <= members <= least + len(_JOINED.findall(words))


def _touch(wanted: str, there: str) -> float:
    """How many characters, at most 4, two texts share from their first on; over 4."""
    length = 0
    while length < min(TOUCH, len(wanted), len(there)) and wanted[length] == there[length]:
        length += 1
    return length / TOUCH


def _open(words: str) -> float:
    return float(any(words.count(pair[0]) != words.count(pair[1]) for pair in _PAIRS))


class _Marks:
    """Where the question's characters stand in a sentence, and on which side of the question word they stand there."""

    def __init__(self, evidence: Evidence, text: str, sentence: Span, before: str, after: str) -> None:
        self._text = text
        weights = evidence.character_weights()
        self._total = sum(weights.values()) or 1.0
        self._marks = [
            (offset, character, weights[character], character in before.lower(), character in after.lower())
            for offset in range(*sentence)
            if (character := text[offset].lower()) in weights
        ]
        self._commas = [match.start() for match in _PARTS.finditer(text, *sentence)]

    def near(self, span: Span) -> tuple[float, float, float]:
        """Sums of weight * exp(-distance / REACH) over the question's characters, each once: leading, following, other.

        A character leads that stands before the question word and before the span, and follows that stands behind both.
        """
        best: tuple[dict[str, float], dict[str, float], dict[str, float]] = ({}, {}, {})
        for offset, character, weight, leads, follows in self._marks:
            if span[0] <= offset < span[1]:
                continue
            left = offset < span[0]
            first, last = (offset, span[0]) if left else (span[1], offset)
            distance = last - first + CLAUSE * sum(first <= comma < last for comma in self._commas)
            chosen = best[2 if not (leads if left else follows) else 0 if left else 1]
            chosen[character] = max(chosen.get(character, 0.0), weight * math.exp(-distance / REACH))
        lead, follow, other = (sum(found.values()) / self._total for found in best)
        return lead, follow, other
