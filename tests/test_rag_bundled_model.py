"""The trained reader that comes with the program: its files, its tokens' places, and that it runs as it was trained.

Nothing here depends on how well it reads.
"""

import json
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from corpus import sample_files
from rag.bundled_model import GRAPH, BundledModel, _joined, bundled_folder, bundled_model, graph_of
from rag.errors import ReaderDamaged
from rag.models import load_model
from rag.reader import SentenceReader
from rag.reader_inputs import LEVELS, Ids, Input, Marks, make_input, padded
from rag.span_model import Stretch
from tests.contracts import reader_contract, span_model_contract
from tests.fakes import HashEncoder

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of torch and its neighbours at import
    import torch
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

FILES = (
    *("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"),
    *("manifest.json", "README.md"),
)
HEADINGS = "关于印发管理办法的通知"


def offsets(text: str) -> list[tuple[int, int]]:
    (scores,) = bundled_model().score("多少？", [Stretch(headings=HEADINGS, text=text)])
    return list(zip(scores.firsts.tolist(), scores.lasts.tolist(), strict=True))


def asked_of_the_samples() -> list[tuple[str, str]]:
    """Questions of the samples, each with a paragraph."""
    lines = [line.strip() for path in sample_files.sample_paths() for line in path.read_text("utf-8").splitlines()]
    texts = [line[:160] for line in lines if len(line) > 60]
    return [(asked.question, texts[7 * n % len(texts)]) for n, asked in enumerate(sample_files.sample_questions()[:12])]


def test_it_keeps_the_contract() -> None:
    span_model_contract(bundled_model())


def test_a_reader_with_it_keeps_the_contract() -> None:
    model = bundled_model()
    reader_contract(SentenceReader(encoder=HashEncoder(64), rarity=lambda terms: [2.0] * len(terms), model=model))


def test_it_is_the_one_that_is_loaded_by_default_and_only_once() -> None:
    assert load_model() is load_model("bundled") is bundled_model()
    assert bundled_model().name == bundled_folder().name


def test_its_files_are_here_and_fit_into_the_repository() -> None:
    assert all((bundled_folder() / file).is_file() for file in FILES)
    assert sum(path.stat().st_size for path in bundled_folder().rglob("*") if path.is_file()) <= 24_000_000


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("甲 乙", [(0, 1), (2, 3)]),
        ("  甲\n\u3000乙 ", [(2, 3), (5, 6)]),
        ("１２％Ａ", [(0, 1), (1, 2), (2, 3), (3, 4)]),
        ("圖書館", [(0, 1), (1, 2), (2, 3)]),
        ("㈱甲", [(0, 1), (0, 1), (0, 1), (1, 2)]),
        ("ﬁ甲", [(0, 1), (0, 1), (1, 2)]),
        ("…甲", [(0, 1), (0, 1), (0, 1), (1, 2)]),
        ("👍🏽甲", [(0, 1), (1, 2), (2, 3)]),
        ("\ud800甲", [(0, 1), (1, 2)]),
        ("𠀀甲", [(0, 1), (1, 2)]),
        ("[SEP]", [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]),
    ],
)
def test_every_character_is_a_token_at_its_place(text: str, places: list[tuple[int, int]]) -> None:
    assert offsets(text) == places


PLAIN = "甲乙丙圖，。0９aＺ"
HOSTILE = " \n\t\u3000㈱ﬁ½㎡ﷺ⑴…ｶﾞİß한\U0001f44d\u200d\ud800\udfff𠀀\0\x85\u2028\ufeff\u0301\u0323\ufe0f"


@settings(max_examples=150)
@given(st.text(st.sampled_from(PLAIN + HOSTILE), max_size=60))
@example("ﷺ" * 30 + "甲")
@example("甲\u0301\u0323乙")
@example("a\u0301\u0323乙e\u0301丙")
def test_no_character_shifts_the_place_of_another(text: str) -> None:
    """What follows a character that becomes several, or none, or is broken, is still where it stands."""
    found = set(offsets(text))
    for place, character in enumerate(text):
        composed = text[place + 1 : place + 2] in ("\u0301", "\u0323", "\ufe0f") and character in "aＺ"
        if character in PLAIN and not composed:
            assert (place, place + 1) in found


@settings(max_examples=60)
@given(st.text(max_size=160), st.text(max_size=60), st.text(max_size=60))
def test_no_text_is_too_strange(text: str, question: str, headings: str) -> None:
    (scores,) = bundled_model().score(question, [Stretch(headings=headings, text=text)])
    assert ((scores.firsts >= 0) & (scores.firsts < scores.lasts) & (scores.lasts <= len(text))).all()
    assert (np.diff(scores.firsts) >= 0).all() and (np.diff(scores.lasts) >= 0).all()
    assert np.isfinite(scores.begin).all() and np.isfinite(scores.end).all()


def test_a_table_of_contents_is_longer_in_tokens_than_the_network_sees() -> None:
    text = "第一章 总则" + "…" * 140 + "1"
    assert len(offsets(text)) == 5 + 3 * 140 + 1


def test_question_and_headings_are_read() -> None:
    question, text = asked_of_the_samples()[0]
    plain, other, under = (
        bundled_model().score(asked, [Stretch(headings=headings, text=text)])[0].begin
        for asked, headings in ((question, ""), ("谁负责？", ""), (question, HEADINGS))
    )
    assert np.abs(plain - other).max() > 0.01
    assert np.abs(plain - under).max() > 0.01


def made(question: str, text: str, headings: str) -> Input:
    """What the network is given, by the tokenizer's file and the rules of ``rag.reader_inputs``."""
    tokenizer = Tokenizer.from_file(str(bundled_folder() / "tokenizer.json"))

    def ids(words: str) -> Ids:
        return np.asarray(tokenizer.encode(words, add_special_tokens=False).ids, np.int32)

    marks = Marks(cls=tokenizer.token_to_id("[CLS]"), sep=tokenizer.token_to_id("[SEP]"))
    passage = ids(text)
    return make_input(ids(question), ids(headings), passage, (0, len(passage)), marks)


def test_its_logits_are_those_of_the_graph_less_those_of_no_answer() -> None:
    graph = onnxruntime.InferenceSession(str(graph_of(bundled_folder())), providers=["CPUExecutionProvider"])
    for question, text in asked_of_the_samples()[:3]:
        each = made(question, text, HEADINGS)
        ids, types, mask = padded([each])
        begin, end = graph.run(None, {"input_ids": ids, "token_type_ids": types, "attention_mask": mask})
        (scores,) = bundled_model().score(question, [Stretch(headings=HEADINGS, text=text)])
        place = slice(each.start, each.start + each.tokens)
        np.testing.assert_array_equal(scores.begin, begin[0][place] - begin[0][0])
        np.testing.assert_array_equal(scores.end, end[0][place] - end[0][0])


def test_transformers_runs_the_same_network() -> None:
    """The folder is a plain checkpoint: in float32 it says what the 8-bit graph says, but for the rounding."""
    plain, report = AutoModelForQuestionAnswering.from_pretrained(
        bundled_folder(), dtype=torch.float32, local_files_only=True, output_loading_info=True
    )
    assert not report["missing_keys"] and not report["unexpected_keys"] and not report["mismatched_keys"]
    asked = asked_of_the_samples()
    inputs = [made(question, text, HEADINGS) for question, text in asked]
    ids, types, mask = (torch.from_numpy(part) for part in padded(inputs))
    with torch.inference_mode():
        said = plain.eval()(input_ids=ids, token_type_ids=types, attention_mask=mask)
    ours, theirs = [], []
    for row, (each, (question, text)) in enumerate(zip(inputs, asked, strict=True)):
        (scores,) = bundled_model().score(question, [Stretch(headings=HEADINGS, text=text)])
        place = slice(each.start, each.start + each.tokens)
        for logits, mine in ((said.start_logits[row], scores.begin), (said.end_logits[row], scores.end)):
            ours.append(mine)
            theirs.append((logits[place] - logits[0]).numpy())
    a, b = np.concatenate(ours), np.concatenate(theirs)
    assert np.corrcoef(a, b)[0, 1] > 0.98
    assert np.abs(a - b).mean() < 0.25 * b.std()


def test_transformers_lays_out_the_same_input_but_for_shared_characters() -> None:
    tokenizer = AutoTokenizer.from_pretrained(bundled_folder(), local_files_only=True)
    for question, text in asked_of_the_samples()[:3]:
        mine, theirs = made(question, text, ""), tokenizer(question, text)
        assert theirs["input_ids"] == mine.ids.tolist()
        assert [kind // LEVELS for kind in theirs["token_type_ids"]] == (mine.types // LEVELS).tolist()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The folder with what the program reads; the graph a link, as it is large."""
    folder = tmp_path / "mine"
    folder.mkdir()
    graph_of(folder).parent.mkdir()
    graph_of(folder).symlink_to(graph_of(bundled_folder()))
    (folder / "tokenizer.json").write_bytes((bundled_folder() / "tokenizer.json").read_bytes())
    (folder / "config.json").write_bytes((bundled_folder() / "config.json").read_bytes())
    return folder


def test_a_folder_of_the_same_recipe_runs_like_the_bundled_one(copy: Path) -> None:
    model = load_model(str(copy))
    assert isinstance(model, BundledModel)
    assert model.name == "mine"
    question, text = asked_of_the_samples()[0]
    stretch = Stretch(headings=HEADINGS, text=text)
    (mine,), (bundled,) = model.score(question, [stretch]), bundled_model().score(question, [stretch])
    np.testing.assert_array_equal(mine.begin, bundled.begin)


def _changed(change: Callable[[dict[str, dict[str, int]]], None]) -> Callable[[bytes], bytes]:
    def changed(data: bytes) -> bytes:
        tokenizer = json.loads(data)
        change(tokenizer["model"])
        tokenizer["added_tokens"] = []
        return json.dumps(tokenizer).encode()

    return changed


@pytest.mark.parametrize("file", ["tokenizer.json", GRAPH])
@pytest.mark.parametrize(
    "damage",
    [None, lambda data: b"", lambda data: data[: len(data) // 2], lambda data: b"no such thing"],
    ids=["missing", "empty", "cut off", "something else"],
)
def test_a_damaged_file_is_told(
    copy: Path, file: str, damage: Callable[[bytes], bytes] | None, capfd: pytest.CaptureFixture[str]
) -> None:
    damaged = graph_of(copy) if file == GRAPH else copy / file
    data = damaged.read_bytes()
    damaged.unlink()
    if damage is not None:
        damaged.write_bytes(damage(data))
    with pytest.raises(ReaderDamaged) as caught:
        BundledModel(copy)
    assert str(copy) in str(caught.value)
    assert len(str(caught.value.facts["detail"])) <= 160
    assert capfd.readouterr() == ("", "")


def test_a_byte_that_differs_from_the_manifest_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = Path(shutil.copytree(bundled_folder(), tmp_path / "whole"))
    graph = Path(shutil.copytree(graph_of(bundled_folder()).parent, graph_of(copy).parent)) / GRAPH
    content = bytearray(graph.read_bytes())
    content[len(content) // 2] ^= 1
    graph.write_bytes(content)
    monkeypatch.setattr("rag.bundled_model.bundled_folder", lambda: copy)
    bundled_model.cache_clear()
    try:
        with pytest.raises(ReaderDamaged, match=r"model_qint8\.onnx differs from manifest\.json"):
            bundled_model()
    finally:
        bundled_model.cache_clear()


@pytest.mark.parametrize(
    "change",
    [lambda model: model["vocab"].pop("[SEP]"), lambda model: model["vocab"].update({"0": 10**6})],
    ids=["no marks", "another vocabulary"],
)
def test_files_that_do_not_belong_together_are_told(
    copy: Path, change: Callable[[dict[str, dict[str, int]]], None], capfd: pytest.CaptureFixture[str]
) -> None:
    file = copy / "tokenizer.json"
    file.write_bytes(_changed(change)(file.read_bytes()))
    with pytest.raises(ReaderDamaged):
        BundledModel(copy)
    assert capfd.readouterr() == ("", "")


def test_a_token_has_the_logits_of_the_window_where_it_is_farthest_from_an_edge() -> None:
    """Eight tokens in two windows of five: 0 to 4 and 3 to 7. Token 3 is one from an edge here, on the edge there."""
    ids = np.arange(8, dtype=np.int32)
    inputs = [make_input(ids[:0], ids[:0], ids, window, Marks(cls=100, sep=101)) for window in ((0, 5), (3, 8))]
    first, second = np.full(5, 1.0, np.float32), np.full(5, 2.0, np.float32)
    begin, end = _joined(8, [(inputs[0], first, -first), (inputs[1], second, -second)])
    assert begin.tolist() == [1, 1, 1, 1, 2, 2, 2, 2]
    assert end.tolist() == [-1, -1, -1, -1, -2, -2, -2, -2]
