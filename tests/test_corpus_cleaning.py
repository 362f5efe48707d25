"""Cleaning: lines rejoined, page numbers gone, glued and cut paragraphs, white space. All texts are made up here."""

import itertools
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.breaks import breaks
from corpus.cleaning import clean
from corpus.lines import cells, read_lines, without_page_numbers
from corpus.loaders.source import Block, Source
from corpus.measuring import measure
from corpus.whitespace import tidy

STORY = [
    "清早的渡口还没有醒，雾贴着水面慢慢散开，只有一条木船靠在岸边等人。船家姓陆，今年六十三岁，撑船撑了四十年，见人先笑，"
    "说话不急不忙，镇上的孩子都爱坐他的船。",
    "过河的人不多，多半是去对岸赶集的。有人挑着青菜，有人提着鸡蛋，还有一位老师夹着一摞作业本，说是要在船上批改。船到河心，"
    "风忽然大了起来，作业本被吹落了两本，陆师傅用竹篙轻轻一拨，就把它们捞了上来。",
    "集市上最热闹的是卖种子的摊子。摊主把各样种子装在玻璃瓶里，瓶上贴着纸条，写明什么时候下种，什么时候收获，一亩地要用多少，"
    "价钱是多少。买的人问得仔细，他答得更仔细。",
    "傍晚收摊以后，大家又在渡口等船，说起白天的见闻，谁也不着急回家。陆师傅点起一盏马灯，挂在船头，灯光在水里摇成一条金线。",
]
#: The same at lengths of their own, so that widths cannot be learnt by chance.
MEMO = [
    "关于开展校园植树活动的通知",
    "各年级组：",
    "为了让同学们认识本地树种，学校决定在三月十二日前后开展植树活动，现将有关事项通知如下：",
    "一、活动安排",
    "活动分三批进行，每批两个年级，每个班领取树苗二十株，铁锹十把，水桶六只，由班主任带队，在操场北侧的空地上栽种，"
    "栽完以后统一浇水，并挂上写有班级名称的木牌。",
    "二、注意事项",
    "请各班提前清点工具，注意安全，不要在坡地上追逐打闹；遇到下雨，活动顺延一周，具体时间由总务处另行通知，各班不必再来询问。",
]


def source(text: str) -> Source:
    return Source(blocks=tuple(Block(text=line) for line in text.split("\n")), wrapped=True)


def paragraphs(text: str) -> list[str]:
    return [block.text for block in clean(source(text))]


def wrapped(text: str, width: int, first: int = 0) -> list[str]:
    """``text`` cut into lines of ``width`` characters, the first shorter by ``first``."""
    head, rest = text[: width - first], text[width - first :]
    return [head, *(rest[i : i + width] for i in range(0, len(rest), width))]


def uneven(text: str, widths: list[int]) -> list[str]:
    """``text`` in lines of ``widths`` characters, in turn and over again, none opening with a closing mark."""
    lines, at = [], 0
    for width in itertools.cycle(widths):
        end = at + width
        while text[end : end + 1] in set("，。、；：！？"):
            end += 1
        lines.append(text[at:end])
        at = end
        if at >= len(text):
            return lines
    return lines


@pytest.mark.parametrize("widths", [[31, 22, 35, 26], [19, 36, 28], [33, 21, 24, 38, 27]])
@pytest.mark.parametrize(("gap", "indent"), [("\n\n", ""), ("\n", "\u3000\u3000"), ("\n\n", "    ")])
@pytest.mark.parametrize("texts", [STORY, MEMO])
def test_lines_that_were_broken_by_hand(texts: list[str], gap: str, indent: str, widths: list[int]) -> None:
    written = gap.join("\n".join(uneven(indent + text, widths)) for text in texts)
    assert paragraphs(written) == texts


def test_a_signature_below_a_text_that_was_broken_by_hand_stays_apart() -> None:
    notice = [
        "游泳馆自本月十二日起检修水泵，暂停开放，月卡顺延，已购\n次票可在前台退款，也可以改到",
        "城东游泳馆使用，那里每天六点\n开门，到二十一点为止，请带上学生证和泳帽",
    ]
    text = "\n".join([notice[0], notice[1] + "。", "游泳馆办公室", "十一月三日"])
    assert paragraphs(text)[-2:] == ["游泳馆办公室", "十一月三日"]
    assert len(paragraphs(text)) == 3


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n"])
@pytest.mark.parametrize("width", [20, 28, 34, 40])
@pytest.mark.parametrize("texts", [STORY, MEMO])
def test_wrapped_chinese_with_any_line_spacing(texts: list[str], width: int, gap: str) -> None:
    assert paragraphs(gap.join(line for text in texts for line in wrapped(text, width))) == texts


@pytest.mark.parametrize("width", [22, 31, 38])
def test_indents_kept_lost_and_blank_lines_between_paragraphs(width: int) -> None:
    lines = [wrapped(text, width, first=2) for text in STORY]
    kept = "\n".join("　　" + "\n".join(pieces) for pieces in lines)
    lost = "\n".join("\n".join(pieces) for pieces in lines)
    parted = "\n\n".join("\n".join(pieces) for pieces in lines)
    assert paragraphs(kept) == paragraphs(lost) == paragraphs(parted) == STORY


def test_a_lost_indent_shows_where_a_full_line_ends_a_paragraph() -> None:
    width = 26
    texts = [text for i in range(3) for text in STORY]
    # The first paragraph is made to end exactly at the edge, where only the next line's length tells.
    texts[0] = texts[0][: 2 * width - 2 - 1] + "。"
    lines = [line for text in texts for line in wrapped(text, width, first=2)]
    assert cells(lines[1]) == 2 * width
    assert paragraphs("\n\n".join(lines)) == texts


@pytest.mark.parametrize("style", ["- {} -", "— {} —", "{}", "第 {} 页 共 4 页", "{}/4", "Page {} of 4"])
def test_page_numbers_go_even_in_the_middle_of_a_sentence(style: str) -> None:
    lines = [line for text in STORY for line in wrapped(text, 24)]
    page = 7
    for n, at in enumerate(range(page, len(lines) + 3, page + 1), 1):
        lines.insert(at, style.format(n))
    assert "".join(paragraphs("\n".join(lines))) == "".join(STORY)
    assert paragraphs("\n".join(lines)) == STORY


def test_a_column_of_figures_is_no_page_numbering() -> None:
    table = "各班树苗\n1\n2\n3\n4\n5\n6\n合计\n21"
    assert paragraphs(table) == table.split("\n")


def test_a_page_break_that_shows_as_one_space_is_no_paragraph() -> None:
    lines = [line for text in STORY for line in wrapped(text, 25)]
    text = "\n\n".join(lines[:4]) + "\n " + "\n\n".join(lines[4:])
    assert paragraphs(text) == STORY


def test_whole_paragraphs_stay_as_they_are() -> None:
    assert paragraphs("\n".join(MEMO)) == MEMO
    assert paragraphs("\n\n".join(STORY)) == STORY


def test_a_page_end_in_the_middle_of_a_word_is_mended() -> None:
    cut = STORY[1].index("作业本") + 1
    text = "\n\n".join([STORY[0], STORY[1][:cut], STORY[1][cut:], *STORY[2:], "渡口管理处", "2021年4月2日"])
    assert paragraphs(text) == [*STORY, "渡口管理处", "2021年4月2日"]


def test_glued_members_of_a_series_are_parted_and_a_counting_sentence_is_not() -> None:
    series = [
        "一要早起床。起得早的人看得见日出。",
        "二要勤读书。读书使人明白道理，也使人谦虚。",
        "三要多走路。走路对身体有好处。",
    ]
    counting = "今年做了几件事：一是修好了桥。二是铺平了路。三是种下了树，村里人都说好。"
    assert paragraphs("\n".join([series[0], series[1] + series[2], counting])) == [*series, counting]
    dashes = ["——先把土翻松。翻得越深越好。", "——再把苗放正。根要舒展开来。", "——最后浇足水。第二天再浇一遍。"]
    assert paragraphs("\n".join([dashes[0], dashes[1] + dashes[2]])) == dashes


def test_english_with_blank_lines_between_paragraphs() -> None:
    texts = [
        "The ferry had not woken up when the fog began to lift from the water, and only one wooden boat lay at the "
        "landing. Its owner was sixty-three years old. He had rowed for forty years and never hurried a word.",
        "Few people crossed that day. Most of them were on their way to the market on the other side; some carried "
        "vegetables, some carried eggs, and a teacher held a pile of papers that he meant to correct in the boat.",
        "In the evening they waited for the boat again and nobody was in a hurry to get home.",
    ]
    filled = "\n\n".join(textwrap.fill(text, 64, break_on_hyphens=True) for text in texts)
    indented = "\n".join(textwrap.fill(text, 60, initial_indent="    ") for text in texts)
    assert paragraphs(filled) == texts
    assert paragraphs(indented) == texts


def test_a_centred_title_is_no_part_of_the_text_below() -> None:
    body = textwrap.fill("A boat is folded from one sheet of paper; no glue is used, and no tape either. " * 4, 60)
    text = f"{'Paper Boats, Their Use and Care':>44}\n\nAbstract\n\n{body}"
    assert paragraphs(text)[:2] == ["Paper Boats, Their Use and Care", "Abstract"]
    assert len(paragraphs(text)) == 3


def test_a_hyphen_at_a_line_end_stays_unless_the_document_shows_the_word_without_it() -> None:
    text = (
        "The old measurement was taken at the mill, and nobody had ques-\n"
        "tioned it since then. A new measurement showed a difference that\n"
        "was far too large for a slip of the pen, so a third measure-\n"
        "ment was ordered, and it agreed with the second one. The well-\n"
        "known clerk signed the paper and locked it in the iron drawer.\n"
    )
    (only,) = paragraphs(text)
    assert "a third measurement was" in only
    assert "questioned" in only


@pytest.mark.parametrize(
    "text",
    [
        "小河弯弯\n流过村庄\n带走了\n一片落叶",
        "山前细雨润新苗，陌上东风送柳条。\n水满池塘鱼正乐，日斜村落鸟还巢。\n一蓑烟雨归来晚，半卷诗书坐夜遥。",
        "清单\n- 铅笔两支\n- 橡皮一块\n1. 先削铅笔\n2. 再写字",
        "名称：风筝\n产地：某镇\n电话：000-1234567",
    ],
)
def test_short_lines_of_the_author_are_kept_apart(text: str) -> None:
    assert paragraphs(text) == text.split("\n")


def test_tables_and_code_are_not_glued() -> None:
    body = [line for text in STORY for line in wrapped(text, 24)]
    table = ["班级        株数    树种", "一班        20      香樟", "二班        18      银杏"]
    code = ["def plant(n):", "total = n * 20", "print(total);"]
    assert paragraphs("\n".join([*body, *table, *code])) == [
        *STORY,
        "班级 株数 树种",
        "一班 20 香樟",
        "二班 18 银杏",
        *code,
    ]


def test_the_fields_at_the_head_of_a_document_make_one_paragraph() -> None:
    head = ["(A 类)", "（此件公开发布）", "松教字〔2021〕7 号 签发人：陆某"]
    assert paragraphs("\n\n".join([*head, *MEMO])) == ["(A类) （此件公开发布） 松教字〔2021〕7号 签发人：陆某", *MEMO]


def test_pages_and_heading_levels_are_kept() -> None:
    lines = wrapped(STORY[0], 24) + wrapped(STORY[1], 24)
    blocks = tuple(Block(text=line, page=1 if i < 5 else 2) for i, line in enumerate(lines))
    assert [b.page for b in clean(Source(blocks=blocks, wrapped=True))] == [1, 1]
    blocks = tuple(Block(text=line, page=1 + (i >= len(wrapped(STORY[0], 24)))) for i, line in enumerate(lines))
    assert [b.page for b in clean(Source(blocks=blocks, wrapped=True))] == [1, 2]
    whole = Source(blocks=(Block(text="一 章", heading=2), Block(text=STORY[0], page=3)), wrapped=False)
    assert [(b.text, b.page, b.heading) for b in clean(whole)] == [("一章", None, 2), (STORY[0], 3, None)]


def test_soft_breaks_inside_a_block() -> None:
    soft = Source(
        blocks=(Block(text="春天来了，河边的柳树\n都发了芽。"), Block(text="渡口小学\n2021年4月2日")), wrapped=False
    )
    assert [b.text for b in clean(soft)] == ["春天来了，河边的柳树都发了芽。", "渡口小学", "2021年4月2日"]
    english = Source(blocks=(Block(text="The boat was\nmade of paper, and\nsank."),), wrapped=False)
    assert [b.text for b in clean(english)] == ["The boat was made of paper, and sank."]


@pytest.mark.parametrize(
    ("raw", "clean_text"),
    [
        ("自 2014 年起，第 35 号提案的 答复", "自2014年起，第35号提案的答复"),
        ("松教字〔2021〕1 号 签发人：陆某·某", "松教字〔2021〕1号 签发人：陆某·某"),
        ("（联系人：陆某 联系电话：1234567）", "（联系人：陆某 联系电话：1234567）"),
        ("某办公室 2021年 6月 1日印发", "某办公室 2021年6月1日印发"),
        ("第一条 为了 爱护树木", "第一条 为了爱护树木"),
        ("第一章　总则", "第一章 总则"),
        ("目　　录", "目录"),
        ("张三 李四 王五六", "张三 李四 王五六"),
        ("持续健康发展。 ”的答复", "持续健康发展。”的答复"),
        ("She said “yes” and left.", "She said “yes” and left."),
        ("the word 你好 means hello there", "the word 你好 means hello there"),
        ("零\u200b宽\ufeff与\u00ad软连字符\x07", "零宽与软连字符"),
        ("ＡＢ１２ ﬁ ① 半角:全角：", "ＡＢ１２ﬁ ①半角:全角："),
        ("- 中文 条目", "- 中文条目"),
    ],
)
def test_layout_spaces_go_and_separating_ones_stay(raw: str, clean_text: str) -> None:
    assert tidy(raw) == clean_text
    assert tidy(clean_text) == clean_text


def test_the_measure_of_wrapped_and_of_unwrapped_lines() -> None:
    lines = read_lines([Block(text=line) for text in STORY for line in wrapped(text, 30)])
    found = measure(breaks(lines))
    assert found is not None
    assert (found.width, found.count) == (60, 0)
    whole = read_lines([Block(text=text) for text in STORY + MEMO])
    assert measure(breaks(whole)) is None


def test_numbers_that_follow_one_another_at_pages_distance() -> None:
    text = "\n".join(["甲乙丙丁"] * 8 + ["3"] + ["甲乙丙丁"] * 8 + ["4"] + ["甲乙丙丁"])
    assert [line.text for line in without_page_numbers(read_lines(source(text).blocks))] == ["甲乙丙丁"] * 17


@given(
    st.lists(st.text(alphabet="天地人，。；：《》“”（）一二第条、 \t　ab1.-—\n", max_size=60), max_size=30),
    st.booleans(),
)
def test_no_character_but_white_space_and_page_numbers_is_lost(texts: list[str], is_wrapped: bool) -> None:
    blocks = tuple(Block(text=text) for text in texts)
    got = "".join(block.text for block in clean(Source(blocks=blocks, wrapped=is_wrapped)))
    kept = read_lines(blocks)
    want = "".join(line.text for line in (without_page_numbers(kept) if is_wrapped else kept))
    bare = ["".join(text.replace("-", "").split()) for text in (got, want)]
    assert bare[0] == bare[1]
    assert all("\n" not in block.text and block.text for block in clean(Source(blocks=blocks, wrapped=is_wrapped)))
