"""Questions that lack what was said before."""

import pytest

from rag.follow_up import Turn, complete, needs_answer
from rag.subject import subject


def completed(text: str, *before: str | Turn) -> str | None:
    turns = [each if isinstance(each, Turn) else Turn(question=each) for each in before]
    found = complete(text, turns)
    return found.text if found is not None else None


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        ("全市有多少家养老院？", "那幼儿园呢？", "全市有多少家幼儿园？"),
        ("松山县新能源公交车占比多少？", "出租车呢", "松山县新能源出租车占比多少？"),
        ("松山县2019年修了几座桥？", "2020年呢？", "松山县2020年修了几座桥？"),
        ("2020年松山县的财政收入是多少？", "柏山县呢？", "2020年柏山县的财政收入是多少？"),
        ("一级渠道由谁养护？", "那二级的呢", "二级渠道由谁养护？"),
        ("松山县水厂的供水能力是多少？", "占地面积呢？", "松山县水厂的占地面积是多少？"),
        ("《水渠管理办法》什么时候施行？", "文号呢？", "《水渠管理办法》的文号是多少？"),
        ("渠长补助每月多少钱？", "护渠员呢？每天要巡几次", "护渠员，渠长补助每天要巡几次？"),
    ],
)
def test_the_question_before_asked_of_something_else(before: str, text: str, whole: str) -> None:
    assert completed(text, before) == whole


def test_the_same_things_compared_otherwise() -> None:
    assert completed("那差多少呢？", "东河镇和西河镇新建的水渠一共多少条？") == (
        "东河镇新建的水渠和西河镇新建的水渠差多少？"
    )
    assert completed("哪个多？", "东河镇和西河镇新建的水渠一共多少条？") == (
        "东河镇新建的水渠和西河镇新建的水渠哪个多？"
    )


def test_a_pronoun_for_what_was_asked_about_or_for_the_answer() -> None:
    assert completed("它的造价是多少？", "松山大桥哪年建成？") == "松山大桥的造价是多少？"
    answered = Turn(question="水渠由谁负责养护？", answer="由松山县水利局负责养护。")
    assert completed("它的电话是多少？", answered) == "松山县水利局的电话是多少？"


def test_a_member_of_the_answer() -> None:
    answered = Turn(question="试点有哪些村？", answer="上渠村、中渠村、下渠村", items=("上渠村", "中渠村", "下渠村"))
    assert completed("第二个什么时候开工？", answered) == "试点村，中渠村什么时候开工？"
    assert completed("最后一个呢？", answered) == "试点村，下渠村是什么情况？"
    assert completed("第九个呢？", answered) != "试点村，第九个呢？"


def test_a_short_question_is_about_what_the_one_before_was_about() -> None:
    assert completed("什么时候截止？", "松山县护渠员招聘的报名地点是哪里？") == "松山县护渠员招聘，什么时候截止？"
    assert completed("其中男性占多少？", "松山县的护渠员有多少人？") == "松山县的护渠员其中男性占多少？"


def test_a_chain() -> None:
    assert completed("2021年呢？", "松山县2019年修了几座桥？", "柏山县呢？") == "柏山县2021年修了几座桥？"


def test_the_topics_of_a_conversation_do_not_pile_up() -> None:
    before = ("产业园区有几个", "高温津贴什么时候发")

    assert completed("发给谁？", *before) == "高温津贴，发给谁？"
    assert completed("它归谁管？", *before, "什么时候截止？") == "高温津贴归谁管？"


@pytest.mark.parametrize(
    "text",
    [
        "那么柏山县森林消防队伍的人员经费由哪一级财政保障？",
        "这几年松山县拖欠农民工工资案件的立案数是上升还是下降？",
        "企业名称与他人在先注册的商标近似时登记机关应当怎么处理？",
        "《水渠管理办法》由谁解释？",
    ],
)
def test_what_stands_alone_is_left_alone(text: str) -> None:
    assert completed(text, "松山县护渠员有多少人？") is None


def test_nothing_was_asked_before() -> None:
    assert completed("那幼儿园呢？") is None
    assert completed(" ", "松山县护渠员有多少人？") is None


def test_english() -> None:
    assert completed("And the ferry?", "How long is the bridge?") == "How long is the bridge - the ferry?"
    assert completed("When was it opened?", "How long is the North Bridge?") == "When was North Bridge opened?"


@pytest.mark.parametrize(
    ("text", "needed"),
    [("它的电话是多少？", True), ("第二个呢？", True), ("第二届呢？", False), ("那幼儿园呢？", False)],
)
def test_whether_the_answer_before_is_needed(text: str, needed: bool) -> None:
    assert needs_answer(text) is needed


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        ("松山县护渠员招聘什么时候报名截止？", "松山县护渠员招聘"),
        ("松山水厂的设计供水规模是多少？", "松山水厂"),
        ("谁来审批跨县的超限运输？", "审批跨县的超限运输"),
    ],
)
def test_what_a_question_is_about(asked: str, about: str) -> None:
    assert subject(asked).endswith(about) or subject(asked) == about


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        ("哪个部门管网约车的平台许可？", "管网约车的平台许可"),
        ("残疾人机动轮椅车燃油补贴每年多少钱？", "残疾人机动轮椅车燃油补贴"),
        ("松山县2019年教育经费投入强度为多少？", "松山县2019年教育经费"),
        ("全县的企业集中在哪里？", "全县的企业集中"),
        ("水库大坝的面积是多少？", "水库大坝"),
    ],
)
def test_what_a_question_is_about_is_cut_between_words(asked: str, about: str) -> None:
    assert subject(asked) == about
