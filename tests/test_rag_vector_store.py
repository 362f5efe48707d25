"""Vectors in, the nearest out, and none of the removed."""

from pathlib import Path

import numpy as np
import pytest

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
