"""What decides a question for yes or no where a rule has an exception."""

import pytest

from rag.deciding import decided
from rag.evidence import Evidence
from rag.exceptions import Exemption, exemption, names_case
from rag.question import understand
from rag.sentences import sentences

PARKING = "景区内禁止露营，但设有营位的除外。"
BUSES = "除救护车、消防车外，任何车辆不得驶入古街。"
DAM = "大坝上不得钓鱼。但是，持有巡查证的人员除外。"
DOGS = "个人不得带犬乘坐轮渡，导盲犬除外。"


def said(text: str, question: str, words: str) -> tuple[str, bool]:
    (asked,) = understand(question)
    start = text.index(words)
    sentence = next(s for s in sentences(text) if s[0] <= start < s[1])
    span, likely = decided(
        asked, Evidence(asked, lambda t: [1.0] * len(t)), text, sentence, (start, start + len(words))
    )
    return text[slice(*span)], likely > 0.5


@pytest.mark.parametrize(
    ("text", "question", "words", "shown", "yes"),
    [
        (PARKING, "设有营位的地方能露营吗？", "设有营位的除外", "景区内禁止露营，但设有营位的除外", True),
        (PARKING, "景区内能露营吗？", "景区内禁止露营", "景区内禁止露营", False),
        (BUSES, "救护车可以驶入古街吗？", "任何车辆不得驶入古街", BUSES[:-1], True),
        (BUSES, "私家车可以驶入古街吗？", "救护车、消防车", "任何车辆不得驶入古街", False),
        (
            "古街除救护车外，禁止车辆驶入。",
            "私家车可以驶入吗？",
            "古街除救护车外",
            "古街除救护车外，禁止车辆驶入",
            False,
        ),
        (BUSES, "摩托车可以驶入古街吗？", "任何车辆不得驶入古街", "任何车辆不得驶入古街", False),
        (DAM, "持有巡查证的人员可以在大坝上钓鱼吗？", "持有巡查证的人员除外", "但是，持有巡查证的人员除外", True),
        (DOGS, "导盲犬可以乘坐轮渡吗？", "导盲犬除外", DOGS[:-1], True),
        ("展馆周末开放，但元宵节闭馆。", "元宵节开放吗？", "展馆周末开放", "但元宵节闭馆", False),
    ],
)
def test_a_case_that_is_exempt_is_decided_the_other_way(
    text: str, question: str, words: str, shown: str, yes: bool
) -> None:
    assert said(text, question, words) == (shown, yes)


@pytest.mark.parametrize(
    "text",
    [
        "除门票外，游客还应当购买保险。",
        "每天开放，节假日照常。",
        "，除外。",
        "除外",
        "除外。",
        "但除外",
        "",
    ],
)
def test_what_exempts_nothing(text: str) -> None:
    assert exemption(text, (0, len(text))) is None


def test_a_rule_may_stand_in_the_sentence_before() -> None:
    sentence = next(s for s in sentences(DAM) if DAM[slice(*s)].startswith("但是"))
    found = exemption(DAM, sentence)
    assert found is not None and DAM[slice(*found.rule)] == "大坝上不得钓鱼"


@pytest.mark.parametrize(
    ("question", "named"),
    [("消防车能进吗", True), ("小汽车能进吗", False), ("不是消防车，也没有登记，能进吗", False)],
)
def test_a_case_is_named_by_its_own_words(question: str, named: bool) -> None:
    found = exemption(BUSES, (0, len(BUSES)))
    assert isinstance(found, Exemption) and names_case(question, BUSES, found) is named
