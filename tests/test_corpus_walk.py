"""Which files of a folder are indexed, and what is said of the others."""

import os
import socket
from pathlib import Path

import pytest

from corpus import errors
from corpus.walk import Walk, find_files


def walk(*paths: Path, max_bytes: int = 1000) -> Walk:
    return find_files(paths, max_bytes=max_bytes, suffixes={".txt", ".md"})


def names(found: Walk) -> list[str]:
    return [path.name for path in found.files]


def write(path: Path, text: str = "字") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_folders_are_searched_to_the_bottom_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/deep/er/c.TXT"):
        write(tmp_path / name)
    assert walk(tmp_path).files == tuple(tmp_path.resolve() / name for name in ("a/deep/er/c.TXT", "a/z.md", "b.txt"))


def test_every_file_is_taken_once(tmp_path: Path) -> None:
    file = write(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "same.txt").symlink_to(file)
    assert names(walk(tmp_path, tmp_path / "in", file, file.parent / ".." / "in" / "a.txt")) == ["a.txt"]


def test_a_folder_named_like_a_file_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "a.txt" / "b.txt")
    assert names(walk(tmp_path)) == names(walk(tmp_path / "a.txt")) == ["b.txt"]


def test_hidden_things_are_reported_unless_named(tmp_path: Path) -> None:
    hidden, inside = write(tmp_path / ".a.txt"), write(tmp_path / ".git" / "b.txt")
    found = walk(tmp_path)
    assert not found.files
    assert [type(error) for error in found.skipped] == [errors.HiddenFile, errors.HiddenFile]
    assert names(walk(hidden, inside.parent)) == [".a.txt", "b.txt"]


def test_links_that_leave_the_folder_are_reported_and_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "out" / "secret.txt")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "file.txt").symlink_to(tmp_path / "out" / "secret.txt")
    (folder / "folder").symlink_to(tmp_path / "out")
    found = walk(folder)
    assert not found.files
    assert [type(error) for error in found.skipped] == [errors.OutsideFolder] * 2
    assert "secret.txt" in str(found.skipped[0])
    assert names(walk(folder / "folder")) == ["secret.txt"], "a link that the user names is followed"


def test_a_link_to_a_hidden_file_inside_does_not_open_it(tmp_path: Path) -> None:
    write(tmp_path / ".private" / "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / ".private" / "a.txt")
    assert not walk(tmp_path).files


def test_loops_and_dead_links_end(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nowhere.txt")
    found = walk(tmp_path)
    assert names(found) == ["a.txt"]
    assert [Path(error.path).name for error in found.skipped] == ["dead.txt", "loop.txt"]


def test_size_suffix_and_absence_are_reported(tmp_path: Path) -> None:
    write(tmp_path / "big.txt", "x" * 1001)
    write(tmp_path / "sheet.xlsx")
    write(tmp_path / "old.doc")
    found = walk(tmp_path, tmp_path / "gone.txt")
    assert {Path(error.path).name: type(error) for error in found.skipped} == {
        "big.txt": errors.FileTooLarge,
        "sheet.xlsx": errors.UnsupportedFormat,
        "old.doc": errors.OldOfficeFile,
        "gone.txt": errors.UnreadableFile,
    }
    assert all("\n" not in str(error) for error in found.skipped)


def test_pipes_and_sockets_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    monkeypatch.chdir(tmp_path)  # a socket's address must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.txt")
        found = walk(tmp_path)
    assert not found.files
    assert [error.facts["kind"] for error in found.skipped] == ["a named pipe", "a socket"]
    assert isinstance(walk(Path("/dev/null")).skipped[0], errors.NotAFile)


def test_a_folder_that_cannot_be_read_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "shut" / "a.txt")
    write(tmp_path / "b.txt")
    scandir = os.scandir

    def refusing(folder: Path) -> object:
        if Path(folder).name == "shut":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    found = walk(tmp_path)
    assert names(found) == ["b.txt"]
    assert "permission denied" in str(found.skipped[0])


def test_names_that_are_no_utf_8_do_no_harm(tmp_path: Path) -> None:
    name = os.fsdecode("通知".encode("gbk"))
    try:
        write(tmp_path / f"{name}.txt")
        write(tmp_path / f"{name}.bin")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    found = walk(tmp_path)
    assert len(found.files) == 1
    assert str(found.skipped[0]).encode("utf-8")
    write(tmp_path / "two\nlines.bin")
    assert all("\n" not in str(error) for error in walk(tmp_path).skipped)
