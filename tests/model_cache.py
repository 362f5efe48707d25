"""A cache of Hugging Face as its library lays it out, written by hand: nothing is fetched."""

from collections.abc import Mapping
from pathlib import Path


def cached(
    cache: Path,
    name: str,
    files: Mapping[str, str],
    *,
    kind: str = "models",
    version: str = "0" * 40,
    ref: str = "main",
) -> Path:
    """Put ``files`` into ``cache`` as ``version`` of the repository ``name``; returns their folder."""
    repository = cache / f"{kind}--{name.replace('/', '--')}"
    folder = repository / "snapshots" / version
    for part in (folder, repository / "refs", repository / "blobs"):
        part.mkdir(parents=True, exist_ok=True)
    (repository / "refs" / ref).write_text(version, "utf-8")
    for file, text in files.items():
        (folder / file).write_text(text, "utf-8")
    return folder
