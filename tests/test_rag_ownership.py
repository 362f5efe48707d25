"""Whose a figure is."""

import pytest

from rag.answer import DocumentRecord, Passage
from rag.ownership import Owners


def owner(names: tuple[str, ...], text: str, figure: str, *, section: str = "", title: str = "通报") -> int | None:
    record = DocumentRecord(id="d", path="d.txt", title=title)
    passage = Passage(
        document=record,
        paragraph=0,
        section=(section,) if section else (),
        page=None,
        text=text,
        start=0,
        end=len(text),
    )
    start = text.index(figure)
    return Owners(names).of(passage, (start, start + len(figure)))


@pytest.mark.parametrize(
    ("names", "text", "figures"),
    [
        (("松山", "柏山"), "松山县拨付率为91.2%，柏山县为78.6%。", ("91.2%", "78.6%")),
        (("松山", "柏山"), "松山县、柏山县分别修桥34座和29座，共投入7万元。", ("34座", "29座")),
        (("2023", "2022"), "2023年修桥34座。上一年情况较差，2022年修桥29座，比2023年少。", ("34座", "29座")),
        (("户籍", "非户籍"), "户籍人员缴3个月，非户籍人员缴6个月。", ("3个月", "6个月")),
        (("嫌收费的", "嫌占位的"), "收费类投诉占31%，占位类投诉占42%。", ("31%", "42%")),
        (("县里", "镇里"), "县级资金8700元、镇级资金2900元。", ("8700元", "2900元")),
        (("松山", "柏山"), "松山縣修橋34座，柏山縣修橋29座。", ("34座", "29座")),
    ],
)
def test_the_name_that_stands_last_before_it(names: tuple[str, ...], text: str, figures: tuple[str, ...]) -> None:
    assert tuple(owner(names, text, figure) for figure in figures) == (0, 1)


def test_a_heading_or_a_title_says_it_where_the_paragraph_does_not() -> None:
    assert owner(("松山", "柏山"), "修桥34座。", "34座", section="（二）柏山县") == 1
    assert owner(("2023", "2022"), "修桥34座。", "34座", title="2022年情况通报") == 1


def test_nothing_is_said_of_others() -> None:
    assert owner(("松山", "柏山"), "全市修桥34座。松山县另报。", "34座") is None
    assert owner(("2023", "2022"), "2021年修桥34座。", "34座") is None
    assert owner(("2023", "2022"), "2022年至2023年修桥34座。", "34座") is None
