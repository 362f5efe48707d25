"""An index folder that is kept open, whoever changes it, and whose damage is told under its name."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from embeddings.encoder import Encoder
from rag.errors import IndexDamaged, IndexMissing
from rag.index_store import Snapshot, open_snapshot

LONGEST_DETAIL = 160


class OpenedIndex:
    """The published state of the index in ``folder``, for any number of threads."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._folder = folder
        self._encoder = encoder
        self._opened: Snapshot | None = None
        self._stamp: tuple[int, int] | None = None
        self._lock = threading.Lock()

    def snapshot(self) -> Snapshot:
        """The newest state; opened again only when its manifest has been replaced.

        Raises:
            IndexUnusable: It is missing, damaged or made by another encoder.
        """
        try:
            status = (self._folder / "manifest.json").stat()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise IndexMissing(folder=self._folder) from error
        stamp = (status.st_ino, status.st_mtime_ns)
        with self._lock:
            if self._opened is None or self._stamp != stamp:
                self._opened, self._stamp = open_snapshot(self._folder, self._encoder), stamp
            return self._opened


@contextmanager
def naming(folder: Path) -> Iterator[None]:
    """Have damage found in any part of an index name the index: that is the folder to delete."""
    try:
        yield
    except IndexDamaged as error:
        detail = str(error.facts["detail"])  # a library may print the whole file that it does not understand
        raise IndexDamaged(folder=folder, detail=detail[:LONGEST_DETAIL]) from error
