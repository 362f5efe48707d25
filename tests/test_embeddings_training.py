"""The recipe on a data folder of made-up sentences: what is kept apart, what becomes a pair, and one whole tiny run."""

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tokenizers import normalizers

from embeddings.bundled import verify
from embeddings.encoder import load_encoder
from embeddings.training.charsmap import compiled, simplified_forms
from embeddings.training.pairs import material
from embeddings.training.recipe import SMOKE, Stage
from embeddings.training.school import School
from embeddings.training.sources import encyclopedia, laws, official_questions, squad_questions, tidy
from embeddings.training.split import HELD_OUT_SHARE, held_out
from embeddings.training.tokenizer import trained
from embeddings.training.train import first_vectors, learn, vocabulary_texts
from tests.contracts import encoder_contract
from tests.training_data import write_data


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
    trained_on = {*known.paragraphs, *(query for rows in known.asked.values() for query, _ in rows)}
    assert not trained_on & (hidden | asked)


def test_every_kind_of_query_is_made_and_stands_on_its_paragraph(data: Path) -> None:
    known = material(data)
    assert known.asked.keys() == {"official", "own", "encyclopedia", "heading", "neighbour"}
    assert len(set(known.paragraphs)) == len(known.paragraphs)
    heading, place = known.asked["heading"][0]
    assert heading.endswith("守则 第一章总则") and known.paragraphs[place].startswith("第1条")
    assert known.above[place] == heading and len(known.above) == len(known.paragraphs)
    before, place = known.asked["neighbour"][0]
    assert before in known.paragraphs and known.paragraphs.index(before) + 1 == place


def test_batches_hold_each_paragraph_once_and_mined_ones_behind(data: Path) -> None:
    known, recipe = material(data), replace(SMOKE, shares={"own": 1, "sentence": 1, "clip": 1}, batch=8)
    tokenizer = trained(vocabulary_texts(known, random.Random(0)), recipe.vocabulary)
    mined = 0
    for _, lessons in zip(range(30), School(known, tokenizer, recipe).batches(), strict=False):
        own = [tuple(tokens) for tokens in lessons.paragraphs[: len(lessons.queries)]]
        assert len(set(own)) == len(own) <= 8
        assert not {tuple(tokens) for tokens in lessons.paragraphs[len(own) :]} & set(own)
        assert all(len(query) for query in lessons.queries)
        assert len(lessons.above) == len(lessons.paragraphs) and any(map(len, lessons.above))
        assert all(place == -1 or len(own) <= place < len(lessons.paragraphs) for place in lessons.mined)
        mined += len(lessons.paragraphs) > len(own)
    assert mined


def test_the_same_batches_every_time(data: Path) -> None:
    known = material(data)
    tokenizer = trained(vocabulary_texts(known, random.Random(0)), SMOKE.vocabulary)
    first, again = (
        [[q.tolist() for q in lessons.queries] for _, lessons in zip(range(5), school.batches(), strict=False)]
        for school in (School(known, tokenizer, SMOKE), School(known, tokenizer, SMOKE))
    )
    assert first == again


def test_learning_brings_a_query_to_its_paragraph(data: Path) -> None:
    known, recipe = material(data), replace(SMOKE, shares={"official": 1})
    tokenizer = trained(vocabulary_texts(known, random.Random(0)), recipe.vocabulary)
    school = School(known, tokenizer, recipe)
    table = first_vectors(school.paragraphs, tokenizer.get_vocab_size(), recipe.dimension)
    losses: list[float] = []
    stages = (Stage(steps=100, rate=0.5), Stage(steps=100, rate=0.3, nearest=1, rivals=4))
    learn(table, school, replace(recipe, stages=stages), lambda done, steps, loss: losses.append(loss))
    assert losses[-1] < losses[0]
    assert np.isfinite(table).all()


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
