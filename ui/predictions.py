"""``eval --predictions``: what was answered to every question, one JSON object a line."""

import json
from collections.abc import Sequence
from pathlib import Path

from rag.evaluation.outcome import Outcome
from ui.language import Language
from ui.records import Record, outcome_record
from ui.whole_file import write_whole


def write_predictions(path: Path, outcomes: Sequence[Outcome], language: Language) -> None:
    """Write ``outcomes`` to ``path``, in their order, all of them or nothing.

    Raises:
        InputError: The file cannot be written.
    """
    write_whole(path, (_line(outcome_record(outcome, language)) for outcome in outcomes))


def _line(record: Record) -> bytes:
    """One line of JSON in UTF-8; what of a file name is no text leaves as the escapes that JSON has for it."""
    return f"{json.dumps(record, ensure_ascii=False, allow_nan=False)}\n".encode("utf-8", "backslashreplace")
