"""Documents that disagree, whole way through a small index."""

from collections.abc import Iterator

import pytest

from rag.answer import Answer
from rag.build import open_for_writing
from rag.library import Library
from rag.settings import load
from ui.page_conversation import conversation_html
from ui.page_exchange import Exchange
from ui.page_feedback import Thumbs
from ui.records import answer_record
from ui.render import answer_markdown, answer_terminal

NOTICE = """松山县林业局关于护林员管理的通知

松林发〔{year}〕{serial}号

各乡镇人民政府：

护林员每月补贴{sum}元，每天巡山{times}次。

松山县林业局
{year}年3月1日
"""
QUESTION = "护林员每月补贴多少元？"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("disagreeing")
    for year, serial, amount in ((2019, 3, "300"), (2022, 9, "500")):
        text = NOTICE.format(year=year, serial=serial, sum=amount, times="两")
        (folder / f"{year}.txt").write_text(text, encoding="utf-8")
    opened = open_for_writing(load(index=str(folder / "index")))
    opened.add([str(folder / "2019.txt"), str(folder / "2022.txt")])
    yield opened


@pytest.fixture(scope="module")
def answer(library: Library) -> Answer:
    return library.ask(QUESTION)


def test_both_are_told_the_newer_first_and_marked(answer: Answer) -> None:
    assert [(claim.answer, claim.document.date, claim.newest) for claim in answer.claims] == [
        ("500元", "2022-03-01", True),
        ("300元", "2019-03-01", False),
    ]


def test_each_is_cited(library: Library, answer: Answer) -> None:
    cited = {citation.marker: citation for citation in answer.citations}
    assert sorted(cited) == list(range(1, len(cited) + 1))
    for claim in answer.claims:
        citation = cited[claim.marker]
        text = library.document(claim.document.id).text
        assert text[citation.start : citation.end] == citation.quote
        assert [text[start:end] for start, end in citation.highlights] == [claim.answer]
        assert citation.document == claim.document


def test_it_is_shown_wherever_answers_are(answer: Answer) -> None:
    page = conversation_html((Exchange(question=QUESTION, answer=answer),), Thumbs(verdicts={}), "zh")
    for shown in (answer_terminal(answer, "zh"), answer_markdown(answer, "zh").replace("\\", ""), page):
        assert "不同文件的说法不一致" in shown
        assert shown.index("500元") < shown.index("最新")
    assert "The documents do not agree" in answer_terminal(answer, "en")
    assert [each["newest"] for each in answer_record(answer, "zh")["claims"]] == [True, False]  # type: ignore[attr-defined]


def test_what_they_agree_on_is_told_once(library: Library) -> None:
    agreed = library.ask("护林员每天巡山几次？")
    assert agreed.answer == "两次"
    assert agreed.claims == ()


def test_a_question_that_names_one_of_them_is_answered_from_it_alone(library: Library) -> None:
    named = library.ask("松林发〔2019〕3号规定，护林员每月补贴多少元？")
    assert (named.answer, named.claims) == ("300元", ())
