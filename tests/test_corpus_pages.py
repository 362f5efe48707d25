"""Pages of a PDF: where a quote is printed, pictures, and files that mean harm."""

import io
import struct
import threading
import time
import zlib

import numpy as np
import pytest

from corpus.loaders import pdf as loader
from corpus.pages import printed
from corpus.pages.alignment import align
from corpus.pages.png import png
from corpus.pages.printed import LONGEST_SIDE, MOST_PIXELS, PageTooSlow, PageUnusable, count_pages, draw_page, read_page
from corpus.pages.rectangles import rectangles


def pixels(picture: bytes) -> tuple[int, int, int, bytes]:
    """Width, height, colour type and the bytes of the rows, as a reader of the format finds them."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, _, kind = struct.unpack(">IIBB", picture[16:26])
    position, body = 8, b""
    while position < len(picture):
        size, name = struct.unpack(">I4s", picture[position : position + 8])
        content = picture[position + 8 : position + 8 + size]
        check = struct.unpack(">I", picture[position + 8 + size : position + 12 + size])[0]
        assert zlib.crc32(name + content) == check
        body += content if name == b"IDAT" else b""
        position += 12 + size
    return width, height, kind, zlib.decompress(body)


def test_a_picture_is_written_as_the_format_says() -> None:
    colour = np.array([[[1, 2, 3], [4, 5, 6]]], dtype=np.uint8)  # blue, green, red
    assert pixels(png(colour)) == (2, 1, 2, bytes([0, 3, 2, 1, 6, 5, 4]))
    grey = np.full((2, 3, 3), 7, dtype=np.uint8)
    assert pixels(png(grey)) == (3, 2, 0, bytes([0, 7, 7, 7] * 2))


# alignment


def found(quote: str, *pages: str, before: str = "", after: str = "") -> str | None:
    spots = align(quote, before, after, pages)
    if spots is None:
        return None
    return "".join("·" if spot is None else pages[spot[0]][spot[1]] for spot in spots)


def test_lines_and_spaces_of_the_page_do_not_matter() -> None:
    assert (
        found("押金为200元，前60分钟免费。", "一 押金为 200 元，前\r\n60分钟免\r\n费。二")
        == "押金为200元，前60分钟免费。"
    )
    assert found("co-operation of all", "the coopera\x02\r\ntion of  all") == "co·operation·of·all"
    assert found("甲 | 乙", "甲\r\n乙") == "甲···乙"
    assert found("ﬁne １２", "fine 12") is not None


def test_a_quote_over_two_pages_skips_what_runs_along_their_edges() -> None:
    one, two = "第三条　公布的时间不得少于十五日，公布", "期间收到的意见由市交通运输局汇总。"
    shown = found(one + two, f"规章汇编{one}— 1 —", f"规章汇编{two}— 2 —")
    assert shown is not None and shown.replace("·", "") == (one + two).replace("　", "")


def test_of_several_places_the_one_with_the_same_neighbours_is_taken() -> None:
    page = "第一条 应当公布。第二条 应当公布。第三条 应当公布。"
    spots = align("应当公布。", "第一条 应当公布。第二条 ", "第三条 应当公布。", [page])
    assert spots is not None and spots[0] == (0, page.index("第二条") + 4)


@pytest.mark.parametrize(
    ("quote", "pages"),
    [
        ("应当公布。", ("应当公布。应当公布。",)),  # twice, and nothing beside it that tells which
        ("这一页上没有这句话，一个字也对不上的。", ("另一句完全不同的内容在这里，请不要乱标。",)),
        ("", ("甲",)),
        (" \n", ("甲",)),
        ("甲", ()),
        ("前半句在这里，后半句却是完全另外一番模样了啊", ("前半句在这里，" + "乙" * 50 + "后半句却是",)),
    ],
)
def test_where_it_is_not_certain_nothing_is_said(quote: str, pages: tuple[str, ...]) -> None:
    assert align(quote, "", "", pages) is None


def test_a_few_characters_that_differ_are_left_out() -> None:
    quote = "运营单位应当每日巡查站点，发现车辆损坏的，应当在24小时内修复或者更换。"
    assert found(quote, f"前文。{quote.replace('日巡', '曰巡')}后文。") == quote.replace("日", "·")


@pytest.mark.parametrize("quote", ["a" * 2000 + "b" + "a" * 2000, "ab" * 3900, "a" * 10**6, "abcdefg" * 900 + "h"])
def test_pages_that_are_hard_to_compare_do_not_take_long(quote: str) -> None:
    started = time.monotonic()
    align(quote, "", "", ["a" * 50_000, "ab" * 25_000, "abcdefga" * 6_000])
    assert time.monotonic() - started < 8


def test_characters_of_a_line_are_one_rectangle() -> None:
    line = [(0.1 + 0.02 * n, 0.2, 0.12 + 0.02 * n, 0.22) for n in range(5)]
    second = [(0.1, 0.23, 0.12, 0.25), (0.5, 0.23, 0.52, 0.25)]
    assert rectangles([*line, *second], shape=1.4) == [(0.1, 0.2, 0.12 + 0.02 * 4, 0.22), *second]


# PDFium


@pytest.fixture(scope="module")
def rules() -> bytes:
    pytest.importorskip("reportlab", reason="reportlab draws the test files")
    from tests.printed_pdf import pdf

    return pdf()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_characters_are_where_they_were_drawn_however_the_page_is_turned(turn: int) -> None:
    pytest.importorskip("reportlab", reason="reportlab draws the test files")
    from tests.printed_pdf import HEIGHT, WIDTH, pdf, place

    page = read_page(pdf(turn=turn), 2)
    spot = page.text.index("200元")
    boxes = [box for box in page.boxes[spot : spot + 4] if box]
    left, base, right, size = place(2, "200元")
    # in points of the page as it was drawn, from its upper left
    wanted = (left / WIDTH, (HEIGHT - base - size) / HEIGHT, right / WIDTH, (HEIGHT - base) / HEIGHT)
    turned = {
        0: lambda x, y: (x, y),
        90: lambda x, y: (1 - y, x),
        180: lambda x, y: (1 - x, 1 - y),
        270: lambda x, y: (y, 1 - x),
    }[turn]
    ends = [turned(wanted[0], wanted[1]), turned(wanted[2], wanted[3])]
    xs, ys = sorted(x for x, _ in ends), sorted(y for _, y in ends)
    seen = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    for got, want in zip(seen, (xs[0], ys[0], xs[1], ys[1]), strict=True):
        assert abs(got - want) * max(WIDTH, HEIGHT) < 5  # points


def test_a_picture_has_the_shape_of_its_page_and_bounds(rules: bytes) -> None:
    width, height, kind, _ = pixels(draw_page(rules, 1, 800))
    assert (width, kind) == (800, 0) and abs(height / width - 842 / 595) < 0.01
    assert count_pages(rules) == 3
    for wrong in (0, -1, 4, 10**6):
        with pytest.raises(PageUnusable):
            draw_page(rules, wrong, 800)


def raw_pdf(box: str, content: bytes = b"", pages: int = 1) -> bytes:
    """A PDF written by hand, all of whose pages are the same."""
    kids = " ".join("3 0 R" for _ in range(pages))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>".encode(),
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R /Resources << >> >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, part in enumerate(parts, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    start = out.tell()
    out.write(b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % each for each in places))
    out.write(b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


@pytest.mark.parametrize(
    "box", ["0 0 14400 14400", "0 0 999999 10", "0 0 2 900000", "0 0 1e9 1e9", "0 0 0 0", "5 5 -5 9"]
)
def test_a_page_of_a_silly_size_is_bounded_or_refused(box: str) -> None:
    try:
        width, height, *_ = pixels(draw_page(raw_pdf(box), 1, 2600))
    except PageUnusable:
        return
    assert width * height <= 1.1 * MOST_PIXELS and max(width, height) <= LONGEST_SIDE + 1


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\njunk", b"\x00" * 1000])
def test_a_broken_file_is_unusable(data: bytes) -> None:
    for call in (lambda: count_pages(data), lambda: read_page(data, 1), lambda: draw_page(data, 1, 800)):
        with pytest.raises(PageUnusable):
            call()


def test_half_a_file_does_no_harm(rules: bytes) -> None:
    for size in range(0, len(rules), len(rules) // 12):
        try:
            read_page(rules[:size], 1)
        except PageUnusable:
            continue


def test_thousands_of_pages_are_no_trouble() -> None:
    data = raw_pdf("0 0 595 842", pages=5000)
    assert count_pages(data) == 5000
    assert pixels(draw_page(data, 4999, 800))[0] == 800


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed, "_DRAWING", 0.0)
    lines = b"".join(b"%d %d m %d %d l S\n" % (n % 590, n % 800, (n * 7) % 590, (n * 13) % 800) for n in range(20_000))
    started = time.monotonic()
    with pytest.raises(PageTooSlow):
        draw_page(raw_pdf("0 0 595 842", lines), 1, 2600)
    assert time.monotonic() - started < 10


def test_while_a_file_is_being_read_a_page_waits_and_then_gives_up(
    rules: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printed, "_PATIENCE", 0.05)
    with loader.ONE_AT_A_TIME, pytest.raises(PageTooSlow):
        count_pages(rules)
    assert count_pages(rules) == 3


def test_many_threads_at_once_all_get_their_page(rules: bytes) -> None:
    got: list[int] = []
    threads = [threading.Thread(target=lambda: got.append(len(draw_page(rules, 1, 800)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8 and len(set(got)) == 1
