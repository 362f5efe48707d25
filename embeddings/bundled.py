"""The encoder that comes with the program, and the proof that it is whole."""

import json
from functools import cache
from importlib import resources
from pathlib import Path

from embeddings.errors import EncoderDamaged
from embeddings.fingerprint import file_hash
from embeddings.static_encoder import StaticEncoder

NAME = "wenju-static-zh"
MANIFEST = "manifest.json"
FORMAT = 1


def bundled_folder() -> Path:
    """Where the bundled encoder lies: a plain sentence-transformers model with a manifest beside it."""
    return Path(str(resources.files("embeddings") / "weights" / NAME))


def bundled_encoder(folder: Path | None = None) -> StaticEncoder:
    """The bundled encoder, after checking every file against the manifest; read once, unless from another ``folder``.

    Raises:
        EncoderDamaged: A file is missing or changed, or there is no readable manifest.
    """
    return _sound(folder) if folder else _kept(bundled_folder())


@cache
def _kept(place: Path) -> StaticEncoder:
    return _sound(place)


def _sound(place: Path) -> StaticEncoder:
    verify(place)
    return StaticEncoder(place)


def write_manifest(folder: Path) -> None:
    """Write down the SHA-256 of every file in ``folder``."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    hashes = {path.relative_to(folder).as_posix(): file_hash(path) for path in files}
    text = json.dumps({"format": FORMAT, "files": hashes}, indent=2) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def verify(folder: Path) -> None:
    """Compare every file that the manifest of ``folder`` names with its SHA-256.

    Raises:
        EncoderDamaged: With the first file that is missing or differs.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        version, files = manifest["format"], dict(manifest["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EncoderDamaged(path=str(folder), detail=f"no readable {MANIFEST}") from error
    if version != FORMAT:
        raise EncoderDamaged(path=str(folder), detail=f"{MANIFEST} of format {version}, this program reads {FORMAT}")
    for file, expected in files.items():
        try:
            found = file_hash(folder / file)
        except OSError as error:
            raise EncoderDamaged(path=str(folder), detail=f"{file} is missing") from error
        if found != expected:
            raise EncoderDamaged(path=str(folder), detail=f"{file} differs from {MANIFEST}")
