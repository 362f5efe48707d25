"""The composition root: the only place that names concrete classes."""

import shutil
import tempfile
import weakref
from pathlib import Path

from corpus import sample_files
from embeddings.encoder import load_encoder
from rag.evaluation.case import Dataset
from rag.library import Library, Progress
from rag.models import load_model
from rag.readers import Readers
from rag.settings import Settings

READERS = Readers(load_model)
"""Of all libraries together: one that is opened anew reads with what is loaded."""


def open_library(settings: Settings) -> Library:
    """The index that ``settings`` names; where nobody named one and none exists yet, the bundled samples, read-only.

    Raises:
        IndexUnusable: The index was asked for and is missing, damaged or made by another encoder.
        EmbeddingsError: The encoder cannot be loaded.
    """
    if not settings.index_named and not (settings.index / "manifest.json").exists():
        return open_samples(settings)
    library = open_for_writing(settings)
    library.check()
    return library


def open_for_writing(settings: Settings) -> Library:
    """The index folder of ``settings``, which need not exist yet."""
    return Library(settings=settings, encoder=load_encoder(settings.encoder), model=READERS.get)


def open_samples(settings: Settings) -> Library:
    """The bundled samples, indexed into a temporary folder that goes when the library does."""
    library = _open_temporary(settings, Path(tempfile.mkdtemp(prefix="wenju-samples-")))
    library.fill([str(path) for path in sample_files.sample_paths()])
    return library


def open_contexts(settings: Settings, dataset: Dataset, progress: Progress | None = None) -> Library:
    """The texts that ``dataset`` brings with it, each one document of a temporary index that goes with the library."""
    folder = Path(tempfile.mkdtemp(prefix="wenju-contexts-"))
    library = _open_temporary(settings, folder / "index")
    weakref.finalize(library, shutil.rmtree, folder, ignore_errors=True)
    library.prepare()  # what is wrong with the reader is told before the texts are indexed, which can take minutes
    texts = folder / "texts"
    texts.mkdir()
    for context in dataset.contexts:
        (texts / f"{context.name}.txt").write_text(context.text, encoding="utf-8")
    library.fill([str(texts)], progress)
    return library


def _open_temporary(settings: Settings, folder: Path) -> Library:
    library = Library(settings=settings, encoder=load_encoder(settings.encoder), model=READERS.get, temporary=folder)
    weakref.finalize(library, shutil.rmtree, folder, ignore_errors=True)
    return library


def sample_test_set() -> Path:
    """The questions about the samples, as a test set."""
    return sample_files.sample_folder() / "questions.jsonl"


def sample_questions() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Questions about the samples with the answers that are accepted, the sample documents taking turns."""
    asked = [q for q in sample_files.sample_questions() if q.answers and not q.history and q.type != "yes_no"]
    turns: dict[str | None, int] = {}
    ordered = []
    for question in asked:
        turn = turns[question.doc] = turns.get(question.doc, 0) + 1
        ordered.append((turn, question))
    ordered.sort(key=lambda pair: pair[0])
    return tuple((question.question, question.answers) for _, question in ordered)
