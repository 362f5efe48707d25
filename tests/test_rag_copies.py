"""Copies are found by their words and their documents; two texts that differ in anything that counts are none."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer import DocumentRecord, Passage, Place
from rag.copies import essence, fold_copies, narrowed, one_document

TEXT = "二、补贴标准：对符合条件的企业，一次性补贴200万元（不超过投资额的30%），自2024年5月1日起施行。"
TITLE = "关于支持企业技术改造的通知"
ORIGINAL = DocumentRecord(id="o", path="/a/通知.txt", title=TITLE, number="某政发〔2024〕5号", date="2024-04-01")
PRINTED = replace(ORIGINAL, id="p", path="/b/通知.pdf")
FORWARDED = DocumentRecord(
    id="f", path="/c/转发.docx", title=f"转发《{TITLE}》的通知", number="县办〔2024〕9号", date="2024-04-20"
)


def passage(
    record: DocumentRecord = ORIGINAL,
    text: str = TEXT,
    *,
    score: float = 0.5,
    section: tuple[str, ...] = (),
    paragraph: int = 3,
) -> Passage:
    return Passage(
        document=record,
        paragraph=paragraph,
        section=section,
        page=None,
        text=text,
        start=100,
        end=100 + len(text),
        score=score,
    )


def kept(*passages: Passage) -> list[tuple[str, list[str]]]:
    """What is left, each with the documents of its copies."""
    return [(p.document.id, [copy.document.id for copy in p.copies]) for p in fold_copies(passages)]


def test_a_notice_its_print_and_its_forwarded_copy_are_one_passage_with_three_places() -> None:
    other = passage(text="三、其他事项另行通知。", score=0.4)
    found = fold_copies([passage(PRINTED, score=0.9), passage(score=0.6), other, passage(FORWARDED, score=0.3)])
    assert [p.text for p in found] == [TEXT, other.text]
    assert (found[0].document.id, found[0].score) == ("p", 0.9)
    assert [copy.document.id for copy in found[0].copies] == ["o", "f"]
    copy = found[0].copies[0]
    assert (copy.paragraph, copy.start, copy.end, copy.text) == (3, 100, 100 + len(TEXT), TEXT)
    assert found[1].copies == ()


def test_the_best_score_stands_for_all_then_the_newest_date_then_the_path() -> None:
    older, newer = replace(PRINTED, date="2023-01-01"), replace(PRINTED, id="n", date="2024-06-01")
    assert kept(passage(older), passage(newer)) == [("n", ["p"])]
    assert kept(passage(older, score=0.6), passage(newer)) == [("p", ["n"])]
    assert kept(passage(PRINTED), passage(ORIGINAL)) == [("o", ["p"])], "/a before /b"


@pytest.mark.parametrize(
    "written",
    [
        "二、補貼標準：對符合條件的企業，一次性補貼200萬元（不超過投資額的30%），自2024年5月1日起施行。",
        "二、补贴标准: 对符合条件的企业, 一次性补贴２００万元(不超过投资额的30％), 自 2024 年 5 月 1 日起施行.",
        "二、补贴标准：对符合条件的\n企业，一次性补贴200万元（不超过投资额的30%），自2024年5月1日\n起施行",
        "二、补贴标准：对符合条件企业，一次性补贴200万元（不超过投资额的30%），自2024年5月1日起施行。",
    ],
)
def test_width_script_spaces_and_punctuation_make_no_difference(written: str) -> None:
    assert kept(passage(), passage(PRINTED, written, score=0.4)) == [("o", ["p"])]


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("200万元", "300万元"),
        ("200万元", "20.0万元"),
        ("200万元", "2—00万元"),
        ("30%", "30"),
        ("30%", "30‰"),
        ("2024年", "2023年"),
        ("5月1日", "5月10日"),
        ("不超过", "超过"),
        ("不超过", "≤"),
        ("一次性", "二次性"),
        ("企业，", "企业（个人除外），"),
        ("符合", "不符合"),
        ("补贴200", "补贴-200"),
        ("投资额", "投资净额"),
    ],
)
def test_what_differs_in_a_figure_a_date_a_negation_or_a_word_stands_side_by_side(said: str, instead: str) -> None:
    other = TEXT.replace(said, instead, 1)
    assert other != TEXT
    assert kept(passage(), passage(PRINTED, other, score=0.4)) == [("o", []), ("p", [])]


@pytest.mark.parametrize(
    ("a", "b"),
    [("3-5天", "35天"), ("1.5元", "15元"), ("10:30", "1030"), ("第1 2条", "第12条"), ("□是☑否", "☑是□否"), ("−5", "5")],
)
def test_what_joins_figures_and_what_is_ticked_counts(a: str, b: str) -> None:
    assert essence(a) != essence(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("3—5天", "３～５天"),
        ("1,200元", "1200元"),
        ("二○二四年", "二〇二四年"),
        ("· 要点", "要点"),
        ("〔2024〕5号", "(2024) 5号"),
    ],
)
def test_one_thing_in_two_spellings(a: str, b: str) -> None:
    assert essence(a) == essence(b)


def test_the_same_words_of_another_document_are_no_copy() -> None:
    passed = "2018年12月27日市人民代表大会常务委员会通过，自公布之日起施行。"
    trees = DocumentRecord(id="t", path="/t.md", title="古树名木保护条例", characters=5000)
    dogs = DocumentRecord(id="d", path="/d.md", title="养犬管理条例", characters=5000)
    assert kept(passage(trees, passed), passage(dogs, passed, score=0.4)) == [("t", []), ("d", [])]


def document(title: str, number: str | None = None, characters: int = 1000) -> DocumentRecord:
    return DocumentRecord(id=title, path=f"/{title}", title=title, number=number, characters=characters)


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        (document("甲办法全文公布", "某发〔2024〕1号"), document("印刷版", "某发(2024)1号"), True),
        (document(TITLE), document("关于支持企业技术改造的通知"), True),
        (document(TITLE, "某发〔2024〕1号"), document(TITLE), True),
        (document(TITLE, "某发〔2023〕1号"), document(TITLE, "某发〔2024〕1号"), False),
        (document("个人所得税法"), document("个人所得税法实施条例"), False),
        (document("个人所得税法"), document("关于公布《个人所得税法》的决定"), True),
        (document("关于2023年植树的通知"), document("关于2024年植树的通知"), False),
        (document("scan0012", characters=1030), document(TITLE), True),
        (document("scan0012", characters=1100), document(TITLE), False),
        (document("通知", "某发〔2023〕1号"), document("通知", "某发〔2024〕1号"), False),
    ],
)
def test_which_documents_are_one(a: DocumentRecord, b: DocumentRecord, one: bool) -> None:
    assert one_document(a, b, essence(TEXT)) is one
    assert one_document(b, a, essence(TEXT)) is one


def test_a_short_paragraph_does_not_show_that_documents_without_a_title_are_one() -> None:
    assert not one_document(document("通知"), document("公告"), essence("特此通知。"))


def test_under_headings_that_differ_the_same_words_say_something_else() -> None:
    rate = "补贴标准为每亩200元，按实际种植面积计算。"
    maize, soy = (passage(ORIGINAL, rate, section=("一、补贴", part)) for part in ("（一）玉米", "（二）大豆"))
    printed = passage(PRINTED, rate, section=("附件1", "一、补贴", "（一） 玉米"), score=0.4)
    assert kept(maize, printed) == [("o", ["p"])]
    assert kept(soy, printed) == [("o", []), ("p", [])]
    assert kept(soy, replace(printed, section=())) == [("o", ["p"])], "a print whose headings were not recognised"


def test_repeated_words_are_copies_of_the_same_repetition() -> None:
    first, second = passage(paragraph=2, score=0.9), passage(paragraph=8, score=0.5)
    late, early = passage(PRINTED, paragraph=9, score=0.8), passage(PRINTED, paragraph=3, score=0.7)
    found = fold_copies([first, late, early, second])
    assert [(p.paragraph, [copy.paragraph for copy in p.copies]) for p in found] == [(2, [3]), (9, [8])]
    assert kept(first, late, second) == [("o", []), ("p", []), ("o", [])], "which of the two it is, is not known"


RECORDS = st.sampled_from([ORIGINAL, PRINTED, FORWARDED, document("古树名木保护条例")])
TEXTS = st.sampled_from([TEXT, TEXT.replace("，", ", "), TEXT.replace("200", "300"), "短。", ""])


@given(st.lists(st.builds(passage, RECORDS, TEXTS, score=st.sampled_from([0.1, 0.2]), paragraph=st.integers(0, 5))))
def test_no_place_is_lost_and_every_copy_has_the_same_words(given_passages: list[Passage]) -> None:
    passages = list({(p.document.id, p.paragraph): p for p in given_passages}.values())
    found = fold_copies(passages)
    places = [(each.document.id, each.paragraph) for p in found for each in (p, *p.copies)]
    assert sorted(places) == sorted((p.document.id, p.paragraph) for p in passages)
    for p in found:
        assert all(essence(copy.text) == essence(p.text) for copy in p.copies)


def place(text: str) -> Place:
    return Place(document=PRINTED, section=(), paragraph=1, page=2, text=text, start=50, end=50 + len(text))


def test_a_quote_is_found_in_the_copy_letter_by_letter() -> None:
    text, other = "开头。补贴１，２００元（不含税）。结尾。", "开 头. 補貼 1200 元\n(不含稅). 結尾."
    start, end = text.index("补贴"), text.index("结尾")
    mark = (text.index("１"), text.index("（"))
    found = narrowed(place(other), text, (start, end), [mark])
    assert found.text == "補貼 1200 元\n(不含稅)."
    assert other[found.start - 50 : found.end - 50] == found.text
    assert [other[first - 50 : last - 50] for first, last in found.highlights] == ["1200 元"]
    same = narrowed(place(text), text, (start, end), [mark])
    assert (same.text, same.highlights) == (text[start:end], ((50 + mark[0], 50 + mark[1]),))


def test_a_copy_with_other_letters_stays_whole() -> None:
    assert narrowed(place("别的话。"), "这些话。", (0, 4), [(0, 2)]) == place("别的话。")


@given(st.text(max_size=40), st.data())
def test_whatever_is_cut_is_a_slice_of_the_copy(text: str, data: st.DataObject) -> None:
    cut = st.integers(0, len(text))
    span = tuple(sorted((data.draw(cut), data.draw(cut))))
    spaced = data.draw(st.sampled_from([text, " ".join(text), f"“{text}”", text.upper()]))
    found = narrowed(place(spaced), text, (span[0], span[1]), [(span[0], span[1])])
    assert spaced[found.start - 50 : found.end - 50] == found.text
    assert all(found.start <= first <= last <= found.end for first, last in found.highlights)
