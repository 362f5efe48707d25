"""The model card: what the encoder was made of, how, and what it is good for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from embeddings.training.recipe import Recipe

FIGURES = """
## Figures

`python -m tests.benchmarks.encoder`, on held-out articles alone: hit@1 / hit@5 / MRR@10. The questions of CMRC (584)
and DRCD (788) are asked of their 2,848 paragraphs together; the official ones (410 in the words of the text, 653 in
other words) of 22,397 paragraphs. The divisor 25, and
the vocabulary, width and share of dropped tokens of the encoder itself, were chosen on these same questions: the
figures flatter it somewhat.

| | CMRC | DRCD | official, its words | official, other words |
|---|---|---|---|---|
| this encoder | .777 .935 .843 | .555 .827 .676 | .673 .895 .769 | .349 .600 .461 |
| BM25, character bigrams | .969 .997 .983 | .896 .980 .932 | .851 .961 .901 | .130 .248 .179 |
| both, reciprocal rank fusion | .889 .983 .932 | .711 .949 .813 | .754 .932 .836 | .270 .528 .381 |
| both, cosine + BM25 / 25 | .976 .998 .987 | .883 .980 .926 | .854 .961 .903 | .305 .594 .429 |

These are paragraphs without their titles. Drawn towards these, as the program has them, it finds 0.427 of 400 questions
in other words among the first five of 325,162 paragraphs, where the encoder before found 0.287, and by nearest tokens
more: `python -m tests.benchmarks.official_retrieval`.

About 15,000 paragraphs of 100 characters a second, and less than half a second from starting Python to the vector of a
question, on two CPU cores.

"""
"""Measured with ``python -m tests.benchmarks.encoder`` on the model that is bundled."""

_CARD = """---
language: [zh]
library_name: sentence-transformers
pipeline_tag: sentence-similarity
tags: [sentence-transformers, static-embedding, retrieval]
---

# A static Chinese encoder

The vector of a text is the mean of the vectors of its tokens: {vocabulary} tokens, {dimension} columns, 16-bit floats.
It loads with `SentenceTransformer(path)` alone, runs on any CPU, and was trained from nothing: no other model's
weights, no other model's output.

The tokenizer folds full-width forms, capitals and traditional characters (one by one, with the table of OpenCC), so
that simplified and traditional text give the same tokens; punctuation is dropped; a character that it does not know
falls to its bytes.

## Command

    python -m embeddings.training

{minutes:.0f} minutes on two CPU cores shared with other work; seeds are fixed. `--smoke` proves the way in seconds.

## Recipe

Byte-pair vocabulary over runs of Chinese characters, of letters and of digits. The first vectors are random directions
as long as their tokens are rare. Then steps of multiple-negatives ranking (cosine times {scale:g}, batches of {batch},
Adagrad by rows), each of one kind of query. Beside the other paragraphs of its batch each question has one of the
{mined} that BM25 over the same tokens finds for it; {forgotten:.0%} of the tokens of each query are left out at random.
A paragraph's vector is drawn by {above:g} towards that of its title and heading, but for {bare:.0%} of the steps.
Beside this loss counts another (late interaction): of some queries of a step the nearest tokens, weighed by the
lengths of the query's, are to tell the right paragraph from the mined one and from the nearest rivals of the batch.

| stage | steps | rate | the other loss counts | for queries | with rivals |
|---|---|---|---|---|---|
{stages}

| queries | of all steps |
|---|---|
{shares}

official, laws, search, own, further and encyclopedia are questions on paragraphs; heading: a title and heading over a
paragraph; neighbour: the paragraph before it; sentence: a piece of a paragraph, for what is left of it; clip: a piece,
for the whole.

## Data

| data | licence |
|---|---|
| CMRC 2018, development set (Cui et al. 2019): questions, Wikipedia paragraphs | CC BY-SA 4.0 |
| DRCD, development and test sets (Shao et al. 2018): questions, Wikipedia paragraphs | CC BY-SA 3.0 |
| 3,125 Chinese laws, regulations and interpretations (LawRefBook/Laws) | no copyright (Copyright Law, art. 5) |
| 29 documents of the State Council of China | no copyright (the same article) |
| further questions, on all of these and on made-up official documents (`embeddings/training/*.jsonl`) | Apache-2.0 |
| the table of traditional and simplified characters of OpenCC | Apache-2.0 |

15 % of the articles of every source were kept apart by `embeddings/training/split.py` and never trained on.
{figures}
## Limits

It knows words, not word order: "A fined B" and "B fined A" are the same to it, and so are a sentence and most of its
negations. It is meant to stand beside a search by words, not to replace it: questions that use the words of the text
are found better by BM25. Its world is Chinese law, administration and some Wikipedia; other subjects and other
languages are met only through shared characters and words.
"""


def card(recipe: Recipe, minutes: float) -> str:
    """The README.md of a model made by ``recipe`` in ``minutes``; the figures are those of the full recipe."""
    from embeddings.training.recipe import Recipe

    total = sum(recipe.shares.values())
    return _CARD.format(
        vocabulary=recipe.vocabulary,
        dimension=recipe.dimension,
        minutes=max(1, minutes),
        scale=recipe.scale,
        batch=recipe.batch,
        mined=recipe.mined,
        forgotten=recipe.forgotten,
        above=recipe.above,
        bare=recipe.bare,
        stages="\n".join(
            f"| {number} | {stage.steps} | {stage.rate:g} | {stage.nearest:g} | {stage.closely} | {stage.rivals} |"
            for number, stage in enumerate(recipe.stages, start=1)
        ),
        shares="\n".join(f"| {kind} | {share / total:.0%} |" for kind, share in recipe.shares.items()),
        figures=FIGURES if recipe == Recipe() else "",
    )
