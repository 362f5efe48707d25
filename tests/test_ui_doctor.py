"""The doctor tells a sound index from a missing and a damaged one, and changes nothing."""

import hashlib
import json
import sys
from pathlib import Path

import pytest

import rag
from embeddings.errors import EncoderDamaged
from rag import settings as rag_settings
from rag.errors import EncoderMismatch, ReaderDamaged, ReaderNotFound
from rag.index_store import FORMAT
from tests.fake_library import FakeBuild, FakeLibrary
from ui import doctor
from ui.cli import main

DATA = b"paragraphs"


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> FakeBuild:
    fake = FakeBuild()
    monkeypatch.setattr(rag, "build", fake, raising=False)
    return fake


@pytest.fixture(autouse=True)
def models(monkeypatch: pytest.MonkeyPatch) -> dict[str | None, object]:
    """What each reader comes to when it is loaded: a model, nothing, or an error."""
    known: dict[str | None, object] = {None: "a model", "bundled": "a model", "none": None}

    def load(reader: str | None) -> object:
        found = known[reader]
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr("rag.model_check.load_model", load)
    return known


@pytest.fixture
def index(tmp_path: Path) -> Path:
    generation = tmp_path / "index" / "generations" / "g"
    generation.mkdir(parents=True)
    (generation / "data").write_bytes(DATA)
    manifest = {"format": FORMAT, "generation": "g", "encoder": "e@1", "dimension": 4, "documents": 2, "paragraphs": 7}
    manifest["files"] = {"data": [len(DATA), hashlib.sha256(DATA).hexdigest()]}
    (tmp_path / "index" / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return tmp_path / "index"


def examined(index: Path | None = None) -> doctor.Health:
    return doctor.examine(rag_settings.load(index=str(index) if index else None), "en")


def test_a_sound_index(build: FakeBuild, index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = examined(index)
    assert found["index"]["ok"] is True and found["index"]["problem"] is None
    assert (found["index"]["format"], found["index"]["documents"], found["index"]["paragraphs"]) == (FORMAT, 2, 7)
    assert found["index"]["bytes"] == len(DATA) + (index / "manifest.json").stat().st_size
    assert found["needs_network"] is False and found["disk_free_bytes"]
    assert found["python"] == sys.version.split()[0] and found["libraries"]["click"]
    assert main(["doctor", "--index", str(index)]) == 0
    said = capsys.readouterr().out
    assert "2 个文件，7 段" in said and "索引完好" in said and "不需要联网" in said


def test_a_changed_byte_is_found_and_named(build: FakeBuild, index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (index / "generations" / "g" / "data").write_bytes(b"paragraphz")
    assert examined(index)["index"]["damaged_files"] == ["data"]
    assert main(["doctor", "--index", str(index), "--lang", "en"]) == 3
    assert "The index is damaged: data differ" in capsys.readouterr().out


def test_no_index_is_well_unless_it_was_named(build: FakeBuild, own_home: Path, tmp_path: Path) -> None:
    assert examined()["index"]["ok"] is None and main(["doctor", "--json"]) == 0
    missing = examined(tmp_path / "gone")["index"]
    assert missing["ok"] is False and "no index here" in (missing["problem"] or "")
    assert main(["doctor", "--index", str(tmp_path / "gone")]) == 3
    assert list(own_home.iterdir()) == [] and not (tmp_path / "gone").exists()


def test_a_manifest_that_is_no_json(build: FakeBuild, index: Path) -> None:
    (index / "manifest.json").write_text("{", "utf-8")
    found = examined(index)["index"]
    assert found["ok"] is False and "manifest.json cannot be understood" in (found["problem"] or "")


def test_another_encoder(build: FakeBuild, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def mismatch(self: FakeLibrary) -> None:
        raise EncoderMismatch(folder=self.folder, found="e@1", expected="f@2")

    monkeypatch.setattr(FakeLibrary, "check", mismatch)
    found = examined(index)
    assert found["index"]["ok"] is False and "f@2" in (found["index"]["problem"] or "")


def test_a_damaged_encoder_is_a_problem_of_its_own(
    build: FakeBuild, index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def damaged(settings: object) -> None:
        raise EncoderDamaged(path="weights", detail="hash")

    monkeypatch.setattr(build, "open_for_writing", damaged)
    found = examined(index)
    assert found["encoder"]["ok"] is False and found["index"]["ok"] is True
    assert main(["doctor", "--index", str(index)]) == 2
    assert "有问题：weights：向量模型加载不了（hash）" in capsys.readouterr().out


def reader_of(monkeypatch: pytest.MonkeyPatch, name: str | None) -> doctor.ReaderHealth:
    if name is not None:
        monkeypatch.setenv("WENJU_READER", name)
    return examined()["reader"]


@pytest.mark.parametrize(
    ("name", "path", "said"),
    [
        (None, None, "Reader: the bundled one, it loads."),
        ("bundled", None, "Reader: the bundled one, it loads."),
        ("none", "none", "Reader: set to none, no model reads."),
        ("acme/answers", "acme/answers", "Reader: acme/answers, it loads."),
    ],
)
def test_a_sound_reader(
    build: FakeBuild,
    models: dict[str | None, object],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str | None,
    path: str | None,
    said: str,
) -> None:
    models["acme/answers"] = "a model"
    assert reader_of(monkeypatch, name) == {"path": path, "ok": True, "problem": None}
    assert main(["doctor", "--lang", "en"]) == 0
    assert f"\n{said}\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "comes_to", "said"),
    [
        ("/gone", ReaderNotFound(path="/gone"), "有问题：/gone：没有这个文件夹"),
        (None, ReaderDamaged(path="weights", detail="bad graph"), "有问题：weights：阅读器的权重不能用（bad graph）"),
        (None, None, "onnxruntime is not installed"),  # then the program reads without a model, and nobody notices
    ],
)
def test_a_reader_that_cannot_be_used_is_a_problem_of_its_own(
    build: FakeBuild,
    models: dict[str | None, object],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str | None,
    comes_to: object,
    said: str,
) -> None:
    models[name] = comes_to
    health = reader_of(monkeypatch, name)
    assert health["ok"] is False and health["path"] == name and health["problem"]
    assert main(["doctor"]) == 2
    assert said in capsys.readouterr().out
    assert main(["doctor", "--json"]) == 2
    record = json.loads(capsys.readouterr().out)
    assert record["reader"]["ok"] is False and record["encoder"]["ok"] is True
    assert record["libraries"].keys() >= {"onnxruntime", "transformers"}
