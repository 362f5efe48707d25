"""DOCX, EPUB and ODT: zipped XML, friendly and hostile. Every file is written here."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from corpus import errors
from corpus.loaders import load
from corpus.loaders.source import Source
from corpus.loaders.word_numbering import chinese, numeral

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
    for short in ("office", "text", "table", "meta")
)
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A Word document of ``body``; ``parts`` are further parts (styles, numbering, footnotes)."""
    named = {f"word/{name}.xml": f'<w:{name} xmlns:w="{W}">{content}</w:{name}>' for name, content in parts.items()}
    return archive({"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>', **named})


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def shown(source: Source) -> list[tuple[int | None, str]]:
    return [(block.heading, block.text) for block in source.blocks]


def docx(data: bytes) -> list[tuple[int | None, str]]:
    return shown(load(Path("a.docx"), data))


def test_a_document_of_python_docx() -> None:
    library: Any = pytest.importorskip("docx", reason="python-docx writes the test file")
    document = library.Document()
    document.core_properties.title = "门禁管理办法"
    document.add_heading("总则", 1)
    document.add_paragraph("出入应当刷卡。")
    run = document.add_paragraph("联系人").add_run()
    run.add_break()
    run.add_text("待定")
    table = document.add_table(3, 3)
    for row, texts in enumerate((("区域", "时间", "备注"), ("东门", "8时", ""), ("", "合并", ""))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(2, 1).merge(table.cell(2, 2))
    document.add_paragraph("登记", style="List Number")
    document.add_paragraph("换证", style="List Number")
    document.add_paragraph("完。")
    stream = io.BytesIO()
    document.save(stream)
    source = load(Path("a.docx"), stream.getvalue())
    assert source.title == "门禁管理办法"
    assert shown(source) == [
        (1, "总则"),
        (None, "出入应当刷卡。"),
        (None, "联系人\n待定"),
        (None, "区域 | 时间 | 备注"),
        (None, "区域：东门 | 时间：8时 | 备注："),
        (None, "区域：东门 | 时间：合并"),
        (None, "1. 登记"),
        (None, "2. 换证"),
        (None, "完。"),
    ]


def test_headings_by_chinese_style_by_inheritance_and_by_outline_level() -> None:
    styles = (
        '<w:style w:styleId="a3"><w:name w:val="标题 2"/></w:style>'
        '<w:style w:styleId="mine"><w:name w:val="自定义"/><w:basedOn w:val="a3"/></w:style>'
    )
    body = (
        paragraph("甲", '<w:pStyle w:val="a3"/>')
        + paragraph("乙", '<w:pStyle w:val="mine"/>')
        + paragraph("丙", '<w:outlineLvl w:val="0"/>')
        + paragraph("丁", '<w:pStyle w:val="a3"/><w:outlineLvl w:val="9"/>')
    )
    assert docx(word(body, styles=styles)) == [(2, "甲"), (2, "乙"), (1, "丙"), (None, "丁")]


def test_automatic_numbers_are_part_of_what_is_printed() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="5">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    )
    body = "".join(
        paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>')
        for text, depth in (("目标", 0), ("近期", 1), ("远期", 1), ("措施", 0), ("经费", 1))
    )
    assert [text for _, text in docx(word(body, numbering=numbering))] == [
        "一、目标",
        "1. 近期",
        "2. 远期",
        "二、措施",
        "1. 经费",
    ]


def test_numerals() -> None:
    assert [chinese(n) for n in (1, 10, 12, 20, 105, 110, 2024)] == [
        "一", "十", "十二", "二十", "一百〇五", "一百一十", "二千〇二十四",
    ]  # fmt: skip
    kinds = ("lowerLetter", "upperRoman", "decimalEnclosedCircle", "ideographTraditional", "unheardOf")
    assert [numeral(4, kind) for kind in kinds] == ["d", "IV", "④", "丁", "4"]


def test_deleted_and_hidden_text_goes_and_inserted_text_stays() -> None:
    body = (
        "<w:p><w:r><w:t>限期</w:t></w:r><w:del><w:r><w:delText>三</w:delText><w:t>三</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>五</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>"
        '<w:r><w:t>日</w:t><w:br w:type="page"/></w:r></w:p>'
    )
    assert docx(word(body)) == [(None, "限期五日")]


def test_text_boxes_content_controls_and_notes_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('框中')}</w:txbxContent>"
    body = (
        f'<w:p xmlns:mc="m"><w:r><w:t>正文</w:t><mc:AlternateContent><mc:Choice>{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>"
    )
    notes = f'<w:footnote w:type="separator">{paragraph("线")}</w:footnote><w:footnote>{paragraph("脚注")}</w:footnote>'
    assert [text for _, text in docx(word(body, footnotes=notes))] == ["正文", "框中", "控件", "脚注"]


def epub(chapters: Mapping[str, str], extra: Mapping[str, str] | None = None) -> bytes:
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml" properties="{name}"/>'
        for name in chapters
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    return archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/b.opf"/></rootfiles></container>',
            "OPS/b.opf": f"<package><metadata {DC}><dc:title>手册</dc:title></metadata>"
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
            **{f"OPS/{name}.xhtml": text for name, text in chapters.items()},
            **(extra or {}),
        }
    )


CHAPTER = (
    '<?xml version="1.0" encoding="utf-8"?><html><head><title/></head>'
    '<body><h1>{0}</h1><a id="x"/><p>{0}的话。</p></body></html>'
)


def test_a_book_is_read_along_its_spine() -> None:
    source = load(Path("a.epub"), epub({"nav": "<p>目录</p>", "z": CHAPTER.format("甲"), "a": CHAPTER.format("乙")}))
    assert source.title == "手册"
    assert shown(source) == [(1, "甲"), (None, "甲的话。"), (1, "乙"), (None, "乙的话。")]


def test_a_locked_book_says_so() -> None:
    lock = '<encryption><CipherReference URI="OPS/a.xhtml"/></encryption>'
    with pytest.raises(errors.EncryptedFile):
        load(Path("a.epub"), epub({"a": CHAPTER.format("甲")}, {"META-INF/encryption.xml": lock}))


def odt(body: str, manifest: str = "<manifest/>") -> bytes:
    content = f"<office:document-content {ODF}><office:body><office:text>{body}</office:text></office:body>"
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content + "</office:document-content>",
            "meta.xml": f"<office:document-meta {ODF} {DC}><dc:title>规程</dc:title></office:document-meta>",
            "META-INF/manifest.xml": manifest,
        }
    )


def test_open_document_text() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    body = (
        '<text:tracked-changes><text:p>删去</text:p></text:tracked-changes><text:h text:outline-level="2">范围</text:h>'
        '<text:p>甲<text:s text:c="2"/>乙<text:span>丙</text:span>丁<text:line-break/>戊'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注文</text:p></text:note-body>"
        "</text:note>己</text:p><text:list><text:list-item><text:p>项</text:p></text:list-item></text:list>"
        f"<table:table><table:table-row>{cell.format('左')}{cell.format('右')}</table:table-row></table:table>"
    )
    source = load(Path("a.odt"), odt(body))
    assert source.title == "规程"
    assert shown(source) == [(2, "范围"), (None, "甲  乙丙丁\n戊己"), (None, "项"), (None, "左 | 右"), (None, "注文")]


def test_a_locked_open_document_says_so() -> None:
    with pytest.raises(errors.EncryptedFile):
        load(Path("a.odt"), odt("<text:p>甲</text:p>", "<manifest><encryption-data/></manifest>"))


def test_external_entities_are_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("机密", encoding="utf-8")
    declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    document = f'{declared}<w:document xmlns:w="{W}"><w:body>{paragraph("公开&e;")}</w:body></w:document>'
    assert docx(archive({"word/document.xml": document})) == [(None, "公开")]
    book = load(Path("a.epub"), epub({"a": declared + "<html><body><p>公开&e;</p></body></html>"}))
    assert "机密" not in "".join(block.text for block in book.blocks)


def test_entities_that_multiply_are_refused_or_left_alone() -> None:
    lines = "".join(f'<!ENTITY e{n} "{10 * ("&e" + str(n - 1) + ";")}">' for n in range(1, 12))
    document = f'<!DOCTYPE x [<!ENTITY e0 "lol">{lines}]><w:document xmlns:w="{W}"><w:body>{paragraph("&e11;")}'
    with pytest.raises(errors.CorpusError):
        docx(archive({"word/document.xml": document + "</w:body></w:document>"}))


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.loaders.package.MOST_BYTES", 2**20)
    with pytest.raises(errors.UnreadableFile, match="unpacks to more than 1 MB"):
        docx(archive({"word/document.xml": b" " * 2**21}))


@pytest.mark.parametrize("suffix", [".docx", ".epub", ".odt"])
def test_truncated_and_foreign_archives_say_so(suffix: str) -> None:
    for data in (word(paragraph("甲"))[:-40], archive({"readme": "x"})):
        with pytest.raises(errors.UnreadableFile, match="damaged"):
            load(Path(f"a{suffix}"), data)


def test_a_part_that_is_no_xml_says_so() -> None:
    with pytest.raises(errors.UnreadableFile, match="no well-formed XML"):
        docx(archive({"word/document.xml": "<w:document>"}))


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(errors.UnreadableFile):
        docx(word("<w:sdt>" * 5000 + "</w:sdt>" * 5000))


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("suffix", [".epub", ".docx", ".odt", ".ofd", ".txt", ".pdf"])
def test_a_media_type_that_cannot_be_unpacked(method: int, suffix: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        package.writestr("mimetype", "application/epub+zip" * 50)
        packed = package.getinfo("mimetype").compress_size
    data = bytearray(stream.getvalue())
    start = 30 + len("mimetype")  # the local header of a ZIP archive, and the name behind it
    data[start : start + packed] = b"\xff" * packed
    with pytest.raises(errors.CorpusError):
        load(Path(f"a{suffix}"), bytes(data))
