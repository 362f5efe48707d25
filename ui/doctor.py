"""What a person wants to know when something is wrong: versions, the index, the models, the disk, the network."""

import platform
import shutil
from importlib import metadata
from pathlib import Path
from typing import TypedDict

from rag.errors import CorpusError, EmbeddingsError, IndexMissing, RagError
from rag.settings import Settings
from ui.catalog_errors import explain
from ui.language import Language

LIBRARIES = (
    "click",
    "faiss-cpu",
    "fastapi",
    "filelock",
    "gradio",
    "huggingface-hub",
    "lxml",
    "markdown-it-py",
    "matplotlib",
    "mcp",
    "numpy",
    "onnxruntime",
    "platformdirs",
    "pydantic",
    "pypdfium2",
    "python-docx",
    "safetensors",
    "scipy",
    "sentence-transformers",
    "tantivy",
    "tokenizers",
    "torch",
    "tqdm",
    "transformers",
    "uvicorn",
    "watchdog",
)


class IndexHealth(TypedDict):
    """``ok`` is null where there is no index (the samples are used); ``problem`` is for a person.

    ``tuned_from`` is the encoder that ``wenju tune`` made the index's own one of, null where it has none of its own.
    """

    folder: str
    ok: bool | None
    problem: str | None
    format: int | None
    encoder: str | None
    tuned_from: str | None
    dimension: int | None
    documents: int | None
    paragraphs: int | None
    damaged_files: list[str]
    bytes: int


class EncoderHealth(TypedDict):
    """``path`` is null for the bundled encoder, whose files are compared with its manifest."""

    path: str | None
    ok: bool
    problem: str | None


class ReaderHealth(TypedDict):
    """``path`` is null for the bundled reader, and ``none`` where no model reads."""

    path: str | None
    ok: bool
    problem: str | None


class Health(TypedDict):
    """What ``doctor --json`` prints. Sizes in bytes; a library that is not installed is null."""

    wenju: str | None
    python: str
    platform: str
    libraries: dict[str, str | None]
    index: IndexHealth
    encoder: EncoderHealth
    reader: ReaderHealth
    disk_free_bytes: int | None
    needs_network: bool


def installed_version(distribution: str) -> str | None:
    """Version of an installed distribution, without importing it."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def examine(settings: Settings, language: Language) -> Health:
    """Look at everything; nothing is changed and no error is raised."""
    encoder = _encoder(settings, language)
    return {
        "wenju": installed_version("wenju"),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "libraries": {name: installed_version(name) for name in LIBRARIES},
        "index": _index(settings, language, encoder_works=encoder["ok"]),
        "encoder": encoder,
        "reader": _reader(settings, language),
        "disk_free_bytes": _free(settings.index),
        # Models are bundled or given as a local path; no setting names anything that would have to be fetched.
        "needs_network": False,
    }


def _encoder(settings: Settings, language: Language) -> EncoderHealth:
    from rag import build

    problem = None
    try:
        build.open_for_writing(settings)
    except (RagError, CorpusError, EmbeddingsError) as error:
        problem = explain(error, language)
    return {"path": settings.encoder, "ok": problem is None, "problem": problem}


def _reader(settings: Settings, language: Language) -> ReaderHealth:
    from rag.local_models import BUNDLED
    from rag.model_check import reader_problem

    problem = reader_problem(settings.reader)
    path = None if settings.reader == BUNDLED else settings.reader
    return {"path": path, "ok": problem is None, "problem": explain(problem, language) if problem else None}


def _index(settings: Settings, language: Language, *, encoder_works: bool) -> IndexHealth:
    from rag import build
    from rag.index_store import read_manifest, verify
    from rag.own_encoder import tuned_from

    folder = settings.index
    health: IndexHealth = {
        "folder": str(folder),
        "ok": False,
        "problem": None,
        "format": None,
        "encoder": None,
        "tuned_from": None,
        "dimension": None,
        "documents": None,
        "paragraphs": None,
        "damaged_files": [],
        "bytes": _size(folder),
    }
    try:
        manifest = read_manifest(folder)
        health["format"], health["encoder"], health["dimension"] = manifest.format, manifest.encoder, manifest.dimension
        health["tuned_from"] = tuned_from(folder / "generations" / manifest.generation)
        health["documents"], health["paragraphs"] = manifest.documents, manifest.paragraphs
        health["damaged_files"] = verify(folder)
        if encoder_works:
            build.open_for_writing(settings).check()
        health["ok"] = not health["damaged_files"]
    except IndexMissing as error:
        if settings.index_named:
            health["problem"] = explain(error, language)
        else:
            health["ok"] = None
    except (RagError, CorpusError, EmbeddingsError) as error:
        health["problem"] = explain(error, language)
    except OSError as error:
        health["problem"] = f"{error.filename or folder}: {error.strerror or error}"
    return health


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0


def _free(folder: Path) -> int | None:
    """Bytes free on the disk that holds ``folder`` or would hold it."""
    for place in (folder, *folder.parents):
        if place.exists():
            return shutil.disk_usage(place).free
    return None
