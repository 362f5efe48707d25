"""The models of this machine as records: which there are, and what one of them can be used as."""

from typing import TypedDict

from rag.settings import Settings
from ui.catalog_errors import explain
from ui.language import Language


class ModelRecord(TypedDict):
    """One line of ``wenju models``; the fields are those of :class:`rag.local_models.LocalModel`."""

    name: str
    role: str | None
    source: str
    folder: str | None
    bytes: int
    in_use: bool


class Listing(TypedDict):
    """What ``wenju models --json`` prints; ``encoder`` and ``reader`` are the settings, null where nothing is set."""

    encoder: str | None
    reader: str | None
    models: list[ModelRecord]


class Use(TypedDict):
    """Whether a model can be used as something; ``problem`` says why not, for a person."""

    ok: bool
    problem: str | None


class EncoderUse(Use):
    """``dimension`` is that of its vectors, null where it cannot be an encoder."""

    dimension: int | None


class CheckRecord(TypedDict):
    """What ``wenju models check --json`` prints; ``folder`` is null for the bundled ones, which lie in two."""

    name: str
    folder: str | None
    ok: bool
    encoder: EncoderUse
    reader: Use


def listing(settings: Settings) -> Listing:
    """Every model that is bundled, set or in the local cache; nothing is loaded."""
    from rag.local_models import local_models

    return {
        "encoder": settings.encoder,
        "reader": settings.reader,
        "models": [
            {
                "name": model.name,
                "role": model.role,
                "source": model.source,
                "folder": str(model.folder) if model.folder else None,
                "bytes": model.size,
                "in_use": model.in_use,
            }
            for model in local_models(settings)
        ],
    }


def check(name: str, language: Language) -> CheckRecord:
    """Load ``name`` as encoder and as reader, and say which of them it can be.

    Raises:
        ReaderNotFound: There is nothing of this name to be loaded.
    """
    from rag.model_check import check as load

    checked = load(name)
    as_encoder, as_reader = checked.as_encoder, checked.as_reader
    return {
        "name": name,
        "folder": str(checked.folder) if checked.folder else None,
        "ok": as_encoder is None or as_reader is None,
        "encoder": {
            "ok": as_encoder is None,
            "problem": explain(as_encoder, language) if as_encoder else None,
            "dimension": checked.dimension,
        },
        "reader": {"ok": as_reader is None, "problem": explain(as_reader, language) if as_reader else None},
    }
