"""The encoder that an index carries with it, made by ``wenju tune``: a static model inside the generation.

There it comes and goes in the one step that changes the vectors which it made, and is under the same hashes. An index
that has one is searched and added to with it, whatever encoder is set, because nothing else can read its vectors; what
is set makes new indexes, and is what ``wenju tune --undo`` goes back to.
"""

import json
import os
import shutil
from collections.abc import Collection
from pathlib import Path

from embeddings.encoder import Encoder
from embeddings.errors import EmbeddingsError
from embeddings.static_encoder import StaticEncoder
from rag.errors import IndexDamaged

FOLDER = "tuned-encoder"
RECORD = "tuning.json"
"""Beside the model: what it was made of."""


def has_own(files: Collection[str]) -> bool:
    """Whether a generation of these ``files`` carries an encoder."""
    return any(name.startswith(f"{FOLDER}/") for name in files)


def own_encoder(generation: Path, files: Collection[str], expected: str) -> Encoder | None:
    """The encoder in ``generation``, which is called ``expected``; ``None`` where it carries none.

    Raises:
        IndexDamaged: It does not load, or is another one.
    """
    if not has_own(files):
        return None
    try:
        encoder = StaticEncoder(generation / FOLDER)
    except (EmbeddingsError, OSError) as error:
        raise IndexDamaged(folder=generation, detail=f"{FOLDER} cannot be loaded") from error
    if encoder.name != expected:  # the name holds a hash of all its files
        raise IndexDamaged(folder=generation, detail=f"{FOLDER} is {encoder.name}, not {expected}")
    return encoder


def settle(generation: Path, model: Path | None) -> None:
    """Have ``generation`` carry the model in the folder ``model``, by links, for it never changes; or none.

    Raises:
        OSError: It cannot be written.
    """
    shutil.rmtree(generation / FOLDER, ignore_errors=True)
    if model is not None:
        shutil.copytree(model, generation / FOLDER, copy_function=_link)


def own_folder(generation: Path) -> Path | None:
    """Where ``generation`` has its encoder; ``None`` where it carries none."""
    folder = generation / FOLDER
    return folder if folder.is_dir() else None


def tuned_from(generation: Path) -> str | None:
    """Name of the encoder that the one in ``generation`` was made of; ``None`` where it carries none."""
    if own_folder(generation) is None:
        return None
    try:
        said = json.loads((generation / FOLDER / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        said = None
    return str(said["base"]) if isinstance(said, dict) and "base" in said else "?"


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)
