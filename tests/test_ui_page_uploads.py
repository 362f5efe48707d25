"""Names of uploads and the folder that keeps them."""

from pathlib import Path

import pytest

from ui.page_uploads import LONGEST_NAME, UploadFolder, safe_name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("报告（终稿）.txt", "报告（终稿）.txt"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.txt", "boot.txt"),
        ("/absolute/a.txt", "a.txt"),
        ("a\"b'c<d>.txt", "a_b'c_d_.txt"),
        ("a\x00b\nc\x7f.txt", "abc.txt"),
        ("abc\u202etxt.exe", "abctxt.exe"),
        (".hidden.txt", "hidden.txt"),
        ("..", "document"),
        ("", "document"),
        ("   .  ", "document"),
        (".txt", "document.txt"),
        ("CON.txt", "_CON.txt"),
    ],
)
def test_names_are_made_safe(name: str, kept: str) -> None:
    assert safe_name(name) == kept


def test_an_over_long_name_is_cut_between_characters_and_keeps_its_suffix() -> None:
    kept = safe_name("问" * 300 + ".txt")
    assert kept == "问" * ((LONGEST_NAME - 4) // 3) + ".txt"


def test_another_file_of_the_same_name_gets_a_number_and_the_same_file_none(tmp_path: Path) -> None:
    folder = UploadFolder(tmp_path / "uploads")
    one, two = tmp_path / "1", tmp_path / "2"
    one.write_text("甲")
    two.write_text("乙")
    kept = [folder.keep(each, "a.txt").name for each in (one, two, one, two)]
    assert kept == ["a.txt", "a (2).txt", "a.txt", "a (2).txt"]
    assert (folder.root / "a.txt").read_text() == "甲"


def test_a_planted_link_is_neither_followed_nor_overwritten(tmp_path: Path) -> None:
    folder = UploadFolder(tmp_path / "uploads")
    folder.root.mkdir()
    victim, source = tmp_path / "victim", tmp_path / "source"
    victim.write_text("mine")
    source.write_text("theirs")
    (folder.root / "a.txt").symlink_to(victim)
    assert folder.keep(source, "a.txt").name == "a (2).txt"
    assert victim.read_text() == "mine"


def test_only_our_own_copies_are_ever_deleted(tmp_path: Path) -> None:
    folder = UploadFolder(tmp_path / "uploads")
    outside = tmp_path / "own.txt"
    outside.write_text("mine")
    folder.discard(str(outside))
    folder.discard(str(folder.root / ".." / "own.txt"))
    assert outside.exists()
