"""Questions about documents themselves, whole way through a small index."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer import Answer
from rag.build import open_for_writing
from rag.library import Library
from rag.question import understand
from rag.record_fields import asked_field
from rag.records import _Words
from rag.scope import Scope
from rag.settings import load

REPLY = """(A类) （此件予以公开）
松水函〔2021〕7号 签发人：陆某某

对松山县第三届人民代表大会第12号建议的答复

周某某代表：

您提出的《关于清理村边水渠的建议》收悉，现答复如下：

一、按照《松山县水渠管理办法》（松政发〔2019〕3号），全县已清淤三十公里，村边水渠每月巡查两次。

松山县水利局
2021年4月2日

（联系人：李某 联系电话：0000-1234567）
抄送：县人大办公室、县政府督查室。
松山县水利局办公室 2021年4月3日印发
"""
NOTICE = """松山县林业局关于做好森林防火工作的通知

松林发〔2022〕9号

各乡镇人民政府：

春季天干物燥，各乡镇要组织护林员每天巡山，严禁野外用火。

附件：1.防火值班表
2.护林员名册

松山县林业局
2022年3月1日
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("records")
    (folder / "答复.txt").write_text(REPLY, encoding="utf-8")
    (folder / "通知.txt").write_text(NOTICE, encoding="utf-8")
    opened = open_for_writing(load(index=str(folder / "index")))
    opened.add([str(folder / "答复.txt"), str(folder / "通知.txt")])
    yield opened


def quoted(library: Library, answer: Answer) -> list[str]:
    """The highlighted words, read from the document."""
    (citation, *_) = answer.citations
    text = library.document(citation.document.id).text
    assert text[citation.start : citation.end] == citation.quote
    return [text[start:end] for start, end in citation.highlights]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("松水函〔2021〕7号是谁签发的？", "陆某某"),
        ("松水函(2021)7号的联系电话是多少？", "0000-1234567"),
        ("清理村边水渠那份答复的文号是多少？", "松水函〔2021〕7号"),
        ("森林防火的通知是哪个单位发的？", "松山县林业局"),
        ("森林防火工作的通知是什么时候印发的？", "2022年3月1日"),
        ("森林防火的通知发给谁？", "各乡镇人民政府"),
        ("森林防火通知有哪些附件？", "防火值班表；护林员名册"),
        ("松水函〔2021〕7号答复的是几号建议？", "松山县第三届人民代表大会第12号建议"),
        ("松水函〔2021〕7号抄送哪些单位？", "县人大办公室、县政府督查室"),
        ("松水函〔2021〕7号可以公开吗？", "是"),
        ("松山县水渠管理办法的文号是多少？", "松政发〔2019〕3号"),
        ("松林发〔2022〕9号的标题是什么？", "松山县林业局关于做好森林防火工作的通知"),
    ],
)
def test_what_a_document_says_of_itself(library: Library, question: str, answer: str) -> None:
    found = library.ask(question)
    assert found.answer == answer
    words = quoted(library, found)
    assert found.kind == "boolean" or "".join(words) in (answer, answer.replace("；", ""), answer.replace("、", ""))


def test_what_it_does_not_say_is_not_taken_from_another(library: Library) -> None:
    assert not library.ask("森林防火的通知的联系电话是多少？").answered
    assert not library.ask("松林发〔2022〕9号是谁签发的？").answered


def test_a_scope_holds(library: Library) -> None:
    answer = library.ask("松水函〔2021〕7号是谁签发的？", scope=Scope(documents=("通知",)))
    assert not answer.answered


def test_the_document_that_was_hidden_says_nothing(library: Library) -> None:
    from rag.answer import Asked

    hidden = next(record.id for record in library.documents() if "答复" in record.path)
    (told,) = library.consult([Asked(question="松水函〔2021〕7号是谁签发的？")], hidden=[hidden])
    assert "陆某某" not in told.draft.answer


@pytest.mark.parametrize("question", ["谁提的清理村边水渠的建议？", "清理水渠那件建议的建议人是谁"])
def test_who_made_a_proposal_is_whom_the_reply_is_addressed_to(library: Library, question: str) -> None:
    answer = library.ask(question)
    assert answer.answer == "周某某代表"
    assert quoted(library, answer) == ["周某某代表"]


def test_the_only_document_that_is_asked_is_the_one_that_is_meant(library: Library) -> None:
    assert library.ask("谁提的这份提案？", scope=Scope(documents=("答复",))).answer == "周某某代表"
    assert not library.ask("谁提的这份提案？", scope=Scope(documents=("通知",))).answered


def test_a_notice_has_no_proposer(library: Library) -> None:
    """It is addressed to those who have to follow it."""
    answer = library.ask("谁提的森林防火这件建议？", scope=Scope(documents=("通知",)))
    assert "人民政府" not in answer.answer


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("这份通知的文号是多少？", "number"),
        ("答复写给了哪位代表？", "addressee"),
        ("谁提的这份建议？", "proposer"),
        ("清理水渠的建议是哪位代表提的？", "proposer"),
        ("清理水渠的建议是哪两位代表联名提出的？", "proposer"),
        ("提案人是谁？", "proposer"),
        ("谁提出了验收的意见？", None),
        ("通知的落款日期是哪天？", "date"),
        ("全县清淤多少公里？", None),
        ("水渠由谁负责巡查？", None),
        ("补助发给谁？", None),
    ],
)
def test_which_field_is_asked_for(question: str, field: str | None) -> None:
    found = asked_field(understand(question)[0])
    assert (found.name if found is not None else None) == field


@given(st.lists(st.floats(0.01, 14), min_size=40, max_size=40))
def test_all_words_are_the_whole_of_them_whatever_they_weigh(weights: list[float]) -> None:
    """The share becomes a confidence: not a hair above 1."""
    said = "松山县林业局关于做好森林防火工作的通知，各乡镇要组织护林员每天巡山"
    words = _Words(said, lambda terms: weights[: len(terms)] if len(terms) <= len(weights) else [1.1] * len(terms))
    assert words.share(said) == 1.0
    assert 0 <= words.share("护林员") < 1
