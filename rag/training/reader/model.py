"""The network: a small BERT for question answering, with a body from elsewhere where one is given."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rag.reader_inputs import LEVELS

if TYPE_CHECKING:
    from transformers import BertForQuestionAnswering

POSITIONS = 320


def new_model(
    vocabulary: int, layers: int, *, body: Path | None, characters: npt.NDArray[np.float32] | None, dropout: float = 0.1
) -> BertForQuestionAnswering:
    """A model of width 384 with ``layers`` layers.

    Args:
        vocabulary: Entries of the tokenizer.
        layers: How many.
        body: ``model.safetensors`` of a BERT of the same width; its lowest layers and its positions are taken. A body
            carries over to another language (Artetxe, Ruder and Yogatama, On the cross-lingual transferability of
            monolingual representations, 2020).
        characters: First vectors of the characters, shape (vocabulary, 384); brought to the body's scale.
        dropout: Of hidden states and of attention.
    """
    import torch
    from safetensors.torch import load_file
    from transformers import BertConfig, BertForQuestionAnswering

    config = BertConfig(
        vocab_size=vocabulary, hidden_size=384, num_hidden_layers=layers, num_attention_heads=12,
        intermediate_size=1536, max_position_embeddings=POSITIONS, type_vocab_size=2 * LEVELS,
        hidden_dropout_prob=dropout, attention_probs_dropout_prob=0.0,
    )  # fmt: skip  # attention without dropout is computed in one piece, which halves a step on a CPU
    model = BertForQuestionAnswering(config)
    inside = model.bert.embeddings
    with torch.no_grad():
        if body is not None:
            given = load_file(body)
            mine = model.bert.state_dict()
            for name, value in mine.items():
                if name.startswith("encoder.layer."):
                    value.copy_(given[name])
            inside.position_embeddings.weight.copy_(given["embeddings.position_embeddings.weight"][:POSITIONS])
            inside.LayerNorm.weight.copy_(given["embeddings.LayerNorm.weight"])
            inside.LayerNorm.bias.copy_(given["embeddings.LayerNorm.bias"])
            words = given["embeddings.word_embeddings.weight"]
            inside.word_embeddings.weight.copy_(words.mean(0) + words.std(0) * torch.randn(vocabulary, 384))
            sides = given["embeddings.token_type_embeddings.weight"]
            inside.token_type_embeddings.weight.copy_(
                sides.repeat_interleave(LEVELS, 0) + 0.02 * torch.randn(2 * LEVELS, 384)
            )
            if characters is not None:
                scaled = (characters - characters.mean(0)) / characters.std()
                inside.word_embeddings.weight.copy_(words.mean(0) + words.std() * torch.from_numpy(scaled))
    return model


def deeper(folder: Path, layers: int, *, dropout: float = 0.1) -> BertForQuestionAnswering:
    """The reader in ``folder`` with ``layers`` layers, those it lacks put on top so that it says nearly the same.

    A new layer adds nothing to what it is given until it has learnt to (Chen et al., Net2Net, 2016; as zeroed outputs:
    Zhang et al., Fixup, 2019), so that training goes on from what the shallower network knows; inside it is a copy of
    the one below, which knows already where to look (Gong et al., Progressively stacking, 2019).

    Args:
        folder: A checkpoint of this recipe.
        layers: How many there shall be, at least its own number.
        dropout: Of hidden states.
    """
    import torch
    from transformers import BertForQuestionAnswering

    whole = BertForQuestionAnswering.from_pretrained(folder, dtype=torch.float32, hidden_dropout_prob=dropout)
    config = whole.config
    grown = BertForQuestionAnswering(type(config)(**{**config.to_dict(), "num_hidden_layers": layers}))
    weights, known = grown.state_dict(), whole.state_dict()
    last = f"bert.encoder.layer.{config.num_hidden_layers - 1}.output.LayerNorm"
    scale, shift = known[f"{last}.weight"], known[f"{last}.bias"]
    # What leaves a normalisation has, token by token, nearly the mean of its biases and the spread of both together;
    # the new ones bring it back to that.
    spread, middle = (scale**2 + shift**2).mean().sqrt(), shift.mean()
    for number in range(config.num_hidden_layers, layers):
        for part in ("attention.self.query", "attention.self.key", "attention.self.value", "intermediate.dense"):
            for kind in ("weight", "bias"):
                below = f"bert.encoder.layer.{config.num_hidden_layers - 1}.{part}.{kind}"
                weights[f"bert.encoder.layer.{number}.{part}.{kind}"] = known[below].clone()
        for part in ("attention.output", "output"):
            place = f"bert.encoder.layer.{number}.{part}"
            weights[f"{place}.dense.weight"].zero_()
            weights[f"{place}.dense.bias"].zero_()
            weights[f"{place}.LayerNorm.weight"].fill_(spread)
            weights[f"{place}.LayerNorm.bias"].fill_(middle)
    grown.load_state_dict({**weights, **known})
    return grown


def blended(trained: BertForQuestionAnswering, before: BertForQuestionAnswering, share: float) -> None:
    """Make of the weights of ``trained`` the mean with those it began from, which count ``share``.

    What a network learns on from another often lies in the same valley: their mean keeps what the first could do
    elsewhere and is no slower (Wortsman et al., Robust fine-tuning of zero-shot models, 2022).
    """
    old = before.state_dict()
    mean = {
        name: value.lerp(old[name].to(value.device), share) if value.is_floating_point() else value
        for name, value in trained.state_dict().items()
    }
    trained.load_state_dict(mean)
