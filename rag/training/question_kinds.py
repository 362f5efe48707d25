"""The weights of :mod:`rag.question_kind`: ``python -m rag.training.question_kinds``.

A softmax regression on ``question_kinds.jsonl``, questions with the kind of answer they ask for, written one by one. It
is measured by five-fold cross-validation; ``tests.benchmarks.question_kinds`` measures it on questions kept apart.
"""

import argparse
import json
import logging
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from rag.question_kind import KINDS, SCALE, WEIGHTS, features

log = logging.getLogger("rag.training")
QUESTIONS = Path(__file__).with_suffix(".jsonl")
SEEN = 2
"""Questions that a feature must occur in."""
INVERSE_DECAY = 3.0
"""C of the regression; of 0.3, 1 and 3 the best in cross-validation."""
LEAST = 0.08
"""A feature is kept where one of its weights is at least this."""
FOLDS = 5
Rows = Sequence[dict[str, float]]


def read_questions(path: Path) -> tuple[list[str], list[str]]:
    """Questions and their kinds."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line["question"] for line in lines], [line["kind"] for line in lines]


def matrix(rows: Rows, columns: dict[str, int]) -> "csr_matrix[np.float64]":
    """The features that ``columns`` numbers; shape (len(rows), len(columns))."""
    found = [(n, columns[name], value) for n, row in enumerate(rows) for name, value in row.items() if name in columns]
    lines, places, values = zip(*found, strict=True)
    return csr_matrix((values, (lines, places)), shape=(len(rows), len(columns)))


def fit(rows: Rows, kinds: Sequence[str]) -> tuple[dict[str, int], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Columns of the features, weights of shape (len(KINDS), len(columns)) and the bias of each kind."""
    from sklearn.linear_model import LogisticRegression

    seen = Counter(name for row in rows for name in row)
    columns = {name: n for n, name in enumerate(sorted(name for name, count in seen.items() if count >= SEEN))}
    model = LogisticRegression(C=INVERSE_DECAY, max_iter=1000)
    model.fit(matrix(rows, columns), kinds)
    order = [list(model.classes_).index(kind) for kind in KINDS]
    return columns, model.coef_[order], model.intercept_[order]


def cross_validated(rows: Rows, kinds: Sequence[str]) -> float:
    """Share of the questions that are told rightly by a model that has not seen them."""
    order = np.random.default_rng(0).permutation(len(rows))
    right = 0
    for fold in range(FOLDS):
        held, rest = order[fold::FOLDS], np.setdiff1d(order, order[fold::FOLDS])
        columns, weights, bias = fit([rows[n] for n in rest], [kinds[n] for n in rest])
        told = np.argmax(matrix([rows[n] for n in held], columns) @ weights.T + bias, axis=1)
        right += sum(KINDS[guess] == kinds[n] for guess, n in zip(told, held, strict=True))
    return right / len(rows)


def main() -> None:
    """Measure, fit, write."""
    parser = argparse.ArgumentParser(prog="python -m rag.training.question_kinds", description=__doc__)
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--output", type=Path, default=Path("rag/weights") / WEIGHTS)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.INFO)
    questions, kinds = read_questions(arguments.questions)
    rows = [features(question) for question in questions]
    share = round(cross_validated(rows, kinds), 4)
    columns, weights, bias = fit(rows, kinds)
    kept = {name: weights[:, n] for name, n in columns.items() if np.abs(weights[:, n]).max() >= LEAST}
    said = {
        "questions": len(questions),
        "cross_validated": share,
        "bias": _whole(bias),
        "weights": {name: _whole(row) for name, row in kept.items()},
    }
    arguments.output.write_text(json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    log.info("%d questions, %.3f right in cross-validation; %d features kept", len(questions), share, len(kept))


def _whole(values: npt.NDArray[np.float64]) -> list[int]:
    return [int(value) for value in np.rint(values * SCALE)]


if __name__ == "__main__":
    main()
