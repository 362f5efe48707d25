"""PDF: pages, printed lines, what runs along the edges, and what cannot be read. Every file is drawn here."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus import errors
from corpus.loaders import load
from corpus.loaders.printed import Line
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


def test_pages_without_text_say_so() -> None:
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
