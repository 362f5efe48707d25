"""The sentence reader on passages of our own, with the bundled weights, and on every kind of strange input."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import reader as reader_module
from rag.answer import DocumentRecord, Passage
from rag.errors import ReaderDamaged
from rag.interfaces import Finding
from rag.question import understand
from rag.reader import SentenceReader, load_weights
from tests.fakes import HashEncoder

RECORD = DocumentRecord(id="d1", path="/a.txt", title="南山大桥管理办法")
BRIDGE = "南山大桥全长1280米，桥面宽32米。大桥由市交通运输局负责养护。超限车辆应当申请通行许可。"
NURSERY = "全市建成养老院37家、幼儿园120所。幼儿园按规定招生。"


def passages(*texts: str) -> tuple[Passage, ...]:
    return tuple(
        Passage(document=RECORD, paragraph=n, section=(), page=None, text=text, start=0, end=len(text))
        for n, text in enumerate(texts)
    )


def read(question: str, *texts: str) -> tuple[Finding, ...]:
    reader = SentenceReader(encoder=HashEncoder(64), rarity=lambda terms: [2.0] * len(terms))
    (found,) = reader.read([understand(question)[0]], [passages(*texts)])
    return found


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


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30), st.lists(st.text(max_size=80), max_size=3))
def test_no_text_is_too_strange(question: str, texts: list[str]) -> None:
    for finding in read(question, *texts):
        start, end = finding.quote
        assert texts[finding.passage][start:end].strip()
        assert all(start <= a < b <= end for a, b in finding.answers)


def test_missing_weights_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reader_module.resources, "files", lambda package: tmp_path)
    load_weights.cache_clear()
    with pytest.raises(ReaderDamaged, match=r"sentence_reader\.json"):
        load_weights()
    monkeypatch.undo()
    load_weights.cache_clear()
    assert load_weights().order.any()
