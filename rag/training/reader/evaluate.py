"""What the network alone can do with questions on articles kept apart, the paragraph that answers given."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from embeddings.training.exercises import Exercise
from rag.answer import Span
from rag.evaluation.metrics.cmrc_f1 import cmrc_f1
from rag.reader_inputs import Marks, make_input, padded, windows
from rag.sentences import sentences
from rag.training.reader.samples import Item

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import BertForQuestionAnswering

MOST = 400
"""Questions of each set."""
LONGEST = 60
"""Tokens of an answer."""
FALSE_REFUSALS = 0.1
"""Share of the answerable questions that may be refused when near misses are counted."""


def evaluate(
    model: BertForQuestionAnswering, apart: Sequence[tuple[Exercise, Item]], marks: Marks, tokenizer: Tokenizer
) -> dict[str, dict[str, float]]:
    """For each set F1, whether the sentence is right, and near misses refused at a tenth of false refusals."""
    sets: dict[str, list[tuple[Exercise, Item]]] = {}
    for each in apart:
        sets.setdefault(each[0].source, []).append(each)
    model.eval()  # type: ignore[no-untyped-call]
    figures = {}
    for name, members in sets.items():
        chosen = random.Random(0).sample(members, min(MOST, len(members)))
        found = [_best(model, item, marks) for _, item in chosen]
        figures[name] = _figures([exercise for exercise, _ in chosen], found, tokenizer)
    model.train()
    return figures


def _figures(
    exercises: Sequence[Exercise], found: Sequence[tuple[float, Span]], tokenizer: Tokenizer
) -> dict[str, float]:
    f1, right, scores, silent = [], [], [], []
    for exercise, (score, span) in zip(exercises, found, strict=True):
        if not exercise.answers:
            silent.append(score)
            continue
        scores.append(score)
        offsets = tokenizer.encode(exercise.text).offsets
        first, last = offsets[span[0]][0], offsets[span[1] - 1][1]
        f1.append(cmrc_f1(exercise.text[first:last], exercise.answers))
        holding = next((s for s in sentences(exercise.text) if s[0] <= (first + last) / 2 < s[1]), (0, 0))
        right.append(any(holding[0] <= start < holding[1] for start, _ in exercise.spans))
    figures = {"n": float(len(exercises)), "f1": float(np.mean(f1)), "sentence": float(np.mean(right))}
    if silent:
        bar = np.quantile(scores, FALSE_REFUSALS)
        figures["near misses refused"] = float(np.mean(np.asarray(silent) < bar))
    return {name: round(value, 3) for name, value in figures.items()}


def _best(model: BertForQuestionAnswering, item: Item, marks: Marks) -> tuple[float, Span]:
    """The best span over all windows with its log-odds over no answer, in tokens of the passage."""
    import torch

    laid = windows(len(item.passage))
    inputs = [make_input(item.question, item.headings, item.passage, window, marks) for window in laid]
    device = model.device
    with torch.inference_mode():
        ids, types, mask = (torch.from_numpy(part).to(device) for part in padded(inputs))
        said = model(input_ids=ids, token_type_ids=types, attention_mask=mask)
    best = (-np.inf, (0, 1))
    for each, begin, end in zip(
        inputs, said.start_logits.float().cpu().numpy(), said.end_logits.float().cpu().numpy(), strict=True
    ):
        inside = slice(each.start, each.start + each.tokens)
        sums = begin[inside, None] + end[None, inside] - begin[0] - end[0]
        sums = np.where(np.triu(np.ones_like(sums)) - np.triu(np.ones_like(sums), LONGEST) > 0, sums, -np.inf)
        i, j = divmod(int(sums.argmax()), sums.shape[1])
        best = max(best, (float(sums[i, j]), (each.first + i, each.first + j + 1)))
    return best
