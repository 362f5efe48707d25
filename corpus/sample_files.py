"""The bundled sample documents and their questions, found in a checkout and in an installed wheel alike."""

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class SampleQuestion:
    """One line of ``questions.jsonl``; the fields are those of a test set.

    Attributes:
        id: Unique among the samples.
        question: As a person types it.
        type: What it asks for: ``number``, ``date``, ``name``, ``list``, ..., or ``unanswerable``.
        style: ``lexical`` in the words of the document, ``paraphrase`` in others.
        answers: Accepted alternatives; empty when the documents do not say.
        items: The members of a list, all of which count.
        doc: Name of the file that answers it; ``None`` when none does.
        about: For an unanswerable question, the file that it seems to be about.
        evidence: Part of one line of ``doc`` that proves the answer.
        history: Questions asked before this one, oldest first.
    """

    id: str
    question: str
    type: str
    style: str
    answers: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    doc: str | None = None
    about: str | None = None
    evidence: str = ""
    history: tuple[str, ...] = ()


def sample_folder() -> Path:
    """The folder of the samples: documents, ``questions.jsonl`` and ``SOURCES.md``."""
    return Path(str(files("corpus").joinpath("samples")))


def sample_paths() -> tuple[Path, ...]:
    """The sample documents alone, sorted by name."""
    return tuple(sorted(sample_folder().glob("*.txt")))


def sample_questions() -> tuple[SampleQuestion, ...]:
    """The questions about the sample documents, in the order of the file."""
    lines = (sample_folder() / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_question(json.loads(line)) for line in lines)


def _question(row: dict[str, Any]) -> SampleQuestion:
    """JSON lists become tuples, and the empty list that stands for "no document" becomes ``None``."""
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    fields["doc"] = row["doc"] or None
    return SampleQuestion(**fields)
