"""``eval --predictions``: what was answered to every question, one JSON object a line."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from rag.evaluation.outcome import Outcome
from ui.language import Language
from ui.records import Record, outcome_record
from ui.whole_file import write_whole

OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


def write_predictions(path: Path, outcomes: Sequence[Outcome], language: Language) -> None:
    """Write ``outcomes`` to ``path``, in their order, all of them or nothing.

    Raises:
        InputError: The file cannot be written.
    """
    write_whole(path, (_line(outcome_record(outcome, language)) for outcome in outcomes))


def _line(record: Record) -> bytes:
    """One line of JSON in UTF-8, on which every reader of lines agrees.

    Characters that some take for the end of a line, and what of a file name is no text, leave as escapes.
    """
    line = json.dumps(record, ensure_ascii=False, allow_nan=False)
    line = OTHER_LINE_ENDS.sub(lambda found: f"\\u{ord(found.group()):04x}", line)
    return f"{line}\n".encode("utf-8", "backslashreplace")
