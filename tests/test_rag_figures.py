from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.figures import Date, DocumentNumber, Quantity, agrees, figures


def read(text: str) -> list[tuple[object, ...]]:
    """What each figure says, without its place."""
    said: list[tuple[object, ...]] = []
    for figure in figures(text):
        match figure:
            case Quantity():
                said.append((figure.value, figure.unit))
            case Date():
                said.append((figure.year, figure.month, figure.day))
            case DocumentNumber():
                said.append((f"〔{figure.year}〕", figure.serial))
    return said


SAME = {
    (
        19_000_000,
        "元",
    ): "1900万元 1.9千万元 1900\u3000万元 一千九百万元 1,900万元 19,000,000元 １９００万元 1900多万元 一千九百萬元",
    (19_000_000, ""): "1900万 1.9千万 一千九百万 19000000 1,900万",
    (95, "%"): "95% 95％ ９５％ 百分之九十五 百分之95 九成五",
    (Decimal("3.5"), "%"): "3.5% 3.50% 百分之三点五",
    (5, "‰"): "5‰ 千分之五",
    (2, "/3"): "三分之二",
    (30, "%"): "三成 30%",
    (12_000, ""): "12,000 12000 一万二 1.2万",
    (3_000, ""): "三千 3000 3千",
    (5_000, "元"): "五千元 5000元 5千元",
    (3, "个月"): "三个月 3个月",
    (30, "家"): "三十家 30家 30余家 三十多家",
    (1, "年"): "一年 1年",
    (2020, None, None): "2020年 二〇二〇年 二零二零年 二○二○年 ２０２０年 2020年度",
    (2020, 5, None): "2020年5月 二〇二〇年五月 2020年05月 2020年5月份",
    (2020, 5, 1): "2020-05-01 2020-5-1 2020/5/1 2020.05.01 2020年5月1日 2020年5月1号 二〇二〇年五月一日",
    (2021, 12, 31): "2021年12月31日 二〇二一年十二月三十一日 2021-12-31",
    (None, 5, 1): "5月1日 五月一日",
    (None, 12, None): "12月 十二月",
    (
        "〔2020〕",
        1,
    ): "〔2020〕1号 (2020)1号 （2020）1号 [2020]1号 ［2020］第1号 〔二〇二〇〕一号 2020年第1号 〔２０２０〕１号",
    ("〔2019〕", 35): "〔2019〕35号 〔2019〕三十五号 〔2019〕第35号",
}


@pytest.mark.parametrize(
    ("writing", "said"), [(writing, said) for said, writings in SAME.items() for writing in writings.split(" ")]
)
def test_one_figure_in_every_writing(writing: str, said: tuple[object, ...]) -> None:
    text = f"关于{writing}的规定"
    assert read(text) == [said]
    (figure,) = figures(text)
    assert text[slice(*figure.span)] in writing


NONE = """
第三条 第38条 第三十八条 一般 一定 三农 一个 一项 一次性 十分重要 十几家 几十万 数百 上百 千家万户 万元 周三 星期五
五家渠市 五台山
三中全会 九三学社 三五年 七八个 一成不变 三成立 统一 之一 其一 三、 （二） 三亚 四川 0991 五十年代 三年级 12.3.4
"""


@pytest.mark.parametrize("text", NONE.split())
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert read(text) == []


def test_a_text_of_many() -> None:
    text = "自2020年5月1日起三年内，处五千元以上2万元以下罚款；第三条规定的比例为百分之五至百分之十。"
    assert read(text) == [(2020, 5, 1), (3, "年"), (5000, "元"), (20000, "元"), (5, "%"), (10, "%")]


def test_both_ends_of_a_range_have_the_unit() -> None:
    assert read("三至五年") == read("3-5年") == read("３～５年") == [(3, "年"), (5, "年")]
    assert read("三、五年") == [(5, "年")]


def test_numbers_with_points_and_marks() -> None:
    assert read("1.2024年工作") == [(2024, None, None)]
    assert read("100，200") == [(100, ""), (200, "")]
    assert read("3千米") == [(3, "千米")]
    assert read("30万平方米") == [(300_000, "平方米")]


def test_agreement() -> None:
    def told(one: str, other: str) -> bool:
        (first,), (second,) = figures(one), figures(other)
        return agrees(first, second)

    assert told("1.9千万元", "1900万")
    assert told("3千米", "3公里")
    assert told("三个月", "3个月")
    assert not told("三个月", "3年")
    assert not told("三家", "3户")
    assert not told("3", "三年")
    assert not told("95家", "95%")
    assert told("二〇二〇年五月一日", "2020年")
    assert told("二〇二〇年", "2020")
    assert not told("2020年", "2020年5月")
    assert told("2020年第1号", "〔2020〕1号")
    assert not told("〔2021〕1号", "〔2020〕1号")
    assert not told("2020年", "〔2020〕1号")


@given(st.text(alphabet="0123456789一二三十百千万亿〇两年月日元个家第几点分之成%,.-〔〕号至 ，", max_size=40))
def test_places_are_in_order_and_inside(text: str) -> None:
    before = 0
    for figure in figures(text):
        start, end = figure.span
        assert before <= start < end <= len(text)
        before = end
