"""Any extractive reader of this machine: tiny ones of random weights, made here, in the layouts people have."""

import json
import warnings
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors

from rag.errors import ReaderUnusable
from rag.models import load_model
from rag.reader import SentenceReader
from rag.span_model import Scores, Stretch
from rag.transformers_model import REACH, TransformersModel, _together
from tests.contracts import STRANGE, TEXTS, reader_contract, span_model_contract
from tests.fakes import HashEncoder

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of torch and its neighbours at import
    import torch
    from transformers import (
        BertConfig,
        BertForQuestionAnswering,
        BertModel,
        BertTokenizerFast,
        PreTrainedTokenizerFast,
        RobertaConfig,
        RobertaForQuestionAnswering,
    )

SIZES = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
WINDOW = 64
"""Tokens that the tiny models see at once."""
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def word_pieces(folder: Path, window: int = WINDOW) -> int:
    """A tokenizer of single characters and, for a word, its letters; returns the size of its vocabulary."""
    characters = sorted(
        {character for text in (*TEXTS, *STRANGE) for character in text.lower() if character.isprintable()}
    )
    jamo = [chr(code) for code in (*range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A8, 0x11C3))]
    known = [*characters, *jamo]
    tokens = dict.fromkeys([*SPECIAL, "twice", *known, *(f"##{piece}" for piece in known)])
    BertTokenizerFast(
        vocab={token: number for number, token in enumerate(tokens)}, model_max_length=window
    ).save_pretrained(folder)
    return len(tokens)


def bert(folder: Path, window: int = WINDOW) -> Path:
    torch.manual_seed(0)
    config = BertConfig(vocab_size=word_pieces(folder, window), max_position_embeddings=window, **SIZES)
    BertForQuestionAnswering(config).save_pretrained(folder)
    return folder


def roberta(folder: Path) -> Path:
    """Bytes for tokens, two marks between question and text, positions from two on, its longest input not said."""
    torch.manual_seed(0)
    alphabet = ["<s>", "<pad>", "</s>", "<unk>", *sorted(pre_tokenizers.ByteLevel.alphabet())]
    tokenizer = Tokenizer(models.BPE({token: number for number, token in enumerate(alphabet)}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=True)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, cls_token="<s>", sep_token="</s>", pad_token="<pad>", unk_token="<unk>",
        model_input_names=["input_ids", "attention_mask"], padding_side="left",
    ).save_pretrained(folder)  # fmt: skip
    config = RobertaConfig(vocab_size=len(alphabet), max_position_embeddings=WINDOW + 2, type_vocab_size=1, **SIZES)
    RobertaForQuestionAnswering(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bert(tmp_path_factory.mktemp("bert"))


@pytest.fixture(scope="module", params=[bert, roberta], ids=["bert", "roberta"])
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> TransformersModel:
    return TransformersModel(str(request.param(tmp_path_factory.mktemp("model"))))


def read(model: TransformersModel, text: str, question: str = "会议每年召开几次？") -> Scores:
    (scores,) = model.score(question, [Stretch(headings="", text=text)])
    return scores


def test_it_keeps_the_contract(model: TransformersModel) -> None:
    span_model_contract(model, tolerance=1e-4)


def test_a_reader_with_it_keeps_the_contract(model: TransformersModel) -> None:
    reader_contract(SentenceReader(encoder=HashEncoder(64), rarity=lambda terms: [2.0] * len(terms), model=model))


def test_its_logits_are_those_of_the_model_less_those_of_no_answer(folder: Path) -> None:
    question, text = "召开几次", "会议每年召开两次"
    tokenizer, plain = (
        BertTokenizerFast.from_pretrained(folder),
        BertForQuestionAnswering.from_pretrained(folder).eval(),
    )
    with torch.inference_mode():
        said = plain(**tokenizer(question, text, return_tensors="pt"))
    place = slice(len(question) + 2, -1)
    for mine, logits in zip(_sides(folder, text, question), (said.start_logits[0], said.end_logits[0]), strict=True):
        np.testing.assert_allclose(mine, (logits[place] - logits[0]).numpy(), atol=1e-5)


def _sides(folder: Path, text: str, question: str) -> tuple[object, object]:
    scores = read(TransformersModel(str(folder)), text, question)
    return scores.begin, scores.end


def test_tokens_are_slices(folder: Path) -> None:
    text = "会议 twice a\n年，\ud800𠀀"
    scores = read(TransformersModel(str(folder)), text)
    tokens = [text[first:last] for first, last in zip(scores.firsts, scores.lasts, strict=True)]
    assert tokens == ["会", "议", "twice", "a", "年", "，", "\ud800", "𠀀"]


def test_a_text_longer_than_the_window_is_read_to_its_end(model: TransformersModel) -> None:
    text = "".join(TEXTS[0][n % len(TEXTS[0])] for n in range(REACH))
    scores = read(model, text)
    covered = sorted({i for first, last in zip(scores.firsts, scores.lasts, strict=True) for i in range(first, last)})
    assert covered == [i for i, character in enumerate(text) if not character.isspace()]
    assert len(set(zip(scores.firsts.tolist(), scores.lasts.tolist(), strict=True))) == len(scores.firsts), "each once"
    assert len(np.unique(scores.begin)) > len(covered) / 4, "the windows were read, and not filled in"


def test_windows_overlap_by_a_quarter(folder: Path) -> None:
    """The last token of the first window is seen from the second, with a quarter of what the model sees before it."""
    model, question = TransformersModel(str(folder)), "召开几次"
    text = "".join(TEXTS[0][n * n % len(TEXTS[0])] for n in range(200)).replace(" ", "会")
    overlap = (WINDOW - 2) // 4
    size = WINDOW - 2 - len(question) - 3
    whole, first = read(model, text, question), read(model, text[:size], question)
    second = read(model, text[size - overlap : 2 * size - overlap], question)
    np.testing.assert_allclose(whole.begin[size - 1], second.begin[overlap - 1], atol=1e-6)
    assert abs(whole.begin[size - 1] - first.begin[size - 1]) > 1e-5
    np.testing.assert_allclose(whole.begin[:20], first.begin[:20], atol=1e-6)


def test_a_token_has_the_logits_of_the_window_where_it_is_farthest_from_an_edge() -> None:
    """Eight tokens in two windows of five: 0 to 4 and 3 to 7. Token 3 is one from an edge here, on the edge there."""
    places = np.stack([np.arange(8), np.arange(1, 9)], axis=1)
    first, second = np.full(5, 1.0, np.float32), np.full(5, 2.0, np.float32)
    scores = _together([(places[:5], first, -first), (places[3:], second, -second)])
    assert scores.firsts.tolist() == [0, 1, 2, 3, 4, 5, 6, 7]
    assert scores.begin.tolist() == [1, 1, 1, 1, 2, 2, 2, 2]
    assert scores.end.tolist() == [-1, -1, -1, -1, -2, -2, -2, -2]


def test_a_character_of_several_tokens_has_the_best_of_their_logits() -> None:
    """An answer begins at the first of its bytes and ends at the last; a token without a place is none."""
    places = np.asarray([(0, 1), (0, 1), (0, 1), (1, 1), (1, 2)])
    begin, end = np.asarray([5, 0, -1, 9, 2], np.float32), np.asarray([0, 1, 6, 9, 3], np.float32)
    scores = _together([(places, begin, end)])
    assert (scores.firsts.tolist(), scores.lasts.tolist()) == ([0, 1], [1, 2])
    assert (scores.begin.tolist(), scores.end.tolist()) == ([5, 2], [6, 3])


@pytest.mark.parametrize("question", ["会" * 5000, "한" * 300, "😀" * 300, "twice " * 900, "a" * 5000, "\ud800" * 999])
def test_a_long_question_leaves_room_for_the_text(model: TransformersModel, question: str) -> None:
    """A character can be several tokens: 한 is three letters to one of these models, 😀 four bytes to the other."""
    text = "会议每年召开两次" * 10
    scores = read(model, text, question)
    assert (scores.firsts[0], scores.lasts[-1]) == (0, len(text))


def test_of_a_long_question_the_end_is_read(folder: Path) -> None:
    model, text = TransformersModel(str(folder)), "会议每年召开两次"
    asked = [read(model, text, "会" * 500 + end).begin for end in ("几次", "哪里")]
    assert not np.allclose(*asked)
    ended = [read(model, text, start + "每年几次" * 50).begin for start in ("会", "议")]
    np.testing.assert_array_equal(*ended)


def test_half_precision_is_read_in_full(tmp_path: Path) -> None:
    plain = BertForQuestionAnswering.from_pretrained(bert(tmp_path))
    plain.half().save_pretrained(tmp_path)
    assert json.loads((tmp_path / "config.json").read_text("utf-8"))["dtype"] == "float16"
    span_model_contract(TransformersModel(str(tmp_path)), tolerance=1e-4)


def test_weights_in_the_old_format_are_read(tmp_path: Path) -> None:
    text = "会议每年召开两次"
    before = read(TransformersModel(str(bert(tmp_path))), text)
    torch.save(BertForQuestionAnswering.from_pretrained(tmp_path).state_dict(), tmp_path / "pytorch_model.bin")
    (tmp_path / "model.safetensors").unlink()
    np.testing.assert_allclose(read(TransformersModel(str(tmp_path)), text).begin, before.begin, atol=1e-6)


def test_a_folder_is_loaded_by_its_path_and_named_after_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    for path in (str(folder), folder.name, f"./{folder.name}"):
        model = load_model(path)
        assert isinstance(model, TransformersModel)
        assert model.name == folder.name
    monkeypatch.setenv("HOME", str(folder.parent))
    assert isinstance(load_model(f"~/{folder.name}"), TransformersModel)


def refused(path: str, capfd: pytest.CaptureFixture[str]) -> str:
    """Why ``path`` cannot be a reader: in one line, with nothing else on the terminal."""
    capfd.readouterr()
    with pytest.raises(ReaderUnusable) as caught:
        load_model(path)
    assert path in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500 + len(path)
    assert capfd.readouterr() == ("", "")
    return str(caught.value)


def test_loading_says_nothing(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    read(TransformersModel(str(folder)), "会议" * 100, "几次" * 2000)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("path", ["/no/such/folder", "no-such/reader", "no such name", "~nobody-at-all/reader", "a\0b"])
def test_what_is_not_here(path: str, capfd: pytest.CaptureFixture[str]) -> None:
    refused(path, capfd)


def test_a_file_and_an_empty_folder(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    refused(str(tmp_path), capfd)
    (tmp_path / "file").write_text("{}")
    refused(str(tmp_path / "file"), capfd)


@pytest.mark.parametrize("config", ["{}", '{"model_type": "bert"}', '{"model_type": "no-such"}', "[]", "not JSON", ""])
def test_a_config_alone(tmp_path: Path, config: str, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "config.json").write_text(config)
    refused(str(tmp_path), capfd)


def test_an_encoder_without_a_head_for_answers(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    BertModel(BertConfig(vocab_size=word_pieces(tmp_path), **SIZES)).save_pretrained(tmp_path)
    assert "not trained to answer questions" in refused(str(tmp_path), capfd)


def test_a_model_without_its_tokenizer(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    bert(tmp_path)
    for name in ("tokenizer.json", "vocab.txt", "tokenizer_config.json"):
        (tmp_path / name).unlink(missing_ok=True)
    assert "tokenizer" in refused(str(tmp_path), capfd)


def test_weights_that_are_cut_off(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    weights = bert(tmp_path) / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    refused(str(tmp_path), capfd)


def test_a_tokenizer_of_another_model(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It knows more tokens than the network: the first rare one would be out of range."""
    bert(tmp_path)
    tokens = [*SPECIAL, *(f"[unused{n}]" for n in range(5000)), "0"]
    BertTokenizerFast(vocab={token: n for n, token in enumerate(tokens)}).save_pretrained(tmp_path)
    refused(str(tmp_path), capfd)


@pytest.mark.parametrize("marks", [{"pad_token": None}, {"cls_first": False}], ids=["no padding", "no first mark"])
def test_a_tokenizer_that_cannot_be_used_so(
    tmp_path: Path, marks: dict[str, object], capfd: pytest.CaptureFixture[str]
) -> None:
    """As those of models that write: nothing to fill up with, or no mark in front that could stand for no answer."""
    bert(tmp_path)
    tokenizer = BertTokenizerFast.from_pretrained(tmp_path).backend_tokenizer
    template = "[CLS] $A [SEP] $B:1 [SEP]:1" if marks.get("cls_first", True) else "$A [SEP] $B:1 [SEP]:1"
    ids = [(mark, tokenizer.token_to_id(mark)) for mark in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(single="$A", pair=template, special_tokens=ids)
    tokenizer.no_padding()
    named = {} if "pad_token" in marks else {"pad_token": "[PAD]"}
    for file in tmp_path.glob("*token*"):
        file.unlink()
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=WINDOW, **named).save_pretrained(tmp_path)
    refused(str(tmp_path), capfd)
