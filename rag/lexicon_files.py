"""The word lists that come with the package: the files in ``rag/lexicon``, fields parted by tabs, remarks behind #."""

from collections.abc import Iterator
from importlib import resources


def lexicon_rows(file: str) -> Iterator[list[str]]:
    """The fields of each line of ``file`` that is neither empty nor a remark."""
    for line in (resources.files("rag") / "lexicon" / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
