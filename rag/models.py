"""Which trained reader reads: the bundled one, another one from this machine, or none."""

import logging
from importlib.util import find_spec
from pathlib import Path

from rag.span_model import SpanModel

BUNDLED, NONE = "bundled", "none"

log = logging.getLogger(__name__)


def load_model(reader: str | None = None) -> SpanModel | None:
    """The model that ``reader`` names; ``None`` where questions are to be answered without one.

    Args:
        reader: ``bundled`` or ``None`` for the one that comes with the program, ``none`` for none, else a folder, or a
            name in the local cache of Hugging Face. A folder made by ``rag.training.reader`` runs like the bundled one.

    Raises:
        ReaderUnusable: ``reader`` names no extractive reader of this machine.
        ReaderDamaged: The bundled one is missing or cannot be understood.
    """
    # Imported here: each brings a heavy library along.
    if reader == NONE:
        return None
    if reader in (None, BUNDLED):
        if find_spec("onnxruntime") is None:
            log.warning("onnxruntime is not installed: reading without the trained reader")
            return None
        from rag.bundled_model import bundled_model

        return bundled_model()
    from rag.bundled_model import GRAPH, BundledModel
    from rag.transformers_model import TransformersModel

    folder = Path(str(reader)).expanduser()
    return BundledModel(folder) if (folder / GRAPH).is_file() else TransformersModel(str(reader))
