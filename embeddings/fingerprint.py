"""What tells one set of weights from another: a hash of every file that decides the vectors."""

import hashlib
from pathlib import Path

_DECIDING = frozenset({".safetensors", ".bin", ".json", ".txt", ".model"})
_MANIFEST = "manifest.json"


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def encoder_name(folder: Path) -> str:
    """The folder's name and 12 digits over its weights, tokenizer and configuration: other vectors, another name."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if (
            path.suffix in _DECIDING
            and path.name != _MANIFEST
            and not any(part.startswith(".") for part in inside.parts)
        ):
            digest.update(f"{inside.as_posix()}\0{file_hash(path)}\n".encode())
    return f"{folder.resolve().name}-{digest.hexdigest()[:12]}"
