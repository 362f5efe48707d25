"""From a file to a document."""

import hashlib
import os
from pathlib import Path

import pytest

from corpus.document import document_id
from corpus.errors import CorpusError, EmptyFile, FileTooLarge, NotAFile, UnreadableFile
from corpus.ingest import ingest
from tests.printed_pdf import pdf

LETTER = (
    "松水函〔2021〕7号\n\n关于清渠的函\n\n县林业局：\n\n请协助清理 12 处水渠。\n\n松山县水利局\n\n2021 年 4 月 2 日\n"
)


def test_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    document = ingest(path, max_bytes=10_000)
    assert document.title == "关于清渠的函"
    assert document.metadata["date"] == "2021-04-02"
    assert [document.text[p.start : p.end] for p in document.paragraphs][3] == "请协助清理12处水渠。"
    assert document.content_hash == hashlib.sha256(LETTER.encode()).hexdigest()
    assert document.id == document_id(str(path), document.content_hash)
    assert document.path == str(path)


def test_the_same_file_elsewhere_has_an_id_of_its_own(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(LETTER, encoding="utf-8")
    first, second = (ingest(tmp_path / name, max_bytes=10_000) for name in ("a.txt", "b.txt"))
    assert first.content_hash == second.content_hash
    assert first.id != second.id
    assert ingest(tmp_path / "a.txt", max_bytes=10_000) == first


def test_titles_of_other_files(tmp_path: Path) -> None:
    (tmp_path / "guide.md").write_text("intro\n\n# River Guide\n\nText.\n", encoding="utf-8")
    (tmp_path / "plain.txt").write_text("这一段话很长，是正文，没有题目，后面也没有别的段落了。\n", encoding="utf-8")
    assert ingest(tmp_path / "guide.md", max_bytes=1000).title == "River Guide"
    assert ingest(tmp_path / "plain.txt", max_bytes=1000).title == "plain"


def test_a_chapter_is_no_title_whatever_the_format_marks(tmp_path: Path) -> None:
    rules, bare, made = tmp_path / "rules.md", tmp_path / "bare.md", tmp_path / "made.pdf"
    rules.write_text("松山县水渠巡查办法\n\n# 第一章 总则\n\n第一条 为了保护水渠。\n\n# 附则\n\n完。\n", "utf-8")
    bare.write_text("# 第一章 总则\n\n第一条 为了保护水渠。\n\n## 范围\n\n本县。\n", "utf-8")
    made.write_bytes(pdf())
    assert ingest(rules, max_bytes=1000).title == "松山县水渠巡查办法"
    assert ingest(bare, max_bytes=1000).title == "bare"
    assert ingest(made, max_bytes=10**7).title == "青禾市人民政府关于加强公共自行车管理的通知"


def test_what_cannot_be_used(tmp_path: Path) -> None:
    big, blank = tmp_path / "big.txt", tmp_path / "blank.txt"
    big.write_text("水" * 100, encoding="utf-8")
    blank.write_text("\u200b \n\ufeff\n\u3000", encoding="utf-8")
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    for path, error in (
        (big, FileTooLarge),
        (blank, EmptyFile),
        (pipe, NotAFile),
        (tmp_path, NotAFile),
        (tmp_path / "none.txt", UnreadableFile),
    ):
        with pytest.raises(error) as caught:
            ingest(path, max_bytes=200)
        assert isinstance(caught.value, CorpusError)
        assert str(path) in str(caught.value)
