"""How much of a question a sentence shares: the features that the sentence reader weighs.

The terms are those of ``rag.terms`` in the question's content (question words taken out). Each counts by its rarity in
the index, ``ln(1 + (N - n + 0.5) / (n + 0.5))`` as BM25 has it (Robertson and Zaragoza 2009). A character counts by the
mean rarity of the question's terms that it is part of. A figure of the question counts as written where it stands in
any writing: 1.9千万元 holds what 1900万元 asks for.
"""

import re
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from rag.answer import Span
from rag.figures import agrees, figures
from rag.late_interaction import Nearness
from rag.question import Question
from rag.spans import FITTING, has_kind
from rag.terms import folded, is_chinese, passage_terms, query_terms
from rag.years import Years, YearsOf, asked_years

Rarity = Callable[[Sequence[str]], Sequence[float]]
"""Inverse document frequency of each term in the collection that is searched."""

FEATURES = (
    "terms",            # share of the question's rarity that the sentence holds, by terms
    "characters",       # the same by single characters
    "context",          # share that the sentence lacks and its neighbours, headings or title hold
    "paragraph",        # share that the paragraph lacks
    "figures",          # share of the question's figures that paragraph, headings and title all lack
    "missing",          # greatest rarity that paragraph, headings and title all lack, over the mean
    "run",              # longest run of the question's content found word for word, over its length
    "meaning",          # cosine of the encoder's vectors of question and sentence
    "rank",             # 1 / rank of the passage
    "typed",            # whether it holds a figure, date, name, ... where the question asks for one
    "untyped",          # whether it holds none where the question asks for one
    "wanted",           # whether it holds the unit or noun that the question names
    "length",           # ln of its length in characters, over 5
    "question",         # whether it is a question itself
    "short",            # whether it is too short to say anything (a heading, a signature)
    "asked year",       # whether what it says may belong to a year that the question names
    "other year",       # whether it belongs to other years alone
    "near",             # share of the question that its nearest words, and those of headings and title, are as near as
    "kindred",          # the part of what it holds so that lies in other words than the question's
    "near beyond",      # what the paragraph's nearest words add to "near"
    "farthest",         # what the word counts that paragraph, headings and title miss most, over the mean
)  # fmt: skip
Features = npt.NDArray[np.float32]
_SHORT = 8
_ENDS = re.compile(r"[。！？；!?;\n]+")


class Evidence:
    """Measures sentences against one question."""

    def __init__(self, question: Question, rarity: Rarity) -> None:
        self._question = question
        terms = list(dict.fromkeys(query_terms(question.content)))
        self._terms = dict(zip(terms, rarity(terms), strict=True))
        shares: dict[str, list[float]] = {}
        for term, weight in self._terms.items():
            for character in term:
                shares.setdefault(character, []).append(weight)
        self._characters = {character: sum(s) / len(s) for character, s in shares.items()}
        self._total = sum(self._terms.values()) or 1.0
        self._total_characters = sum(self._characters.values()) or 1.0
        self._figures = [term for term in terms if len(term) > 1 and term.isdecimal()]
        self._written = [
            (figure, self._terms.keys() & set(passage_terms(question.text[slice(*figure.span)])))
            for figure in figures(question.text)
        ]
        # A term of Chinese characters alone stands in a text where they stand in it; others are parts of what touches.
        self._chinese = [term for term in terms if is_chinese(term)]
        self._others = self._terms.keys() - set(self._chinese)
        self._seen: dict[str, set[str]] = {}
        self._years = asked_years(question.text)
        self._runs = [run for run in re.split(r"\s+", question.content.lower()) if len(run) > 1]

    def found(self, text: str) -> set[str]:
        """The question's terms that ``text`` holds, those of its figures in any writing."""
        if text not in self._seen:
            plain = folded(text)
            found = {term for term in self._chinese if term in plain}
            if self._others:
                found |= self._others.intersection(passage_terms(text))
            told = figures(text) if self._written else []
            self._seen[text] = found.union(
                *(terms for asked, terms in self._written if any(agrees(each, asked) for each in told))
            )
        return self._seen[text]

    def weight(self, terms: set[str]) -> float:
        """Share of the question's rarity that ``terms`` carry, between 0 and 1."""
        return sum(self._terms[term] for term in terms) / self._total

    def character_weights(self) -> dict[str, float]:
        """Rarity of each character of the question's content."""
        return self._characters

    @property
    def years(self) -> Years:
        """The years that the question names."""
        return self._years

    def year_signs(self, years: Years) -> tuple[float, float]:
        """Whether something that belongs to ``years`` may belong to one that is asked for, and whether it does not."""
        known = bool(self._years and years)
        shared = known and bool(self._years & years)
        return float(shared), float(known and not shared)

    def features(
        self,
        text: str,
        spans: Sequence[Span],
        *,
        around: str,
        rank: int,
        meaning: Sequence[float],
        nearness: Nearness,
        beside: tuple[str, str] = ("", ""),
    ) -> Features:
        """One row of ``FEATURES`` for each sentence of a passage; shape (len(spans), len(FEATURES)).

        ``around`` holds the title and the headings; ``rank`` counts from 1; ``meaning`` has a cosine for each sentence;
        ``nearness`` is that of ``around`` and of each sentence; ``beside`` is what stands before and behind it all.
        """
        outside = self.found(around)
        whole = self.found(text) | outside
        lacking = [weight for term, weight in self._terms.items() if term not in whole]
        mean = self._total / max(1, len(self._terms))
        found = [self.found(text[start:end]) for start, end in spans]
        # As far as they are sentences of their own, the last one before the passage and the first one behind it.
        before, after = (
            _ENDS.split(re.sub(rf"{_ENDS.pattern}\s*$", "", beside[0]))[-1],
            _ENDS.split(beside[1].lstrip())[0],
        )
        neighbours = [self.found(before), *found, self.found(after)]
        years = YearsOf(text, around) if self._years else None
        above, inside = nearness.near[0], nearness.near[1:]
        best = nearness.near.max(axis=0, initial=0.0)
        all_near, farthest = nearness.held(best), nearness.farthest(best)
        rows = []
        for i, span in enumerate(spans):
            held = nearness.held(np.maximum(inside[i], above))
            near = set().union(outside, *neighbours[i : i + 3])
            words = text[span[0] : span[1]]
            folded = words.lower()
            asks = self._question.form in FITTING
            typed = asks and has_kind(self._question.form, self._question.look, text, span)
            rows.append(
                (
                    self.weight(found[i]),
                    sum(w for c, w in self._characters.items() if c in folded) / self._total_characters,
                    self.weight(near - found[i]),
                    1.0 - self.weight(whole),
                    sum(figure not in whole for figure in self._figures) / max(1, len(self._figures)),
                    min(2.0, max(lacking, default=0.0) / mean) if mean else 0.0,
                    self._longest_run(folded),
                    meaning[i],
                    1.0 / rank,
                    float(typed),
                    float(asks and not typed),
                    float(bool(self._question.wanted) and self._question.wanted in words),
                    np.log(max(1, len(words))) / 5,
                    float(words.endswith(("？", "?"))),
                    float(len(words) < _SHORT),
                    *(self.year_signs(years.of(span)) if years else (0.0, 0.0)),
                    held,
                    nearness.kindred(inside[i]),
                    all_near - held,
                    farthest,
                )
            )
        return np.asarray(rows, dtype=np.float32).reshape(len(spans), len(FEATURES))

    def _longest_run(self, words: str) -> float:
        """Length of the longest run of the content found in ``words``, over the content's length, at most 1."""
        length = sum(map(len, self._runs)) or 1
        best = 0
        for run in self._runs:
            for start in range(len(run)):
                while start + best < len(run) and run[start : start + best + 1] in words:
                    best += 1
        return min(1.0, best / length)
