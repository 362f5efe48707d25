"""A quote as a formal document refers to it."""

from dataclasses import replace

from rag.answer import Citation, DocumentRecord, Passage, Place
from ui.reference import reference

RECORD = DocumentRecord(
    id="d",
    path="a.txt",
    title="青禾市园区管理办法",
    number="青政发〔2024〕7号",
    issuer="青禾市人民政府",
    date="2024-03-01",
)
QUOTE = "园区分为“甲类”和“乙类”，\n每类不少于3个。"
CITED = Citation(
    marker=1,
    document=RECORD,
    section=("第一章 总则", "第三条"),
    address="第三条第二款",
    paragraph=4,
    page=None,
    quote=QUOTE,
    start=10,
    end=10 + len(QUOTE),
    highlights=(),
    score=1.0,
)


WORDS = "“园区分为‘甲类’和‘乙类’，每类不少于3个。”"


def test_everything_that_is_known_in_one_line() -> None:
    known = "《青禾市园区管理办法》（青政发〔2024〕7号）"
    assert reference(CITED, "zh") == f"{known}，青禾市人民政府，2024年3月1日，第三条第二款：{WORDS}"
    assert reference(CITED, "en") == f"{known}, 青禾市人民政府, 2024-03-01, 第三条第二款: {WORDS}"


def test_what_a_document_does_not_state_is_left_out() -> None:
    bare = replace(CITED, document=DocumentRecord(id="d", path="a.txt", title="说明"), section=(), address="", page=2)
    assert reference(replace(bare, quote="共3个。"), "zh") == "《说明》，第 2 页：“共3个。”"


def test_a_nearest_passage_and_a_copy_have_references_too() -> None:
    passage = Passage(document=RECORD, paragraph=4, section=("一、园区",), page=3, text="共3个。", start=0, end=4)
    place = Place(document=RECORD, paragraph=4, section=("一、园区",), page=3, text="共3个。", start=0, end=4)
    assert reference(passage, "zh") == reference(place, "zh")
    assert reference(place, "zh").endswith("2024年3月1日，一、园区，第 3 页：“共3个。”")
