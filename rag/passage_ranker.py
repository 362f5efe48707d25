"""Orders the passages that the two searches found, by what each of them holds of the question.

Quick enough for a hundred passages: where a term stands is found by looking for its characters, not by cutting the text
into terms again, and only those that come first by that are compared word by word with the question's by meaning. The
weights are fitted by ``rag.training``.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from rag.answer import Passage
from rag.evidence import Rarity
from rag.fitted_weights import fitted_weights
from rag.late_interaction import late_interaction
from rag.question import Question
from rag.spans import FITTING, has_kind
from rag.terms import folded, query_terms
from rag.variants import simplified
from rag.years import YearsOf, asked_years

FEATURES = (
    "bm25",             # its score over the best one's
    "cosine",           # of the encoder's vectors of question and passage
    "lexical rank",     # - ln of its rank by words, one above the last where it was not found so
    "dense rank",       # the same by vectors
    "terms",            # share of the question's rarity that passage, headings and title hold
    "characters",       # the same by single characters
    "sentence",         # share that one of its sentences holds
    "two sentences",    # share that two neighbouring sentences hold, over that
    "above",            # share that only headings and title hold
    "run",              # longest run of the question's content found word for word, over its length
    "figures",          # share of the question's figures that it lacks
    "missing",          # greatest rarity that it lacks, over the mean
    "typed",            # whether it holds a figure, date, name, ... where the question asks for one
    "wanted",           # whether it holds the unit or noun that the question names
    "asked year",       # whether it speaks of a year that the question names
    "other year",       # whether it speaks of other years alone
    "length",           # ln of its length in characters, over 5
    "near",             # share of the question that its nearest words, and those of headings and title, are as near as
    "kindred",          # the part of that which lies in other words than the question's
    "farthest",         # what the word counts that is missed most, over the mean
    "near sentence",    # "near" of the best of its sentences with headings and title
    "kindred sentence", # "kindred" of the sentence that is nearest by itself
    "sentence cosine",  # the best cosine of the encoder's vectors of question and sentence
)  # fmt: skip
WEIGHTS = "passage_ranker.json"
NEARNESS = 6
"""The last of these features, which are told by the nearest words."""
CLOSELY = 30
"""Passages that are looked at for all of them, the first by the others: on questions kept apart that orders a hundred
as if all were."""
Features = npt.NDArray[np.float32]
_ENDS = re.compile(r"[。！？；!?;\n]+")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A passage with what the searches said of it; ``bm25`` and ``cosine`` are 0 where one did not find it.

    Ranks count from 1; ``None`` where it was not found.
    """

    passage: Passage
    bm25: float
    cosine: float
    lexical: int | None
    dense: int | None


class PassageRanker:
    """Scores candidates for one question after another; ``rarity`` is that of the index that was searched."""

    def __init__(self, *, rarity: Rarity, weights: "PassageWeights | None" = None) -> None:
        self._rarity = rarity
        self._weights = weights or PassageWeights(**fitted_weights(WEIGHTS, "first", "all")["weights"])

    def scores(self, question: Question, candidates: Sequence[Candidate]) -> npt.NDArray[np.float32]:
        """How likely each candidate answers ``question``, as log-odds between two of them; shape (len(candidates),)."""
        signs = self._signs(question, candidates)
        return self._weights.scores(
            signs, lambda chosen: _nearness_signs(question, [candidates[n].passage for n in chosen])
        )

    def features(self, question: Question, candidates: Sequence[Candidate]) -> Features:
        """One row of ``FEATURES`` for each candidate."""
        signs = self._signs(question, candidates)
        return np.hstack([signs, _nearness_signs(question, [each.passage for each in candidates])])

    def _signs(self, question: Question, candidates: Sequence[Candidate]) -> Features:
        """``FEATURES`` but for the last ``NEARNESS``."""
        asked = _Asked(question, self._rarity)
        best = max((each.bm25 for each in candidates), default=0.0) or 1.0
        rows = [
            (
                each.bm25 / best,
                each.cosine,
                -np.log(each.lexical or len(candidates) + 1),
                -np.log(each.dense or len(candidates) + 1),
                *asked.signs(each.passage),
            )
            for each in candidates
        ]
        return np.asarray(rows, np.float32).reshape(len(candidates), len(FEATURES) - NEARNESS)


class PassageWeights:
    """Two weight vectors by feature name, for ``first`` and ``all`` looks; a name that is not given weighs nothing."""

    def __init__(self, *, first: Mapping[str, float], all: Mapping[str, float]) -> None:
        self._first = np.asarray([first.get(name, 0.0) for name in FEATURES[:-NEARNESS]], np.float32)
        self._all = np.asarray([all.get(name, 0.0) for name in FEATURES], np.float32)

    def scores(self, signs: Features, nearness: Callable[[Sequence[int]], Features]) -> npt.NDArray[np.float32]:
        """The score of each row of ``signs``; ``nearness`` gives the other features of the rows that it is asked for.

        Those beyond ``CLOSELY`` stand behind the others in the order of the first look.
        """
        first = signs @ self._first
        order = np.argsort(-first, kind="stable")
        chosen, others = order[:CLOSELY], order[CLOSELY:]
        scores = np.zeros(len(signs), np.float32)
        scores[chosen] = np.hstack([signs[chosen], nearness(chosen.tolist())]) @ self._all
        if len(others):
            scores[others] = scores[chosen].min() - 1 + first[others] - first[others[0]]
        return scores


def _nearness_signs(question: Question, passages: Sequence[Passage]) -> Features:
    """``FEATURES`` from ``near`` on, shape (len(passages), 6): all passages at once, as there are a hundred."""
    if not passages:
        return np.zeros((0, NEARNESS), np.float32)
    texts: list[str] = []
    firsts = []  # where the headings of each passage stand, its sentences behind them
    for passage in passages:
        firsts.append(len(texts))
        texts += [_heading(passage), *(part for part in _ENDS.split(passage.text) if part.strip())]
    found = late_interaction().nearness(question.text, texts)
    counts = np.diff([*firsts, len(texts)])
    headings = np.repeat(found.near[firsts], counts, axis=0)
    sentence = np.ones(len(texts), bool)
    sentence[firsts] = counts == 1  # of a passage without a sentence its headings
    alone = np.where(sentence, found.near @ found.weights, -1.0)
    nearest = [first + int(alone[first : first + count].argmax()) for first, count in zip(firsts, counts, strict=True)]
    cosines = np.where(sentence & (np.repeat(counts, counts) > 1), found.cosines, 0.0)
    best = np.maximum.reduceat(found.near, firsts, axis=0)
    return np.column_stack(
        [
            found.held(best),
            found.kindred(best),
            found.farthest(best),
            np.maximum.reduceat(found.held(np.maximum(found.near, headings)), firsts),
            found.kindred(found.near[nearest]),
            np.maximum.reduceat(np.maximum(cosines, 0.0), firsts),
        ]
    ).astype(np.float32)


def _heading(passage: Passage) -> str:
    return " ".join((passage.document.title, passage.document.number or "", *passage.section))


class _Asked:
    """What is looked for in each passage."""

    def __init__(self, question: Question, rarity: Rarity) -> None:
        self._question = question
        terms = list(dict.fromkeys(query_terms(question.content)))
        self._terms = dict(zip(terms, rarity(terms), strict=True))
        self._total = sum(self._terms.values()) or 1.0
        self._mean = self._total / max(1, len(terms))
        self._characters = {character for term in terms for character in term}
        self._figures = [term for term in terms if len(term) > 1 and term.isdecimal()]
        self._runs = [run for run in re.split(r"\s+", folded(question.content)) if len(run) > 1]
        self._years = asked_years(question.text)

    def signs(self, passage: Passage) -> tuple[float, ...]:
        """``FEATURES`` from ``terms`` to ``length``."""
        heading = _heading(passage)
        words, text, above = simplified(passage.text), folded(passage.text), folded(heading)
        held = [self._held(part) for part in _ENDS.split(text) if part]
        inside = set().union(*held) if held else set()
        outside = self._held(above)
        one = max((self._weight(part) for part in held), default=0.0)
        two = max((self._weight(a | b) for a, b in pairwise(held)), default=one)
        lacking = [weight for term, weight in self._terms.items() if term not in inside and term not in outside]
        either = text + " " + above
        kind = self._question.form
        wanted = self._question.wanted
        return (
            self._weight(inside | outside),
            sum(character in either for character in self._characters) / max(1, len(self._characters)),
            one,
            max(0.0, two - one),
            self._weight(outside - inside),
            self._longest_run(text),
            sum(not _stands(figure, either) for figure in self._figures) / max(1, len(self._figures)),
            min(2.0, max(lacking, default=0.0) / self._mean) if self._mean else 0.0,
            float(kind in FITTING and has_kind(kind, self._question.look, words, (0, len(words)))),
            float(bool(wanted) and wanted in words),
            *self._year_signs(passage.text, heading),
            np.log(max(1, len(text))) / 5,
        )

    def _held(self, text: str) -> set[str]:
        return {term for term in self._terms if term in text}

    def _weight(self, terms: set[str]) -> float:
        return sum(self._terms[term] for term in terms) / self._total

    def _year_signs(self, text: str, heading: str) -> tuple[float, float]:
        if not self._years:
            return 0.0, 0.0
        spoken = YearsOf(text, heading).all
        shared = bool(spoken & self._years)
        return float(shared), float(bool(spoken) and not shared)

    def _longest_run(self, text: str) -> float:
        length, best = sum(map(len, self._runs)) or 1, 0
        for run in self._runs:
            for start in range(len(run)):
                while start + best < len(run) and run[start : start + best + 1] in text:
                    best += 1
        return min(1.0, best / length)


def _stands(figure: str, text: str) -> bool:
    """Whether ``figure`` stands in ``text`` and is not part of a longer one."""
    return re.search(rf"(?<![0-9.]){re.escape(figure)}(?![0-9])", text) is not None
