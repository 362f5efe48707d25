"""OFD files, written here to GB/T 33190-2016, friendly and hostile."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from corpus import errors
from corpus.ingest import ingest_bytes
from corpus.loaders import load

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = "松山县水利局文件"
LINES = (
    "松水发〔2021〕7号",
    "关于清理村边水渠的通知",
    "各乡镇人民政府：",
    "为了保证春灌，各乡镇要在四月底以前清理村边水渠三十公里，所需经费由县财政承",
    "担，每公里补助2000元。",
    "松山县水利局",
    "2021年4月2日",
)


def archive(parts: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def text_object(text: str, x: float, y: float, size: float = 4.0, more: str = "") -> str:
    """A line whose baseline begins at (x, y) millimetres from the upper left corner."""
    steps = f"g {len(text) - 1} {size}" if len(text) > 1 else ""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y - size} {size * len(text)} {size * 1.2}" Font="1" Size="{size}"'
        f" {more}>"
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def page(lines: Sequence[str], more: str = "") -> str:
    objects = "".join(text_object(line, 20, 40 + 8 * n) for n, line in enumerate(lines))
    return (
        f"<ofd:Page {OFD}><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>"
        f'<ofd:Content><ofd:Layer ID="2">{objects}{more}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def ofd(*pages: str, location: str = "Doc_0/Document.xml", base: str = "Pages/Page_{n}/Content.xml") -> dict[str, str]:
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="{base.format(n=n)}"/>' for n in range(len(pages)))
    parts = {
        "OFD.xml": (
            f'<ofd:OFD {OFD} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
            f"<ofd:Title>关于清渠的通知</ofd:Title></ofd:DocInfo><ofd:DocRoot>{location}</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        ),
        "Doc_0/Document.xml": (
            f"<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            f"</ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        ),
    }
    return parts | {f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)}


def test_the_lines_of_its_pages_in_order() -> None:
    source = load(Path("通知.ofd"), archive(ofd(page(LINES), page(["附表在后。"]))))
    assert [block.text.strip() for block in source.blocks if block.text.strip()] == [*LINES, "附表在后。"]
    assert [block.page for block in source.blocks][-1] == 2
    assert source.wrapped


def test_as_a_document_it_knows_what_it_is() -> None:
    document = ingest_bytes(Path("/通知.ofd"), archive(ofd(page(LINES))))
    assert document.metadata["number"] == "松水发〔2021〕7号"
    assert document.metadata["issuer"] == "松山县水利局"
    assert "县财政承担，每公里补助2000元。" in document.text
    assert document.paragraphs[0].page == 1


@pytest.mark.parametrize(
    ("location", "base"),
    [
        ("/Doc_0/Document.xml", "/Doc_0/Pages/Page_{n}/Content.xml"),
        ("Doc_0/Document.xml", "./Pages/../Pages/Page_{n}/Content.xml"),
    ],
)
def test_locations_from_the_root_and_from_the_part(location: str, base: str) -> None:
    source = load(Path("a.ofd"), archive(ofd(page(["一行字。"]), location=location, base=base)))
    assert [block.text for block in source.blocks] == ["一行字。"]


def test_pieces_of_one_line_and_nested_blocks_and_a_matrix() -> None:
    pieces = text_object("补助", 20, 100) + text_object("二百元", 28, 100)
    nested = f'<ofd:PageBlock ID="3">{text_object("另一行", 0, 0, more=CTM)}</ofd:PageBlock>'
    source = load(Path("a.ofd"), archive(ofd(page([], pieces + nested))))
    assert [block.text.strip() for block in source.blocks if block.text.strip()] == ["补助二百元", "另一行"]


CTM = 'CTM="1 0 0 1 20 120"'


def test_a_watermark_across_the_page_is_left_out() -> None:
    watermark = text_object("内部资料", 60, 150, size=20, more='CTM="0.7 0.7 -0.7 0.7 0 0"')
    source = load(Path("a.ofd"), archive(ofd(page(["正文。"], watermark))))
    assert [block.text for block in source.blocks] == ["正文。"]


def test_a_scan_has_no_text() -> None:
    picture = '<ofd:ImageObject ID="5" Boundary="0 0 210 297" ResourceID="7"/>'
    with pytest.raises(errors.NoTextLayer):
        load(Path("a.ofd"), archive(ofd(page([], picture))))


def test_encrypted() -> None:
    parts = ofd(page(["正文。"]))
    parts["OFD.xml"] = parts["OFD.xml"].replace(
        "</ofd:DocBody>", "<ofd:Encryptions>e.xml</ofd:Encryptions></ofd:DocBody>"
    )
    with pytest.raises(errors.EncryptedFile):
        load(Path("a.ofd"), archive(parts))


@pytest.mark.parametrize(
    "change",
    [
        {"Doc_0/Document.xml": None},
        {"Doc_0/Document.xml": "<ofd:Document"},
        {"Doc_0/Document.xml": f"<ofd:Document {OFD}/>"},
        {"OFD.xml": None},
    ],
)
def test_damaged(change: dict[str, str | None]) -> None:
    parts = {name: content for name, content in (ofd(page(["正文。"])) | change).items() if content is not None}
    with pytest.raises(errors.CorpusError):
        load(Path("a.ofd"), archive(parts))


def test_numbers_that_are_none() -> None:
    odd = text_object("正文。", 20, 100).replace('Size="4.0"', 'Size="nan"').replace("g 2 4.0", "g 99999999999 inf x")
    source = load(Path("a.ofd"), archive(ofd(page([], odd))))
    assert [block.text.strip() for block in source.blocks if block.text.strip()] == ["正文。"]


def test_a_page_that_is_missing_is_passed_over() -> None:
    parts = ofd(page(["第一页的字。"]), page(["第二页的字。"]))
    del parts["Doc_0/Pages/Page_0/Content.xml"]
    assert [block.text for block in load(Path("a.ofd"), archive(parts)).blocks] == ["第二页的字。"]


def test_a_suffix_that_does_not_fit() -> None:
    with pytest.raises(errors.WrongSuffix):
        load(Path("a.docx"), archive(ofd(page(["正文。"]))))
