"""Rows of tables with the heads of their columns."""

import pytest

from corpus.loaders.table import Cell, row_texts, span_of


def table(*rows: str) -> list[list[Cell]]:
    """Cells parted by ``/``; ``^`` continues the cell above, ``>`` widens the one before."""
    found: list[list[Cell]] = []
    for row in rows:
        cells: list[Cell] = []
        for text in row.split("/"):
            if text == ">":
                cells[-1] = Cell(text=cells[-1].text, columns=cells[-1].columns + 1)
            else:
                cells.append(Cell(text="" if text == "^" else text, above=text == "^"))
        found.append(cells)
    return found


@pytest.mark.parametrize(
    ("rows", "texts"),
    [
        (("作物/面积/产值", "玉米/2亩/5万元"), ["作物 | 面积 | 产值", "作物：玉米 | 面积：2亩 | 产值：5万元"]),
        # An empty cell leaves the others under their own heads.
        (("区/户/人", "东//12", "西/3/9"), ["区 | 户 | 人", "区：东 | 户： | 人：12", "区：西 | 户：3 | 人：9"]),
        # What a cell says of several rows is said in each of them.
        (
            ("地区/年份/产量", "甲县/2019年/5吨", "^/2020年/6吨"),
            ["地区 | 年份 | 产量", "地区：甲县 | 年份：2019年 | 产量：5吨", "地区：甲县 | 年份：2020年 | 产量：6吨"],
        ),
        # A caption over the whole width is no head.
        (("表1 单位：吨/>/>", "区/小麦/玉米", "东区/5/6"), [None, "区 | 小麦 | 玉米", "区：东区 | 小麦：5 | 玉米：6"]),
        # Two columns: names beside values are no table with a head, a column of nothing but figures has one.
        (("名称/某办法", "电话/12345"), ["名称 | 某办法", "电话 | 12345"]),
        (("岗位/人数", "门卫/2", "司机/3人"), ["岗位 | 人数", "岗位：门卫 | 人数：2", "岗位：司机 | 人数：3人"]),
        # A form: values beside their names.
        (("姓名/张某/性别/男", "职务/科员/住址/东街"), ["姓名 | 张某 | 性别 | 男", "职务 | 科员 | 住址 | 东街"]),
        # Figures in the first row are values.
        (("一队/3/5", "二队/4/6"), ["一队 | 3 | 5", "二队 | 4 | 6"]),
        (("甲", "乙/"), [None, None]),
        ((), []),
    ],
)  # fmt: skip
def test_rows(rows: tuple[str, ...], texts: list[str | None]) -> None:
    assert row_texts(table(*rows)) == texts


def test_heads_of_two_rows_are_read_together() -> None:
    rows = [
        [Cell(text="地区", rows=2), Cell(text="产量", columns=2), Cell(text="备注", rows=2)],
        [Cell(text="2019年"), Cell(text="2020年")],
        [Cell(text="甲县"), Cell(text="5"), Cell(text="6"), Cell(text="")],
    ]
    assert row_texts(rows)[2] == "地区：甲县 | 产量2019年：5 | 产量2020年：6 | 备注："


def test_what_the_format_marks_as_head_is_one_whatever_stands_below() -> None:
    rows = [[Cell(text="任务", head=True), Cell(text="单位", head=True)], [Cell(text="修路"), Cell(text="交通局")]]
    assert row_texts(rows) == ["任务 | 单位", "任务：修路 | 单位：交通局"]
    assert row_texts(rows[:1] * 2) == ["任务 | 单位", "任务 | 单位"]


def test_spans_beyond_all_measure_end_with_the_table() -> None:
    rows = [[Cell(text="甲", columns=10**9, rows=10**9), Cell(text="乙")], [Cell(text="丙")]]
    assert row_texts(rows) == ["甲 | 乙", None]


@pytest.mark.parametrize(
    ("said", "span"), [("3", 3), ("0", 1), ("", 1), (None, 1), ("-2", 1), ("zwei", 1), ("9" * 5000, 1), ("²", 1)]
)
def test_what_a_file_says_of_spans(said: str | None, span: int) -> None:
    assert span_of(said) == span
