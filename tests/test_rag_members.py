"""What is in a collection: documents by their path, and folders with all that lies in them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.members import Collection, addable, covered, memberships, merged, without

PARTS = ("a", "ab", "a.txt", "公文", "\udcff")
PATHS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map(lambda parts: "/" + "/".join(parts))
SEVERAL = st.lists(PATHS, max_size=6)


def lies_in(path: str, members: list[str]) -> bool:
    """As one would say it."""
    return any(path == each or path.startswith(each.rstrip("/") + "/") for each in members)


@pytest.mark.parametrize(
    ("path", "inside"),
    [("/a", True), ("/a/b.txt", True), ("/a/b/c.txt", True), ("/ab", False), ("/", False), ("a", False), ("", False)],
)
def test_a_folder_holds_what_lies_in_it(path: str, inside: bool) -> None:
    assert covered(path, {"/a"}) == inside
    assert not covered(path, set())


def test_the_root_holds_everything() -> None:
    assert covered("/a/b", {"/"}) and covered("/", {"/"})
    assert merged(["/a", "/"], ["/b"]) == ("/",)


@given(PATHS, SEVERAL)
def test_inside_is_what_begins_with_a_member(path: str, members: list[str]) -> None:
    assert covered(path, set(members)) == lies_in(path, members)


@given(st.lists(SEVERAL, max_size=4), SEVERAL)
def test_the_collections_of_each_document(members: list[list[str]], paths: list[str]) -> None:
    collections = [Collection(name=f"{n}", members=tuple(each)) for n, each in enumerate(members)]
    assert memberships(collections, paths) == {
        path: tuple(f"{n}" for n, each in enumerate(members) if lies_in(path, each)) for path in paths
    }


@given(SEVERAL, SEVERAL, SEVERAL)
def test_together_they_hold_what_either_holds(members: list[str], paths: list[str], documents: list[str]) -> None:
    together = merged(members, paths)
    assert len(set(together)) == len(together)
    for each in [*documents, *members, *paths]:
        assert lies_in(each, members + paths) == lies_in(each, list(together))
    assert not any(lies_in(str(Path(each).parent), list(together)) for each in together)


DOCUMENTS = SEVERAL.map(lambda paths: [f"{path}.doc" for path in paths])
"""None of which is a folder over another."""


@given(SEVERAL, DOCUMENTS, st.data())
def test_what_is_taken_out_is_out_and_nothing_else(
    folders: list[str], documents: list[str], data: st.DataObject
) -> None:
    some = st.lists(st.sampled_from(documents)) if documents else st.just([])
    members, gone = [*folders, *data.draw(some)], data.draw(some)
    left, opened = without(members, set(gone), documents)
    for each in documents:
        assert covered(each, set(left)) == (lies_in(each, members) and each not in gone)
    assert set(opened) == {folder for folder in folders if any(lies_in(each, [folder]) for each in gone)}


def test_a_folder_gives_way_to_the_others_in_it() -> None:
    documents = ["/a/1", "/a/2", "/a/b/3", "/c/4", "/d"]
    assert without(["/a", "/d"], {"/a/1"}, documents) == (("/d", "/a/2", "/a/b/3"), ("/a",))
    assert without(["/a/1", "/d"], {"/a/1"}, documents) == (("/d",), ())
    assert without(["/a"], {"/c/4", "/nowhere"}, documents) == (("/a",), ())


def test_folders_and_known_files_can_be_members(tmp_path: Path) -> None:
    real = tmp_path.resolve()
    (real / "folder").mkdir()
    (real / "file.txt").touch()
    (real / "bad.xyz").touch()
    (real / "link").symlink_to(real / "folder")
    named = [f"{real}/folder/../file.txt", str(real / "bad.xyz"), str(real / "link"), str(real / "nowhere")]
    assert addable(named, {str(real / "file.txt")}) == [str(real / "file.txt"), str(real / "folder")]
