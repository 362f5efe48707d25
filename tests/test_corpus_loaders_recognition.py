"""Scans and pictures: read where the extra is installed, named where it is not."""

import io
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus import errors
from corpus.ingest import ingest_bytes
from corpus.loaders import load, recognition
from corpus.page_progress import pages_told_to

pytest.importorskip("reportlab", reason="reportlab draws the test files")
Image = pytest.importorskip("PIL.Image", reason="Pillow opens pictures")
pdfium = pytest.importorskip("pypdfium2")

LINES = (
    "松山县水利局关于清理村边水渠的通知",
    "松水发〔2021〕7号",
    "各乡镇人民政府：",
    "　　全县已清淤三十公里，村边水渠每月巡查两次，今年投",
    "入资金1250.6万元。",
)
PNG = b"\x89PNG\r\n\x1a\n"
needs_recognition = pytest.mark.skipif(not recognition.is_installed(), reason="the extra wenju[ocr] is not installed")


def printed(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with a text layer."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    for lines in pages:
        canvas.setFont("STSong-Light", 16)
        for row, line in enumerate(lines):
            canvas.drawString(90 + 16 * (len(line) - len(line.lstrip("　"))), 740 - row * 28, line.strip("　"))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def pictures(pages: Sequence[Sequence[str]]) -> list[object]:
    """The pages as a scanner sees them."""
    document = pdfium.PdfDocument(printed(pages))
    return [page.render(scale=200 / 72).to_pil().convert("RGB") for page in document]


def scanned(pages: Sequence[Sequence[str]], format: str) -> bytes:
    first, *others = pictures(pages)
    stream = io.BytesIO()
    more = {"save_all": True, "append_images": others} if format in ("PDF", "TIFF") else {}
    first.save(stream, format, resolution=200, **more)  # type: ignore[attr-defined]
    return stream.getvalue()


def has_chinese_glyphs() -> bool:
    """Whether the renderer has a font for the Chinese characters that the PDF does not embed."""
    import numpy as np

    page = pdfium.PdfDocument(printed([LINES[:1]]))[0].render(scale=1).to_numpy()
    return bool(np.asarray(page).min() < 200)


@needs_recognition
@pytest.mark.skipif(not has_chinese_glyphs(), reason="no font with Chinese characters is installed")
@pytest.mark.parametrize(("format", "suffix"), [("PDF", ".pdf"), ("PNG", ".png"), ("TIFF", ".tif"), ("JPEG", ".jpg")])
def test_a_scan_is_read_line_by_line(format: str, suffix: str) -> None:
    document = ingest_bytes(Path(f"/a{suffix}"), scanned([LINES], format))
    assert document.title == LINES[0]
    assert document.metadata["number"] == LINES[1]
    assert "全县已清淤三十公里，村边水渠每月巡查两次，今年投入资金1250.6万元。" in document.text


@needs_recognition
@pytest.mark.skipif(not has_chinese_glyphs(), reason="no font with Chinese characters is installed")
def test_pages_are_told_one_by_one() -> None:
    told: list[tuple[int, int]] = []
    with pages_told_to(lambda done, total: told.append((done, total))):
        source = load(Path("/a.pdf"), scanned([LINES[:1], LINES[1:2]], "PDF"))
    assert told == [(0, 2), (1, 2)]
    assert [(block.page, block.text) for block in source.blocks if block.text] == [(1, LINES[0]), (2, LINES[1])]


@needs_recognition
def test_an_empty_scan_says_so() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(stream, "PNG")
    with pytest.raises(errors.NoTextFound, match="1 page"):
        load(Path("/a.png"), stream.getvalue())


@needs_recognition
@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n" + b"\0" * 500, b"\xff\xd8\xff" + b"x" * 90]
)
def test_a_damaged_picture_says_so(data: bytes) -> None:
    with pytest.raises(errors.UnreadableFile, match="picture"):
        load(Path("/a.png"), data)


@needs_recognition
@pytest.mark.parametrize("format", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
def test_damage_anywhere_is_a_line_and_no_traceback(monkeypatch: pytest.MonkeyPatch, format: str) -> None:
    monkeypatch.setattr(recognition, "lines_in", lambda pixels, scale: [])
    stream = io.BytesIO()
    Image.effect_noise((60, 40), 50).convert("RGB").save(stream, format)
    whole, draw = stream.getvalue(), random.Random(0)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(draw.choice((1, 3, 10))):
            data[draw.randrange(min(len(data), draw.choice((40, 200, len(data)))))] = draw.randrange(256)
        with pytest.raises(errors.CorpusError):
            load(Path(f"/a.{format.lower()}"), bytes(data))


@pytest.mark.parametrize("suffix", [".pdf", ".png"])
def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    monkeypatch.setattr(recognition, "is_installed", lambda: False)
    stream = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(stream, "PDF" if suffix == ".pdf" else "PNG")
    with pytest.raises((errors.NoTextLayer, errors.NoRecognition), match=r"wenju\[ocr\]"):
        load(Path(f"/a{suffix}"), stream.getvalue())
