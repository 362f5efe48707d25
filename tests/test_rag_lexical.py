import os
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import lexical
from rag.errors import IndexBusy, IndexDamaged
from rag.lexical import LexicalIndex
from rag.search_terms import asked_terms, stored_terms

TEXTS = {7: "蜂农养蜂", 3: "果农种苹果", -5: "蜂蜜与苹果酱", 2**40: "渔民出海"}


def make(folder: Path, texts: dict[int, str]) -> LexicalIndex:
    index = LexicalIndex.create(folder)
    index.add(list(texts), list(texts.values()))
    index.commit()
    return index


def bm25(texts: dict[int, str], question: str, k1: float = 1.2, b: float = 0.75) -> dict[int, float]:
    terms = {id: stored_terms(text) for id, text in texts.items()}
    average = sum(map(len, terms.values())) / len(terms) or 1.0
    scores = dict.fromkeys(terms, 0.0)

    def rarity(words: Sequence[str]) -> list[float]:
        holding = [sum(word in stored for stored in terms.values()) for word in words]
        return [log(1 + (len(terms) - n + 0.5) / (n + 0.5)) for n in holding]

    asked = asked_terms(question, rarity)
    for term, idf in zip(asked, rarity(list(asked)), strict=True):
        for id, words in terms.items():
            f = words.count(term)
            scores[id] += asked[term] * idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(words) / average))
    return {id: score for id, score in scores.items() if score > 0}


def test_one_term_by_hand(tmp_path: Path) -> None:
    index = make(tmp_path / "i", {1: "蜂", 2: "蜂 蜂 果", 3: "果"})
    # Lengths 1, 3, 1: average 5/3. Two of three paragraphs hold the term.
    idf = log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    once = idf * 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 1 / (5 / 3)))
    twice = idf * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / (5 / 3)))
    assert index.search("蜂", 9) == ((1, pytest.approx(once, abs=1e-4)), (2, pytest.approx(twice, abs=1e-4)))


@settings(max_examples=20)
@given(
    st.lists(st.text("蜂果农a1 。老人孩子", max_size=20), min_size=1, max_size=12),
    st.text("蜂果农a1 ", max_size=8) | st.sampled_from(("老人养蜂", "孩子果农", "老年人")),
    st.integers(1, 14),
)
def test_scores_and_order_are_those_of_the_formula(texts: list[str], question: str, k: int) -> None:
    numbered = dict(enumerate(texts))
    with TemporaryDirectory() as folder:
        found = make(Path(folder) / "i", numbered).search(question, k)
    # Fewer than 41 terms a paragraph, whose lengths the engine keeps exactly.
    expected = bm25(numbered, question)
    assert len(found) == min(k, len(expected))
    assert [score for _, score in found] == pytest.approx(sorted(expected.values(), reverse=True)[:k], abs=2e-4)
    assert {id: score for id, score in found} == pytest.approx({id: expected[id] for id, _ in found}, abs=2e-4)
    assert list(found) == sorted(found, key=lambda hit: (-hit[1], hit[0]))


def test_equal_scores_come_in_the_order_of_ids_wherever_k_cuts(tmp_path: Path) -> None:
    ids = [(31 * i) % 200 for i in range(200)]
    index = make(tmp_path / "i", dict.fromkeys(ids, "同样的话"))
    for k in (1, 5, 150):
        assert [id for id, _ in index.search("同样", k)] == list(range(k))


def test_nothing_asked_nothing_shared_nothing_wanted(tmp_path: Path) -> None:
    index = make(tmp_path / "i", TEXTS)
    assert index.search("", 5) == index.search("？！", 5) == index.search("矿山", 5) == index.search("蜂", 0) == ()
    assert LexicalIndex.create(tmp_path / "empty").search("蜂", 5) == ()


def test_k_above_the_size_and_paragraphs_left_out(tmp_path: Path) -> None:
    index = make(tmp_path / "i", TEXTS)
    assert {id for id, _ in index.search("蜂", 10**12)} == {7, -5}
    assert [id for id, _ in index.search("蜂", 1, without={7})] == [-5]
    assert index.search("蜂", 5, without={7, -5}) == ()


def by_document(folder: Path, texts: dict[int, str], document: Callable[[int], int]) -> LexicalIndex:
    index = LexicalIndex.create(folder)
    for id, text in texts.items():
        index.add([id], [text], document=document(id))
    index.commit()
    return index


@settings(max_examples=20)
@given(
    st.lists(st.text("蜂果农 ", max_size=8), min_size=1, max_size=30),
    st.text("蜂果农", min_size=1, max_size=4),
    st.frozensets(st.integers(-3, 4)),
    st.frozensets(st.integers(0, 30), max_size=4),
    st.integers(1, 30),
    st.booleans(),
)
def test_within_some_documents_the_ranking_is_the_whole_one_without_the_others(
    texts: list[str], question: str, within: frozenset[int], without: frozenset[int], k: int, many: bool
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as during:
        during.setattr(lexical, "_MANY", 0 if many else 1000)
        index = by_document(Path(folder) / "i", dict(enumerate(texts)), lambda id: id % 7 - 3)
        whole = index.search(question, len(texts), without=without)
        expected = [hit for hit in whole if hit[0] % 7 - 3 in within]
        assert list(index.search(question, k, without=without, within=within)) == expected[:k]


@pytest.mark.parametrize("many", [0, 1000])
def test_a_narrow_choice_is_found_behind_all_that_rank_higher(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(lexical, "_MANY", many)
    texts = {id: "蜂蜜 蜂箱" for id in range(400)} | {400: "蜂蜜与许多别的话都在一起"}
    index = by_document(tmp_path / "i", texts, lambda id: id // 400)
    assert [id for id, _ in index.search("蜂蜜蜂箱", 3, within={1})] == [400]
    assert [id for id, _ in index.search("蜂蜜蜂箱", 3, within={0, 1})] == [0, 1, 2]
    assert index.search("蜂蜜", 3, within=set()) == index.search("蜂蜜", 3, within={7}) == ()


def test_removed_paragraphs_are_gone_and_counted_as_stale(tmp_path: Path) -> None:
    index = make(tmp_path / "i", TEXTS)
    index.remove([7, 2**40, 999])
    assert len(index) == 4
    index.commit()
    assert (len(index), index.stale) == (2, 0.5)
    assert {id for id, _ in LexicalIndex.open(tmp_path / "i").search("蜂农出海", 9)} == {-5, 3}
    index.remove([3, -5])
    index.commit()
    assert (len(index), index.stale, index.search("苹果", 9)) == (0, 0.0, ())


def test_a_removed_id_can_be_added_again(tmp_path: Path) -> None:
    index = make(tmp_path / "i", TEXTS)
    index.remove([7])
    index.add([7], ["矿工下井"])
    index.commit()
    assert [id for id, _ in index.search("下井", 9)] == [7]
    assert [id for id, _ in index.search("养蜂", 9)] == [-5]


def test_changes_count_from_commit_and_are_given_up_by_close(tmp_path: Path) -> None:
    index = make(tmp_path / "i", TEXTS)
    index.add([1], ["矿工下井"])
    assert index.search("矿工", 5) == ()
    index.close()
    index.close()
    index.commit()
    assert (len(index), index.search("矿工", 5)) == (4, ())


def test_a_clone_changes_without_its_original(tmp_path: Path) -> None:
    make(tmp_path / "old", TEXTS)
    before = {path.name: path.read_bytes() for path in (tmp_path / "old").iterdir()}
    reader = LexicalIndex.open(tmp_path / "old")
    clone = LexicalIndex.clone(tmp_path / "old", tmp_path / "new")
    clone.remove([7])
    clone.add([8], ["矿工下井"])
    clone.commit()
    assert {path.name: path.read_bytes() for path in (tmp_path / "old").iterdir()} == before
    assert [id for id, _ in reader.search("蜂", 9)] == [7, -5]
    assert [id for id, _ in clone.search("蜂", 9)] == [-5]
    shutil.rmtree(tmp_path / "old")
    assert [id for id, _ in reader.search("蜂", 9)] == [7, -5]
    assert [id for id, _ in LexicalIndex.open(tmp_path / "new").search("矿工", 9)] == [8]


def test_generations_do_not_pile_up_files(tmp_path: Path) -> None:
    make(tmp_path / "0", TEXTS)
    for number in range(1, 16):
        clone = LexicalIndex.clone(tmp_path / str(number - 1), tmp_path / str(number))
        clone.add([100 + number], ["又一段话"])
        clone.commit()
        shutil.rmtree(tmp_path / str(number - 1))
    assert len(clone) == 19
    assert len(list((tmp_path / "15").iterdir())) < 15 * 6


def test_where_files_cannot_be_linked_they_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: object, target: object) -> None:
        raise OSError(f"no links here: {source} to {target}")

    monkeypatch.setattr(os, "link", refuse)
    make(tmp_path / "old", TEXTS)
    assert len(LexicalIndex.clone(tmp_path / "old", tmp_path / "new")) == 4


def test_a_folder_without_write_permission_is_searched_and_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "i", TEXTS)
    for lock in (tmp_path / "i").glob(".*.lock"):
        lock.unlink()
    before = sorted(path.name for path in (tmp_path / "i").iterdir())
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    index = LexicalIndex.open(tmp_path / "i")
    assert [id for id, _ in index.search("蜂", 9)] == [7, -5]
    assert sorted(path.name for path in (tmp_path / "i").iterdir()) == before
    with pytest.raises(PermissionError, match="cannot be written"):
        index.add([1], ["矿工"])


def test_many_threads_find_the_same(tmp_path: Path) -> None:
    index = make(tmp_path / "i", {i: f"第{i}号蜂箱在{i % 7}区" for i in range(500)})
    questions = [f"{i}号蜂箱" for i in range(60)]

    def first(question: str) -> Sequence[tuple[int, float]]:
        return index.search(question, 3)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(first, questions)) == [first(question) for question in questions]


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    make(tmp_path / "i", TEXTS)
    first, second = LexicalIndex.open(tmp_path / "i"), LexicalIndex.open(tmp_path / "i")
    first.add([1], ["矿工"])
    with pytest.raises(IndexBusy, match="another process"):
        second.add([2], ["渔民"])
    first.close()
    second.add([2], ["渔民"])
    second.commit()
    assert len(second) == 5


def test_ids_and_texts_must_pair(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2 ids for 1 paragraphs"):
        LexicalIndex.create(tmp_path / "i").add([1, 2], ["蜂"])


def test_rarity_is_the_weight_of_a_term(tmp_path: Path) -> None:
    index = make(tmp_path / "i", TEXTS)
    assert index.rarity(["蜂", "矿", "农"]) == pytest.approx(
        [log(1 + 2.5 / 2.5), log(1 + 4.5 / 0.5), log(1 + 2.5 / 2.5)]
    )
    index.remove([7, 3, -5])
    index.commit()
    assert all(weight > 0 for weight in index.rarity(["蜂", "农", "渔"]))


def test_a_folder_in_use_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("mine")
    make(tmp_path / "i", TEXTS)
    with pytest.raises(FileExistsError, match="not empty"):
        LexicalIndex.create(tmp_path)
    with pytest.raises(FileExistsError, match="not empty"):
        LexicalIndex.clone(tmp_path / "i", tmp_path)


@pytest.mark.parametrize("name", ["meta.json", "*.term", "*.idx", "*.fast", "*.fieldnorm"])
@pytest.mark.parametrize("harm", ["missing", "empty", "half"])
def test_damage_is_named(tmp_path: Path, name: str, harm: str) -> None:
    make(tmp_path / "i", TEXTS)
    [file] = (tmp_path / "i").glob(name)
    whole = file.read_bytes()
    file.unlink()
    if harm != "missing":
        file.write_bytes(whole[: len(whole) // 2] if harm == "half" else b"")
    with pytest.raises(IndexDamaged, match="lexical index"):
        LexicalIndex.open(tmp_path / "i").search("蜂", 3)


def test_a_panic_of_the_library_is_damage_too(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    make(tmp_path / "i", {i: f"蜂箱{i * i}" for i in range(3000)})
    [file] = (tmp_path / "i").glob("*.fast")
    whole = file.read_bytes()
    middle = len(whole) // 2
    file.write_bytes(whole[:middle] + bytes(255 - byte for byte in whole[middle:-60]) + whole[-60:])
    with pytest.raises(IndexDamaged, match="lexical index"):
        LexicalIndex.open(tmp_path / "i").search("蜂", 3)


def test_no_index_at_all(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="lexical index"):
        LexicalIndex.open(tmp_path / "nowhere")
    with pytest.raises(IndexDamaged, match="no lexical index"):
        LexicalIndex.clone(tmp_path / "nowhere", tmp_path / "new")
