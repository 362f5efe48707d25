"""Two figures set side by side."""

from pathlib import Path

import pytest

from rag.build import open_for_writing
from rag.comparison import comparison, computed, misses
from rag.settings import load


@pytest.mark.parametrize(
    ("text", "operation", "questions"),
    [
        (
            "2020年松山县的财政收入比柏山县多多少？",
            "difference",
            ("2020年松山县的财政收入是多少？", "2020年柏山县的财政收入是多少？"),
        ),
        (
            "秸秆的利用比例要比粪污的高几个百分点？",
            "difference",
            ("秸秆的利用比例是多少？", "粪污的利用比例是多少？"),
        ),
        (
            "松山县2023年比2022年多改造了多少处水渠？",
            "difference",
            ("松山县2023年改造了多少处水渠？", "松山县2022年改造了多少处水渠？"),
        ),
        (
            "一类区和四类区的最低工资相差多少元？",
            "difference",
            ("一类区的最低工资是多少元？", "四类区的最低工资是多少元？"),
        ),
        ("修桥的钱加上修渠的钱一共多少万元？", "sum", ("修桥的钱是多少万元？", "修渠的钱是多少万元？")),
        ("红花和黄芩，哪个产值高？", "choice", ("红花产值是多少？", "黄芩产值是多少？")),
    ],
)
def test_taken_apart(text: str, operation: str, questions: tuple[str, str]) -> None:
    found = comparison(text)
    assert found is not None
    assert (found.operation, found.questions) == (operation, questions)


@pytest.mark.parametrize("text", ["占比是多少？", "补助比例是多少？", "全县有多少家养老院？", "", "比？"])
def test_nothing_to_compare(text: str) -> None:
    assert comparison(text) is None


def test_what_names_neither_of_two_is_no_choice() -> None:
    choice, sum_ = comparison("红花和黄芩，哪个产值高？"), comparison("红花和黄芩一共多少亩？")
    assert choice is not None and sum_ is not None
    assert misses(choice, "2万亩左右，年产值3750万元")
    assert not misses(choice, "红花") and not misses(choice, "黃芩") and not misses(sum_, "5万亩")


def result(text: str, *answers: str) -> tuple[str, str] | None:
    wanted = comparison(text)
    assert wanted is not None
    found = computed(wanted, answers)
    return (found.text, found.arithmetic) if found is not None else None


def test_put_together() -> None:
    assert result("甲县的桥比乙县多多少座？", "63座", "37座") == ("26座", "63座 − 37座 = 26座")
    assert result("甲县的桥比乙县少多少座？", "37座", "63座") == ("26座", "63座 − 37座 = 26座")
    assert result("甲县的桥和乙县的桥一共多少座？", "63座", "37座") == ("100座", "63座 + 37座 = 100座")
    assert result("甲县和乙县的资金相差多少？", "1.2亿元", "9000万元") == (
        "30000000元",
        "1.2亿元 − 9000万元 = 30000000元",
    )
    assert result("甲县和乙县的资金相差多少？", "210万元", "10万元") == ("200万元", "210万元 − 10万元 = 200万元")
    assert result("甲县的覆盖率比乙县高多少个百分点？", "95%", "85%") == ("10个百分点", "95% − 85% = 10个百分点")


def test_the_one_that_is_more_or_less() -> None:
    assert result("红花和黄芩，哪个产值高？", "3750万元", "1225万元") == ("红花", "3750万元 > 1225万元")
    assert result("红花和黄芩，哪个产值低？", "3750万元", "1225万元") == ("黄芩", "3750万元 > 1225万元")
    assert result("红花和黄芩，哪个种得早？", "2021年5月", "2020年3月") == ("黄芩", "2021年5月 > 2020年3月")


@pytest.mark.parametrize("answers", [("63座", "37米"), ("63座", "很多"), ("63座", "30座至40座"), ("2020年", "63座")])
def test_what_cannot_be_compared(answers: tuple[str, str]) -> None:
    assert result("甲县的桥比乙县多多少座？", *answers) is None


REPORT = """松山县农业农村局关于发展中药材产业的答复

某某委员：

您提出的建议收悉。目前全县种植红花面积稳定在两万亩，年产值3750万元，种植黄芩三千亩，年产值1225万元，带动农户四百户。

松山县农业农村局
2023年5月8日
"""


@pytest.mark.parametrize(
    ("question", "answer", "arithmetic"),
    [
        ("红花和黄芩哪个年产值高？", "红花", "3750万元 > 1225万元"),
        ("红花的年产值比黄芩的多多少？", "2525万元", "3750万元 − 1225万元 = 2525万元"),
    ],
)
def test_two_figures_of_one_sentence(tmp_path: Path, question: str, answer: str, arithmetic: str) -> None:
    (tmp_path / "答复.txt").write_text(REPORT, encoding="utf-8")
    library = open_for_writing(load(index=str(tmp_path / "index")))
    library.add([str(tmp_path / "答复.txt")])
    given = library.ask(question)
    assert (given.answer, given.arithmetic) == (answer, arithmetic)
    text = library.document(given.citations[0].document.id).text
    assert sorted(text[start:end] for c in given.citations for start, end in c.highlights) == ["1225万元", "3750万元"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("红花的年产值比黄芩的多多少？", ("红花", "黄芩")),
        ("2023年比2022年多改造了多少处？", ("2023", "2022")),
        ("甲县和乙县的桥一共多少座？", ("甲", "乙")),
    ],
)
def test_the_words_in_which_both_differ(text: str, names: tuple[str, str]) -> None:
    wanted = comparison(text)
    assert wanted is not None
    assert wanted.told_by == names
