"""What ``load`` says before any loader runs: suffixes, kinds of content, emptiness."""

import io
import zipfile
from pathlib import Path

import pytest

from corpus import errors
from corpus.loaders import LOADERS, load

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)


def word() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("word/document.xml", "<document><body><p><r><t>甲</t></r></p></body></document>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.txt", b"%PDF-1.7 ...", "a PDF"),
        ("a.pdf", word(), "a Word document"),
        ("a.epub", word(), "a Word document"),
        ("a.md", word(), "a Word document"),
        ("a.docx", "只是文字".encode(), "plain text"),
        ("a.pdf", "只是文字".encode("gb18030"), "plain text"),
        ("a.pdf", b"<!DOCTYPE html><html><p>Not found</p></html>", "a web page"),
        ("a.txt", b"\n<html><body>x</body></html>", "a web page"),
        ("a.docx", b"{\\rtf1 x}", "rich text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture"),
    ],
)
def test_a_wrong_suffix_says_what_the_content_is(name: str, data: bytes, found: str) -> None:
    with pytest.raises(errors.WrongSuffix, match=rf"{name}: named '\.\w+' but its content is {found}.*; rename it"):
        load(Path(name), data)


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.docx", "a.txt"])
def test_an_old_word_file_says_how_to_convert_it(name: str) -> None:
    with pytest.raises(errors.OldOfficeFile, match=r"save it as \.docx"):
        load(Path(name), OLE)


def test_an_encrypted_word_file_says_so() -> None:
    with pytest.raises(errors.EncryptedFile):
        load(Path("a.docx"), OLE + "EncryptedPackage".encode("utf-16-le"))


@pytest.mark.parametrize("suffix", sorted(LOADERS))
@pytest.mark.parametrize("data", [b"", b" \r\n\t", bytes(10)])
def test_nothing_in_it(suffix: str, data: bytes) -> None:
    with pytest.raises(errors.EmptyFile):
        load(Path(f"a{suffix}"), data)


def test_a_mark_and_invisible_characters_are_nothing() -> None:
    with pytest.raises(errors.EmptyFile):
        load(Path("a.txt"), "\ufeff\u200b\n　".encode())


@pytest.mark.parametrize("name", ["a.xlsx", "noextension", ".txt"])
def test_an_unknown_suffix_lists_the_known_ones(name: str) -> None:
    with pytest.raises(errors.UnsupportedFormat, match=r"convert it to one of .*\.docx .*\.pdf .*\.txt"):
        load(Path(name), b"x")


def test_suffixes_in_capitals_are_suffixes() -> None:
    assert [block.text for block in load(Path("A.TXT"), b"x").blocks] == ["x"]
    assert [block.text for block in load(Path("A.DOCX"), word()).blocks] == ["甲"]


def test_messages_are_one_printable_line() -> None:
    error = errors.UnreadableFile("two\nlines\udcff.txt", detail="a\nb")
    assert str(error) == "two\\nlines\\udcff.txt: cannot be read (a\\nb); check the file and its permissions"
