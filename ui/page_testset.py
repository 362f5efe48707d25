"""A test set as it comes to the page: uploaded, the samples' questions, or the verdicts that were kept."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

from rag.errors import RagError
from rag.evaluation.case import Dataset
from rag.evaluation.dataset import read_dataset
from rag.evaluation.errors import DatasetUnreadable
from rag.settings import Settings
from ui.catalog_web import EVALUATION
from ui.language import Language, say
from ui.page_uploads import Upload, safe_name

SUFFIXES = (".jsonl", ".csv", ".json")


def read_upload(upload: Upload, settings: Settings, language: Language) -> Dataset:
    """The test set in ``upload``; it and every error call the file as its user does.

    Raises:
        RagError: It cannot be used; the message is one line.
        OSError: It cannot be copied.
    """
    name = PurePosixPath(upload.name.replace("\\", "/")).name or upload.path.name
    if PurePosixPath(name).suffix.lower() not in SUFFIXES:
        raise DatasetUnreadable(path=name, detail=say(EVALUATION, language, "suffix"))
    if upload.path.stat().st_size > settings.max_file_bytes:
        detail = say(EVALUATION, language, "too_large", limit=settings.max_file_mb)
        raise DatasetUnreadable(path=name, detail=detail)
    with tempfile.TemporaryDirectory(prefix="wenju-testset-") as folder:
        # The format is told by the suffix, which is the user's; where the server put the file need not have it.
        own = Path(folder) / safe_name(name)
        shutil.copyfile(upload.path, own)
        return read_file(own, name)


def read_file(path: Path, name: str) -> Dataset:
    """The test set at ``path``, which is called ``name`` wherever its path would be shown.

    Raises:
        RagError: As :func:`rag.evaluation.dataset.read_dataset`.
    """
    try:
        return replace(read_dataset(path), path=name)
    except RagError as error:
        if "path" not in error.facts:
            raise
        raise type(error)(**{**error.facts, "path": name}) from error
