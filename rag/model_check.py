"""What a model can be used as: found out by loading it."""

from dataclasses import dataclass
from pathlib import Path

from embeddings.encoder import load_encoder
from embeddings.errors import EmbeddingsError
from rag.errors import RagError, ReaderDamaged, ReaderNotFound
from rag.local_models import BUNDLED, NONE, bundled_folder, find
from rag.models import load_model


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What came of loading a model.

    Attributes:
        folder: Where it lies; ``None`` for the bundled ones, which are two.
        dimension: Of its vectors, where it can be an encoder.
        as_encoder: Why it cannot be one; ``None`` where it can.
        as_reader: The same as a reader.
    """

    folder: Path | None
    dimension: int | None
    as_encoder: EmbeddingsError | None
    as_reader: RagError | None


def check(name: str) -> Checked:
    """Load ``name``, ``bundled`` or a folder or a name in the cache of Hugging Face, as encoder and as reader.

    Raises:
        ReaderNotFound: There is nothing of this name to be loaded.
    """
    folder = None if name == BUNDLED else find(name)
    if folder is None and name != BUNDLED:
        raise ReaderNotFound(path=name)
    dimension, problem = None, None
    try:
        dimension = load_encoder(str(folder) if folder else None).dimension
    except EmbeddingsError as error:
        problem = error
    # By its name, as the settings have it; a folder called "none" is meant as a folder.
    as_reader = reader_problem(str(folder) if name == NONE else name)
    return Checked(folder=folder, dimension=dimension, as_encoder=problem, as_reader=as_reader)


def reader_problem(reader: str | None) -> RagError | None:
    """Why questions cannot be read with ``reader`` as it is set; ``None`` where they can."""
    try:
        model = load_model(reader)
    except RagError as error:
        return error
    if model is None and reader != NONE:
        return ReaderDamaged(path=str(bundled_folder("reader")), detail="onnxruntime is not installed")
    return None
