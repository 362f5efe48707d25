"""A file of questions: JSONL, one object a line, checked as a whole before the first one is asked."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rag.errors import BadScope
from rag.scope import Scope, scope_from
from ui.errors import InputError
from ui.session import words

STANDARD_INPUT = "-"
SHOWN_OF_A_BAD_LINE = 40


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question, the ones asked before it, and its ``id`` where it has one (returned with the answer).

    ``scope`` is what it is asked of, ``None`` where the line does not say; ``line`` is the number of its line.
    """

    question: str
    line: int
    history: tuple[str, ...] = ()
    scope: Scope | None = None
    identity: Mapping[str, object] = field(default_factory=dict)


def read_questions(path: str) -> tuple[Asked, ...]:
    """All questions of the file at ``path`` (``-``: standard input), blank lines left out.

    Raises:
        InputError: The file cannot be opened or holds no question, or a line, named by its number, is not one.
    """
    try:
        data = sys.stdin.buffer.read() if path == STANDARD_INPUT else Path(path).read_bytes()
    except OSError as error:
        raise InputError("file_unreadable", path=path, detail=error.strerror or error) from error
    lines = enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1)
    asked = tuple(_question(path, number, line) for number, line in lines if line.strip())
    if not asked:
        raise InputError("file_empty", path=path)
    return asked


def _question(path: str, number: int, line: bytes) -> Asked:
    try:
        said = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError("line_not_utf8", path=path, line=number) from error
    except json.JSONDecodeError as error:
        raise InputError("line_not_json", path=path, line=number, detail=f"{error.msg}: {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise InputError("line_not_json", path=path, line=number, detail=error) from error
    if not isinstance(said, dict):
        found = json.dumps(said, ensure_ascii=False)[:SHOWN_OF_A_BAD_LINE]
        raise InputError("line_not_object", path=path, line=number, found=found)
    question, history = said.get("question"), said.get("history") or []
    if not isinstance(question, str):
        raise InputError("line_no_question", path=path, line=number)
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        raise InputError("line_bad_history", path=path, line=number)
    identity = {"id": said["id"]} if isinstance(said.get("id"), str | int) else {}
    try:
        scope = None if said.get("scope") is None else scope_from(said["scope"])
    except BadScope as error:
        raise InputError("line_bad_scope", path=path, line=number, found=error.facts["found"]) from error
    return Asked(
        question=words(question), line=number, history=tuple(map(words, history)), scope=scope, identity=identity
    )
