"""Test sets as people have them: JSONL, CSV, the JSON of SQuAD and its kin, and the folders of BEIR."""

import stat
from pathlib import Path

from rag.evaluation.case import Case, Dataset
from rag.evaluation.errors import DatasetEmpty, DatasetUnreadable, DuplicateCase, EvaluationError, Phrase
from rag.evaluation.formats import beir, jsonl, squad, table
from rag.evaluation.formats.parsing import decode, first_value
from rag.evaluation.formats.record import case_place, excerpt

_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")
"""How .xlsx and .zip, .xls and .gz begin."""


def read_dataset(path: str | Path) -> Dataset:
    """The test set at ``path``, whole: what cannot be understood is an error that names its place.

    A folder is read as BEIR has it, ``.csv`` and ``.tsv`` as a table, a JSON document with ``data``, ``paragraphs`` or
    ``qas`` as SQuAD, CMRC 2018 and DRCD have it, and anything else as JSONL. See :mod:`rag.evaluation.formats`.

    Raises:
        DatasetUnreadable: There is nothing at ``path``, it may not be opened, or it is of no known kind.
        DatasetEmpty: There is no question in it.
        DuplicateCase: Two questions have the same id.
        EvaluationError: Something in it is malformed.
    """
    place = Path(path)
    try:
        mode = _mode(place)
        if stat.S_ISDIR(mode):
            dataset = _folder(place)
        elif stat.S_ISREG(mode):
            dataset = _file(str(path), place.suffix.lower(), place.read_bytes())
        else:
            raise DatasetUnreadable(path=path, detail=Phrase.NOT_A_FILE)
    except FileNotFoundError as error:
        raise DatasetUnreadable(path=path, detail=Phrase.NO_SUCH_FILE) from error
    except OSError as error:
        raise DatasetUnreadable(path=path, detail=error.strerror or str(error)) from error
    if not dataset.cases:
        raise DatasetEmpty(path=path)
    _check_ids(dataset)
    return dataset


def _mode(place: Path) -> int:
    try:
        return place.stat().st_mode
    except ValueError as error:  # a NUL character: no file has such a name
        raise DatasetUnreadable(path=place, detail=Phrase.NO_SUCH_FILE) from error


def _folder(folder: Path) -> Dataset:
    cases, contexts = beir.read(folder)
    return Dataset(path=str(folder), format="beir", cases=cases, contexts=contexts, retrieval_only=True)


def _file(path: str, suffix: str, data: bytes) -> Dataset:
    if data.startswith(_PACKED):
        raise DatasetUnreadable(path=path, detail=Phrase.PACKED)
    if suffix in table.SUFFIXES:
        return Dataset(path=path, format="csv", cases=table.read(path, data))
    text = decode(path, data)
    value = _whole(path, suffix, text)
    if squad.recognises(value):
        cases, contexts = squad.read(path, value)
        return Dataset(path=path, format="squad", cases=cases, contexts=contexts)
    if value == []:
        raise DatasetEmpty(path=path)
    if isinstance(value, list) or (isinstance(value, dict) and "\n" in text.strip()):
        raise DatasetUnreadable(path=path, detail=Phrase.OTHER_JSON)
    return Dataset(path=path, format="jsonl", cases=jsonl.read(path, data.split(b"\n")))


def _whole(path: str, suffix: str, text: str) -> object | None:
    """The one JSON value that is the whole of ``text``; ``None`` where there are more, so that it goes by lines.

    Raises:
        EvaluationError: It can be nothing but one value, and is broken.
    """
    try:
        value, rest = first_value(text, path)
    except EvaluationError:
        if text.strip() and (suffix == ".json" or text.lstrip().startswith("[")):
            raise
        return None
    return None if rest else value


def _check_ids(dataset: Dataset) -> None:
    first: dict[str, Case] = {}
    for case in dataset.cases:
        for id in (case.id, case.hidden_id):
            before = first.setdefault(id, case)
            if before is not case:
                where, earlier = case_place(case.where), case_place(before.where)
                raise DuplicateCase(path=dataset.path, where=where, id=excerpt(id)[1:-1], first=earlier)
