"""JSONL, one question a line: what people write by hand, and what the chat's feedback is saved as.

    {"id", "question", "answers": [str], "items": [str]?, "doc": str | [str]?, "evidence": str | [str]?,
     "evidence_all": [str | {"doc", "text"}]?, "type"?, "style"?, "history": [str]?}

Empty ``answers`` mean that the documents do not say. Other fields are passed over.
"""

import json
from collections.abc import Iterable, Sequence

from rag.evaluation.case import Case
from rag.evaluation.errors import Phrase
from rag.evaluation.formats.parsing import json_lines
from rag.evaluation.formats.record import Record


def read(path: str, lines: Iterable[bytes]) -> tuple[Case, ...]:
    """The questions of ``lines``; one without an id is called by the number of its line.

    Raises:
        EvaluationError: A line is not UTF-8, not JSON, or lacks what a question needs; ``where`` names it.
    """
    return tuple(_case(path, number, value) for number, value in json_lines(path, lines))


def _case(path: str, number: int, value: object) -> Case:
    record = Record.of(value, path, f"line {number}", "line")
    items = record.optional_texts("items")
    # A list needs no other way to write the whole; for any other question, leaving the answers out is a mistake.
    if not items and not isinstance(record.fields.get("answers"), list):
        raise record.wrong("answers", Phrase.ACCEPTED)
    answers = record.optional_texts("answers")
    documents = record.text_or_texts("doc")
    proofs, holders = _places(record)
    return Case(
        id=record.identity("id") or str(number),
        question=record.text("question"),
        answers=distinct(answers),
        items=items,
        documents=distinct(documents or holders),
        evidence=proofs or record.text_or_texts("evidence"),
        type=record.optional_text("type"),
        style=record.optional_text("style"),
        history=record.optional_texts("history"),
        where=str(number),
    )


def _places(record: Record) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What ``evidence_all`` says: the words of each place, and the documents that they stand in."""
    if not record.has("evidence_all"):
        return (), ()
    texts: list[str] = []
    documents: list[str] = []
    for n, place in enumerate(record.members("evidence_all")):
        said = {"text": place} if isinstance(place, str) else place
        inner = Record.of(said, record.path, record.where, f"evidence_all[{n}]")
        texts.append(inner.text("text"))
        documents.extend(inner.text_or_texts("doc"))
    return tuple(texts), tuple(documents)


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once, where it stands first."""
    return tuple(dict.fromkeys(texts))


def write(cases: Sequence[Case]) -> str:
    r"""``cases`` as :func:`read` reads them, one a line, each line ended by ``\n``."""
    return "".join(json.dumps(_fields(case), ensure_ascii=False) + "\n" for case in cases)


def _fields(case: Case) -> dict[str, object]:
    fields: dict[str, object] = {"id": case.id, "question": case.question, "answers": list(case.answers)}
    optional: dict[str, object] = {
        "items": list(case.items),
        "doc": _one_or_many(case.documents),
        "evidence": _one_or_many(case.evidence),
        "type": case.type,
        "style": case.style,
        "history": list(case.history),
    }
    return fields | {name: value for name, value in optional.items() if value}


def _one_or_many(texts: tuple[str, ...]) -> str | list[str]:
    return texts[0] if len(texts) == 1 else list(texts)
