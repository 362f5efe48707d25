"""The recipe of the trained reader: its parts, and one whole tiny run that is interrupted and gone on with."""

import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from embeddings.training.exercises import Exercise, exercises
from embeddings.training.split import held_out
from rag.bundled_model import BundledModel, bundled_folder
from rag.models import load_model
from rag.reader_inputs import LEVELS, WINDOW, Marks, levels, make_input, padded, windows
from rag.span_model import Stretch
from rag.training.reader.cloze import cloze
from rag.training.reader.counterparts import altered
from rag.training.reader.negatives import lookalikes
from rag.training.reader.samples import Item, samples, targets
from tests.training_data import write_data

MARKS = Marks(cls=2, sep=3)


def ids(*numbers: int) -> np.ndarray:
    return np.asarray(numbers, np.int32)


def test_levels_tell_how_much_is_shared() -> None:
    assert levels(ids(5, 6, 7, 8, 9, 5), ids(5, 6, 1, 7, 8, 9)).tolist() == [2, 2, 3, 3, 3, 1]
    assert levels(ids(5), ids(6)).tolist() == [0]
    assert levels(ids(), ids(6)).tolist() == []


def test_an_input_is_question_headings_and_window() -> None:
    made = make_input(ids(10, 11), ids(12), ids(20, 21, 10, 11, 22), (1, 5), MARKS)
    assert made.ids.tolist() == [2, 10, 11, 3, 12, 3, 21, 10, 11, 22, 3]
    assert made.types.tolist() == [0, 2, 2, 0, *(LEVELS + level for level in (0, 0, 0, 2, 2, 0, 0))]
    assert made.ids[made.start : made.start + made.tokens].tolist() == [21, 10, 11, 22]
    assert made.first == 1


def test_a_batch_is_padded_and_masked() -> None:
    made = [make_input(ids(10), ids(), ids(*range(20, 20 + n)), (0, n), MARKS) for n in (2, 5)]
    numbers, _, mask = padded(made)
    assert numbers.shape == mask.shape == (2, 10)
    assert mask.sum(1).tolist() == [7, 10]


@pytest.mark.parametrize("tokens", [0, 1, WINDOW, WINDOW + 1, 500])
def test_windows_cover_everything(tokens: int) -> None:
    covered = {place for first, last in windows(tokens) for place in range(first, last)}
    assert covered == set(range(tokens))
    assert all(last - first <= WINDOW for first, last in windows(tokens))


def test_samples_mark_the_answer_wherever_the_window_lies() -> None:
    passage = np.arange(100, 500, dtype=np.int32)
    item = Item(question=ids(10, 11), headings=ids(), passage=passage, spans=((250, 253),))
    draw = random.Random(0)
    firsts = set()
    for _ in range(20):
        sample = samples(item, draw, MARKS, negatives=0.0)[0]
        starts, ends = targets([sample], len(sample.input.ids))
        assert sample.input.ids[starts[0]].tolist() == [350]
        assert sample.input.ids[ends[0]].tolist() == [352]
        firsts.add(sample.input.first)
    assert len(firsts) > 5


def test_what_does_not_answer_points_at_the_first_mark() -> None:
    passage = np.arange(100, 500, dtype=np.int32)
    other = (ids(), np.arange(600, 640, dtype=np.int32))
    item = Item(question=ids(10), headings=ids(), passage=passage, spans=((250, 253),), others=(other,))
    further = [samples(item, random.Random(seed), MARKS, negatives=1.0)[1] for seed in range(10)]
    assert all(sample.starts == sample.ends == (0,) for sample in further)
    shown = [sample.input.ids[sample.input.start : -1].tolist() for sample in further]
    assert any(tokens[0] >= 600 for tokens in shown)
    assert any(tokens[0] < 500 for tokens in shown)
    assert not any(350 in tokens for tokens in shown)


def test_an_altered_question_is_not_answered_where_the_answer_stands() -> None:
    passage = np.arange(100, 500, dtype=np.int32)
    item = Item(question=ids(10, 11), headings=ids(), passage=passage, spans=((250, 253),), altered=(ids(10, 12),))
    right, wrong = samples(item, random.Random(0), MARKS, negatives=0.0, altered=1.0)
    assert right.starts != (0,) and right.ends != (0,)
    assert wrong.starts == wrong.ends == (0,)
    assert right.input.ids.tolist()[1:3] == [10, 11] and wrong.input.ids.tolist()[1:3] == [10, 12]
    assert right.input.ids.tolist()[3:] == wrong.input.ids.tolist()[3:]
    assert len(samples(item, random.Random(0), MARKS, negatives=0.0)) == 1


def exercise(question: str, text: str, answer: str, headings: str = "") -> Exercise:
    at = text.find(answer) if answer else -1
    spans = ((at, at + len(answer)),) if at >= 0 else ()
    return Exercise(
        question=question, headings=headings, text=text, spans=spans, answers=(answer,) if answer else (), article="a",
        source="own",
    )  # fmt: skip


TEXT = "松山县2019年给残疾人每月补贴150元，给老年人每月补贴90元，由民政局发放。"


@pytest.mark.parametrize(
    ("question", "answer", "kept", "gone"),
    [
        ("残疾人每月补贴多少元？", "150元", "每月补贴多少元？", "残疾人"),
        ("2019年老年人补贴多少？", "90元", "补贴多少？", "2019年老年人"),
        ("民政局发放什么？", "补贴", "发放什么？", "民政局"),
    ],
)
def test_questions_are_altered_in_what_their_paragraph_holds(question: str, answer: str, kept: str, gone: str) -> None:
    found = {other for seed in range(20) for other in altered(exercise(question, TEXT, answer), random.Random(seed))}
    assert len(found) > 3
    for other in found:
        assert other.endswith(kept) and gone not in other
        assert not any(word in other for word in ("残疾人", "老年人") if word not in question), "it stands in the text"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("每月补贴多少元？", "150元"),  # nothing in it has a kind
        ("2020年退役军人补贴多少？", "90元"),  # what has a kind does not stand in the text
        ("残疾人每月补贴多少元？", ""),  # it is not answered as it is
    ],
)
def test_other_questions_stay_as_they_are(question: str, answer: str) -> None:
    assert not altered(exercise(question, TEXT, answer), random.Random(0))


def test_a_grade_and_above_holds_the_other_grades() -> None:
    text = "县级以上人民政府应当公布名录。"
    assert not altered(exercise("县级以上人民政府公布什么？", text, "名录"), random.Random(0))


def test_lookalikes_share_rare_words() -> None:
    passages = ["仓库由值班员看管", "河边有一座高塔", "高塔由王师傅修建", "仓库每晚锁门"]
    assert [found[0] for found in lookalikes(["谁修建高塔", "仓库几点锁门"], passages, 2)] == [2, 3]
    assert list(lookalikes(["无关"], passages, 2)) == [[]]


def test_questions_made_from_text_are_answered_by_it() -> None:
    text = "本市2021年建成公共停车场36个，由市城市管理局负责。公共停车场每日巡查两次，公共停车场不得挪作他用。"
    made = [exercise for seed in range(30) for exercise in cloze([("办法", text)], random.Random(seed))]
    assert len({exercise.question for exercise in made}) > 10
    for exercise in made:
        ((first, last),) = exercise.spans
        assert exercise.text[first:last] == exercise.answers[0]
        assert exercise.answers[0] not in exercise.question
    assert any(exercise.text != text for exercise in made)  # a recurring run: its sentence is taken out
    assert not list(cloze([("", "没有什么可问的")], random.Random(0)))


def test_exercises_are_whole_and_some_of_every_source_are_kept_apart(tmp_path: Path) -> None:
    found = exercises(write_data(tmp_path))
    assert {"official", "cmrc", "drcd", "own"} <= {each.source for each in found}
    for each in found:
        assert all(each.text[first:last] in each.answers for first, last in each.spans)
        assert each.question
    assert {held_out(each.article) for each in found if each.source == "own"} == {True, False}


def run(data: Path, folder: Path, *more: str) -> str:
    command = [sys.executable, "-m", "rag.training.reader", "--smoke", "--data", str(data)]
    command += ["--output", str(folder / "reader"), "--work", str(folder / "work"), *more]
    return subprocess.run(command, check=True, capture_output=True, text=True).stderr


def test_a_tiny_run_makes_a_reader_and_both_are_gone_on_with(tmp_path: Path) -> None:
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    (tmp_path / "data").mkdir()
    data = write_data(tmp_path / "data")
    assert "going on" not in run(data, tmp_path, "--steps", "6")
    assert "going on from step 6" in run(data, tmp_path)
    reader = tmp_path / "reader"
    assert AutoModelForQuestionAnswering.from_pretrained(reader).config.type_vocab_size == 2 * LEVELS
    assert AutoTokenizer.from_pretrained(reader).tokenize("仓库Ａ") == ["仓", "库", "a"]
    (scores,) = BundledModel(reader).score("谁看管", [Stretch(headings="守则", text="门由 值班员看管")])
    assert [(int(a), int(b)) for a, b in zip(scores.firsts, scores.lasts, strict=True)][:3] == [(0, 1), (1, 2), (3, 4)]
    assert np.isfinite(scores.begin).all()
    card = (reader / "README.md").read_text(encoding="utf-8")
    assert "12 steps" in card
    assert "CC BY-SA" in card

    grown = tmp_path / "grown"
    grown.mkdir()
    run(data, grown, "--reader", str(reader), "--steps", "2")
    own, more = (json.loads((folder / "tokenizer.json").read_bytes()) for folder in (reader, grown / "reader"))
    assert own["model"] == more["model"]
    assert isinstance(load_model(str(grown / "reader")), BundledModel)
    assert "those of a finished reader" in (grown / "reader" / "README.md").read_text(encoding="utf-8")


def test_the_mean_of_two_readers_lies_between_them() -> None:
    import torch

    from rag.training.reader.model import blended, new_model

    torch.manual_seed(0)
    first, second = (new_model(50, 1, body=None, characters=None) for _ in range(2))
    before = {name: value.clone() for name, value in second.state_dict().items()}
    blended(second, first, 0.25)
    for name, value in second.state_dict().items():
        expected = 0.25 * first.state_dict()[name] + 0.75 * before[name] if value.is_floating_point() else value
        assert torch.allclose(value, expected, atol=1e-6), name


def test_a_layer_more_says_nearly_the_same_until_it_has_learnt() -> None:
    import torch

    from rag.training.reader.model import deeper

    said = []
    layers = json.loads((bundled_folder() / "config.json").read_text("utf-8"))["num_hidden_layers"]
    for more in (0, 1):
        model = deeper(bundled_folder(), layers + more).eval()
        assert model.config.num_hidden_layers == layers + more
        ids = torch.randint(5, 4000, (4, 80), generator=torch.Generator().manual_seed(0))
        with torch.inference_mode():
            said.append(model(input_ids=ids, token_type_ids=ids % (2 * LEVELS)).start_logits)
    assert (said[0] - said[1]).abs().mean() < 0.35 * said[0].std()
    assert np.corrcoef(said[0].flatten(), said[1].flatten())[0, 1] > 0.95


def test_a_smoke_run_does_not_replace_the_bundled_reader(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "rag.training.reader", "--smoke", "--data", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--output" in done.stderr


def test_written_questions_are_whole() -> None:
    folder = Path("embeddings/training")
    for row in map(json.loads, (folder / "encyclopedia_questions.jsonl").read_text("utf-8").splitlines()):
        assert row["question"].strip(), row
        assert row["at"] is None or 0 <= row["at"][0] < row["at"][1], row
    for file in ("own_paragraphs.jsonl", "reference_articles.jsonl"):
        for paragraph in map(json.loads, (folder / file).read_text("utf-8").splitlines()):
            for row in paragraph["questions"]:
                assert row["question"].strip(), row
                assert row["answer"] in paragraph["text"], row
