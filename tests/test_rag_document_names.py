"""Questions that name the document they are asked of."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.build import open_for_writing
from rag.document_names import parted
from rag.library import Library
from rag.settings import load

RULES = """松山县人民政府关于印发村道养护办法的通知

松政发〔2021〕6号

各乡镇人民政府：

现将《松山县村道养护办法》印发给你们，请认真执行。

一、村道每年养护四次，由乡镇组织实施。养护经费按照松财发〔2019〕2号文件的规定拨付，每公里九百元。

二、护路员由村民委员会聘用，每月补贴三百元。

松山县人民政府
2021年5月8日
"""
FIRES = """松山县林业局关于做好森林防火工作的通知

松林发〔2022〕9号

各乡镇人民政府：

一、护林员每天巡山两次，每月补贴五百元。野外用火须经乡镇批准，违反的处二百元罚款。

松山县林业局
2022年3月1日
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("named")
    for name, text in (("村道", RULES), ("防火", FIRES)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    opened = open_for_writing(load(index=str(folder / "index")))
    opened.add([str(folder / "村道.txt"), str(folder / "防火.txt")])
    yield opened


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("国发〔2004〕18号里，常务会议每月开几次？", "国发〔2004〕18号"),
        ("国办发2019年6号文规定担保费是多少？", "国办发2019年6号文"),
        ("国办函2018-71号要求什么时候完成？", "国办函2018-71号"),
        ("根据《村道养护办法》，护路员由谁聘用？", "《村道养护办法》"),
        ("《村道养护办法》规定每年养护几次？", "《村道养护办法》"),
        ("2018年那份关于高新区的批复里，要建成什么区？", "2018年那份关于高新区的批复"),
        ("村道养护那个办法里护路员拿多少钱？", "村道养护那个办法"),
        ("县里2021年发的那个养护办法，要求每年养护几次？", "县里2021年发的那个养护办法"),
        ("哪个文件里规定了护路员的补贴？", None),
        ("护路员每月补贴多少？", None),
        ("野外用火由谁批准？", None),
        ("村道养护办法", None),
        ("开发区“小巨人”中小企业有几家？", None),
        ("这份文件中规定了几条？", "这份文件"),
    ],
)
def test_the_name_is_parted_from_what_is_asked(text: str, name: str | None) -> None:
    found = parted(text)
    assert (found and found[0]) == name


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("松政发〔2021〕6号规定，每月补贴多少？", "三百元"),
        ("松林发（2022）9号文里，每月补贴多少？", "五百元"),
        ("《松山县人民政府关于印发村道养护办法的通知》里，每月补贴多少？", "三百元"),
        ("2022年森林防火那份通知里，每月补贴多少？", "五百元"),
    ],
)
def test_it_is_answered_from_the_document_that_is_named(library: Library, question: str, answer: str) -> None:
    given = library.ask(question)
    assert given.answer == answer
    assert given.asked == question


@pytest.mark.parametrize(
    "question",
    [
        "松政发〔2020〕6号规定，护路员每月补贴多少？",
        "《松山县林业局关于做好草原防火工作的通知》里，护林员每月补贴多少？",
        "2019年松山县林业局关于做好森林防火工作的那份通知里，护林员每月补贴多少？",
    ],
)
def test_what_is_not_there_is_not_answered_from_another(library: Library, question: str) -> None:
    given = library.ask(question)
    assert given.reason == "no_such_document"
    assert given.nearest


def test_a_document_that_is_only_spoken_of_is_read_about_where_it_is(library: Library) -> None:
    assert library.ask("按照松财发〔2019〕2号文件的规定，村道养护经费每公里多少元？").answer == "九百元"


def test_its_record_is_asked_as_before(library: Library) -> None:
    assert library.ask("松林发〔2022〕9号是哪一天发的？").answer == "2022年3月1日"
    assert Path(library.ask("村道养护办法的通知是什么文号？").citations[0].document.path).stem == "村道"
