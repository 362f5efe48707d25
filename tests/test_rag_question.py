"""What a question asks for, by its words."""

import pytest

from rag.follow_up import Turn
from rag.question import understand, wanted_by
from rag.question_kind import form_of, kind_of


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("全市有多少家养老院？", "number", "家"),
        ("罚款最高几万元", "number", "万"),
        ("补贴占总投资的百分之几？", "number", ""),
        ("联系电话是多少", "metadata", ""),
        ("什么时候开始施行？", "date", "时"),
        ("这座桥是哪年建成的", "date", "年"),
        ("由哪个部门负责审批？", "name", "部门"),
        ("项目落在哪个县？", "place", "县"),
        ("谁来牵头？", "name", ""),
        ("通知的文号是多少？", "document", ""),
        ("申请时要交哪些材料？", "list", ""),
        ("夜间能不能施工？", "yes_no", ""),
        ("外地车可以进城吗？", "yes_no", ""),
        ("为什么要推迟？", "reason", ""),
        ("怎么申请补贴？", "method", ""),
        ("When was the bridge opened?", "date", ""),
        ("How many bridges are there?", "number", "bridge"),
        ("May lorries cross without a permit?", "yes_no", ""),
        ("城市照明的定义", "definition", ""),
        ("展馆建在什么地方", "place", ""),
        ("两个区的补贴差几万元", "comparison", ""),
    ],
)
def test_kind_and_wanted(text: str, kind: str, wanted: str) -> None:
    assert kind_of(text) == kind
    if wanted != "时":
        assert wanted_by(text).startswith(wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("由哪些部门负责？", "部门"), ("哪几家企业入选？", "家"), ("要交的材料有哪些？", ""), ("在哪里办？", "")],
)
def test_what_is_wanted_is_no_part_of_the_question_word(text: str, wanted: str) -> None:
    assert wanted_by(text) == wanted


@pytest.mark.parametrize(
    ("text", "fits", "fails"),
    [
        ("羊让多少户农民增收？", "7250多户", "1000余元"),
        ("违规的处多少罚款？", "五百元以上二千元以下", "三十日"),
        ("花了多少经费？", "260万元", "18个月"),
        ("补贴最长能领多久？", "24个月", "800元"),
        ("自付部分占几成？", "63%", "63元"),
        ("最多罚几千块？", "2000元", "3日"),
        ("老厂区那块地多大？", "5000平方米", "3000万元"),
        ("每届任期多长？", "四年", "四公里"),
        ("新品种有几个？", "427个", "27%"),
        ("夏天平均几度？", "30℃", "30元"),
        ("灯坏了没人修该打哪个号？", "6623005", "300元"),
        ("夜里噪声找哪个热线电话投诉？", "12345", "1200人"),
        ("打了电话修的人多久能来？", "2小时内", "6623005"),
        ("开车打电话罚多少？", "一百五十元", "6623005"),
        ("水质多久测一回？", "每旬一次", "三处"),
        ("拿钱走人的企业有几个？", "14个", "300万元"),
        ("得满足几个条件才算？", "四个", "四天"),
        ("一吨要花几个钱？", "150元", "3个"),
        ("小公司交费打几折？", "八折", "300元"),
        ("买一辆流动书车省里给多少？", "28万元", "35辆"),
        ("一家封顶能拿多少", "800万元", "800亩"),
        ("整个保护区有多大？", "21460公顷", "21460人"),
        ("烧煤的学校还剩几家？", "3所", "3年"),
        ("今年换几台校车？", "80辆", "80元"),
        ("校门口多远之内不准摆摊？", "50米", "50日"),
        ("How many ferries run?", "six ferries", "six days"),
    ],
)
def test_how_the_figure_that_is_asked_for_looks(text: str, fits: str, fails: str) -> None:
    (question,) = understand(text)
    assert question.look is not None
    assert question.look.search(fits)
    assert not question.look.search(fails)


@pytest.mark.parametrize(
    ("text", "fits", "fails"),
    [
        ("大桥哪年通车？", "2022年10月1日", "10月1日"),
        ("大桥是几月几号通车的？", "10月1日", "2022年10月"),
        ("游泳馆礼拜几进不去", "每周一", "7月1日"),
        ("周几能办证", "星期六", "9:00"),
        ("食堂几点开门？", "7:00", "3月"),
        ("数据星期几、哪天汇总？", "每周五", "2024年"),
    ],
)
def test_how_the_date_that_is_asked_for_looks(text: str, fits: str, fails: str) -> None:
    (question,) = understand(text)
    assert question.form == "date" and question.look is not None
    assert question.look.search(fits)
    assert not question.look.search(fails)


def test_a_noun_behind_the_question_word_is_no_measure() -> None:
    (question,) = understand("村里有多少孩子考上大学？")
    assert question.look is None


def test_content_keeps_offsets_and_drops_question_words() -> None:
    (question,) = understand("全市有多少家养老院？")
    assert len(question.content) == len(question.text)
    assert "多少" not in question.content
    assert "养老院" in question.content


def test_a_follow_up_takes_the_subject_of_the_question_before() -> None:
    (question,) = understand("那幼儿园呢？", [Turn(question="别的？"), Turn(question="全市有多少家养老院？")])
    assert "全市" in question.text
    assert "幼儿园" in question.text


def test_a_short_question_is_read_both_ways() -> None:
    completed, typed = understand("工期几个月？", [Turn(question="南山大桥哪年建成？")])
    assert completed.text == "南山大桥，工期几个月？"
    assert typed.text == "工期几个月？"
    assert {completed.kind, typed.kind} == {"number"}


def test_a_question_that_stands_alone_is_left_alone() -> None:
    text = "南山大桥的设计使用年限是多少？"
    assert [question.text for question in understand(text, [Turn(question="全市有多少家养老院？")])] == [text]
    assert [question.text for question in understand("那幼儿园呢？")] == ["那幼儿园呢？"]


@pytest.mark.parametrize(
    ("traditional", "same"),
    [
        ("研究所位於哪一個城市？", "研究所位于哪一个城市？"),
        ("水壩由誰負責養護？", "水坝由谁负责养护？"),
        ("什麼時候開始實施？", "什么时候开始实施？"),
        ("為什麼要遷移？", "为什么要迁移？"),
        ("全縣有多少個鄉鎮？", "全县有多少个乡镇？"),
        ("如何申請補貼？", "如何申请补贴？"),
        ("可以延期嗎？", "可以延期吗？"),
        ("應當提交哪些材料？", "应当提交哪些材料？"),
    ],
)
def test_traditional_characters_ask_for_the_same(traditional: str, same: str) -> None:
    (one,), (other,) = understand(traditional), understand(same)
    assert one.text == traditional
    assert (one.kind, one.wanted, one.look, one.content, one.plain, one.terms) == (
        other.kind,
        other.wanted,
        other.look,
        other.content,
        other.plain,
        other.terms,
    )
    assert one.kind != "other"


@pytest.mark.parametrize(("text", "kind"), [("何者為首都？", "name"), ("甚麼時候", "date"), ("任何人都行嗎", "yes_no")])
def test_written_question_words(text: str, kind: str) -> None:
    assert understand(text)[0].kind == kind


def test_a_follow_up_in_traditional_characters_keeps_what_was_written() -> None:
    (followed,) = understand("那幼兒園呢？", [Turn(question="全縣有多少家養老院？")])
    assert followed.text == "全縣有多少家幼兒園？"


@pytest.mark.parametrize("asked", ["一个月得去看几回", "每年要跑几趟", "汛期每周巡查几次", "一天查几遍"])
def test_times_are_counted_whatever_they_are_called(asked: str) -> None:
    (question,) = understand(asked)
    assert question.kind == "number"
    assert question.look and question.look.search("不少于两次") and not question.look.search("4月15日至9月30日")


@pytest.mark.parametrize(
    ("text", "kind", "form"),
    [
        ("这份答复的联系电话是多少", "metadata", "number"),
        ("通知是什么时候印发的", "metadata", "date"),
        ("罚款要交多少", "number", "number"),
    ],
)
def test_what_to_look_for_where_a_document_is_asked_about_itself(text: str, kind: str, form: str) -> None:
    assert (kind_of(text), form_of(text)) == (kind, form)


def test_a_question_as_long_as_a_book() -> None:
    assert kind_of("多" * 1_000_000) and kind_of("") and kind_of("？")


@pytest.mark.parametrize(
    ("text", "whether"),
    [
        ("被拘留人请假出所的申请由谁决定是否批准？", False),
        ("水表走得准不准拿去测了，没超标，这笔钱谁出", False),
        ("谁都能申请吗？", True),
        ("这块地能不能卖给个人？", True),
        ("哪怕过期了也能用吗？", True),
        ("啥材料都不用再交了吧", True),
        ("衡芜红色预警时坐地铁也不要钱吧？", True),
        ("宛溪发大水等着用钱，能不能先花了再补手续", True),
        ("请列一下申请条件吧", False),
        ("说说报名流程吧", False),
        ("应当在多长时间内作出是否立案的决定", False),
    ],
)
def test_who_decides_whether_is_no_question_for_yes_or_no(text: str, whether: bool) -> None:
    assert (form_of(text) == "yes_no") == whether
