"""Splitting: offsets, section paths, headings. All texts are made up here."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.enumeration import Mark, mark, number
from corpus.loaders.source import Block
from corpus.splitting import assemble

Row = tuple[str, tuple[str, ...], int | None]


def rows(*texts: str | Block) -> list[Row]:
    """Each paragraph with its section path and heading level."""
    blocks = [Block(text=text) if isinstance(text, str) else text for text in texts]
    whole, paragraphs = assemble(blocks)
    return [(whole[p.start : p.end], p.section, p.heading) for p in paragraphs]


@given(
    st.lists(
        st.builds(
            Block,
            text=st.text(alphabet="一二、（）第条章 甲乙。；\n\u2028a1.-", max_size=30),
            page=st.none() | st.integers(1, 9),
            heading=st.none() | st.integers(1, 6),
        ),
        max_size=25,
    )
)
def test_paragraphs_are_slices_that_cover_all_but_the_separators(blocks: list[Block]) -> None:
    text, paragraphs = assemble(blocks)
    assert "\n".join(text[p.start : p.end] for p in paragraphs) == text
    assert all(a.end + 1 == b.start and text[a.end] == "\n" for a, b in pairwise(paragraphs))
    if paragraphs:
        assert (paragraphs[0].start, paragraphs[-1].end) == (0, len(text))
    kept = [block for block in blocks if " ".join(block.text.splitlines())]
    assert [p.page for p in paragraphs] == [block.page for block in kept]
    assert all(p.start < p.end and "\n" not in text[p.start : p.end] for p in paragraphs)


def test_a_long_paragraph_is_not_cut() -> None:
    long = "树。" * 50_000
    assert [text for text, _, _ in rows("题", long)] == ["题", long]


def test_the_four_ranks_of_an_official_document() -> None:
    assert rows(
        "一、总体要求",
        "坚持节约用水。",
        "（一）基本原则。",
        "先修渠，后引水。",
        "1.渠道",
        "渠道宽两米。",
        "（1）材料",
        "用石料。",
        "二、保障措施",
        "安排专人值守。",
    ) == [
        ("一、总体要求", (), 1),
        ("坚持节约用水。", ("一、总体要求",), None),
        ("（一）基本原则。", ("一、总体要求",), 2),
        ("先修渠，后引水。", ("一、总体要求", "（一）基本原则"), None),
        ("1.渠道", ("一、总体要求", "（一）基本原则"), 3),
        ("渠道宽两米。", ("一、总体要求", "（一）基本原则", "1.渠道"), None),
        ("（1）材料", ("一、总体要求", "（一）基本原则", "1.渠道"), 4),
        ("用石料。", ("一、总体要求", "（一）基本原则", "1.渠道", "（1）材料"), None),
        ("二、保障措施", (), 1),
        ("安排专人值守。", ("二、保障措施",), None),
    ]


def test_a_heading_that_runs_in_names_its_paragraph_and_what_follows() -> None:
    first = "（一）修好渠道。渠道是全村的命脉，每年春天都要清淤一次。"
    assert rows(
        "一、任务", first, "清淤由各组轮流承担，费用由村里出。", "（二）栽好树木。树木要栽在渠边，株距三米。"
    ) == [
        ("一、任务", (), 1),
        (first, ("一、任务", "（一）修好渠道"), None),
        ("清淤由各组轮流承担，费用由村里出。", ("一、任务", "（一）修好渠道"), None),
        ("（二）栽好树木。树木要栽在渠边，株距三米。", ("一、任务", "（二）栽好树木"), None),
    ]


def test_laws() -> None:
    assert rows(
        "第一章 总则",
        "第一条 为了保护水渠，制定本办法。",
        "第二条 下列行为应当禁止：",
        "（一）向渠中倾倒杂物；",
        "（二）在渠边取土。",
        "前款所称渠边，是指渠堤外三米以内。",
        "第二章 附则",
        "第三条 本办法自公布之日起施行。",
    ) == [
        ("第一章 总则", (), 1),
        ("第一条 为了保护水渠，制定本办法。", ("第一章 总则", "第一条"), None),
        ("第二条 下列行为应当禁止：", ("第一章 总则", "第二条"), None),
        ("（一）向渠中倾倒杂物；", ("第一章 总则", "第二条", "（一）"), None),
        ("（二）在渠边取土。", ("第一章 总则", "第二条", "（二）"), None),
        ("前款所称渠边，是指渠堤外三米以内。", ("第一章 总则", "第二条"), None),
        ("第二章 附则", (), 1),
        ("第三条 本办法自公布之日起施行。", ("第二章 附则", "第三条"), None),
    ]


def test_articles_without_space_count_only_in_their_order() -> None:
    sections = [
        s
        for _, s, _ in rows(
            "第一条为了护林，制定本约。", "第二条护林员三人。", "第九条的规定不适用。", "第三条护林员轮值。"
        )
    ]
    assert sections == [("第一条",), ("第二条",), ("第二条",), ("第三条",)]


def test_levels_of_the_format_stand_above_the_numbering() -> None:
    assert rows(
        Block(text="手册", heading=1),
        Block(text="用法", heading=2),
        "一、安装",
        "插上电源即可。",
        Block(text="附录", heading=2),
        "无。",
    ) == [
        ("手册", (), 1),
        ("用法", ("手册",), 2),
        ("一、安装", ("手册", "用法"), 3),
        ("插上电源即可。", ("手册", "用法", "一、安装"), None),
        ("附录", ("手册",), 2),
        ("无。", ("手册", "附录"), None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "一是修好渠道，二是栽好树木。",
        "一、二、三产业都要发展。",
        "2021年的水情",
        "1.5倍的水量",
        "（一）项规定的行为",
        "第三条的规定",
    ],
)
def test_what_is_no_heading(text: str) -> None:
    assert rows("一、任务", text, "要抓紧。")[1:] == [(text, ("一、任务",), None), ("要抓紧。", ("一、任务",), None)]


def test_signature_date_and_contact_belong_to_no_section() -> None:
    closing = ["水利站", "2021年4月2日", "联系电话：1234567", "抄送：村委会。"]
    assert [s for _, s, _ in rows("一、任务", "清淤一次，栽树百株。", *closing)][2:] == [(), (), (), ()]


def test_a_long_heading_is_shortened_in_the_path_only() -> None:
    long = "一、关于建议“" + "修渠、栽树、" * 20 + "”的答复"
    (heading, body) = rows(long, "同意，明年动工。")
    assert heading == (long, (), 1)
    assert body[1][0] == long[:59] + "…"


def test_english_headings() -> None:
    assert [
        s
        for _, s, _ in rows(
            "Chapter 1 Water", "1.1 Canals", "A canal is two metres wide.", "Chapter 2 Trees", "Plant them."
        )
    ] == [
        (),
        ("Chapter 1 Water",),
        ("Chapter 1 Water", "1.1 Canals"),
        (),
        ("Chapter 2 Trees",),
    ]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("十", 10), ("二十三", 23), ("一百零五", 105), ("一千二百", 1200), ("二〇", 20), ("17", 17), ("三百六十五", 365)],
)
def test_numerals(numeral: str, value: int) -> None:
    assert number(numeral) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第十二条 甲", Mark("条", 12, 5)),
        ("（三）甲", Mark("（一）", 3, 3)),
        ("3. 甲", Mark("1.", 3, 3)),
        ("③甲", Mark("①", 3, 1)),
        ("四要甲", Mark("一要", 4, 2)),
        ("——甲", Mark("——", 0, 2)),
        ("联系人：甲", Mark("：", 0, 4)),
        ("甲、乙", None),
        ("3.5米", None),
    ],
)
def test_marks(text: str, found: Mark | None) -> None:
    assert mark(text) == found
