"""Everything about the trained reader that was chosen."""

from dataclasses import dataclass, replace


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
        dropout: Of hidden states; for a run in which few questions come twice, none.
        forgotten: Share of the tokens that the network does not get to see.
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
    dropout: float = 0.1
    forgotten: float = 0.0
    texts: int | None = None
    questions: int | None = None


GPU = replace(Recipe(), steps=60_000, decay=20_000, batch=64, learning_rate=3e-4, window=160)
DEEPER = replace(Recipe(), layers=4, steps=7100, decay=2600, warmup=150, learning_rate=2e-4, dropout=0.0)
"""What goes on from a finished reader, with a layer more."""
SMOKE = replace(Recipe(), layers=1, steps=12, decay=6, warmup=2, batch=4, texts=200, questions=100)
