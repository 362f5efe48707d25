"""What is found damaged, said as a person can do something about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.errors import IndexDamaged

LONGEST_DETAIL = 160


@contextmanager
def naming(folder: Path) -> Iterator[None]:
    """Have damage found in any part of an index name the index: that is the folder to delete."""
    try:
        yield
    except IndexDamaged as error:
        detail = str(error.facts["detail"])  # a library may print the whole file that it does not understand
        raise IndexDamaged(folder=folder, detail=detail[:LONGEST_DETAIL]) from error
