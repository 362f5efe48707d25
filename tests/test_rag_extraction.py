"""The words in a sentence that a question asks for."""

import pytest

from rag.evidence import Evidence
from rag.extraction import answers, extract, of_another_year, whole_name
from rag.interfaces import Finding
from rag.question import understand
from rag.reader import UNTRAINED, load_weights
from rag.span_features import SPAN_FEATURES, measure_spans, members_asked
from rag.spans import has_kind, trim_item
from rag.variants import simplified


def answer(question: str, sentence: str) -> tuple[str, str]:
    (asked,) = understand(question)
    # In a document about a bridge the word is everywhere, and says little about where the answer stands.
    evidence = Evidence(asked, lambda terms: [0.2 if set(term) & set("大桥") else 1.0 for term in terms])
    found = extract(asked, evidence, sentence, (0, len(sentence)), load_weights(UNTRAINED).spans)
    return found.kind, found.text or "|".join(sentence[start:end] for start, end in found.spans)


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("全市有多少家养老院？", "全市建成养老院37家、幼儿园120所。", "37家"),
        ("全市有多少所幼儿园？", "全市建成养老院37家、幼儿园120所。", "120所"),
        ("码头年吞吐量是多少？", "码头占地3000亩，年吞吐量1.2亿吨，投资45.6亿元。", "1.2亿吨"),
        ("码头投资多少钱？", "码头占地3000亩，年吞吐量1.2亿吨，投资45.6亿元。", "45.6亿元"),
        ("未登记的罚款多少元？", "未登记的，处五百元以上二千元以下罚款。", "五百元以上二千元以下"),
        ("办公室的电话是多少？", "联系单位：绿化办公室，联系电话：0771-5512345。", "0771-5512345"),
        ("路面塌了该打哪个号？", "市政热线12319，二十四小时有人，全市有12人值守。", "12319"),
        ("覆盖率达到百分之几？", "2023年全市覆盖率达到百分之九十五。", "百分之九十五"),
        ("大桥什么时候通车？", "大桥2019年3月开工，2022年10月1日通车。", "2022年10月1日"),
        (
            "绿化意见的文号是多少？",
            "市政府印发《绿化意见》（南政办〔2021〕16号），由园林局落实。",
            "南政办〔2021〕16号",
        ),
        ("补助最晚什么时候到账？", "县财政局于12月15日前将补助拨付到账。", "12月15日前"),
        (
            "这项政策什么时候到什么时候有效？",
            "本政策执行期限为2021年3月1日至2024年2月29日。",
            "2021年3月1日至2024年2月29日",
        ),
        ("网上填报截止到哪一天？", "申报单位于2025年8月4日至8月29日登录平台填报。", "8月29日"),
        ("网上填报从哪一天开始？", "申报单位于2025年8月4日至8月29日登录平台填报。", "2025年8月4日"),
        ("这份文件的有效期到哪一天？", "本办法有效期为2021年3月1日至2024年2月29日。", "2024年2月29日"),
        ("报名的起止时间？", "报名时间为5月6日—5月20日，过期不补。", "5月6日—5月20日"),
        ("食堂几点开始供应早餐？", "早餐供应时间为7:00至8:30，地点在一楼。", "7:00至8:30"),
        ("测绘工作由谁牵头？", "根据市政府安排，测绘工作由住建局牵头。", "住建局"),
        ("渡船几年检验一次？", "第三十九条 渡船应当每两年检验一次。", "两年"),
        ("How long is the bridge?", "It is 1,240 metres long and carries 45,000 vehicles a day.", "1,240 metres"),
        ("How many vehicles use it?", "It is 1,240 metres long and carries 45,000 vehicles a day.", "45,000 vehicles"),
        ("项目在哪个县？", "项目位于南山县，由水利部门管理。", "南山县"),
    ],
)
def test_spans(question: str, sentence: str, expected: str) -> None:
    kind, words = answer(question, sentence)
    assert kind == "span"
    assert words == expected


def test_a_list_is_its_members() -> None:
    kind, words = answer("申请要交哪些材料？", "申请人应当提交申请书、身份证复印件、场地证明。")
    assert kind == "list"
    assert words.split("|")[1:] == ["身份证复印件", "场地证明"]


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("夜间能不能施工？", "禁止夜间在居民区施工。", "否"),
        ("外地车可以进城吗？", "外地车可以在办理登记后进城。", "是"),
        ("学生票是不是不能退？", "学生票不能退。", "是"),
        ("元宵节对外营业吗？", "节假日照常营业，但元宵节停业。", "否"),
        ("节假日营业吗？", "节假日照常营业，但元宵节停业。", "是"),
        ("May lorries cross without a permit?", "Lorries may not cross without a permit.", "no"),
    ],
)
def test_yes_and_no(question: str, sentence: str, expected: str) -> None:
    assert answer(question, sentence) == ("boolean", expected)


@pytest.mark.parametrize(
    ("question", "members"),
    [
        ("哪三种情形要跑大厅？", 3),
        ("分为哪两类？", 2),
        ("哪些情形要跑大厅？", 0),
        ("从哪二十条里选？", 0),
        ("哪三月开门？", 0),
    ],
)
def test_how_many_members_are_asked_for(question: str, members: int) -> None:
    assert members_asked(question) == members


def test_a_list_of_as_many_members_as_asked_for_is_told_from_another() -> None:
    (asked,) = understand("哪三种情形要跑大厅？")
    text = "要跑大厅的，迁居、继承、扣划，其余在手机、网点。"
    evidence = Evidence(asked, lambda terms: [1.0] * len(terms))
    spans, rows = measure_spans(asked, evidence, text, (0, len(text)))
    as_many = {
        text[start:end]: bool(row[SPAN_FEATURES.index("as many")])
        for (start, end), row in zip(spans, rows, strict=True)
    }
    assert as_many["迁居、继承、扣划"]
    assert not as_many["其余在手机、网点"]


def test_a_reason_does_not_begin_within_because() -> None:
    text = "看台关闭，因为顶棚坏了，由于下雪。"
    assert trim_item(text, (text.index("为"), text.index("，由"))) == (text.index("顶"), text.index("，由"))
    assert trim_item(text, (text.index("因"), text.index("，由"))) == (text.index("因"), text.index("，由"))


def test_the_number_of_an_article_is_no_quantity() -> None:
    sentence = "第三十九条 期限由主管部门规定。"
    assert not has_kind("number", None, sentence, (0, len(sentence)))
    assert has_kind("number", None, "第三十九条 期限为三十日。", (0, 13))


def test_without_a_span_of_its_kind_the_sentence_answers() -> None:
    assert answer("为什么推迟？", "因台风登陆，活动推迟举行。") == ("sentence", "因台风登陆，活动推迟举行")
    assert answer("有多少家？", "数量尚未公布。") == ("sentence", "数量尚未公布")


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("争取资金。自治区财政厅会同发改委", "财政厅", "自治区财政厅"),
        ("由东山省财政厅牵头", "财政厅", "东山省财政厅"),
        ("会同市公证处办理", "公证处", "市公证处"),
        ("由国务院办公厅负责", "办公厅", "国务院办公厅"),
        ("该市市场监督管理局", "市场监督管理局", "市场监督管理局"),
        ("这座城市规划局的人", "规划局", "规划局"),
        ("报县、区民政局", "民政局", "区民政局"),
        ("由市财政拨付", "财政", "财政"),
        ("和平区教育局说", "和平区教育局", "和平区教育局"),
    ],
)
def test_an_office_is_called_by_its_whole_name(text: str, words: str, whole: str) -> None:
    start = text.index(words)
    assert text[slice(*whole_name(text, (0, len(text)), (start, start + len(words))))] == whole


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        ("两个镇一共投了多少钱？", "青山镇投入30万元。", False),
        ("两个镇一共投了多少钱？", "青山、白水两镇投入50万元。", True),
        ("3个校区加起来能住多少人？", "集团有东、西、北三个校区，床位2860张。", True),
        ("三个县合起来拿多少钱？", "各县共拿40万元。", True),
        ("13家一共有多少人？", "职工300人。", True),
        ("第三个县一共拿多少钱？", "该县拿40万元。", True),
        ("一共投了多少钱？", "青山镇投入30万元。", True),
    ],
)
def test_one_of_several_is_not_all_of_them_together(question: str, sentence: str, told: bool) -> None:
    (asked,) = understand(question)
    start = next(n for n, character in enumerate(sentence) if character.isdecimal())
    finding = Finding(
        passage=0, quote=(0, len(sentence)), answers=((start, len(sentence) - 1),), kind="span", text="", confidence=0.9
    )
    assert answers(asked, sentence, finding) == told


@pytest.mark.parametrize(
    ("question", "words", "told"),
    [
        ("每月检查几次？", "4月15日至9月30日", False),
        ("每月检查几回？", "2022年6月", False),
        ("每月检查几次？", "不少于两次", True),
        ("要等几天？", "15日", True),
        ("检查多少？", "2022年6月", True),
        ("修这几个站要花多少钱？", "2个", False),
        ("修这几个站要花多少钱？", "2万元", True),
        ("修好要多久？", "3家", False),
        ("多久开一次会？", "每月召开三次", True),
        ("拿了补贴的有多少家？", "37户", True),
        ("按收入的多少缴费？", "2%", True),
    ],
)
def test_a_figure_of_another_measure_is_no_answer(question: str, words: str, told: bool) -> None:
    (asked,) = understand(question)
    whole = (0, len(words))
    finding = Finding(passage=0, quote=whole, answers=(whole,), kind="span", text="", confidence=0.9)
    assert answers(asked, words, finding) == told


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("水壩由哪個縣負責養護？", "水壩位於河邊，由南山縣負責養護。", "南山縣"),
        ("全縣有多少家養老院？", "全縣建成養老院37家、幼兒園120所。", "37家"),
        ("大橋什麼時候通車？", "大橋2019年3月開工，2022年10月1日通車。", "2022年10月1日"),
    ],
)
def test_traditional_questions_and_texts(question: str, sentence: str, expected: str) -> None:
    (asked,) = understand(question)
    evidence = Evidence(asked, lambda terms: [0.2 if set(term) & set("大桥") else 1.0 for term in terms])
    plain = simplified(sentence)
    found = extract(asked, evidence, plain, (0, len(plain)), load_weights(UNTRAINED).spans)
    assert "".join(sentence[start:end] for start, end in found.spans) == expected


@pytest.mark.parametrize(
    ("question", "text", "words", "other"),
    [
        ("1994年发生过多少次地震？", "1995年全球共发生地震33次。", "33次", True),
        ("1995年发生过多少次地震？", "1995年全球共发生地震33次。", "33次", False),
        ("发生过多少次地震？", "1995年全球共发生地震33次。", "33次", False),
        ("1994年发生过多少次地震？", "全球共发生地震33次。", "33次", False),
        ("2018年的通知要求什么时候完成？", "各地要在2019年2月底前完成。", "2019年2月底前", False),
        ("1994年和1995年各有多少次？", "1994年30次，1995年33次。", "33次", False),
    ],
)
def test_what_belongs_to_another_year(question: str, text: str, words: str, other: bool) -> None:
    (asked,) = understand(question)
    evidence = Evidence(asked, lambda terms: [1.0] * len(terms))
    start = text.index(words)
    span = (start, start + len(words))
    finding = Finding(passage=0, quote=(0, len(text)), answers=(span,), kind="span", confidence=0.9)
    assert of_another_year(asked, evidence, text, finding) is other


@pytest.mark.parametrize("text", ["委员会的主要任务是：", "委员会的主要任务是：；", "主要任务是： “”"])
def test_a_sentence_that_ends_with_the_mark_of_a_definition_says_nothing_yet(text: str) -> None:
    """The list that follows is another sentence."""
    (asked,) = understand("委员会的主要任务是什么？")
    spans, rows = measure_spans(asked, Evidence(asked, lambda terms: [1.0] * len(terms)), text, (0, len(text)))
    assert all(start < end for start, end in spans)
    assert len(rows) == len(spans)
