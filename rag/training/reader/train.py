"""Training: steps over windows, resumable from a checkpoint."""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rag.reader_inputs import WINDOW, Marks, padded
from rag.training.reader.evaluate import evaluate
from rag.training.reader.material import Material
from rag.training.reader.model import deeper, new_model
from rag.training.reader.recipe import Recipe
from rag.training.reader.samples import Item, Sample, samples, targets

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer
    from torch.optim.lr_scheduler import LRScheduler
    from transformers import BertForQuestionAnswering

log = logging.getLogger("rag.training.reader")
BLOCK = 512
"""Questions that are put into batches together, by length: little is padded, and batches stay mixed."""
SAVE, SHOW, MEASURE = 500, 100, 2000
"""Steps between two checkpoints, lines, and measurements."""


def train(
    material: Material,
    recipe: Recipe,
    work: Path,
    *,
    body: Path | None = None,
    reader: Path | None = None,
    device: str = "cpu",
) -> BertForQuestionAnswering:
    """The trained network; ``work`` holds the checkpoint of a run that was interrupted, and is gone on from.

    Args:
        material: What to learn from.
        recipe: How.
        work: Folder for the checkpoint.
        body: ``model.safetensors`` of a BERT whose lowest layers are started from; ``None`` to start from nothing.
        reader: A finished reader to go on from in place of a body; layers that the recipe has above its own are new.
        device: ``cpu`` or ``cuda``.
    """
    import torch

    torch.manual_seed(0)
    marks = marks_of(material.tokenizer)
    unknown = material.tokenizer.get_vocab()["[UNK]"]
    if reader is not None:
        model = deeper(reader, recipe.layers, dropout=recipe.dropout)
    else:
        model = new_model(
            material.tokenizer.get_vocab_size(), recipe.layers, body=body, characters=material.vectors,
            dropout=recipe.dropout,
        )  # fmt: skip
    if device == "cpu" and _has_bfloat16():
        model.set_attn_implementation("eager")  # torch's fused attention goes back slowly here: a third of a step
    model.to(device)  # type: ignore[arg-type]  # transformers' own wrapper hides the signature
    optimiser, schedule = _optimiser(model, recipe)
    step = _resumed(work, model, optimiser, schedule)
    begun, seen = time.perf_counter(), [0.0]
    for batch in _batches(material, recipe, marks, step):
        if step >= recipe.steps:
            break
        value = _loss(model, batch, device, unknown, recipe.forgotten)
        value.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        seen.append(float(value.detach()))
        step += 1
        if step % SHOW == 0:
            log.info("step %d: loss %.3f, %.0f s", step, np.mean(seen[-SHOW:]), time.perf_counter() - begun)
        if step % SAVE == 0 or step == recipe.steps:
            _save(work, model, optimiser, schedule, step)
        if step % MEASURE == 0 or step == recipe.steps:
            log.info("step %d: %s", step, json.dumps(evaluate(model, material.apart, marks, material.tokenizer)))
    model.to("cpu")  # type: ignore[arg-type]
    return model


def marks_of(tokenizer: Tokenizer) -> Marks:
    """The ids of the marks between question, headings and text."""
    entries = tokenizer.get_vocab()
    return Marks(cls=entries["[CLS]"], sep=entries["[SEP]"])


def _optimiser(model: BertForQuestionAnswering, recipe: Recipe) -> tuple[torch.optim.Optimizer, LRScheduler]:
    import torch

    def is_new(name: str) -> bool:
        return any(part in name for part in ("word_embeddings", "token_type", "qa_outputs"))

    new = [weight for name, weight in model.named_parameters() if is_new(name)]
    old = [weight for name, weight in model.named_parameters() if not is_new(name)]
    groups = [{"params": new, "lr": 2 * recipe.learning_rate}, {"params": old, "lr": recipe.learning_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))

    def share(step: int) -> float:
        left = (recipe.steps - step) / max(1, recipe.decay)
        return max(0.01, min((step + 1) / recipe.warmup, 1.0, left))

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, share)


def _batches(material: Material, recipe: Recipe, marks: Marks, step: int) -> Iterator[list[Sample]]:
    """Windows without end, each question once before any comes again; another order for each ``step`` begun at."""
    draw = random.Random(step)
    while True:
        for block in _blocks(material.learnt, material.made, recipe.cloze, draw):
            # By the time the learning rate falls, windows are as long as in use.
            window = WINDOW if step >= recipe.steps - recipe.decay else recipe.window
            made = [
                sample
                for item in block
                for sample in samples(
                    item, draw, marks, negatives=recipe.negatives, altered=recipe.altered, window=window
                )
            ]
            made.sort(key=lambda sample: len(sample.input.ids) + 20 * draw.random())
            batches = [made[at : at + recipe.batch] for at in range(0, len(made), recipe.batch)]
            draw.shuffle(batches)
            step += len(batches)
            yield from batches


def _blocks(written: Sequence[Item], made: Sequence[Item], share: float, draw: random.Random) -> Iterator[list[Item]]:
    order = list(written)
    draw.shuffle(order)
    further = draw.choices(made, k=int(len(order) * share / (1 - share))) if made else []
    whole = [*order, *further]
    draw.shuffle(whole)
    for at in range(0, len(whole), BLOCK):
        yield whole[at : at + BLOCK]


def _loss(
    model: BertForQuestionAnswering, batch: Sequence[Sample], device: str, unknown: int, forgotten: float
) -> torch.Tensor:
    """Cross entropy of first and last token; of several right ones the sum of their probabilities counts."""
    import torch

    ids, types, mask = (torch.from_numpy(part).to(device) for part in padded([sample.input for sample in batch]))
    starts, ends = (torch.from_numpy(part).to(device) for part in targets(batch, ids.shape[1]))
    if forgotten:
        hidden = (torch.rand(ids.shape, device=device) < forgotten) & (ids > unknown)
        ids = ids.masked_fill(hidden, unknown)
    with torch.autocast(device, dtype=torch.bfloat16, enabled=device != "cpu" or _has_bfloat16()):
        said = model(input_ids=ids, token_type_ids=types, attention_mask=mask)
    losses = [
        _negative_log(logits, mask, right) for logits, right in ((said.start_logits, starts), (said.end_logits, ends))
    ]
    return (losses[0] + losses[1]).mean() / 2


@cache
def _has_bfloat16() -> bool:
    """Whether this processor multiplies in bfloat16, twice as fast, rather than imitating it, which is slower."""
    import torch

    return bool(torch.cpu._is_avx512_bf16_supported())


def _negative_log(logits: torch.Tensor, mask: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    import torch

    shares = torch.log_softmax(logits.float().masked_fill(mask == 0, -1e4), -1)
    return -torch.logsumexp(shares.masked_fill(~right, -1e4), -1)


def _resumed(
    work: Path,
    model: BertForQuestionAnswering,
    optimiser: torch.optim.Optimizer,
    schedule: LRScheduler,
) -> int:
    import torch

    place = work / "checkpoint.pt"
    if not place.is_file():
        return 0
    kept = torch.load(place, weights_only=True)
    model.load_state_dict(kept["model"])
    optimiser.load_state_dict(kept["optimiser"])
    schedule.load_state_dict(kept["schedule"])
    log.info("going on from step %d of %s", kept["step"], place)
    return int(kept["step"])


def _save(
    work: Path,
    model: BertForQuestionAnswering,
    optimiser: torch.optim.Optimizer,
    schedule: LRScheduler,
    step: int,
) -> None:
    """Write the checkpoint under another name first, so that an interruption leaves a whole one."""
    import torch

    kept = {
        "model": model.state_dict(), "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(),
        "step": step,
    }  # fmt: skip
    work.mkdir(parents=True, exist_ok=True)
    torch.save(kept, work / "checkpoint.new")
    (work / "checkpoint.new").replace(work / "checkpoint.pt")
