"""What official documents say of themselves. All documents are made up here."""

from collections.abc import Sequence

import pytest

from corpus.official import Description, describe

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


def values(found: Description) -> dict[str, str]:
    """The fields without their places."""
    return {name: said.value for name, said in found.fields.items()}


def title(texts: Sequence[str]) -> str | None:
    """The title alone."""
    found = describe(texts).title
    return found.value if found is not None else None


def quoted(texts: Sequence[str], name: str) -> list[str]:
    """The words that the field ``name`` was read from."""
    found = describe(texts)
    said = found.title if name == "title" else found.fields[name]
    assert said is not None
    return [texts[n][start:end] for n, start, end in said.places]


def test_a_reply_with_everything() -> None:
    found = describe(REPLY)
    assert title(REPLY) == "对松山县第三届人民代表大会第12号建议的答复"
    assert values(found) == {
        "number": "松水函〔2021〕7号",
        "issuer": "松山县水利局",
        "date": "2021-04-02",
        "signer": "陆某某",
        "addressee": "周某某代表",
        "copies": "县人大办公室、县政府督查室",
        "contact": "李某",
        "phone": "0000-1234567",
        "kind": "答复",
        "proposal": "松山县第三届人民代表大会第12号建议",
        "answered": "关于清理村边水渠的建议",
        "printed_by": "松山县水利局办公室",
        "printed": "2021-04-03",
        "class_": "A类",
        "openness": "此件予以公开",
    }


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (["松水函〔2021〕7号 办理结果：B类"], {"class_": "B类"}),
        (["松水函〔2021〕7号A类 同意公开"], {"class_": "A类", "openness": "同意公开"}),
        (["松水函〔2021〕7号 （答复类型：A）"], {"class_": "A类"}),
        (["松水函〔2021〕7号 类别：C 签发人：陆某某"], {"class_": "C类", "signer": "陆某某"}),
        (["松水函〔2021〕7号 签发人：陆某某 办理结果：B类"], {"class_": "B类", "signer": "陆某某"}),
        (["松水函〔2021〕7号", "办理结果：B类"], {"class_": "B类"}),
        (["松水函〔2021〕7号 签发人：陆某某 欧阳某"], {"signer": "陆某某 欧阳某"}),
    ],
)
def test_fields_beside_the_number_are_no_part_of_the_title(head: Sequence[str], told: dict[str, str]) -> None:
    texts = ["松山县水利局", *head, "关于县政协第12号提案的答复", "周某某委员：", "您提出的《提案》收悉。"]
    assert title(texts) == "关于县政协第12号提案的答复"
    found = values(describe(texts))
    assert found["number"] == "松水函〔2021〕7号"
    assert {name: found.get(name) for name in ("class_", "openness", "signer")} == {
        "class_": None, "openness": None, "signer": None, **told
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("联系人及电话：闻某某0998-8513046", {"contact": "闻某某", "phone": "0998-8513046"}),
        (
            "政策咨询：县水利局水政科 倪某某0713-4416027",
            {"contact_office": "县水利局水政科", "contact": "倪某某", "phone": "0713-4416027"},
        ),
        (
            "联系单位及电话：水政科邢某某7755 0381",
            {"contact_office": "水政科", "contact": "邢某某", "phone": "7755 0381"},
        ),
        (
            "联系人：水政科柏某某 联系电话：6630 1927",
            {"contact_office": "水政科", "contact": "柏某某", "phone": "6630 1927"},
        ),
        ("联系人：裴某某 电话：0463-6871358", {"contact": "裴某某", "phone": "0463-6871358"}),
    ],
)
def test_whom_to_ask_stands_behind_one_label_or_several(line: str, told: dict[str, str]) -> None:
    texts = [*REPLY[:8], line]
    found = values(describe(texts))
    assert {name: found[name] for name in ("contact_office", "contact", "phone") if name in found} == told
    for name, value in told.items():
        assert quoted(texts, name) == [value]


def test_a_title_without_number_goes_on_to_its_kind() -> None:
    article = "第一条 为了分享收益，制定本办法。"
    lines = ["松山县与柏山县合作园区", "收益分享办法（试行）"]
    assert title([*lines, "（2021年4月2日联席会议通过）", article]) == "松山县与柏山县合作园区收益分享办法（试行）"
    assert title(["会议记录", "到会的有五人。", article]) == "会议记录"
    assert title(["一篇短文", "作者的名字", article]) == "一篇短文"


def test_two_offices_without_a_mark_between_them_are_two() -> None:
    texts = [*REPLY[:6], "松山县水利局松山县财政局", "2021年4月2日"]
    assert values(describe(texts))["issuer"] == "松山县水利局、松山县财政局"


def test_rules_are_signed_by_whoever_printed_them() -> None:
    texts = [
        "松政办规〔2021〕3号",
        "松山县水渠管理办法",
        "第一条 为了保护水渠，制定本办法。",
        "松山县人民政府办公室",
        "2021年2月26日印发",
    ]
    found = values(describe(texts))
    assert (found["issuer"], found["date"]) == ("松山县人民政府办公室", "2021-02-26")


@pytest.mark.parametrize(
    "chapter", ["第一章 总则", "第一章总则", "第一节 一般规定", "一、总体要求", "（一）原则", "1. 原则"]
)
def test_the_heading_of_a_first_part_is_no_title(chapter: str) -> None:
    article = "第一条 为了保护水渠，制定本办法。"
    assert title(["松山县水渠巡查办法", "松政发〔2021〕7号", chapter, article]) == "松山县水渠巡查办法"
    assert title(["松山县", "水渠巡查办法", "松政发〔2021〕7号", chapter, article]) == "松山县水渠巡查办法"
    assert title(["松政发〔2021〕7号", "松山县水渠巡查办法", chapter, article]) == "松山县水渠巡查办法"
    assert title(["松山县水渠巡查办法", chapter, article]) == "松山县水渠巡查办法"
    assert title(["松政发〔2021〕7号", chapter, article]) is None and title([chapter, article]) is None


def test_a_number_in_front_is_no_part() -> None:
    for said in ("第三届人民代表大会第一次会议公报", "2021年工作要点", "一二三产业融合发展规划", "3.15活动通知"):
        assert title(["松政发〔2021〕7号", said, "第一章 总则", "第一条 为了保护水渠，制定本办法。"]) == said


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
    assert found.title is not None and found.title.value == "松山县人民政府办公室关于印发《水渠巡查办法》的通知"
    assert values(found) == {
        "number": "松政办发〔2020〕15号",
        "issuer": "松山县人民政府办公室",
        "date": "2020-10-21",
        "addressee": "各乡镇人民政府，县直各部门",
        "kind": "通知",
    }


def test_two_issuers_and_the_issuer_from_the_printing_line() -> None:
    joint = describe(["关于联合巡渠的通知", "各村：", "请按时巡查。", "松山县水利局 松山县林业局", "2020年9月1日"])
    assert values(joint)["issuer"] == "松山县水利局、松山县林业局"
    printed = describe([*REPLY[:6], "2021年4月2日", REPLY[-1]])
    assert (values(printed)["issuer"], values(printed)["date"]) == ("松山县水利局", "2021-04-02")


def test_the_issuer_that_the_title_states() -> None:
    found = describe(["松山县人民法院关于办理水渠案件的规定", "为了正确办理水渠案件，制定本规定。"])
    assert values(found) == {"issuer": "松山县人民法院"}


@pytest.mark.parametrize("brackets", ["〔〕", "[]", "［］", "【】", "()", "（）", "﹝﹞"])
def test_brackets_of_the_number(brackets: str) -> None:
    head = f"松水函{brackets[0]}2021{brackets[1]}7号"
    assert values(describe(["关于清渠的函", head, "县林业局：", "请协助。"]))["number"] == "松水函〔2021〕7号"


def test_a_number_that_is_only_cited_is_not_the_documents_own() -> None:
    cited = ["关于清渠的函", "县林业局：", "根据《办法》（松政发〔2019〕3号），请协助。", "松政发〔2019〕3号文件另附。"]
    assert "number" not in describe(cited).fields


def test_the_table_of_a_government_site() -> None:
    table = [
        "索引号：000 发文机关：松山县水利局 成文日期：2021-04-02",
        "标题：关于清渠的通知 发文字号：松水发〔2021〕9号",
    ]
    fields = values(describe([*table, "各村要按时清渠，不得拖延。"]))
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
    assert title(texts) == texts[0]
    assert not found.fields


def test_nothing_at_all() -> None:
    assert title([]) is None
    assert title(["这一段话很长，是正文，没有题目，后面也没有别的段落了。"]) is None


def test_every_value_is_quoted_from_where_it_stands() -> None:
    assert quoted(REPLY, "number") == ["松水函〔2021〕7号"]
    assert quoted(REPLY, "title") == ["对松山县第三届人民代表大会", "第12号建议的答复"]
    assert quoted(REPLY, "proposal") == ["松山县第三届人民代表大会", "第12号建议"]
    assert quoted(REPLY, "kind") == ["答复"]
    assert quoted(REPLY, "answered") == ["关于清理村边水渠的建议"]
    assert quoted(REPLY, "issuer") == ["松山县水利局"]
    assert quoted(REPLY, "date") == ["2021年4月2日"]
    assert quoted(REPLY, "signer") == ["陆某某"]
    assert quoted(REPLY, "class_") == ["(A类)"]
    assert quoted(REPLY, "openness") == ["此件予以公开"]
    assert quoted(REPLY, "copies") == ["县人大办公室、县政府督查室"]
    assert quoted(REPLY, "contact") == ["李某"]
    assert quoted(REPLY, "phone") == ["0000-1234567"]
    assert quoted(REPLY, "printed") == ["2021年4月3日"]


@pytest.mark.parametrize(
    "title",
    ["松山县水利局关于市政协第五届二次会议第88号提案的答复", "松山县水利局对市政协第五届二次会议第88号提案的答复"],
)
def test_the_proposal_behind_the_issuer_in_the_title(title: str) -> None:
    texts = [title, "松水函〔2021〕7号", "周某某委员：", "收悉，现答复如下：", "松山县水利局", "2021年4月2日"]
    assert values(describe(texts))["proposal"] == "市政协第五届二次会议第88号提案"


def test_fields_with_nothing_between_them() -> None:
    texts = ["(A类)（此件予以公开）", *REPLY[1:]]
    assert (values(describe(texts))["class_"], values(describe(texts))["openness"]) == ("A类", "此件予以公开")
    assert quoted(texts, "openness") == ["此件予以公开"]


def test_the_office_to_turn_to_with_a_bracket_of_its_own() -> None:
    texts = [*REPLY[:8], "（联系单位：松山县水利局（县河湖中心））", "（联系人：李某 联系电话：0000-1234567）"]
    assert values(describe(texts))["contact_office"] == "松山县水利局（县河湖中心）"


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("关于清渠的通知", "通知"),
        ("关于清渠的复函", "复函"),
        ("水渠管理办法（试行）", "办法"),
        ("关于水渠的批复", "批复"),
        ("水渠这十年", None),
    ],
)
def test_the_kind_of_document(ending: str, kind: str | None) -> None:
    assert values(describe([ending, "松水函〔2021〕7号", "县林业局：", "请协助。"])).get("kind") == kind


@pytest.mark.parametrize(
    "lines",
    [
        ["附件：1.水渠名录", "2.巡查记录表"],
        ["附件：1.水渠名录 2.巡查记录表"],
        ["附件：水渠名录"],
    ],
)
def test_what_is_attached(lines: list[str]) -> None:
    texts = ["关于清渠的通知", "松水函〔2021〕7号", "县林业局：", "请协助。", *lines, "松山县水利局", "2021年4月2日"]
    names = ["水渠名录", "巡查记录表"] if len(lines) > 1 or "2." in lines[0] else ["水渠名录"]
    assert values(describe(texts))["attachments"] == "；".join(names)
    assert quoted(texts, "attachments") == names


def test_a_proposal_under_its_own_name_with_quotation_marks_inside() -> None:
    texts = [*REPLY[:4], "您好！您提出的“关于建设“智慧水渠”的建议”收悉。现答复如下：", "松山县水利局", "2021年4月2日"]
    assert values(describe(texts))["answered"] == "关于建设“智慧水渠”的建议"
