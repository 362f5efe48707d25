"""The models of this machine: those that come with the program, those that are set, those in Hugging Face's cache.

Owner of huggingface_hub, of which only the look into the local cache is used.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rag.errors import IndexUnusable
from rag.settings import Settings

Role = Literal["encoder", "reader"]
Source = Literal["bundled", "set", "index", "cache"]
BUNDLED, NONE = "bundled", "none"
MARKS = ("config.json", "modules.json")
"""A folder with one of these holds a model of transformers or sentence-transformers."""


@dataclass(frozen=True, kw_only=True)
class LocalModel:
    """A model, and whether it is the one in use.

    Attributes:
        name: What ``wenju models check`` takes; for a reader also what the settings take. The encoder that an index
            carries has the name that the index has for it, and is checked by its folder.
        role: What it is used as; of one in the cache what its files say it was made for, ``None`` where they do not.
        source: Whether it comes with the program, is set, was made by ``wenju tune`` for the index, or lies in the
            cache of Hugging Face.
        folder: Where it lies; ``None`` where what is set is not on this machine.
        size: Bytes of all its files.
        in_use: Whether it is what the settings say questions are answered with.
    """

    name: str
    role: Role | None
    source: Source
    folder: Path | None
    size: int
    in_use: bool


def local_models(settings: Settings) -> tuple[LocalModel, ...]:
    """Every model, each once: the bundled ones, what ``settings`` name, the rest of the cache by name."""
    encoder, reader = settings.encoder, settings.reader
    own = _own_encoder(settings.index)
    models = [
        _model(BUNDLED, "encoder", "bundled", bundled_folder("encoder"), in_use=encoder is None and own is None),
        _model(BUNDLED, "reader", "bundled", bundled_folder("reader"), in_use=reader in (None, BUNDLED)),
    ]
    if encoder is not None:
        models.append(_model(encoder, "encoder", "set", _folder(encoder), in_use=own is None))
    if own is not None:
        models.append(own)
    if reader not in (None, BUNDLED, NONE):
        models.append(_model(str(reader), "reader", "set", find(str(reader)), in_use=True))
    listed = {model.folder.resolve() for model in models if model.folder}
    cached = sorted((name, folder) for name, folder in _cached() if folder.resolve() not in listed)
    return (*models, *(_model(name, _role(folder), "cache", folder, in_use=False) for name, folder in cached))


def bundled_folder(role: Role) -> Path:
    """Where the model lies that comes with the program."""
    if role == "encoder":
        from embeddings.bundled import bundled_folder as bundled_encoder_folder

        return bundled_encoder_folder()
    from rag.bundled_model import bundled_folder as bundled_reader_folder

    return bundled_reader_folder()


def find(name: str) -> Path | None:
    """The folder that ``name`` is, or that the cache of Hugging Face has under this name; ``None`` if neither."""
    if folder := _folder(name):
        return folder
    from huggingface_hub import constants, try_to_load_from_cache

    for mark in MARKS:
        try:
            file = try_to_load_from_cache(name, mark, cache_dir=constants.HF_HUB_CACHE)
        except (ValueError, OSError):  # it could not be the name of anything there
            return None
        if isinstance(file, str):
            return Path(file).parent
    return None


def _own_encoder(index: Path) -> LocalModel | None:
    """The one that the index in the folder ``index`` is searched with, where it carries one."""
    from rag.index_store import read_manifest
    from rag.own_encoder import own_folder

    try:
        manifest = read_manifest(index)
    except (IndexUnusable, OSError):
        return None
    folder = own_folder(index / "generations" / manifest.generation)
    return _model(manifest.encoder, "encoder", "index", folder, in_use=True) if folder else None


def _folder(name: str) -> Path | None:
    try:
        folder = Path(name).expanduser()
        return folder if folder.is_dir() else None
    except (RuntimeError, ValueError, OSError):  # the home of a user who is not there; a zero byte
        return None


def _model(name: str, role: Role | None, source: Source, folder: Path | None, *, in_use: bool) -> LocalModel:
    return LocalModel(name=name, role=role, source=source, folder=folder, size=_size(folder), in_use=in_use)


def _size(folder: Path | None) -> int:
    """0 for a folder that holds no model: it may be the root of a disk."""
    if folder is None or not any((folder / mark).is_file() for mark in MARKS):
        return 0
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _cached() -> Iterator[tuple[str, Path]]:
    """The models in the cache of Hugging Face as (name, folder of the version that the name means)."""
    from huggingface_hub import constants, scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    try:
        cache = scan_cache_dir(constants.HF_HUB_CACHE)
    except (CacheNotFound, ValueError, OSError):
        return
    for repo in cache.repos:
        versions = sorted(repo.revisions, key=lambda version: ("main" in version.refs, version.last_modified))
        if repo.repo_type == "model" and versions:
            yield repo.repo_id, versions[-1].snapshot_path


def _role(folder: Path) -> Role | None:
    """What the files in ``folder`` say the model was made for."""
    if (folder / "modules.json").is_file():
        return "encoder"
    try:
        made_for = json.loads((folder / "config.json").read_text(encoding="utf-8")).get("architectures") or ()
    except (OSError, ValueError, AttributeError):
        return None
    return "reader" if any(str(name).endswith("ForQuestionAnswering") for name in made_for) else None
