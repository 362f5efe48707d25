"""Weights that were fitted: read whole, or named as damaged."""

import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from rag.errors import ReaderDamaged
from rag.fitted_weights import fitted_weights
from rag.reader import TRAINED, UNTRAINED, load_weights

FILE = "some_weights.json"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder that is read in place of ``rag/weights``."""
    (tmp_path / "weights").mkdir()
    for cached in (fitted_weights, load_weights):
        cached.cache_clear()
    monkeypatch.setattr(resources, "files", lambda package: tmp_path)
    yield tmp_path / "weights"
    for cached in (fitted_weights, load_weights):
        cached.cache_clear()


def test_the_file_is_given_whole(folder: Path) -> None:
    (folder / FILE).write_text(json.dumps({"bias": [1], "weights": {"bm25": 2.0}}), encoding="utf-8")
    assert fitted_weights(FILE, "bm25") == {"bias": [1], "weights": {"bm25": 2.0}}


@pytest.mark.parametrize("content", ["", "{", "[]", '{"weight": {}}', '{"weights": []}', '{"weights": {"cosine": 1}}'])
def test_damaged_weights_are_named(folder: Path, content: str) -> None:
    (folder / FILE).write_text(content, encoding="utf-8")
    with pytest.raises(ReaderDamaged, match=FILE):
        fitted_weights(FILE, "bm25")


@pytest.mark.parametrize("file", [UNTRAINED, TRAINED])
def test_missing_weights_are_named(folder: Path, file: str) -> None:
    with pytest.raises(ReaderDamaged, match=file):
        load_weights(file)
