"""Figures set side by side: questions taken apart, their answers put together."""

from pathlib import Path

import pytest

from rag.build import open_for_writing
from rag.comparison import LONGEST, comparison
from rag.settings import load
from rag.side_by_side import computed


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
        (
            "跟2022年比，松山县的水渠到2023年多出来多少处？",
            "difference",
            ("松山县的水渠到2023年是多少处？", "松山县的水渠到2022年是多少处？"),
        ),
        (
            "松山县的普及率，2023年比上一年低了几个点？",
            "difference",
            ("松山县的普及率，2023年是多少？", "松山县的普及率，2022年是多少？"),
        ),
        (
            "租房子，东街每平米一个月要比柏山新村贵几块？",
            "difference",
            ("租房子，东街每平米一个月是多少块？", "租房子，柏山新村每平米一个月是多少块？"),
        ),
        (
            "松山县东河、西河、北山三个镇的水渠合起来有几条？",
            "sum",
            ("松山县东河镇的水渠是多少条？", "松山县西河镇的水渠是多少条？", "松山县北山镇的水渠是多少条？"),
        ),
        (
            "松山县2022年和2023年两年合计完成改造多少户？",
            "sum",
            ("松山县2022年完成改造了多少户？", "松山县2023年完成改造了多少户？"),
        ),
        (
            "东河区和西山县新建的水渠一共多少条？",
            "sum",
            ("东河区新建的水渠是多少条？", "西山县新建的水渠是多少条？"),
        ),
        (
            "东河镇和西河镇新建的水渠相差多少条？",
            "difference",
            ("东河镇新建的水渠是多少条？", "西河镇新建的水渠是多少条？"),
        ),
        (
            "修渠的补助，县里给的和镇里给的加起来有多少？",
            "sum",
            ("修渠的补助，县里给的是多少？", "修渠的补助，镇里给的是多少？"),
        ),
        (
            "搞改水，东河镇跟西河镇谁动手早？",
            "choice",
            ("搞改水，东河镇动手是什么时候？", "搞改水，西河镇动手是什么时候？"),
        ),
        (
            "养护员在公办单位干的多还是在民办单位干的多？",
            "choice",
            ("养护员在公办单位干是多少？", "养护员在民办单位干是多少？"),
        ),
        ("在修的1号桥和2号桥，孔多的是哪座？", "choice", ("在修的1号桥孔是多少？", "在修的2号桥孔是多少？")),
    ],
)
def test_taken_apart(text: str, operation: str, questions: tuple[str, ...]) -> None:
    found = comparison(text)
    assert found is not None
    assert (found.operation, found.questions) == (operation, questions)


@pytest.mark.parametrize(
    "text",
    [
        "占比是多少？",
        "补助比例是多少？",
        "全县有多少家养老院？",
        "",
        "比？",
        "签合同的企业一共有多少家？",
        "参加培训的人总共多少？",
        "除了松山县和柏山县，哪个县的桥最多？",
        "产值比上年涨了百分之几？",
        "用电量是2019年的几倍？",
        "监测、通报、检查由谁做好？",
        "共和路有多少盏灯？",
    ],
)
def test_nothing_to_compare(text: str) -> None:
    assert comparison(text) is None


def test_a_long_question_is_not_taken_apart() -> None:
    """The patterns are slow on one; nobody asks so."""
    assert comparison("甲县和乙县" * LONGEST + "一共多少座桥？") is None


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
        "0.3亿元",
        "1.2亿元 − 9000万元 = 0.3亿元",
    )
    assert result("甲县和乙县的资金相差多少？", "210万元", "10万元") == ("200万元", "210万元 − 10万元 = 200万元")
    assert result("甲县的覆盖率比乙县高多少个百分点？", "95%", "85%") == ("10个百分点", "95% − 85% = 10个百分点")


def test_three_put_together() -> None:
    assert result("甲、乙、丙三个县的桥一共多少座？", "63座", "37座", "10座") == ("110座", "63座 + 37座 + 10座 = 110座")
    assert result("甲、乙、丙三个县哪个县的桥多？", "63座", "37座", "100座") == ("丙县", "37座 < 63座 < 100座")
    assert result("甲、乙、丙三个县哪个县的桥多？", "63座", "37座", "63座") is None


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
        ("甲县和乙县的桥一共多少座？", ("甲县", "乙县")),
        ("松山县的桥比柏山县的多多少座？", ("松山", "柏山")),
    ],
)
def test_the_words_in_which_they_differ(text: str, names: tuple[str, str]) -> None:
    wanted = comparison(text)
    assert wanted is not None
    assert wanted.told_by == names
