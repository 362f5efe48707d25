import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, pre_tokenizers

from embeddings.encoder import load_encoder
from embeddings.errors import EncoderDamaged
from embeddings.static_encoder import StaticEncoder, is_static, unit_rows

STATIC = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"


def write_model(folder: Path, rows: int = 3, prompts: dict[str, str] | None = None) -> Path:
    """Tokens a, b and c with the vectors (3, 0), (0, 4) and (0, 0)."""
    tokenizer = Tokenizer(models.BPE({"a": 0, "b": 1, "c": 2}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    table = np.array([[3, 0], [0, 4], [0, 0]], dtype=np.float16)[:rows]
    save_file({"embedding.weight": table}, folder / "model.safetensors")
    (folder / "modules.json").write_text(json.dumps([{"idx": 0, "name": "0", "path": "", "type": STATIC}]))
    (folder / "config_sentence_transformers.json").write_text(json.dumps({"prompts": prompts or {}}))
    return folder


def test_a_vector_is_the_mean_of_its_tokens_at_unit_length(tmp_path: Path) -> None:
    rows = StaticEncoder(write_model(tmp_path)).encode_passages(["a", "ab", "aab", "xyz", "c", ""])
    expected = [[1, 0], [3 / 5, 4 / 5], [6 / np.sqrt(52), 4 / np.sqrt(52)], [0, 0], [0, 0], [0, 0]]
    np.testing.assert_allclose(rows, expected, atol=1e-6)


def test_a_long_text_is_summed_in_steps(tmp_path: Path) -> None:
    rows = StaticEncoder(write_model(tmp_path)).encode_passages(["a" * 10_000 + "b" * 10_000])
    np.testing.assert_allclose(rows, [[3 / 5, 4 / 5]], atol=1e-5)


def test_more_texts_than_one_batch_keep_their_order(tmp_path: Path) -> None:
    rows = StaticEncoder(write_model(tmp_path)).encode_passages(["a", "b"] * 2500)
    np.testing.assert_array_equal(rows, [[1, 0], [0, 1]] * 2500)


def test_prompts_stand_before_texts_but_give_blanks_no_meaning(tmp_path: Path) -> None:
    encoder = StaticEncoder(write_model(tmp_path, prompts={"query": "a ", "document": "b "}))
    np.testing.assert_allclose(encoder.encode_queries(["b", " ", ""]), [[3 / 5, 4 / 5], [0, 0], [0, 0]], atol=1e-6)
    np.testing.assert_allclose(encoder.encode_passages(["b"]), [[0, 1]], atol=1e-6)


def test_unit_rows_leave_nothing_that_is_no_number() -> None:
    rows = unit_rows(np.array([[3, 4], [0, 0], [np.nan, 1], [np.inf, 1]], dtype=np.float32))
    np.testing.assert_allclose(rows, [[3 / 5, 4 / 5], [0, 0], [0, 0], [0, 0]], atol=1e-6)


@pytest.mark.parametrize("file", ["tokenizer.json", "model.safetensors", "config_sentence_transformers.json"])
def test_a_file_that_does_not_parse(tmp_path: Path, file: str) -> None:
    (write_model(tmp_path) / file).write_text("no such thing")
    with pytest.raises(EncoderDamaged) as caught:
        load_encoder(str(tmp_path))
    assert str(tmp_path) in str(caught.value)


def test_a_table_too_short_for_its_tokenizer(tmp_path: Path) -> None:
    with pytest.raises(EncoderDamaged, match=r"\(2, 2\) for 3 tokens"):
        StaticEncoder(write_model(tmp_path, rows=2))


@pytest.mark.parametrize("modules", ["{}", "[]", "[3]", "nothing", '[{"type": "x.Transformer", "path": ""}]'])
def test_what_is_not_static(tmp_path: Path, modules: str) -> None:
    assert is_static(write_model(tmp_path))
    (tmp_path / "modules.json").write_text(modules)
    assert not is_static(tmp_path)
