"""Everything about the trained reader that was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """The numbers behind a training run; ``tests/benchmarks/RESULTS.md`` has what was measured.

    Attributes:
        vocabulary: Entries of the tokenizer at the most.
        layers: Of the network, each of width 384.
        steps: Optimiser steps in all, those before a checkpoint included.
        decay: How many of them, the last ones, the learning rate falls over, linearly to a hundredth; before, it rises
            over ``warmup`` steps and stays. So a run can be continued with more data before it is brought to its end
            (Hu et al., MiniCPM, 2024).
        batch: Windows in one step.
        learning_rate: Of AdamW, for the body; vectors of characters, token types and the head learn twice as fast.
        negatives: Chance that a question is shown a second time with a window that does not answer it.
        altered: Chance that one that can be altered so that its window does not answer it is shown so as well.
        window: Tokens of a window while the learning rate stays; in the decay it is that of use.
        cloze: Share of the questions that are made from unlabelled text in place of written ones.
        verdicts: The share of the questions for yes or no that are learnt from: what decides them is no short answer.
        often: For the sources of questions how often each of theirs is shown where one of another source is shown once.
        dropout: Of hidden states; for a run in which few questions come twice, none.
        forgotten: Share of the tokens that the network does not get to see.
        kept: Share of the reader that was gone on from in the result: the weights of both are averaged so.
        texts: Read only so many unlabelled paragraphs; ``None`` for all.
        questions: Learn from, and measure on, only so many questions; ``None`` for all.
    """

    vocabulary: int = 7000
    layers: int = 3
    steps: int = 10_000
    decay: int = 3500
    warmup: int = 400
    batch: int = 16
    learning_rate: float = 2.5e-4
    negatives: float = 0.35
    altered: float = 0.25
    window: int = 128
    cloze: float = 0.0
    verdicts: float = 1.0
    often: Mapping[str, float] = field(default_factory=dict)
    dropout: float = 0.1
    forgotten: float = 0.0
    kept: float = 0.0
    texts: int | None = None
    questions: int | None = None


GPU = replace(Recipe(), steps=60_000, decay=20_000, batch=64, learning_rate=3e-4, window=160)
OFFICIAL = {
    "documents": 1.6, "reference": 1.6, "official": 1.3, "laws": 1.3, "drcd": 1.2, "cmrc": 0.8, "further": 0.7
}  # fmt: skip
"""More of what the reader will serve, and less of the encyclopedias."""
DEEPER = replace(
    Recipe(),
    layers=5,
    steps=12_000,
    decay=2800,
    warmup=300,
    learning_rate=2e-4,
    dropout=0.05,
    verdicts=0.4,
    often=OFFICIAL,
    kept=0.5,
)
"""What goes on from a finished reader, with layers more where it has fewer."""
SMOKE = replace(Recipe(), layers=1, steps=12, decay=6, warmup=2, batch=4, texts=200, questions=100)
