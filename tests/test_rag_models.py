"""Which model is loaded under which name, and what is said where there is none."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from huggingface_hub import constants

from rag import models
from rag.errors import ReaderDamaged, ReaderNotFound, ReaderUnusable
from rag.models import fingerprint, load_model
from rag.readers import Readers
from rag.span_model import Scores, Stretch
from tests.fakes import WordModel
from tests.model_cache import cached


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Every model that was loaded, as (what runs it, its name or folder)."""
    seen: list[tuple[str, str]] = []

    def loader(runs: str) -> Callable[[object], WordModel]:
        def load(given: object) -> WordModel:
            seen.append((runs, str(given)))
            return WordModel()

        return load

    monkeypatch.setattr("rag.transformers_model.TransformersModel", loader("transformers"))
    monkeypatch.setattr("rag.bundled_model.BundledModel", loader("onnxruntime"))
    monkeypatch.setattr("rag.bundled_model.bundled_model", lambda: loader("onnxruntime")("bundled"))
    return seen


@pytest.fixture
def without_onnxruntime(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "_runs_bundled", lambda: False)


def checkpoint(folder: Path, *, exported: bool = False) -> str:
    folder.mkdir()
    (folder / "config.json").write_text("{}", "utf-8")
    if exported:
        (folder / "onnx").mkdir()
        (folder / "onnx" / "model_qint8.onnx").write_bytes(b"graph")
    return str(folder)


def test_none_and_the_bundled_one_go_by_their_names(loaded: list[tuple[str, str]]) -> None:
    assert load_model("none") is None and loaded == []
    assert load_model() is not None and load_model("bundled") is not None
    assert loaded == [("onnxruntime", "bundled")] * 2


def test_a_folder_a_name_and_one_of_our_own_recipe(loaded: list[tuple[str, str]], tmp_path: Path, cache: Path) -> None:
    cached(cache, "acme/answers", {"config.json": "{}"})
    plain, own = checkpoint(tmp_path / "plain"), checkpoint(tmp_path / "own", exported=True)
    for reader in (plain, own, "acme/answers"):
        load_model(reader)
    assert loaded == [("transformers", plain), ("onnxruntime", own), ("transformers", "acme/answers")]


def test_a_named_one_is_loaded_once(loaded: list[tuple[str, str]], tmp_path: Path) -> None:
    plain = checkpoint(tmp_path / "plain")
    readers = Readers(load_model)
    assert readers.get(plain) is readers.get(plain)
    assert len(loaded) == 1


@pytest.mark.usefixtures("without_onnxruntime")
def test_without_onnxruntime_transformers_runs_ours_and_the_bundled_one_is_missed(
    loaded: list[tuple[str, str]], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own = checkpoint(tmp_path / "own", exported=True)
    load_model(own)
    assert loaded == [("transformers", own)] and not caplog.records
    with caplog.at_level(logging.WARNING):
        assert load_model() is None
    assert "onnxruntime is not installed" in caplog.text


@pytest.mark.parametrize("reader", ["/no/reader", "acme/none-such", "no such thing", "~nobody-at-all/reader"])
def test_what_is_not_here_is_told_without_loading_anything(loaded: list[tuple[str, str]], reader: str) -> None:
    with pytest.raises(ReaderNotFound, match="no such folder"):
        load_model(reader)
    assert loaded == []


def test_a_folder_without_a_model_is_told_without_loading_anything(
    loaded: list[tuple[str, str]], tmp_path: Path
) -> None:
    with pytest.raises(ReaderUnusable, match=r"no config\.json"):
        load_model(str(tmp_path))
    assert loaded == []


def test_damage_in_a_folder_of_the_users_is_not_ours_to_install_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def damaged(folder: Path) -> None:
        raise ReaderDamaged(path=str(folder), detail="bad graph")

    monkeypatch.setattr("rag.bundled_model.BundledModel", damaged)
    with pytest.raises(ReaderUnusable, match="bad graph"):
        load_model(checkpoint(tmp_path / "own", exported=True))


def test_a_model_that_loads_and_cannot_read_is_found_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Blind(WordModel):
        def score(self, question: str, stretches: Sequence[Stretch]) -> tuple[Scores, ...]:
            raise IndexError("index out of\n range in self")

    monkeypatch.setattr("rag.transformers_model.TransformersModel", lambda _: Blind())
    with pytest.raises(ReaderUnusable, match="index out of range in self"):
        load_model(checkpoint(tmp_path / "plain"))


def test_another_content_has_another_fingerprint(tmp_path: Path, cache: Path) -> None:
    own = tmp_path / "own"
    before = fingerprint(checkpoint(own, exported=True))
    assert before.startswith("own-") and fingerprint(str(own)) == before
    (own / "onnx" / "model_qint8.onnx").write_bytes(b"another graph")
    graph = fingerprint(str(own))
    (own / "config.json").write_text('{"layers": 2}', "utf-8")
    assert len({before, graph, fingerprint(str(own)), fingerprint(None)}) == 4
    assert fingerprint(None) == fingerprint("bundled") != fingerprint("none") == "none"
    assert fingerprint("/no/reader") == "/no/reader"
    cached(cache, "acme/answers", {"config.json": "{}"})
    assert fingerprint("acme/answers") not in ("acme/answers", before)


@pytest.mark.usefixtures("without_onnxruntime")
def test_where_the_bundled_one_does_not_run_nothing_reads() -> None:
    assert fingerprint(None) == fingerprint("none")
