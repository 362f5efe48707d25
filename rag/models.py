"""Which trained reader reads: the bundled one, another one from this machine, or none."""

import logging
from importlib.util import find_spec

from embeddings.fingerprint import encoder_name, file_hash
from rag.errors import ReaderDamaged, ReaderNotFound, ReaderUnusable
from rag.local_models import BUNDLED as BUNDLED
from rag.local_models import NONE as NONE
from rag.local_models import bundled_folder, find
from rag.span_model import SpanModel, Stretch

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
    if reader == NONE:
        return None
    if reader not in (None, BUNDLED):
        return _named(str(reader))
    if not _runs_bundled():
        log.warning("onnxruntime is not installed: reading without the trained reader")
        return None
    from rag.bundled_model import bundled_model  # brings a heavy library along

    return bundled_model()


def fingerprint(reader: str | None) -> str:
    """What tells the model that ``reader`` names from every other: a name and a hash of its weights.

    Where there is no such model it is ``reader`` itself: nothing can be read with it.
    """
    bundled = reader in (None, BUNDLED)
    if reader == NONE or (bundled and not _runs_bundled()):
        return NONE
    folder = bundled_folder("reader") if bundled else find(str(reader))
    if folder is None:
        return str(reader)
    from rag.bundled_model import graph_of

    graph = graph_of(folder)
    return f"{encoder_name(folder)}-{file_hash(graph)[:12] if graph.is_file() else ''}"


def _runs_bundled() -> bool:
    return find_spec("onnxruntime") is not None


def _named(reader: str) -> SpanModel:
    """A model of this machine that has read a word already."""
    folder = find(reader)
    if folder is None:
        raise ReaderNotFound(path=reader)
    from rag.bundled_model import BundledModel, graph_of
    from rag.transformers_model import TransformersModel

    own = graph_of(folder).is_file() and _runs_bundled()
    if not own and not (folder / "config.json").is_file():  # transformers would say something about tokenizers
        raise ReaderUnusable(path=reader, detail="there is no config.json in it")
    try:
        model: SpanModel = BundledModel(folder) if own else TransformersModel(reader)
        model.score("0", [Stretch(headings="", text="0")])
    except ReaderUnusable:
        raise
    except ReaderDamaged as error:
        raise ReaderUnusable(path=reader, detail=error.facts["detail"]) from error
    except Exception as error:  # each architecture fails in its own way
        raise ReaderUnusable(path=reader, detail=" ".join(str(error).split())[:200]) from error
    return model
