"""The weights of :mod:`rag.verdict`: ``python -m rag.training.verdicts [--data DIR]``.

A logistic regression on the labelled questions that want yes or no, each with the clause that decides it, and on those
of ``verdict_questions.jsonl``, on what is open and closed, valid and void, which laws seldom say, and
``verdict_cases.jsonl``, on cases with a figure, on who does something, and on many ways to say yes and no. It is
measured by five-fold cross-validation that keeps the questions on one document together. The weights written are fitted
on the documents that the networks may learn from, so that answers can be measured on the rest.
"""

import argparse
import json
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from embeddings.training.exercises import Exercise, exercises
from rag.exceptions import Exemption, exemption, lies_in
from rag.sentences import sentences
from rag.training.pool import part_of
from rag.training.question_kinds import FOLDS, matrix
from rag.variants import simplified
from rag.verdict import NEGATION, WEIGHTS, features

log = logging.getLogger("rag.training")
QUESTIONS = {name: Path(__file__).with_name(f"verdict_{name}.jsonl") for name in ("questions", "cases")}
SEEN = 3
"""Questions that a feature must occur in."""
INVERSE_DECAY = 0.3
"""C of the regression; of 0.03 to 1 the best in cross-validation."""
LEAST = 0.04
"""A feature is kept where its weight is at least this."""
TRICKY = 0.4
"""What a question on a law counts: most of them were written so that no single word tells its answer."""
WRITTEN = 10.0
"""What a question of ``verdict_questions.jsonl`` counts: they are few, and of what the others are not."""
CASES = 0.25
"""What one of ``verdict_cases.jsonl`` counts: no single word was to tell in them, as words tell in people's."""
ECHOED = 4
"""Every so many a clause is asked as it stands, …吗？ or 是不是…？, which it affirms whatever it denies."""


_COUNTS = {"laws": TRICKY, "questions": WRITTEN, "cases": CASES}


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """The weights by feature."""

    columns: dict[str, int]
    weights: npt.NDArray[np.float64]

    def scores(self, rows: Sequence[dict[str, float]]) -> npt.NDArray[np.float64]:
        """Log-odds of yes; shape (len(rows),)."""
        scores: npt.NDArray[np.float64] = matrix(rows, self.columns) @ self.weights
        return scores


def fit(found: Sequence[Exercise]) -> Fitted:
    """Fit on questions with their clauses, and on some of the clauses asked as they stand."""
    from sklearn.linear_model import LogisticRegression

    rows = list(map(row_of, found))
    yes = list(map(says_yes, found))
    counts = [_COUNTS.get(each.source, 1.0) for each in found]
    for n, each in enumerate(found[::ECHOED]):
        clause = simplified(each.answers[0])
        rows.append(features(f"是不是{clause}？" if n % 2 else f"{clause}吗？", clause))
        yes.append(True)
        counts.append(1.0)
    seen = Counter(name for row in rows for name in row)
    columns = {name: n for n, name in enumerate(sorted(name for name, count in seen.items() if count >= SEEN))}
    model = LogisticRegression(C=INVERSE_DECAY, max_iter=2000, fit_intercept=False)
    model.fit(matrix(rows, columns), yes, sample_weight=counts)
    return Fitted(columns=columns, weights=model.coef_[0])


def row_of(exercise: Exercise) -> dict[str, float]:
    """The features of a question and the clause that decides it, or the rule from which its case is exempt."""
    found = _exempting(exercise)
    decides = exercise.answers[0] if found is None else exercise.text[slice(*found.rule)]
    return features(simplified(exercise.question), simplified(decides).strip("。；;，, "))


def says_yes(exercise: Exercise) -> bool:
    """Whether what :func:`row_of` takes for the deciding clause says yes: a rule says the opposite of its exception."""
    return (exercise.verdict == "是") != (_exempting(exercise) is not None)


def _exempting(exercise: Exercise) -> Exemption | None:
    """The rule and its exception, where the answer lies in the exception."""
    text = exercise.text
    for span in exercise.spans[:1]:
        around = next((s for s in sentences(text) if s[0] <= span[0] < s[1]), span)
        found = exemption(text, (around[0], max(around[1], span[1])))
        return found if found is not None and lies_in(span, found.words) else None
    return None


def measure(found: Sequence[Exercise]) -> dict[str, float]:
    """Share told rightly by a model that has not seen the document, of all and of the surer half; by negation alone."""
    articles = sorted({each.article for each in found})
    order = np.random.default_rng(0).permutation(len(articles))
    part = {articles[n]: place % FOLDS for place, n in enumerate(order)}
    parts = np.asarray([part[each.article] for each in found])
    scores = np.zeros(len(found))
    for fold in range(FOLDS):
        held, rest = np.flatnonzero(parts == fold), np.flatnonzero(parts != fold)
        scores[held] = fit([found[int(n)] for n in rest]).scores([row_of(found[int(n)]) for n in held])
    yes = np.asarray(list(map(says_yes, found)))
    right = (scores > 0) == yes
    sure = np.argsort(-np.abs(scores))[: len(found) // 2]
    affirmed = np.asarray([each.verdict == "是" for each in found])
    denied = np.asarray([bool(NEGATION.search(simplified(each.answers[0]))) for each in found])
    exempt = np.asarray([_exempting(each) is not None for each in found])
    return {
        "right": round(float(right.mean()), 3),
        "of the surer half": round(float(right[sure].mean()), 3),
        "of exceptions": round(float(right[exempt].mean()), 3),
        "by negation alone": round(float((denied != affirmed).mean()), 3),
    }


def written() -> list[Exercise]:
    """The questions written for this alone; those on one clause belong to one document."""
    return [each for name, file in QUESTIONS.items() for each in clauses_of(file, name)]


def clauses_of(file: Path, source: str) -> list[Exercise]:
    """The questions of ``file``, lines of question, clause and verdict."""
    return [
        Exercise(
            question=row["question"], headings="", text=row["clause"], spans=((0, len(row["clause"])),),
            answers=(row["clause"],), article=f"own:{source} {row['clause']}", source=source, verdict=row["verdict"],
        )
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines())
    ]  # fmt: skip


def main(arguments: list[str] | None = None) -> None:
    """Measure, fit, write."""
    parser = argparse.ArgumentParser(prog="python -m rag.training.verdicts", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--output", type=Path, default=Path("rag/weights") / WEIGHTS)
    chosen = parser.parse_args(arguments)
    if not chosen.data.is_dir():
        parser.error(f"{chosen.data}: no such folder; give the folder of the data files with --data")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    labelled = [each for each in exercises(chosen.data) if each.verdict in ("是", "否") and each.answers]
    found = [*labelled, *written()]
    figures = measure(found)
    fitted = fit([*(each for each in labelled if part_of(each.article) == "seen"), *written()])
    kept = {name: round(float(fitted.weights[n]), 3) for name, n in fitted.columns.items()}
    weights = {name: weight for name, weight in kept.items() if abs(weight) >= LEAST}
    said = {"questions": len(found), "cross_validated": figures, "weights": weights}
    chosen.output.write_text(json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    log.info("%d questions, %s; %d features kept", len(found), figures, len(weights))


if __name__ == "__main__":
    main()
