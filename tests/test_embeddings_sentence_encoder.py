"""The owner of sentence-transformers, on the bundled static model and on a tiny transformer made here."""

import warnings
from pathlib import Path

import numpy as np
import pytest

from embeddings.bundled import bundled_folder
from embeddings.encoder import load_encoder
from embeddings.errors import EncoderDamaged
from embeddings.sentence_encoder import SentenceEncoder
from embeddings.static_encoder import StaticEncoder
from tests.contracts import TEXTS, encoder_contract

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of torch and its neighbours at import
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

PROMPTS = {"query": "a a a ", "document": ""}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two thousand weights that knows single characters."""
    folder = tmp_path_factory.mktemp("parts")
    characters = sorted({character for text in TEXTS for character in text.lower() if not character.isspace()})
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters, *(f"##{letter}" for letter in characters)]
    vocabulary = {token: number for number, token in enumerate(dict.fromkeys(tokens))}
    BertTokenizerFast(vocab=vocabulary).save_pretrained(folder)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    BertModel(BertConfig(vocab_size=len(vocabulary), **sizes)).save_pretrained(folder)
    body = Transformer(str(folder))
    made = SentenceTransformer(modules=[body, Pooling(16)], prompts=PROMPTS, device="cpu")
    made.half().save_pretrained(str(folder / "tiny"), create_model_card=False)
    return folder / "tiny"


def test_numpy_gives_the_numbers_of_sentence_transformers() -> None:
    texts = [*TEXTS, "", "一" * 3000, "Ω ＡＢＣ １２３ 龘 𠀀", "圖書館" * 7]
    light, full = StaticEncoder(bundled_folder()), SentenceEncoder(bundled_folder())
    np.testing.assert_allclose(light.encode_passages(texts), full.encode_passages(texts), atol=1e-5)
    np.testing.assert_allclose(light.encode_queries(texts), full.encode_queries(texts), atol=1e-5)
    assert light.name == full.name


def test_the_bundled_folder_is_a_plain_sentence_transformers_model() -> None:
    plain = SentenceTransformer(str(bundled_folder()), local_files_only=True, device="cpu")
    rows = plain.encode(list(TEXTS), normalize_embeddings=True)
    np.testing.assert_allclose(rows.astype(np.float32), load_encoder().encode_passages(TEXTS), atol=2e-3)


def test_a_transformer_keeps_the_contract(tiny: Path) -> None:
    encoder = load_encoder(str(tiny))
    assert isinstance(encoder, SentenceEncoder)
    assert encoder.dimension == 16
    assert encoder.name.startswith("tiny-")
    encoder_contract(encoder)


def test_prompts_are_honoured(tiny: Path) -> None:
    encoder = SentenceEncoder(tiny)
    asked, prompted = encoder.encode_queries(["twice"]), encoder.encode_passages(["a a a twice"])
    np.testing.assert_allclose(asked, prompted, atol=1e-5)
    assert not np.allclose(asked, encoder.encode_passages(["twice"]), atol=1e-3)


def test_a_model_that_does_not_load(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    with pytest.raises(EncoderDamaged, match="cannot be loaded"):
        load_encoder(str(tmp_path))
