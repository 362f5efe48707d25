"""The sentence reader on passages of our own, with the bundled weights, and on every kind of strange input."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.evidence import Evidence
from rag.interfaces import Finding, Reading
from rag.model_evidence import LEAST, STRETCHES
from rag.question import understand
from rag.reader import CONFIDENCE, MODEL, ORDER, TRAINED, UNTRAINED, SentenceReader, Weights, load_weights
from rag.span_model import SpanModel
from tests.contracts import reader_contract
from tests.fakes import HashEncoder, WordModel, passages

BRIDGE = "南山大桥全长1280米，桥面宽32米。大桥由市交通运输局负责养护。超限车辆应当申请通行许可。"
NURSERY = "全市建成养老院37家、幼儿园120所。幼儿园按规定招生。"


def reader(model: SpanModel | None = None, weights: Weights | None = None) -> SentenceReader:
    return SentenceReader(
        encoder=HashEncoder(64), rarity=lambda terms: [2.0] * len(terms), model=model, weights=weights
    )


def reading(question: str, *texts: str, model: SpanModel | None = None, weights: Weights | None = None) -> Reading:
    (came,) = reader(model, weights).read([understand(question)[0]], [passages(*texts)])
    return came


def read(question: str, *texts: str) -> tuple[Finding, ...]:
    return reading(question, *texts).findings


def shown(findings: Sequence[Finding], *texts: str) -> str:
    best = findings[0]
    return "、".join(texts[best.passage][start:end] for start, end in best.answers)


@pytest.mark.parametrize(
    ("question", "expected"),
    [("南山大桥全长多少米？", "1280米"), ("幼儿园有多少所？", "120所"), ("全市有多少家养老院？", "37家")],
)
def test_a_figure_is_found_in_its_sentence(question: str, expected: str) -> None:
    assert shown(read(question, BRIDGE, NURSERY), BRIDGE, NURSERY) == expected


def test_every_span_lies_in_its_quote_and_confidence_falls() -> None:
    for question in ("大桥由谁养护？", "超限车辆怎么办？", "有哪些设施？", "幼儿园能招生吗？"):
        findings = read(question, BRIDGE, NURSERY)
        assert findings
        assert [f.confidence for f in findings] == sorted((f.confidence for f in findings), reverse=True)
        for finding in findings:
            assert 0.0 <= finding.confidence <= 1.0
            assert all(finding.quote[0] <= start < end <= finding.quote[1] for start, end in finding.answers)


def test_a_question_about_something_else_is_doubted() -> None:
    assert read("火星探测器用什么燃料？", BRIDGE)[0].confidence < read("南山大桥全长多少米？", BRIDGE)[0].confidence


def test_the_needle_in_a_very_long_paragraph() -> None:
    text = "道路照明正常。" * 3000 + "南山大桥全长1280米。" + "绿化养护正常。" * 3000
    assert shown(read("南山大桥全长多少米？", text), text) == "1280米"


def test_the_question_said_again_is_no_answer_unless_it_is_a_choice() -> None:
    assert read("南山大桥管理办法是谁定的？", "南山大桥管理办法") == ()
    assert read("南山大桥和北山大桥哪个长？", "南山大桥")


def test_a_figure_is_asked_for_and_there_is_none() -> None:
    assert read("大桥投资多少亿元？", "大桥投资情况另行公布。") == ()


def test_a_time_is_asked_for_and_there_is_none() -> None:
    assert read("南山大桥是哪一年设计的？", "南山大桥由市交通运输局负责设计和养护。") == ()


def test_nothing_to_read() -> None:
    assert read("多少？") == ()
    assert read("多少？", "  \n ") == ()


@settings(max_examples=40)
@given(st.text(max_size=30), st.lists(st.text(max_size=80), max_size=3), st.booleans())
def test_no_text_is_too_strange(question: str, texts: list[str], with_model: bool) -> None:
    model = WordModel(question[:1] or "甲", reach=20) if with_model else None
    for finding in reading(question, *texts, model=model).findings:
        start, end = finding.quote
        assert texts[finding.passage][start:end].strip()
        assert all(start <= a < b <= end for a, b in finding.answers)


@pytest.mark.parametrize(
    "model", [None, WordModel("两次", "1280米", "120所", "每"), WordModel()], ids=["none", "words", "no"]
)
def test_it_keeps_the_contract(model: SpanModel | None) -> None:
    reader_contract(reader(model))


PLAIN = Weights(order={"model": 1.0}, spans={"model span": 1.0}, confidence={"bias": 1.0, "model margin": 1.0})
"""A reader that believes its model and nothing else."""


def test_the_words_the_model_marks_are_the_answer() -> None:
    came = reading("大桥由谁养护？", NURSERY, BRIDGE, model=WordModel("市交通运输局"), weights=PLAIN)
    assert shown(came.findings, NURSERY, BRIDGE) == "市交通运输局"
    assert BRIDGE[slice(*came.findings[0].quote)] == "大桥由市交通运输局负责养护。"
    assert came.ranking == (1, 0)
    other = reading("大桥由谁养护？", NURSERY, BRIDGE, model=WordModel("规定招生"), weights=PLAIN)
    assert shown(other.findings, NURSERY, BRIDGE) == "规定招生"
    assert other.ranking == (0, 1)


def measured(question: str, *texts: str, model: SpanModel | None = None) -> npt.NDArray[np.float32]:
    """The rows of ``MODEL`` of every sentence."""
    (asked,) = understand(question)
    these = passages(*texts)
    found = reader(model).measure(asked, these, Evidence(asked, lambda terms: [2.0] * len(terms)))
    assert [name for name in ORDER[-len(MODEL) :]] == list(MODEL)
    assert (len(found.places), len(ORDER)) == found.features.shape
    return found.features[:, -len(MODEL) :]


def test_what_the_model_says_of_a_sentence_is_its_evidence() -> None:
    """甲乙。 is the tokens 甲 乙 。 with 甲 marked: 6 for 甲, -2 for the longer spans that begin there, else -10."""
    rows = measured("甲？", "甲乙。丙丁。", model=WordModel("甲"))
    first = np.log(np.exp(6) + 2 * np.exp(-2) + 3 * np.exp(-10))
    second = np.log(6 * np.exp(-10))
    assert rows[:, 0] == pytest.approx([first / 4, second / 4], abs=1e-4)
    odds = np.exp([first, second])
    assert rows[:, 1] == pytest.approx(odds / (1 + odds.sum()), abs=1e-4)
    assert rows[:, 2].tolist() == [0.0, 0.0]


def test_a_sentence_that_was_not_read_is_told_apart() -> None:
    texts = [f"第{n}座大桥全长{n}米，桥面宽阔，养护良好。" for n in range(12)]
    model = WordModel("米", reach=30)
    rows = measured("大桥全长多少米？", *texts, model=model)
    assert len(model.seen) == STRETCHES
    assert rows[:, 2].sum() == 12 - STRETCHES
    unread = rows[:, 2] == 1.0
    assert (rows[unread, 0] == LEAST / 4).all()
    assert (rows[~unread, 0] > 0).all()


def test_without_a_model_its_features_say_nothing() -> None:
    assert not measured("大桥全长多少米？", BRIDGE, NURSERY).any()


def test_confidence_sees_how_far_the_model_prefers_the_sentence() -> None:
    (asked,) = understand("甲？")
    these, evidence = passages("甲乙。丙丁。"), Evidence(asked, lambda terms: [2.0] * len(terms))
    trusting = reader(WordModel("甲"), PLAIN)
    found = trusting.measure(asked, these, evidence)
    best, other = trusting.judge(asked, these, evidence, found)
    masses = found.features[:, ORDER.index("model")]
    said = dict(zip(CONFIDENCE, best.row.tolist(), strict=True))
    assert said["model margin"] == pytest.approx(masses[0] - masses[1])
    assert said["model all"] == pytest.approx(masses[0])
    assert best.finding.confidence == pytest.approx(1 / (1 + np.exp(-(1 + masses[0] - masses[1]))))
    assert other.row[CONFIDENCE.index("model margin")] == pytest.approx(masses[1] - masses[0])


def test_passages_are_ranked_by_their_best_sentence_and_blank_ones_come_last() -> None:
    texts = (" ", "道路照明正常。绿化养护正常。", BRIDGE, "")
    assert reading("南山大桥全长多少米？", *texts).ranking == (2, 1, 0, 3)


def test_each_way_to_read_has_weights_of_its_own() -> None:
    assert load_weights(TRAINED).order[ORDER.index("model")] != 0
    assert load_weights(UNTRAINED).order[ORDER.index("model")] == 0
