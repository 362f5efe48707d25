"""Plain text and Markdown."""

from pathlib import Path

from corpus.loaders import load
from corpus.loaders.source import Block, Source

MARKDOWN = """---
title: "值班指南"
date: 2024-03-01
---
# 总则

值班人员应当按时到岗，
不得**擅自**离开，见[办法](http://a.b)。
<!-- 内部备注 -->

　　缩进的一段。

3. 先登记
4. 再交接
   并签字
- 保持安静

| 岗位 | 人数 |
|------|------|
| 门卫 | 2    |

```sh
date
```

<div>网页里的<br>一行</div>

附则
----

> 引用的话。  
> 另起一行
"""  # noqa: W291


def markdown(text: str) -> Source:
    return load(Path("a.md"), text.encode())


def test_markdown_gives_headings_paragraphs_items_and_rows() -> None:
    source = markdown(MARKDOWN)
    assert source.title == "值班指南"
    assert not source.wrapped
    assert [(block.heading, block.text) for block in source.blocks] == [
        (1, "总则"),
        (None, "值班人员应当按时到岗，\n不得擅自离开，见办法。"),
        (None, "缩进的一段。"),
        (None, "3. 先登记"),
        (None, "4. 再交接\n并签字"),
        (None, "保持安静"),
        (None, "岗位 | 人数"),
        (None, "岗位：门卫 | 人数：2"),
        (None, "date"),
        (None, "网页里的\n一行"),
        (2, "附则"),
        (None, "引用的话。"),
        (None, "另起一行"),
    ]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert [block.text for block in markdown("---\n\n第一段\n\n---\n\n第二段\n").blocks] == ["第一段", "第二段"]


def test_pictures_from_elsewhere_leave_only_their_words() -> None:
    assert [block.text for block in markdown("看图 ![示意](http://a.b/x.png) 说话").blocks] == ["看图 示意 说话"]


def test_hostile_markdown_is_text() -> None:
    line = "字[*_" * 300_000
    assert [block.text for block in markdown(line).blocks] == [line]


def test_plain_text_is_its_lines() -> None:
    source = load(Path("a.txt"), "　　第一行\r\n\r\n 第二行 \n".encode())
    assert source == Source(blocks=(Block(text="　　第一行"), Block(text=""), Block(text=" 第二行 ")), wrapped=True)


def test_form_feeds_number_the_pages() -> None:
    source = load(Path("a.txt"), "甲\n乙\n\f丙\f\n丁".encode())
    assert [(block.page, block.text) for block in source.blocks] == [(1, "甲"), (1, "乙"), (2, "丙"), (3, "丁")]


def test_nul_bytes_and_a_very_long_line() -> None:
    assert load(Path("a.txt"), "第一\0条".encode()).blocks[0].text == "第一条"
    long = "字" * 1_700_000
    assert load(Path("a.txt"), long.encode()).blocks == (Block(text=long),)
