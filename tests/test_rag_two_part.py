"""Two questions in one, taken apart and answered together."""

from pathlib import Path

import pytest

from rag.build import open_for_writing
from rag.settings import load
from rag.two_part import two_questions

NOTICE = """青汀县关于举办农民培训班的通知

一、培训班分两期，第一期于9月10日至9月15日在县农业技术推广中心举办，第二期于10月12日至10月17日在县职业中专举办。

二、学费由县农业农村局承担，往返交通费自理。
"""


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("第一期培训班什么时候办，在哪里办？", ("第一期培训班什么时候办？", "第一期培训班，在哪里办？")),
        ("高龄津贴哪天发、发多少？", ("高龄津贴哪天发？", "高龄津贴，发多少？")),
        ("高温津贴由谁承担和什么时候发", ("高温津贴由谁承担？", "高温津贴，什么时候发？")),
        ("做个医闹鉴定收多少，价码由哪儿说了算？", None),
        ("收多少听谁的都说不清，谁来定？", None),
        ("好几家中心都能接我的案子，该找谁？", None),
        ("补多少", None),
        ("补多少，补多少", None),
        ("第一期培训班什么时候办？", None),
        ("", None),
        ("，，，？", None),
        ("什么时候，" * 500, None),
    ],
)
def test_what_is_asked_together(question: str, parts: tuple[str, str] | None) -> None:
    assert two_questions(question) == parts


def test_both_are_answered_each_with_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    library = open_for_writing(load(index=str(tmp_path / "index"), environ={"WENJU_HOME": str(tmp_path)}))
    library.add([str(tmp_path / "notice.txt")])

    answer = library.ask("第一期培训班什么时候办，在哪里办？")

    assert answer.answered
    assert answer.items == ("9月10日至9月15日", "县农业技术推广中心")
    assert answer.answer == "9月10日至9月15日、县农业技术推广中心"
    assert answer.asked == "第一期培训班什么时候办，在哪里办？"
    assert [each.marker for each in answer.citations] == [1, 2]
    for item, citation in zip(answer.items, answer.citations, strict=True):
        ((start, end),) = citation.highlights
        assert citation.quote[start - citation.start : end - citation.start] == item


def test_nothing_is_put_together_where_one_of_the_two_is_not_said(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    library = open_for_writing(load(index=str(tmp_path / "index"), environ={"WENJU_HOME": str(tmp_path)}))
    library.add([str(tmp_path / "notice.txt")])

    answer = library.ask("培训班的学费由谁承担，往年有多少人参加？")

    assert answer.items == ()
    assert answer.answer in ("", "县农业农村局")
