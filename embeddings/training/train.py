"""Tokenizer, first vectors, training: from the data folder to a model folder."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from embeddings.encoder import Vectors
from embeddings.training.pairs import Material, Rows, all_pairs, paragraphs
from embeddings.training.split import SEED
from embeddings.training.tokenizer import trained

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer, SentenceTransformerTrainingArguments
    from tokenizers import Tokenizer


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Everything that was chosen by measuring.

    Attributes:
        vocabulary: Entries of the tokenizer.
        dimension: Columns of the table; in 16-bit floats the file takes 2 * vocabulary * dimension bytes.
        sizes: At most how many pairs of each kind.
        passes: How often such a sample is drawn: each pass has other clips, sentences and negatives.
        forgotten: Share of an anchor's tokens that is left out, so that no single word is relied upon.
        batch: Pairs in one step; each anchor's negatives are the other positives of its batch.
        learning_rate: Of AdamW at its peak, after a tenth of the steps; then linearly down to zero.
        scale: Factor on the cosine before the softmax (the inverse temperature).
        laws_at_most: Read only so many laws; ``None`` for all.
    """

    vocabulary: int = 14000
    dimension: int = 512
    sizes: Mapping[str, int] = field(
        default_factory=lambda: {
            "question_encyclopedia": 10000,
            "question_official": 10000,
            "heading": 3000,
            "neighbours": 3000,
            "sentence": 9000,
            "clip": 6000,
        }
    )
    passes: int = 16
    forgotten: float = 0.4
    batch: int = 1024
    learning_rate: float = 5e-3
    scale: float = 20.0
    laws_at_most: int | None = None


SMOKE = Recipe(
    vocabulary=5200,
    dimension=32,
    sizes=dict.fromkeys(
        ("question_encyclopedia", "question_official", "heading", "neighbours", "sentence", "clip"), 128
    ),
    passes=1,
    batch=32,
    laws_at_most=40,
)
"""A run of seconds that proves the way from the data to the folder; its vectors are worth nothing."""


def build(known: Material, recipe: Recipe) -> SentenceTransformer:
    """Train a static model on ``known`` and return it with its table in 16-bit floats."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    draw = random.Random(SEED)
    tokenizer = trained(vocabulary_texts(known, draw), recipe.vocabulary)
    table = first_vectors(tokenizer, known.texts, recipe.dimension)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=table)], device="cpu")
    pairs: dict[str, Rows] = {}
    for _ in range(recipe.passes):
        for kind, rows in all_pairs(known, recipe.sizes, draw).items():
            pairs.setdefault(kind, []).extend(thinned(rows, tokenizer, recipe.forgotten, draw))
    fit(model, pairs, recipe)
    return model.half()


def vocabulary_texts(known: Material, draw: random.Random) -> list[str]:
    """What the vocabulary is counted on: laws are ten times as long as all the rest, so only a quarter of them."""
    official = paragraphs(known.official)
    asked = [question.question for question in (*known.squad_questions, *known.official_questions)]
    return draw.sample(official, len(official) // 4) + 2 * paragraphs(known.encyclopedia) + 2 * asked


def thinned(rows: Rows, tokenizer: Tokenizer, forgotten: float, draw: random.Random) -> Rows:
    """``rows`` with a share of the tokens of each anchor left out (but never all of them)."""
    encodings = tokenizer.encode_batch([row[0] for row in rows], add_special_tokens=False)
    kept: Rows = []
    for row, encoding in zip(rows, encodings, strict=True):
        spans = [row[0][start:end] for start, end in encoding.offsets if draw.random() >= forgotten]
        kept.append((" ".join(spans) or row[0], *row[1:]))
    return kept


def first_vectors(tokenizer: Tokenizer, texts: Sequence[str], dimension: int) -> Vectors:
    """A random direction for each token, as long as the token is rare, of shape (vocabulary, dimension).

    The mean of such rows is a random projection of the text's tf-idf vector, whose cosines it keeps up to an error
    of about 1/sqrt(dimension) (Johnson and Lindenstrauss 1984): training starts from a search by words that works.
    """
    size = tokenizer.get_vocab_size()
    documents = np.zeros(size)
    for encoding in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False):
        documents[np.unique(encoding.ids)] += 1 if encoding.ids else 0
    rarity = np.log((len(texts) + 1) / (documents + 1)) / np.log(len(texts) + 1)
    table = np.random.default_rng(SEED).standard_normal((size, dimension))
    table *= rarity[:, None] / np.linalg.norm(table, axis=1, keepdims=True)
    return table.astype(np.float32)


def fit(model: SentenceTransformer, pairs: Mapping[str, Rows], recipe: Recipe) -> None:
    """Multiple-negatives ranking (Henderson et al. 2017, arXiv:1705.00652) with sentence-transformers' trainer."""
    from datasets import Dataset  # type: ignore[import-untyped]
    from sentence_transformers import SentenceTransformerTrainer
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

    columns = ("anchor", "positive", "negative")
    sets = {
        kind: Dataset.from_dict(dict(zip(columns, map(list, zip(*rows, strict=True)), strict=False)))
        for kind, rows in pairs.items()
    }
    with tempfile.TemporaryDirectory() as scratch:
        trainer = SentenceTransformerTrainer(
            model=model,
            args=_arguments(scratch, recipe),
            train_dataset=sets,
            loss=MultipleNegativesRankingLoss(model, scale=recipe.scale),
        )
        trainer.train()


def _arguments(scratch: str, recipe: Recipe) -> SentenceTransformerTrainingArguments:
    from sentence_transformers import SentenceTransformerTrainingArguments
    from sentence_transformers.sentence_transformer.training_args import BatchSamplers, MultiDatasetBatchSamplers

    return SentenceTransformerTrainingArguments(
        output_dir=scratch,
        num_train_epochs=1,
        per_device_train_batch_size=recipe.batch,
        learning_rate=recipe.learning_rate,
        warmup_steps=0.1,
        use_cpu=True,
        batch_sampler=BatchSamplers.NO_DUPLICATES,
        multi_dataset_batch_sampler=MultiDatasetBatchSamplers.PROPORTIONAL,
        seed=SEED,
        data_seed=SEED,
        save_strategy="no",
        report_to="none",
        logging_steps=50,
        disable_tqdm=True,
    )
