"""Owner of faiss: vectors by paragraph id, the nearest by inner product.

They are kept in half precision: half the memory of single precision with the same ten nearest. Up to ``EXACT_UP_TO``
every one of them is compared. In a larger store each has a short form beside it, one bit a column: those are compared,
and the vectors of the nearest ones then say which are the nearest. J. Gao, C. Long: RaBitQ: Quantizing
High-Dimensional Vectors with a Theoretical Error Bound for Approximate Nearest Neighbor Search, SIGMOD 2024.

Of 200,000 vectors of 512 columns the nearest 50 take 5 ms instead of 17, with 0.999 of the ten nearest and 0.994 of the
fifty, for 80 bytes a vector more beside the 1,024. What was measured and left (``tests.benchmarks.vector_search``):
lists of neighbours (IVF) are as fast at 0.990 and twice as fast at 0.983, but have to be learnt, for longer than all
else takes, and again when the store has grown; 8 bits a column are no faster than 16; from HNSW nothing can be removed.
A choice of documents is compared as a whole: its vectors may be far from the nearest of all.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rag.errors import IndexDamaged
from rag.extent import Extent

FILE = "vectors.faiss"
SHORT_FILE = "vectors.short.faiss"
EXACT_UP_TO = 50_000
"""Vectors that are compared one by one, in 5 ms; at half of it short forms are given up again."""
CANDIDATES = 10
"""Short forms looked at for each vector wanted."""
MANY = 1000
"""Hidden ids with which the vectors themselves are compared."""
LEAST_COLUMNS = 64
"""Fewer bits say too little."""
_BATCH = 65_536
_DECIMALS = 6


class VectorStore:
    """Unit vectors under int64 ids. Not safe for writing from several threads; searching is.

    All-zero vectors (texts without a known token) are stored and have inner product 0 with everything.
    """

    def __init__(self, index: Any, short: Any = None) -> None:  # noqa: ANN401  # faiss has no type stubs
        self._index = index
        self._short = short

    @classmethod
    def create(cls, dimension: int) -> "VectorStore":
        """An empty store for vectors with ``dimension`` columns."""
        import faiss

        half = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        return cls(faiss.IndexIDMap2(half))

    @classmethod
    def load(cls, folder: Path) -> "VectorStore":
        """Read the store that :meth:`save` wrote into ``folder``.

        Raises:
            IndexDamaged: A file is missing, or faiss cannot read it, or it does not belong to the other.
        """
        index = _read(folder, FILE)
        if not (folder / SHORT_FILE).exists():
            return cls(index)
        short = _read(folder, SHORT_FILE)
        if (short.ntotal, short.d) != (index.ntotal, index.d):
            raise IndexDamaged(folder=folder, detail=f"{SHORT_FILE} does not belong to {FILE}")
        return cls(index, short)

    def save(self, folder: Path) -> None:
        """Write the store into ``folder``, with short forms where it has grown large."""
        import faiss

        if len(self) <= EXACT_UP_TO // 2:
            self._short = None
        elif self._short is None and len(self) > EXACT_UP_TO and self.dimension >= LEAST_COLUMNS:
            self._short = self._shortened()
        faiss.write_index(self._index, str(folder / FILE))
        (folder / SHORT_FILE).unlink(missing_ok=True)
        if self._short is not None:
            faiss.write_index(self._short, str(folder / SHORT_FILE))

    def add(self, ids: Sequence[int], vectors: npt.NDArray[np.float32]) -> None:
        """Store ``vectors`` of shape (len(ids), dimension)."""
        if len(ids):
            rows, numbers = np.ascontiguousarray(vectors), np.asarray(ids, dtype=np.int64)
            for index in self._both:
                index.add_with_ids(rows, numbers)

    def remove(self, ids: Sequence[int]) -> None:
        """Forget these ids; unknown ones are ignored."""
        if len(ids):
            for index in self._both:
                index.remove_ids(np.asarray(ids, dtype=np.int64))

    def search(
        self,
        vectors: npt.NDArray[np.float32],
        k: int,
        *,
        without: Collection[int] = (),
        within: Extent | None = None,
    ) -> list[list[tuple[int, float]]]:
        """For each row of ``vectors``, of shape (n, dimension), the ``k`` nearest ids but for those ``without``.

        Where ``within`` is given, only ids of the paragraphs in it.

        Returns:
            Pairs of id and inner product, best first, row by row; fewer where the store is smaller.
        """
        rows, k = np.ascontiguousarray(vectors), min(k, len(self)) or 1
        with _on_one_thread(alone=len(rows) == 1):
            if self._short is not None and within is None and len(without) <= MANY:
                return self._nearly(rows, k, without)
            return self._exactly(rows, k, without, within)

    def _exactly(
        self, vectors: npt.NDArray[np.float32], k: int, without: Collection[int], within: Extent | None
    ) -> list[list[tuple[int, float]]]:
        """:meth:`search` by comparing every vector that is not passed over."""
        import faiss

        allowed = None
        if within is not None:
            inside = faiss.IDSelectorBitmap(within.bits(without))  # type: ignore[call-arg, arg-type]  # stubs of C++
            allowed = faiss.SearchParameters(sel=inside)  # type: ignore[call-arg]  # its stubs lack it
        elif without:
            hidden = faiss.IDSelectorBatch(np.fromiter(without, dtype=np.int64))
            allowed = faiss.SearchParameters(sel=faiss.IDSelectorNot(hidden))  # type: ignore[call-arg]  # as above
        scores, ids = self._index.search(vectors, k, params=allowed)
        return [
            [(int(id), float(score)) for id, score in zip(row, found, strict=True) if id >= 0]
            for row, found in zip(ids, scores, strict=True)
        ]

    def _nearly(
        self, vectors: npt.NDArray[np.float32], k: int, without: Collection[int]
    ) -> list[list[tuple[int, float]]]:
        """:meth:`search` by comparing short forms, then the vectors of the nearest."""
        hidden = np.fromiter(without, dtype=np.int64, count=len(without))
        _, near = self._short.search(vectors, min(CANDIDATES * k + len(hidden), len(self)))
        return [
            self._best(vector, ids[(ids >= 0) & ~np.isin(ids, hidden)], k)
            for vector, ids in zip(vectors, near, strict=True)
        ]

    def _best(self, vector: npt.NDArray[np.float32], ids: npt.NDArray[np.int64], k: int) -> list[tuple[int, float]]:
        if not len(ids):
            return []
        scores = self._index.reconstruct_batch(ids) @ vector
        # Equals by id, as they come when all are compared, where paragraphs are added in the order of their ids.
        order = np.lexsort((ids, -np.round(scores, _DECIMALS)))[:k]
        return [(int(ids[i]), float(scores[i])) for i in order]

    def _shortened(self) -> Any:  # noqa: ANN401
        """Short forms of all vectors. The rotation before the signs are taken is the same every time."""
        import faiss

        kind = f"RR{self.dimension},RaBitQfs"
        short = faiss.IndexIDMap(faiss.index_factory(self.dimension, kind, faiss.METRIC_INNER_PRODUCT))
        ids = faiss.vector_to_array(self._index.id_map)
        short.train(self._index.reconstruct_batch(ids[:: -(-len(ids) // _BATCH)]))
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            short.add_with_ids(self._index.reconstruct_batch(batch), batch)
        return short

    @property
    def _both(self) -> list[Any]:
        return [self._index] if self._short is None else [self._index, self._short]

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Number of columns."""
        return int(self._index.d)


def _read(folder: Path, name: str) -> Any:  # noqa: ANN401
    import faiss

    try:
        return faiss.read_index(str(folder / name))
    except RuntimeError as error:
        raise IndexDamaged(folder=folder, detail=f"{name} cannot be read") from error


@contextmanager
def _on_one_thread(*, alone: bool) -> Iterator[None]:
    """For a question ``alone``: on a busy machine several threads spend most of their time waiting for each other."""
    import faiss

    threads = faiss.omp_get_max_threads()
    if alone:
        faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)
