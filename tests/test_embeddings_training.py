"""The recipe on a data folder of made-up sentences: what is kept apart, what becomes a pair, and one whole tiny run."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from embeddings.bundled import verify
from embeddings.encoder import load_encoder
from embeddings.training.charsmap import compiled, simplified_forms
from embeddings.training.pairs import all_pairs, material
from embeddings.training.sources import encyclopedia, laws, official_questions, squad_questions, tidy
from embeddings.training.split import HELD_OUT_SHARE, held_out
from embeddings.training.train import thinned
from tests.contracts import encoder_contract
from tests.training_data import write_data

SIZES = dict.fromkeys(("question_encyclopedia", "question_official", "heading", "neighbours", "sentence", "clip"), 1000)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_data(tmp_path_factory.mktemp("data"))


def test_the_split_is_by_key_alone_and_of_the_share_it_says() -> None:
    keys = [f"law:{number}" for number in range(20_000)]
    kept = [key for key in keys if held_out(key)]
    assert abs(len(kept) / len(keys) - HELD_OUT_SHARE) < 0.01
    assert [key for key in reversed(keys) if held_out(key)] == kept[::-1]


def test_nothing_held_out_is_trained_on(data: Path) -> None:
    known = material(data)
    hidden = {
        text for a in (*laws(data), *encyclopedia(data)) if held_out(a.key) for s in a.sections for text in s.paragraphs
    }
    asked = {q.question for q in squad_questions(data) if held_out(q.article)}
    assert hidden
    assert asked
    texts = {text for rows in all_pairs(known, SIZES, random.Random(0)).values() for row in rows for text in row}
    assert not texts & (hidden | asked)
    assert not set(known.texts) & (hidden | asked)


def test_every_kind_of_pair_is_made(data: Path) -> None:
    pairs = all_pairs(material(data), SIZES, random.Random(0))
    assert {kind for kind, rows in pairs.items() if rows} == set(SIZES)
    assert all(row[1] != row[2] for row in pairs["question_official"])
    assert all(clip in text for clip, text in pairs["clip"])
    assert all(sentence not in rest for sentence, rest in pairs["sentence"])
    assert pairs["heading"][0][0].endswith("守则 第一章总则")


def test_keys_of_questions_are_keys_of_articles(data: Path) -> None:
    keys = {article.key for article in (*laws(data), *encyclopedia(data))}
    assert {question.article for question in (*official_questions(data), *squad_questions(data))} <= keys


def test_tidy_takes_only_the_space_beside_chinese() -> None:
    assert tidy(" 第一章\u3000总 则 of the 2nd part \n") == "第一章总则of the 2nd part"


def test_the_table_of_characters_maps_each_and_leaves_the_rest() -> None:
    forms = simplified_forms()
    assert forms["圖"] == "图"
    normaliser = normalizers.Precompiled(compiled(forms))
    assert all(normaliser.normalize_str(character) == simple for character, simple in forms.items())
    for code in range(0x20, 0xA000):
        if chr(code) not in forms:
            assert normaliser.normalize_str(chr(code)) == chr(code)


def test_thinning_leaves_out_tokens_but_never_all() -> None:
    tokenizer = Tokenizer(models.BPE({letter: number for number, letter in enumerate("abcdefgh")}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    assert thinned([("abc", "x")], tokenizer, 0.0, random.Random(0)) == [("a b c", "x")]
    assert thinned([("abc", "x", "y")], tokenizer, 1.0, random.Random(0)) == [("abc", "x", "y")]
    kept = sum(len(row[0].split()) for row in thinned([("abcdefgh", "")] * 500, tokenizer, 0.25, random.Random(0)))
    assert abs(kept / 4000 - 0.75) < 0.05


def test_a_smoke_run_makes_a_whole_model(data: Path, tmp_path: Path) -> None:
    output = tmp_path / "made"
    command = [sys.executable, "-m", "embeddings.training", "--smoke", "--data", str(data), "--output", str(output)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    verify(output)
    encoder_contract(load_encoder(str(output)))
    card = (output / "README.md").read_text(encoding="utf-8")
    for word in ("CMRC 2018", "CC BY-SA 4.0", "DRCD", "CC BY-SA 3.0", "Apache-2.0", "python -m embeddings.training"):
        assert word in card


@pytest.mark.parametrize("arguments", [["--smoke"], ["--data", "nowhere"]])
def test_a_wrong_command_is_one_line(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "embeddings.training", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
