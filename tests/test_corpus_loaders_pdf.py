"""PDF: pages, printed lines, what runs along the edges, and what cannot be read. Every file is drawn here."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus import errors
from corpus.ingest import ingest_bytes
from corpus.loaders import load, recognition
from corpus.loaders.printed_line import Line
from corpus.loaders.running import without_running
from corpus.loaders.source import Source

pytest.importorskip("reportlab", reason="reportlab draws the test files")

SIZE, PITCH, LEFT = 16, 28, 90


def pdf(
    pages: Sequence[Sequence[str]], *, header: str = "", footer: str = "", title: str = "", password: str | None = None
) -> bytes:
    """A4 pages of lines; a full-width space in front moves a line by one character, as an indent in print does."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), encrypt=password)
    canvas.setTitle(title)
    for number, lines in enumerate(pages, 1):
        canvas.setFont("STSong-Light", 10)
        canvas.drawString(LEFT, 800, header.format(number))
        canvas.drawCentredString(297, 40, footer.format(number))
        canvas.setFont("STSong-Light", SIZE)
        for row, line in enumerate(lines):
            shift = len(line) - len(line.lstrip("　"))
            canvas.drawString(LEFT + shift * SIZE, 740 - row * PITCH, line.strip("　"))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


PAGES = (
    ("　　各部门应当在每年三月底以前把上一年度的工作报", "告送办公室备案，逾期不报的予以通报。", "　　第二条 新办法自"),
    ("发布之日起施行，旧办法同时废止。", "　　第三条 本办法由办公室负责解释，各单位可以提", "出意见。"),
    ("　　第四条 没有规定的事项，由主管的副主任召集会", "议决定。", "　　　　　　　　　　　　　　　办公室"),
)


def lines(source: Source) -> list[tuple[int | None, str]]:
    return [(block.page, block.text) for block in source.blocks if block.text]


def test_every_printed_line_keeps_its_page_and_its_indent() -> None:
    source = load(Path("a.pdf"), pdf(PAGES))
    assert source.wrapped
    expected = [(number, line) for number, page in enumerate(PAGES, 1) for line in page]
    expected[-1] = (3, "办公室")  # far to the right: no first-line indent
    assert lines(source) == expected


@pytest.mark.parametrize("footer", ["— {} —", "{}", "第 {} 页 共 3 页", "Page {} of 3", "- {} -", "{} / 3"])
def test_running_headers_and_page_numbers_go(footer: str) -> None:
    plain = lines(load(Path("a.pdf"), pdf(PAGES)))
    assert lines(load(Path("a.pdf"), pdf(PAGES, header="某某单位规章汇编", footer=footer))) == plain


def test_a_header_with_the_page_number_in_it_goes() -> None:
    plain = lines(load(Path("a.pdf"), pdf(PAGES)))
    assert lines(load(Path("a.pdf"), pdf(PAGES, header="规章汇编 {}"))) == plain


def test_the_number_of_a_single_page_goes_and_its_text_stays() -> None:
    found = lines(load(Path("a.pdf"), pdf(PAGES[:1], footer="— {} —")))
    assert [text for _, text in found] == list(PAGES[0])


def test_numbered_text_at_the_head_of_pages_stays() -> None:
    pages = [(f"附件{n}", f"　　第{n}份名单如下，共有{n}人。", "请各单位核对。") for n in (1, 2, 3)]
    found = [text for _, text in lines(load(Path("a.pdf"), pdf(pages)))]
    assert [text for text in found if "附件" in text] == ["附件1", "附件2", "附件3"]


def test_a_figure_at_the_foot_of_a_page_stays() -> None:
    pages = [("　　合计数如下，单位为万元，请核对后", "报送。", amount) for amount in ("1250", "87", "4")]
    found = [text for _, text in lines(load(Path("a.pdf"), pdf(pages)))]
    assert [text for text in found if text.isdecimal()] == ["1250", "87", "4"]


def test_a_vertical_gap_is_an_empty_block() -> None:
    source = load(Path("a.pdf"), pdf([("first line of it", "second line of it", "", "another paragraph")]))
    assert [block.text for block in source.blocks] == ["first line of it", "second line of it", "", "another paragraph"]


def test_the_title_is_taken_unless_a_program_wrote_it() -> None:
    assert load(Path("a.pdf"), pdf(PAGES, title="值班办法")).title == "值班办法"
    assert load(Path("a.pdf"), pdf(PAGES, title="Microsoft Word - 值班.doc")).title is None


def test_a_locked_file_says_so() -> None:
    with pytest.raises(errors.EncryptedFile, match="without a password"):
        load(Path("a.pdf"), pdf(PAGES, password="secret"))


def test_pages_without_text_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "is_installed", lambda: False)
    with pytest.raises(errors.NoTextLayer, match=r"2 page\(s\) without a text layer"):
        load(Path("a.pdf"), pdf([(), ()]))


@pytest.mark.parametrize("data", [b"%PDF-1.7\njunk", pdf(PAGES)[:600]])
def test_a_damaged_file_says_so(data: bytes) -> None:
    with pytest.raises(errors.UnreadableFile):
        load(Path("a.pdf"), data)


def row(text: str, bottom: float) -> Line:
    return Line(text=text, left=90, right=90 + 16 * len(text), bottom=bottom, top=bottom + 16)


def test_headers_that_differ_on_left_and_right_pages_go() -> None:
    pages = [[row("左页眉" if n % 2 else "右页眉", 800), row(f"正文{n}甲", 700), row("正文乙", 672)] for n in range(6)]
    kept = without_running(pages, [842.0] * 6)
    assert [[line.text for line in page] for page in kept] == [[f"正文{n}甲", "正文乙"] for n in range(6)]


def test_the_same_line_in_the_column_of_text_stays() -> None:
    pages = [[row("本页内容", 700), row(f"正文{n}", 672), row("续行", 644)] for n in range(4)]
    assert without_running(pages, [842.0] * 4) == pages


def drawn(draw: Callable[[Any], None]) -> bytes:
    """A page on which ``draw`` has drawn."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    canvas.setFont("STSong-Light", 12)
    draw(canvas)
    canvas.save()
    return stream.getvalue()


def test_a_printed_table_is_read_by_rows_with_their_heads() -> None:
    rows = (
        ("作物", "种植面积", "年产值"),
        ("玉米", "2.5万亩", "3100万元"),
        ("甜菜", "", "870万元"),
        ("亚麻", "900亩", "64万元"),
    )

    def draw(canvas: Any) -> None:
        canvas.drawString(90, 760, "　　各乡镇去年的作物面积和产值见下表，供编制计划时参考。")
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                canvas.drawString(100 + 150 * column, 720 - 26 * number, text)
        canvas.drawString(90, 600, "　　数据由农业农村局提供。")

    document = ingest_bytes(Path("a.pdf"), drawn(draw))
    assert [document.text[p.start : p.end] for p in document.paragraphs] == [
        "各乡镇去年的作物面积和产值见下表，供编制计划时参考。",
        "作物 | 种植面积 | 年产值",
        "作物：玉米 | 种植面积：2.5万亩 | 年产值：3100万元",
        "作物：甜菜 | 种植面积： | 年产值：870万元",
        "作物：亚麻 | 种植面积：900亩 | 年产值：64万元",
        "数据由农业农村局提供。",
    ]


def test_a_cell_of_two_lines_stays_one() -> None:
    rows = (("事项", "主管单位", "期限"), ("修路", "交通运输局和城", "30日"), ("供水", "水务局", "15日"))

    def draw(canvas: Any) -> None:
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                canvas.drawString(100 + 130 * column, 720 - 40 * number, text)
            if number == 1:
                canvas.drawString(230, 720 - 40 - 15, "市管理局")

    found = lines(load(Path("a.pdf"), drawn(draw)))
    assert [text for _, text in found] == [
        "事项 | 主管单位 | 期限",
        "事项：修路 | 主管单位：交通运输局和城市管理局 | 期限：30日",
        "事项：供水 | 主管单位：水务局 | 期限：15日",
    ]


def test_lines_with_wide_spaces_are_no_table() -> None:
    def draw(canvas: Any) -> None:
        for number, line in enumerate(("签发人：    某某    职务：    局长", "某年的情况    很好", "甲    乙    丙")):
            canvas.drawString(100, 720 - 26 * number, line)

    assert not any("|" in text for _, text in lines(load(Path("a.pdf"), drawn(draw))))
