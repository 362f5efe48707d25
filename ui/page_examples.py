"""Questions to click where nothing has been asked yet: only such as get an answer, the right one where we know it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag.answer import Answer, DocumentRecord
from ui.catalog_web import WEB
from ui.language import Language, say

SHOWN = 6
TRIED = 15
"""Questions that are asked to find those; each takes as long as any other question."""
LONGEST_TITLE = 40
CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, kw_only=True)
class Example:
    """A question, and words of which the answer must hold one; none where any answer will do."""

    question: str
    expected: tuple[str, ...] = ()


def from_documents(documents: Sequence[DocumentRecord]) -> Iterator[Example]:
    """What documents say of themselves, of different kinds in turn, asked in the language of the title."""
    for place, record in enumerate(documents):
        facts = _facts(record)
        if facts and len(record.title) <= LONGEST_TITLE:
            key, expected = facts[place % len(facts)]
            language: Language = "zh" if CHINESE.search(record.title) else "en"
            question = say(WEB, language, f"example_{key}", title=record.title.strip("《》"))
            yield Example(question=question, expected=expected)


def answerable(candidates: Iterable[Example], ask: Callable[[str], Answer]) -> tuple[str, ...]:
    """The first of ``candidates`` that ``ask`` answers as expected."""
    found: list[str] = []
    for _, example in zip(range(TRIED), candidates, strict=False):
        answer = ask(example.question)
        if answer.answered and (not example.expected or any(fact in answer.answer for fact in example.expected)):
            found.append(example.question)
        if len(found) == SHOWN:
            break
    return tuple(found)


def _facts(record: DocumentRecord) -> list[tuple[str, tuple[str, ...]]]:
    facts = [("issuer", (record.issuer,)), ("number", (record.number,)), ("date", _dates(record.date))]
    return [(key, tuple(value for value in values if value)) for key, values in facts if any(values)]


def _dates(iso: str | None) -> tuple[str | None, ...]:
    """``2024-05-01`` as itself and as ``2024年5月1日``."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", iso or "")
    return (iso, f"{found[1]}年{int(found[2])}月{int(found[3])}日") if found else (iso,)
