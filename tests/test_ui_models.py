"""wenju models: what is listed, and what a model is said to be good for."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from huggingface_hub import constants

from embeddings.errors import EncoderDamaged
from rag.errors import ReaderUnusable
from tests.fakes import HashEncoder
from tests.model_cache import cached
from ui.cli import main


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


Wenju = Callable[..., Run]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """Which models can be which; loading any other fails."""
    good: dict[str, set[str]] = {"encoder": {"None"}, "reader": {"bundled"}}

    def load_encoder(path: str | None) -> HashEncoder:
        if str(path) not in good["encoder"]:
            raise EncoderDamaged(path=path, detail="no encoder")
        return HashEncoder()

    def load_model(reader: str | None) -> object:
        if str(reader) not in good["reader"]:
            raise ReaderUnusable(path=reader, detail="no reader")
        return object()

    monkeypatch.setattr("rag.model_check.load_encoder", load_encoder)
    monkeypatch.setattr("rag.model_check.load_model", load_model)
    return good


@pytest.fixture
def wenju(capsys: pytest.CaptureFixture[str]) -> Wenju:
    def run(*arguments: str) -> Run:
        code = main(("models", *arguments))
        said = capsys.readouterr()
        return Run(code, said.out, said.err)

    return run


def test_the_bundled_models_are_listed_and_marked(wenju: Wenju) -> None:
    run = wenju()
    assert run.code == 0
    encoder, reader = (line.split() for line in run.out.splitlines())
    assert encoder[:3] == ["*", "向量模型", "bundled"] and encoder[4] == "MB"
    assert reader[:3] == ["*", "阅读器", "bundled"] and Path(reader[5]).is_dir()
    assert "--reader 名称" in run.err and run.err.count("\n") == 1


def test_json_has_the_settings_and_a_record_of_each(
    wenju: Wenju, cache: Path, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    cached(cache, "acme/answers", {"config.json": '{"architectures": ["BertForQuestionAnswering"]}'})
    monkeypatch.setenv("WENJU_READER", "/no/reader")
    run = wenju("list", "--json")
    record = json.loads(run.out)
    assert (run.code, run.err) == (0, "")
    assert (record["encoder"], record["reader"]) == (None, "/no/reader")
    assert [(model["name"], model["role"], model["in_use"]) for model in record["models"]] == [
        ("bundled", "encoder", True),
        ("bundled", "reader", False),
        ("/no/reader", "reader", True),
        ("acme/answers", "reader", False),
    ]
    bundled, _, missing, answers = record["models"]
    assert bundled["bytes"] > 10**6 and Path(bundled["folder"]).is_dir() and bundled["source"] == "bundled"
    assert (missing["folder"], missing["bytes"], missing["source"]) == (None, 0, "set")
    assert answers["folder"].startswith(str(cache)) and answers["source"] == "cache"
    cells = [line.split(maxsplit=3) for line in wenju("--lang", "en").out.splitlines()]
    assert ["*", "reader", "/no/reader", "not on this machine"] in cells
    assert list(own_home.iterdir()) == []


def test_no_reader_in_use_is_said(wenju: Wenju, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENJU_READER", "none")
    run = wenju("--lang", "en")
    assert run.out.count("*") == 1 and run.err.startswith("The reader is set to none: no model reads.\n")


def test_the_bundled_models_can_be_both(wenju: Wenju, loads: dict[str, set[str]]) -> None:
    run = wenju("check", "bundled", "--lang", "en")
    assert (run.code, run.err) == (0, "")
    assert run.out == (
        "As an encoder: yes (8 dimensions). It is in use where 'encoder' is not set\n"
        'As a reader: yes. Setting: reader = "bundled"\n'
    )


def test_a_reader_of_the_cache_is_loaded_by_its_name(wenju: Wenju, cache: Path, loads: dict[str, set[str]]) -> None:
    folder = cached(cache, "acme/answers", {"config.json": "{}"})
    loads["reader"].add("acme/answers")
    run = wenju("check", "acme/answers", "--json", "--lang", "en")
    assert (run.code, run.err) == (0, "")
    assert json.loads(run.out) == {
        "name": "acme/answers",
        "folder": str(folder),
        "ok": True,
        "encoder": {
            "ok": False,
            "problem": str(EncoderDamaged(path=str(folder), detail="no encoder")),
            "dimension": None,
        },
        "reader": {"ok": True, "problem": None},
    }
    said = wenju("check", "acme/answers").out.splitlines()
    assert said[0].startswith("向量模型：不行。") and said[1] == '阅读器：可以。设置：reader = "acme/answers"'


def test_an_encoder_of_the_cache_is_set_by_its_folder(wenju: Wenju, cache: Path, loads: dict[str, set[str]]) -> None:
    folder = cached(cache, "acme/words", {"modules.json": "[]"})
    loads["encoder"].add(str(folder))
    run = wenju("check", "acme/words", "--lang", "en")
    assert run.code == 0
    assert run.out.splitlines()[0] == f'As an encoder: yes (8 dimensions). Setting: encoder = "{folder}"'
    assert run.out.splitlines()[1].startswith("As a reader: no. acme/words: no extractive reader")


def test_what_can_be_neither_is_one_line_and_code_2(wenju: Wenju, tmp_path: Path, loads: dict[str, set[str]]) -> None:
    run = wenju("check", str(tmp_path), "--lang", "en")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert run.err.startswith("Error: neither a reader nor an encoder. ")
    assert "(no reader)" in run.err and "(no encoder)" in run.err
    chinese = wenju("check", str(tmp_path), "--json")
    record = json.loads(chinese.out)
    assert chinese.code == 2 and chinese.err.startswith("错误：不能用作阅读器") and chinese.err.count("\n") == 1
    assert (record["ok"], record["encoder"]["ok"], record["reader"]["ok"]) == (False, False, False)


def test_a_folder_called_none_is_a_folder(
    wenju: Wenju, tmp_path: Path, loads: dict[str, set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert wenju("check", "none").code == 2
    (tmp_path / "none").mkdir()
    assert "(no reader)" in wenju("check", "none", "--lang", "en").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("chck", "x"), "'chck' is neither list nor check"),
        (("list", "x"), "list takes no further argument"),
        (("check",), "check takes one folder or name"),
        (("check", " "), "check takes one folder or name"),
        (("check", "a", "b"), "check takes one folder or name"),
        (("check", "/no/model"), "/no/model: no such folder, and no model of this name"),
        (("check", "acme/none-such"), "acme/none-such: no such folder, and no model of this name"),
    ],
)
def test_the_wrong_words_are_one_line_and_code_2(
    wenju: Wenju, loads: dict[str, set[str]], words: tuple[str, ...], said: str
) -> None:
    run = wenju(*words, "--lang", "en")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert run.err.startswith(f"Error: {said}")
