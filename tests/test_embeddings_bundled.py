import json
import shutil
from pathlib import Path

import pytest

from embeddings.bundled import bundled_encoder, bundled_folder, verify, write_manifest
from embeddings.encoder import Encoder, load_encoder
from embeddings.errors import EncoderDamaged
from tests.contracts import encoder_contract


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(bundled_folder(), tmp_path / "copy"))


def test_it_keeps_the_contract(encoder: Encoder) -> None:
    encoder_contract(encoder)


def test_it_fits_into_the_repository() -> None:
    assert sum(path.stat().st_size for path in bundled_folder().rglob("*") if path.is_file()) <= 24_000_000


def test_traditional_and_simplified_characters_are_the_same_to_it(encoder: Encoder) -> None:
    simplified, traditional = encoder.encode_queries(["图书馆的开放时间是几点", "圖書館的開放時間是幾點"])
    assert simplified @ traditional > 0.9999


def test_full_width_figures_and_capitals_are_the_same_to_it(encoder: Encoder) -> None:
    plain, wide = encoder.encode_queries(["gdp增长12.5%", "ＧＤＰ 增长１２.５％"])
    assert plain @ wide > 0.9999


def test_no_common_character_is_unknown(encoder: Encoder) -> None:
    rare = [chr(code) for code in range(0x4E00, 0x9FA6)]
    assert (abs(encoder.encode_passages(rare)).max(axis=1) > 0).all()


def test_a_paraphrase_is_nearer_than_another_subject(encoder: Encoder) -> None:
    question = encoder.encode_queries(["养狗要去哪里登记"])[0]
    near, far = encoder.encode_passages(
        ["饲养犬只的，应当到所在地公安机关办理登记。", "年度预算执行情况由财政部门向大会报告。"]
    )
    assert question @ near > question @ far + 0.2


def test_the_name_follows_the_weights(copy: Path, encoder: Encoder) -> None:
    assert bundled_encoder(copy).name.rpartition("-")[2] == encoder.name.rpartition("-")[2]
    config = copy / "config_sentence_transformers.json"
    config.write_text(config.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    write_manifest(copy)
    assert bundled_encoder(copy).name.rpartition("-")[2] != encoder.name.rpartition("-")[2]


def test_a_changed_file_is_named(copy: Path) -> None:
    weights = copy / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"?")
    with pytest.raises(EncoderDamaged, match=r"model\.safetensors differs"):
        bundled_encoder(copy)


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "tokenizer.json").unlink()
    with pytest.raises(EncoderDamaged, match=r"tokenizer\.json is missing"):
        bundled_encoder(copy)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', '{"format": 1, "files": 3}'])
def test_a_manifest_that_cannot_be_read(copy: Path, text: str) -> None:
    (copy / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(EncoderDamaged, match=r"no readable manifest\.json"):
        verify(copy)


def test_a_manifest_of_another_format(copy: Path) -> None:
    (copy / "manifest.json").write_text(json.dumps({"format": 99, "files": {}}), encoding="utf-8")
    with pytest.raises(EncoderDamaged, match="format 99"):
        verify(copy)


def test_no_weights_at_all(tmp_path: Path) -> None:
    with pytest.raises(EncoderDamaged, match="manifest"):
        bundled_encoder(tmp_path)
