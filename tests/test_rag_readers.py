"""The readers that can be chosen, and how many of them are loaded at a time."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from huggingface_hub import constants

import rag.readers
from rag.errors import ReaderUnusable
from rag.progress import Step, watched
from rag.readers import MOST, ReaderChoice, Readers, readers
from rag.settings import load
from rag.span_model import SpanModel
from tests.fakes import WordModel
from tests.model_cache import cached

READS = '{"architectures": ["BertForQuestionAnswering"]}'


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that is not there yet."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


class Loader:
    """Loads a model for every name but ``nowhere``, and knows which."""

    def __init__(self) -> None:
        self.loaded: list[str | None] = []

    def __call__(self, reader: str | None) -> SpanModel | None:
        self.loaded.append(reader)
        if reader == "nowhere":
            raise ReaderUnusable(path=reader, detail="nothing there")
        return WordModel(str(reader))


def test_those_of_this_machine_can_be_chosen(cache: Path) -> None:
    assert readers(load()) == (ReaderChoice(name="bundled"), ReaderChoice(name="none"))
    cached(cache, "acme/answers", {"config.json": READS})
    cached(cache, "acme/words", {"config.json": "{}", "modules.json": "[]"})
    cached(cache, "acme/whatever", {"config.json": "{}"})
    assert [each.name for each in readers(load())] == ["bundled", "none", "acme/answers"]
    named = readers(replace(load(), reader="/no/reader"))
    assert named[2] == ReaderChoice(name="/no/reader", missing="not_here") and len(named) == 4
    assert [each.name for each in readers(replace(load(), reader="none"))] == ["bundled", "none", "acme/answers"]


def test_what_a_reader_would_need_is_told(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cached(cache, "acme/answers", {"config.json": READS})
    ours = cached(cache, "acme/ours", {"config.json": READS})
    (ours / "onnx").mkdir()
    (ours / "onnx" / "model_qint8.onnx").write_bytes(b"graph")
    monkeypatch.setattr(rag.readers, "find_spec", lambda name: name == "onnxruntime" or None)
    assert [each.missing for each in readers(load())] == [None, None, "transformers", None]
    monkeypatch.setattr(rag.readers, "find_spec", lambda name: None)
    assert [each.missing for each in readers(load())] == ["onnxruntime", None, "transformers", "transformers"]


def test_each_is_loaded_once_and_the_last_few_stay() -> None:
    load = Loader()
    kept = Readers(load)
    assert kept.get("none") is None and load.loaded == []
    assert kept.get(None) is kept.get("bundled") is not None
    first, second = kept.get("first"), kept.get("bundled")
    assert MOST == 2 and load.loaded == ["bundled", "first"]
    kept.get("third")
    assert kept.get("bundled") is second, "nobody has asked the first for longest"
    assert kept.get("first") is not first
    assert load.loaded == ["bundled", "first", "third", "first"]


def test_one_that_cannot_be_loaded_says_so_each_time_and_takes_no_place() -> None:
    load = Loader()
    kept = Readers(load)
    bundled, first = kept.get(None), kept.get("first")
    for _ in range(2):
        with pytest.raises(ReaderUnusable, match="nothing there"):
            kept.get("nowhere")
    assert load.loaded == ["bundled", "first", "nowhere", "nowhere"]
    assert kept.get("first") is first and kept.get(None) is bundled


def test_many_threads_load_it_once_and_nobody_else_waits_for_it() -> None:
    begun, go_on = threading.Event(), threading.Event()
    load = Loader()

    def slow(reader: str | None) -> SpanModel | None:
        if reader == "slow":
            begun.set()
            assert go_on.wait(10)
        return load(reader)

    kept = Readers(slow)
    got: list[object] = []
    threads = [threading.Thread(target=lambda: got.append(kept.get("slow"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    assert kept.get(None) is not None and got == []
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert len(got) == 4 and len(set(map(id, got))) == 1 and load.loaded == ["bundled", "slow"]


def test_whoever_waits_is_told_and_may_end_it() -> None:
    kept = Readers(Loader())
    steps: list[Step] = []
    with watched(steps.append):
        kept.get("first")
        kept.get("first")
        kept.get("none")
    assert steps == [Step(stage="loading")]

    def refuse(step: Step) -> None:
        raise InterruptedError

    with watched(refuse), pytest.raises(InterruptedError):
        kept.get("second")
    assert isinstance(kept.get("second"), WordModel), "what was ended before it began is not kept"
