"""Only what lies in the allowed folders can be added by its path, wherever links and dots lead."""

import os
from pathlib import Path

import pytest

from ui.page_paths import NoFolder, folders, permitted


@pytest.fixture
def allowed(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("秘密")
    (tmp_path / "allowed-not").mkdir()
    (tmp_path / "allowed-not" / "x.txt").write_text("x")
    folder = tmp_path / "allowed"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text("a")
    (folder / "sub" / "b.txt").write_text("b")
    return folder


@pytest.mark.parametrize(
    "said", ["{0}/a.txt", "a.txt", " a.txt ", '"{0}/a.txt"', "sub/../a.txt", "./a.txt", "{0}//a.txt"]
)
def test_a_file_of_the_folder_may_be_added(allowed: Path, said: str) -> None:
    assert permitted(said.format(allowed), [allowed]) == allowed / "a.txt"


def test_the_folder_itself_and_those_in_it(allowed: Path) -> None:
    assert permitted(str(allowed), [allowed]) == allowed == permitted(".", [allowed])
    assert permitted("sub", [allowed]) == allowed / "sub"


@pytest.mark.parametrize(
    "said",
    [
        "{0}/../secret.txt",
        "../secret.txt",
        "sub/../../secret.txt",
        "{0}/..",
        "/etc/passwd",
        "/etc/no-such-file",
        "/root",
        "/",
        "{0}-not/x.txt",
        "a.txt\0.txt",
        "x" * 10**5,
        "../" * 500,
    ],
)
def test_what_lies_outside_may_not_whether_it_is_there_or_not(allowed: Path, said: str) -> None:
    assert permitted(said.format(allowed), [allowed]) == "path_outside"


@pytest.mark.parametrize(
    "said", ["~/x.txt", "~root/x.txt", "$HOME", "file:///etc/passwd", "http://example.org/a", "%2e%2e/secret.txt"]
)
def test_nothing_is_expanded(allowed: Path, said: str) -> None:
    assert permitted(said, [allowed]) == "path_missing"


def test_a_link_counts_as_what_it_leads_to(allowed: Path, tmp_path: Path) -> None:
    (allowed / "out.txt").symlink_to(tmp_path / "secret.txt")
    (allowed / "up").symlink_to(tmp_path)
    (allowed / "inner.txt").symlink_to(allowed / "a.txt")
    (allowed / "dead.txt").symlink_to(allowed / "gone.txt")
    (allowed / "loop").symlink_to(allowed / "loop")
    assert permitted("out.txt", [allowed]) == "path_outside" == permitted("up/secret.txt", [allowed])
    assert permitted("up/allowed/a.txt", [allowed]) == allowed / "a.txt"
    assert permitted("inner.txt", [allowed]) == allowed / "a.txt"
    assert permitted("dead.txt", [allowed]) == "path_missing" == permitted("loop", [allowed])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may look everywhere")
def test_a_folder_of_another_user_is_as_if_it_were_not_there(allowed: Path) -> None:
    (allowed / "sub").chmod(0)
    try:
        assert permitted("sub/b.txt", [allowed]) == "path_missing"
    finally:
        (allowed / "sub").chmod(0o700)


@pytest.mark.parametrize("said", [None, 7, [], {"path": "a.txt"}, "", "  ", '""', True])
def test_what_is_no_path(allowed: Path, said: object) -> None:
    assert permitted(said, [allowed]) == "path_empty"


def test_without_a_folder_nothing_may_be_added(allowed: Path) -> None:
    assert permitted(str(allowed / "a.txt"), []) == "path_outside"


def test_the_folders_of_the_command_line(allowed: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(allowed)
    assert folders([f"{allowed}/sub/..", str(tmp_path / "link"), str(allowed / "sub")]) == (allowed,)
    for wrong in (allowed / "a.txt", tmp_path / "nowhere"):
        with pytest.raises(NoFolder, match=wrong.name):
            folders([str(wrong)])
