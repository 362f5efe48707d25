import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from embeddings.bundled import bundled_folder
from embeddings.encoder import load_encoder
from embeddings.errors import EncoderNotFound
from tests.contracts import encoder_contract
from tests.fakes import HashEncoder


def test_the_fake_keeps_the_contract() -> None:
    encoder_contract(HashEncoder())


def test_the_fake_can_be_computed_in_the_head() -> None:
    rows = HashEncoder().encode_queries(["a a b", ""])
    np.testing.assert_allclose(rows, np.array([[0, 2, 1, 0, 0, 0, 0, 0], [0] * 8]) / np.sqrt(5), atol=1e-6)


def test_the_fake_remembers_what_it_encoded() -> None:
    encoder = HashEncoder()
    encoder.encode_passages(["x", "y"])
    encoder.encode_queries(["z"])
    assert encoder.encoded == ["x", "y"]


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_path_without_a_model(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EncoderNotFound, match=name):
        load_encoder(str(tmp_path / name))


def test_a_name_on_a_server_is_only_a_path_that_is_not_there() -> None:
    with pytest.raises(EncoderNotFound):
        load_encoder("organisation/model")


def test_a_static_model_is_run_without_torch() -> None:
    script = (
        "import sys; from embeddings.encoder import load_encoder;"
        f"load_encoder().encode_queries(['x']); load_encoder({str(bundled_folder())!r});"
        "sys.exit(bool({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, cwd=Path.cwd()).returncode == 0
