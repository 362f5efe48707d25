"""Vectors in, the nearest out, and none of the removed."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from rag import vector_store
from rag.errors import IndexDamaged
from rag.extent import Extent
from rag.vector_store import VectorStore


def test_nearest_first_by_inner_product() -> None:
    store = VectorStore.create(2)
    store.add([7, 2**40, 9], np.array([[1, 0], [0.6, 0.8], [0, -1]], np.float32))
    right, up = store.search(np.array([[1, 0], [0, 1]], np.float32), 9)
    assert right == [(7, 1.0), (2**40, pytest.approx(0.6, abs=2**-10)), (9, 0.0)]
    assert [id for id, _ in up] == [2**40, 7, 9]
    assert [[id for id, _ in row] for row in store.search(np.array([[0, 1]], np.float32), 1)] == [[2**40]]


def test_the_hidden_are_passed_over_and_the_next_come_in_their_place() -> None:
    store = VectorStore.create(2)
    store.add([7, 2**40, 9], np.array([[1, 0], [0.6, 0.8], [0, -1]], np.float32))
    rows = np.array([[1, 0], [0, 1]], np.float32)
    assert [[id for id, _ in row] for row in store.search(rows, 1, without={7, 12345})] == [[2**40], [2**40]]
    assert [[id for id, _ in row] for row in store.search(rows, 3, without=[7, 2**40])] == [[9], [9]]
    assert store.search(rows, 3, without={7, 9, 2**40}) == [[], []]
    assert [[id for id, _ in row] for row in store.search(rows, 1)] == [[7], [2**40]]


def test_within_an_extent_nothing_else_is_found() -> None:
    store = VectorStore.create(2)
    store.add([7, 8, 9, 20], np.array([[1, 0], [0.6, 0.8], [0, -1], [0.8, 0.6]], np.float32))
    inside = Extent(firsts=(8, 30), counts=(2, 1))  # paragraphs 8 and 9; 30 has no vector
    rows = np.array([[1, 0], [0, 1]], np.float32)
    assert [[id for id, _ in row] for row in store.search(rows, 1, within=inside)] == [[8], [8]]
    assert [[id for id, _ in row] for row in store.search(rows, 4, within=inside)] == [[8, 9], [8, 9]]
    assert [[id for id, _ in row] for row in store.search(rows, 4, within=inside, without={8, 20})] == [[9], [9]]
    assert store.search(rows, 4, within=Extent(firsts=(), counts=())) == [[], []]


def test_removed_are_gone_and_unknown_ids_ignored(tmp_path: Path) -> None:
    store = VectorStore.create(4)
    store.add(range(100), np.eye(4, dtype=np.float32)[[n % 4 for n in range(100)]])
    store.remove([n for n in range(100) if n % 4 == 0] + [12345])
    store.save(tmp_path)
    loaded = VectorStore.load(tmp_path)
    assert (len(loaded), loaded.dimension) == (75, 4)
    (row,) = loaded.search(np.eye(4, dtype=np.float32)[:1], 75)
    assert max(score for _, score in row) == 0.0


def test_an_empty_store_finds_nothing() -> None:
    store = VectorStore.create(3)
    store.add([], np.zeros((0, 3), np.float32))
    store.remove([])
    assert store.search(np.ones((2, 3), np.float32), 5) == [[], []]
    assert store.search(np.ones((0, 3), np.float32), 5) == []


def test_a_broken_file_is_called_damage(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged):
        VectorStore.load(tmp_path)
    (tmp_path / "vectors.faiss").write_bytes(b"nonsense" * 10)
    with pytest.raises(IndexDamaged, match=r"vectors\.faiss"):
        VectorStore.load(tmp_path)


COLUMNS = 64


def subjects(count: int, seed: int) -> npt.NDArray[np.float32]:
    """Unit vectors around a few dozen subjects, as those of texts are."""
    random = np.random.default_rng(seed)
    middles = np.random.default_rng(0).normal(size=(40, COLUMNS))
    rows = middles[random.integers(0, 40, count)] + 0.7 * random.normal(size=(count, COLUMNS))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store is large from 1,001 vectors on."""
    monkeypatch.setattr(vector_store, "EXACT_UP_TO", 1000)


def nearest(vectors: dict[int, npt.NDArray[np.float32]], question: npt.NDArray[np.float32], k: int) -> list[int]:
    half = np.asarray(list(vectors.values())).astype(np.float16).astype(np.float32)
    return [list(vectors)[n] for n in np.argsort(-(half @ question), kind="stable")[:k]]


def filled(folder: Path) -> tuple[VectorStore, dict[int, npt.NDArray[np.float32]]]:
    """A large store that was saved, then added to and taken from, saved and loaded; and what is in it."""
    rows = subjects(3000, 1)
    ids = [2**40 + 7 * n for n in range(3000)]
    store = VectorStore.create(COLUMNS)
    store.add(ids[:1500], rows[:1500])
    store.save(folder)
    store = VectorStore.load(folder)
    store.add(ids[1500:], rows[1500:])
    store.remove([*ids[::3], 5])
    store.save(folder)
    return VectorStore.load(folder), {id: row for n, (id, row) in enumerate(zip(ids, rows, strict=True)) if n % 3}


@pytest.mark.usefixtures("large")
def test_a_large_store_finds_nearly_what_comparing_all_would(tmp_path: Path) -> None:
    store, vectors = filled(tmp_path)
    assert (tmp_path / vector_store.SHORT_FILE).exists() and len(store) == len(vectors) == 2000
    questions = subjects(50, 2)
    found = store.search(questions, 10)
    hits = sum(
        len({id for id, _ in row} & set(nearest(vectors, q, 10))) for row, q in zip(found, questions, strict=True)
    )
    assert hits >= 0.98 * 10 * 50
    for row, question in zip(found, questions, strict=True):
        assert [score for _, score in row] == pytest.approx(
            [float(vectors[id] @ question) for id, _ in row], abs=2**-10
        )
        assert [score for _, score in row] == sorted((score for _, score in row), reverse=True)
    assert [store.search(questions[n : n + 1], 10)[0] for n in range(50)] == found, "alone as together"


@pytest.mark.usefixtures("large")
def test_in_a_large_store_the_hidden_are_passed_over_and_a_choice_of_documents_is_searched_whole(
    tmp_path: Path,
) -> None:
    store, vectors = filled(tmp_path)
    question = subjects(1, 3)
    best = [id for id, _ in store.search(question, 20)[0]]
    assert [id for id, _ in store.search(question, 10, without=set(best[:10]))[0]] == best[10:]
    many = set(vectors) - set(best[15:])
    assert len(many) > vector_store.MANY
    assert [id for id, _ in store.search(question, 5, without=many)[0]] == best[15:]


@pytest.mark.usefixtures("large")
def test_short_forms_come_when_a_store_grows_and_go_when_it_shrinks(tmp_path: Path) -> None:
    rows, short = subjects(1200, 4), tmp_path / vector_store.SHORT_FILE
    store = VectorStore.create(COLUMNS)
    store.add(range(1000), rows[:1000])
    store.save(tmp_path)
    assert not short.exists()
    store.add(range(1000, 1200), rows[1000:])
    store.save(tmp_path)
    assert short.exists()
    store.remove(range(600))
    store.save(tmp_path)
    assert short.exists(), "not back and forth with every change"
    store.remove(range(600, 701))
    store.save(tmp_path)
    assert not short.exists()
    assert VectorStore.load(tmp_path).search(rows[1199:], 1)[0][0][0] == 1199


@pytest.mark.usefixtures("large")
def test_the_same_vectors_give_the_same_files(tmp_path: Path) -> None:
    written = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        filled(tmp_path / name)
        written.append([(tmp_path / name / file).read_bytes() for file in (vector_store.FILE, vector_store.SHORT_FILE)])
    assert written[0] == written[1]


@pytest.mark.usefixtures("large")
def test_texts_without_a_known_token_and_equals_in_a_large_store(tmp_path: Path) -> None:
    rows = np.zeros((1500, COLUMNS), np.float32)
    rows[100:200, 3] = 1
    store = VectorStore.create(COLUMNS)
    store.add(range(1500), rows)
    store.save(tmp_path)
    assert (tmp_path / vector_store.SHORT_FILE).exists()
    assert store.search(rows[100:101], 5) == [[(id, 1.0) for id in range(100, 105)]]
    assert all(score == 0 for _, score in store.search(rows[:1], 5)[0])


@pytest.mark.usefixtures("large")
def test_a_large_store_made_before_there_were_short_forms_is_searched_as_it_is(tmp_path: Path) -> None:
    _, vectors = filled(tmp_path)
    (tmp_path / vector_store.SHORT_FILE).unlink()
    old = VectorStore.load(tmp_path)
    question = subjects(1, 5)
    assert [id for id, _ in old.search(question, 10)[0]] == nearest(vectors, question[0], 10)
    old.add([1], question)
    old.save(tmp_path)
    assert (tmp_path / vector_store.SHORT_FILE).exists()
    assert VectorStore.load(tmp_path).search(question, 1)[0][0][0] == 1


@pytest.mark.usefixtures("large")
def test_short_forms_that_are_broken_or_of_another_store_are_damage(tmp_path: Path) -> None:
    store, _ = filled(tmp_path)
    store.remove([2**40 + 7])
    (tmp_path / "other").mkdir()
    store.save(tmp_path / "other")
    (tmp_path / "other" / vector_store.FILE).replace(tmp_path / vector_store.FILE)
    with pytest.raises(IndexDamaged, match=r"vectors\.short\.faiss"):
        VectorStore.load(tmp_path)
    (tmp_path / vector_store.SHORT_FILE).write_bytes(b"nonsense" * 10)
    with pytest.raises(IndexDamaged, match=r"vectors\.short\.faiss"):
        VectorStore.load(tmp_path)
