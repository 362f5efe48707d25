"""What official documents say of themselves. All documents are made up here."""

import pytest

from corpus.official import describe

REPLY = [
    "(A类) （此件予以公开） 松水函〔2021〕7号 签发人：陆某某",
    "对松山县第三届人民代表大会",
    "第12号建议的答复",
    "周某某代表：",
    "您提出的《关于清理村边水渠的建议》收悉，现答复如下：",
    "一、已按《水渠管理办法》（松政发〔2019〕3号）清淤。",
    "松山县水利局",
    "2021年4月2日",
    "（联系人：李某 联系电话：0000-1234567）",
    "抄送：县人大办公室、县政府督查室。",
    "松山县水利局办公室 2021年4月3日印发",
]


def test_a_reply_with_everything() -> None:
    found = describe(REPLY)
    assert found.title == "对松山县第三届人民代表大会第12号建议的答复"
    assert found.fields == {
        "number": "松水函〔2021〕7号",
        "issuer": "松山县水利局",
        "date": "2021-04-02",
        "signer": "陆某某",
        "addressee": "周某某代表",
        "copies": "县人大办公室、县政府督查室",
        "contact": "李某",
        "phone": "0000-1234567",
        "class_": "A类",
        "openness": "此件予以公开",
    }


def test_title_above_the_number_and_an_attached_document_with_its_own() -> None:
    found = describe(
        [
            "松山县人民政府办公室关于印发",
            "《水渠巡查办法》的通知",
            "松政办发[2020] 15 号",
            "各乡镇人民政府，县直各部门：",
            "现将《水渠巡查办法》印发给你们，请遵照执行。",
            "松山县人民政府办公室",
            "二〇二〇年十月二十一日",
            "水渠巡查办法",
            "第一条 为了保护水渠，制定本办法。",
            "松山县水利局",
            "2020年9月1日",
        ]
    )
    assert found.title == "松山县人民政府办公室关于印发《水渠巡查办法》的通知"
    assert found.fields == {
        "number": "松政办发〔2020〕15号",
        "issuer": "松山县人民政府办公室",
        "date": "2020-10-21",
        "addressee": "各乡镇人民政府，县直各部门",
    }


def test_two_issuers_and_the_issuer_from_the_printing_line() -> None:
    joint = describe(["关于联合巡渠的通知", "各村：", "请按时巡查。", "松山县水利局 松山县林业局", "2020年9月1日"])
    assert joint.fields["issuer"] == "松山县水利局、松山县林业局"
    printed = describe([*REPLY[:6], "2021年4月2日", REPLY[-1]])
    assert (printed.fields["issuer"], printed.fields["date"]) == ("松山县水利局", "2021-04-02")


def test_the_issuer_that_the_title_states() -> None:
    found = describe(["松山县人民法院关于办理水渠案件的规定", "为了正确办理水渠案件，制定本规定。"])
    assert found.fields == {"issuer": "松山县人民法院"}


@pytest.mark.parametrize("brackets", ["〔〕", "[]", "［］", "【】", "()", "（）", "﹝﹞"])
def test_brackets_of_the_number(brackets: str) -> None:
    head = f"松水函{brackets[0]}2021{brackets[1]}7号"
    assert describe(["关于清渠的函", head, "县林业局：", "请协助。"]).fields["number"] == "松水函〔2021〕7号"


def test_a_number_that_is_only_cited_is_not_the_documents_own() -> None:
    cited = ["关于清渠的函", "县林业局：", "根据《办法》（松政发〔2019〕3号），请协助。", "松政发〔2019〕3号文件另附。"]
    assert "number" not in describe(cited).fields


def test_the_table_of_a_government_site() -> None:
    table = [
        "索引号：000 发文机关：松山县水利局 成文日期：2021-04-02",
        "标题：关于清渠的通知 发文字号：松水发〔2021〕9号",
    ]
    fields = describe([*table, "各村要按时清渠，不得拖延。"]).fields
    assert fields == {"number": "松水发〔2021〕9号", "issuer": "松山县水利局", "date": "2021-04-02"}


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert "date" not in describe(["关于清渠的函", "县林业局：", "请协助。", "松山县水利局", "2021年2月30日"]).fields


@pytest.mark.parametrize(
    "texts",
    [
        [
            "渡口",
            "清早的渡口还没有醒，雾贴着水面慢慢散开。",
            "老陆说：",
            "“要过河吗？”",
            "2020年5月1日",
            "那天他起得很早。",
        ],
        ["River Ferry", "Install it with the usual command.", "1. Usage", "Run it: ferry --help", "Contact: nobody"],
        ["会议记录", "参加的人有：", "张三 李四", "下次会议在三月。"],
    ],
)
def test_what_is_no_official_document_has_a_title_and_no_fields(texts: list[str]) -> None:
    found = describe(texts)
    assert found.title == texts[0]
    assert found.fields == {}


def test_nothing_at_all() -> None:
    assert describe([]).title is None
    assert describe(["这一段话很长，是正文，没有题目，后面也没有别的段落了。"]).title is None
