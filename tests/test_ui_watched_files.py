"""Which files of a watched folder count, and when one has come to rest."""

from pathlib import Path

import pytest

from ui.watched_files import Look, Settling, files_in, ignored, look, readable

ROOT = Path("/root/.hidden/docs")


@pytest.mark.parametrize("name", ["a.txt", "sub/b.docx", "a.b/c.pdf", "$a.txt", "~a.txt", "temporary.txt", "part.md"])
def test_files_that_count(name: str) -> None:
    assert not ignored(f"{ROOT}/{name}", ROOT)


@pytest.mark.parametrize(
    "name",
    [
        ".a.txt",
        ".git/b.txt",
        "~$c.docx",
        "sub/~$c.docx",
        "d.pdf.part",
        "e.TMP",
        "f.crdownload",
        "g.txt~",
        ".~lock.h.odt#",
    ],
)
def test_files_that_are_hidden_or_unfinished(name: str) -> None:
    assert ignored(f"{ROOT}/{name}", ROOT)


def test_files_elsewhere_and_the_programs_own() -> None:
    assert ignored("/root/.hidden/other.txt", ROOT) and ignored(f"{ROOT}-2/a.txt", ROOT)
    assert ignored(f"{ROOT}/home/default/manifest.json", ROOT, [ROOT / "home"])


def test_the_files_of_a_folder(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".x/c.txt", "sub/d.txt", "own/e.txt", "f.tmp"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = files_in(tmp_path, tmp_path, [tmp_path / "own"])
    assert [str(Path(each).relative_to(tmp_path)) for each in found] == ["a.txt", "b.txt", "sub/d.txt"]
    assert list(files_in(tmp_path / "nowhere", tmp_path)) == []


def test_a_link_that_leads_out_is_not_read(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / ".hidden").mkdir(parents=True)
    for path in (tmp_path / "secret.txt", root / "a.txt", root / ".hidden" / "h.txt"):
        path.write_text("x")
    for name, target in (("out", tmp_path / "secret.txt"), ("in", root / "a.txt"), ("h", root / ".hidden" / "h.txt")):
        (root / f"{name}.txt").symlink_to(target)
    paths = [str(root / name) for name in ("a.txt", "out.txt", "in.txt", "h.txt", "gone.txt", ".hidden")]
    assert readable(paths, root) == [str(root / "a.txt"), str(root / "in.txt")]


def test_a_file_is_due_when_nobody_speaks_of_it_and_it_stays_as_it_is() -> None:
    states: dict[str, Look | None] = {"a": (1, 1), "b": (1, 1), "c": None}
    settling = Settling(2.0, states.get)
    for path in states:
        settling.note(path, now=0.0)
    assert settling.due(1.9) == []
    settling.note("b", now=1.9)
    states["a"] = (2, 5)  # written to without a word
    assert settling.due(2.0) == ["c"] and len(settling) == 2
    assert settling.due(3.9) == ["b"], "two seconds after what was said last"
    assert settling.due(4.0) == ["a"] and len(settling) == 0


def test_a_file_that_grows_is_waited_for() -> None:
    size = 0

    def growing(_: str) -> Look:
        nonlocal size
        size += 1
        return size, 0

    settling = Settling(1.0, growing)
    settling.note("a", now=0.0)
    assert [settling.due(float(now)) for now in range(1, 20)] == [[]] * 19


def test_how_a_file_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("abc")
    assert (look(str(tmp_path / "a")) or (0,))[0] == 3
    assert look(str(tmp_path / "b")) is None is look("a\0b")
