"""Web pages: the text of the page and nothing that stands around it."""

from pathlib import Path

import pytest

from corpus.errors import EmptyFile
from corpus.loaders import load
from corpus.loaders.source import Source

PAGE = """<!DOCTYPE html><html><head><title>关于检修电梯的通知_某某网</title><style>p { color: red }</style></head>
<body>
<div class="top-nav"><a href="/">首页</a> <a href="/b">要闻</a></div>
<header><div>某某网站</div></header>
<nav><ul><li><a href="1">机构</a></li></ul></nav>
<div id="cookieBanner">本站使用小饼干，继续浏览即表示同意。</div>
<ul>{links}</ul>
<div class="wrap"><div class="crumb">当前位置：首页</div>
<h1>关于检修电梯的通知</h1><p>各科室：</p>
<p>三号楼电梯<b>本周</b>检修，<!-- 注 -->请走楼梯。<br>请互相转告。</p>
<table><tr><th>楼号</th><th>日期</th></tr><tr><td>三号楼</td><td>3月1日<br>至3日</td></tr></table>
<h2>联系方式</h2><ul><li>电话：123</li><li>邮箱：x@y</li></ul>
<div>后勤处</div><div>2024年3月1日</div><p style="display: none">看不见</p></div>
<aside>热门文章</aside><div class="share">分享到</div><footer>某某网站主办</footer>
<div>版权所有 某某单位</div><div>京ICP备12345号</div><script>alert("脚本")</script></body></html>""".replace(
    "{links}", "".join(f'<li><a href="{n}">友情链接{n}</a></li>' for n in range(5))
)


def read(text: str, codec: str = "utf-8") -> Source:
    return load(Path("a.html"), text.encode(codec))


def texts(text: str) -> list[str]:
    return [block.text for block in read(text).blocks]


def test_a_page_gives_its_own_text_alone() -> None:
    source = read(PAGE)
    assert [(block.heading, block.text) for block in source.blocks] == [
        (1, "关于检修电梯的通知"),
        (None, "各科室："),
        (None, "三号楼电梯本周检修，请走楼梯。"),
        (None, "请互相转告。"),
        (None, "楼号 | 日期"),
        (None, "楼号：三号楼 | 日期：3月1日\n至3日"),
        (2, "联系方式"),
        (None, "电话：123"),
        (None, "邮箱：x@y"),
        (None, "后勤处"),
        (None, "2024年3月1日"),
    ]
    assert source.title == "关于检修电梯的通知"
    assert not source.wrapped


@pytest.mark.parametrize("text", ["<p>只有一段。</p>", "只有一段。", "<div class='content'>只有一段。</div>"])
def test_a_tiny_page_is_not_lost(text: str) -> None:
    assert texts(text) == ["只有一段。"]


def test_a_page_named_like_a_frame_is_still_read() -> None:
    assert texts('<div class="sidebar"><p>整页都在这一栏里面。</p></div>') == ["整页都在这一栏里面。"]


def test_main_wins_and_brings_the_heading_that_stands_outside() -> None:
    page = "<div><h1>标题</h1></div><div>旁白</div><main><p>这里是正文，比旁白长得多。</p></main><div>尾巴</div>"
    assert texts(page) == ["标题", "这里是正文，比旁白长得多。"]


def test_breaks_cut_where_a_paragraph_ends_and_nowhere_else() -> None:
    assert texts("<p>关于某事的<br>通知<br><br>甲说完了。<br>乙开始<br>　　丙缩进</p>") == [
        "关于某事的\n通知",
        "甲说完了。",
        "乙开始",
        "　　丙缩进",
    ]


def test_a_table_for_layout_is_no_table() -> None:
    inner = "<table><tr><td>甲</td><td>乙</td></tr></table>"
    page = f"<table><tr><td></td><td><p>一段。</p>{inner}<p>二段。</p></td></tr></table>"
    assert texts(page) == ["一段。", "甲 | 乙", "二段。"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert texts("<pre>行一\n行二\n\n段二</pre>") == ["行一\n行二", "段二"]


@pytest.mark.parametrize(("charset", "codec"), [("gb2312", "gb18030"), ("utf-8", "gb18030"), ("big5", "cp950")])
def test_the_charset_is_believed_only_where_it_is_true(charset: str, codec: str) -> None:
    page = f'<html><head><meta charset="{charset}"><title>x</title></head><body><p>公文已於上午收到</p></body></html>'
    assert [block.text for block in read(page, codec).blocks] == ["公文已於上午收到"]


def test_entities_are_characters_and_external_ones_stay_closed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("机密", encoding="utf-8")
    hostile = f'<!DOCTYPE html [<!ENTITY e SYSTEM "{secret.as_uri()}">]><html><body><p>甲&lt;b&gt;&e;</p></body></html>'
    found = "".join(texts(hostile))
    assert "甲<b>" in found
    assert "机密" not in found


def test_bottomless_nesting_keeps_the_text() -> None:
    assert texts("<div>" * 100_000 + "深处" + "</div>" * 100_000 + "<p>后面</p>") == ["深处", "后面"]


def test_a_page_without_text_is_empty() -> None:
    with pytest.raises(EmptyFile):
        read("<html><body><script>x = 1</script><img src='a.png'></body></html>")
