"""Which models a machine has, told from folders and from a made-up cache of Hugging Face."""

from dataclasses import replace
from pathlib import Path

import pytest
from huggingface_hub import constants

from rag.local_models import LocalModel, bundled_folder, find, local_models
from rag.settings import load
from tests.model_cache import cached

READS = '{"architectures": ["BertForQuestionAnswering"]}'


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that is not there yet."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


def listed(encoder: str | None = None, reader: str | None = None) -> tuple[LocalModel, ...]:
    return local_models(replace(load(), encoder=encoder, reader=reader))


def shown(models: tuple[LocalModel, ...]) -> list[tuple[str, str | None, str, bool]]:
    return [(model.name, model.role, model.source, model.in_use) for model in models]


def test_without_a_cache_there_are_the_bundled_ones(cache: Path) -> None:
    encoder, reader = listed()
    assert shown((encoder, reader)) == [
        ("bundled", "encoder", "bundled", True),
        ("bundled", "reader", "bundled", True),
    ]
    assert encoder.folder == bundled_folder("encoder") and reader.folder == bundled_folder("reader")
    assert encoder.size > (bundled_folder("encoder") / "model.safetensors").stat().st_size > 10**6
    assert not cache.exists()


def test_what_is_set_is_in_use_and_the_bundled_one_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "config.json").write_bytes(b"x" * 10)
    (folder / "model.safetensors").write_bytes(b"x" * 90)
    models = listed(encoder=str(folder), reader="/no/reader")
    assert [model.in_use for model in models] == [False, False, True, True]
    assert (models[2].name, models[2].role, models[2].folder, models[2].size) == (str(folder), "encoder", folder, 100)
    assert (models[3].name, models[3].role, models[3].folder, models[3].size) == ("/no/reader", "reader", None, 0)
    assert [model.in_use for model in listed(reader="none")] == [True, False]
    assert [model.in_use for model in listed(reader="bundled")] == [True, True]


def test_a_folder_that_holds_no_model_is_not_walked_through(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"x" * 10)
    assert listed(reader=str(tmp_path))[2].size == 0


def test_the_cache_is_listed_by_name_with_what_its_files_say(cache: Path) -> None:
    cached(cache, "acme/words", {"config.json": '{"architectures": ["BertModel"]}', "modules.json": "[]"})
    cached(cache, "acme/answers", {"config.json": READS, "model.safetensors": "x" * 1000})
    cached(cache, "acme/broken", {"config.json": "[1"})
    cached(cache, "acme/listed", {"config.json": '["BertForQuestionAnswering"]'})
    cached(cache, "acme/questions", {"train.json": "{}"}, kind="datasets")
    models = listed()[2:]
    assert shown(models) == [
        ("acme/answers", "reader", "cache", False),
        ("acme/broken", None, "cache", False),
        ("acme/listed", None, "cache", False),
        ("acme/words", "encoder", "cache", False),
    ]
    assert models[0].size == len(READS) + 1000


def test_a_model_of_the_cache_that_is_set_is_listed_once(cache: Path) -> None:
    folder = cached(cache, "acme/answers", {"config.json": READS})
    by_name, by_path = listed(reader="acme/answers"), listed(encoder=str(folder))
    assert shown(by_name[2:]) == [("acme/answers", "reader", "set", True)]
    assert by_name[2].folder == folder
    assert shown(by_path[2:]) == [(str(folder), "encoder", "set", True)]


def test_a_name_means_its_main_version(cache: Path) -> None:
    cached(cache, "acme/answers", {"config.json": "{}"}, version="b" * 40, ref="old")
    main = cached(cache, "acme/answers", {"config.json": READS}, version="a" * 40)
    assert find("acme/answers") == main
    assert [model.folder for model in listed()[2:]] == [main]


@pytest.mark.parametrize(
    "name", ["acme/none-such", "none-such", "/nowhere", " ", "a/b/c", "~nobody/x", "a\0b", "a--b..c"]
)
def test_what_is_neither_folder_nor_name_is_not_found(cache: Path, name: str) -> None:
    cached(cache, "acme/answers", {"config.json": READS})
    assert find(name) is None


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"x")
    assert find(str(tmp_path / "model.safetensors")) is None
    assert find(str(tmp_path)) == tmp_path
