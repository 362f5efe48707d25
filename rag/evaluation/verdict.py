"""What a user thought of one answer, and the test question that it makes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Literal

from rag.answer import Answer
from rag.evaluation.case import Case
from rag.evaluation.errors import Phrase
from rag.evaluation.formats.jsonl import distinct
from rag.evaluation.formats.record import Record, excerpt

Thumb = Literal["up", "down"]
LONGEST = {"question": 2000, "right_answer": 2000, "history": 2000, "asked": 8000, "answer": 20_000, "quotes": 20_000}
"""Characters of a text, or of each member of a list, at the most; of what is not named here ``LONGEST_NAME``."""
LONGEST_NAME = 4096
MOST_MEMBERS = 1000
_VERDICTS = ("是", "否", "yes", "no")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A thumb for one answer.

    Attributes:
        id: Of the answer: a second click on the same one changes this verdict.
        question: As it was asked.
        verdict: ``up`` or ``down``.
        when: ISO 8601.
        asked: The question that was searched for.
        history: Questions asked before it, oldest first.
        answered: Whether there was an answer; otherwise the thumb is for the refusal.
        answer: The words shown.
        kind: Of the answer, as in :class:`rag.answer.Answer`.
        items: The members, where the answer is a list.
        confidence: Of the answer.
        documents: File names of what was cited, each once.
        paths: Their paths.
        quotes: What was cited, best first.
        right_answer: What the user says it should have been.
        not_stated: The user says that the documents do not say.
    """

    id: str
    question: str
    verdict: Thumb
    when: str
    asked: str = ""
    history: tuple[str, ...] = ()
    answered: bool = False
    answer: str = ""
    kind: str = "none"
    items: tuple[str, ...] = ()
    confidence: float = 0.0
    documents: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    right_answer: str | None = None
    not_stated: bool = False

    def checked(self, path: str) -> "Verdict":
        """This verdict as it will be read again.

        Raises:
            CaseField: It cannot be kept as it is: too long, empty, or no text; ``path`` is for the message.
        """
        fields = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}
        return verdict_of(Record(path=path, where=excerpt(self.id), fields=fields))

    def as_case(self) -> Case | None:
        """The test question that this makes; ``None`` where nobody has said what the right answer is.

        Under a right answer of the user's own nothing is known of its place: it may stand in another document.
        """
        if self.verdict == "down":
            if self.right_answer is None and not self.not_stated:
                return None
            return self._case(answers=(self.right_answer,) if self.right_answer else ())
        if not self.answered:
            return self._case()
        # Further sources say the same once more, so that one of them is proof; a generated answer rests on all.
        quotes = self.quotes if self.kind == "generated" else self.quotes[:1]
        return self._case(answers=(self._accepted,), items=self.items, documents=self.documents, evidence=quotes)

    @property
    def _accepted(self) -> str:
        """The answer, or what it comes down to where the question was whether."""
        if self.kind == "boolean":
            return next((word for word in _VERDICTS if self.answer.lower().startswith(word)), self.answer)
        return self.answer

    def _case(
        self,
        *,
        answers: tuple[str, ...] = (),
        items: tuple[str, ...] = (),
        documents: tuple[str, ...] = (),
        evidence: tuple[str, ...] = (),
    ) -> Case:
        return Case(
            id=self.id,
            question=self.question,
            answers=answers,
            items=items,
            documents=documents,
            evidence=evidence,
            history=self.history,
        )


def verdict_on(
    answer: Answer,
    *,
    id: str,
    verdict: Thumb,
    when: datetime,
    history: Sequence[str] = (),
    right_answer: str | None = None,
    not_stated: bool = False,
) -> Verdict:
    """A thumb for ``answer``, which was given after the questions of ``history``."""
    paths = distinct(citation.document.path for citation in answer.citations)
    return Verdict(
        id=id,
        question=answer.question,
        verdict=verdict,
        when=when.isoformat(timespec="seconds"),
        asked=answer.asked,
        history=tuple(history),
        answered=answer.answered,
        answer=answer.answer,
        kind=answer.kind,
        items=answer.items,
        confidence=answer.confidence,
        documents=distinct(_readable(PurePath(path).name) for path in paths),
        paths=tuple(map(_readable, paths)),
        quotes=distinct(citation.quote for citation in answer.citations),
        right_answer=right_answer,
        not_stated=not_stated,
    )


def _readable(path: str) -> str:
    """``path`` with a question mark for each byte that is no text in the encoding of this system."""
    return path.encode("utf-8", "replace").decode("utf-8")


def verdict_of(record: Record) -> Verdict:
    """The verdict that ``record`` holds; fields of later versions are passed over.

    Raises:
        CaseField: It holds none.
    """
    _check_sizes(record)
    identity = record.identity("id")
    if identity is None:
        raise record.wrong("id", Phrase.TEXT)
    return Verdict(
        id=identity,
        question=record.text("question"),
        verdict=_thumb(record),
        when=_moment(record),
        asked=record.optional_text("asked") or "",
        history=record.optional_texts("history"),
        answered=record.truth("answered") or False,
        answer=record.optional_text("answer") or "",
        kind=record.optional_text("kind") or "none",
        items=record.optional_texts("items"),
        confidence=_confidence(record),
        documents=record.optional_texts("documents"),
        paths=record.optional_texts("paths"),
        quotes=record.optional_texts("quotes"),
        right_answer=record.optional_text("right_answer"),
        not_stated=record.truth("not_stated") or False,
    )


def _check_sizes(record: Record) -> None:
    for name, value in record.fields.items():
        longest = LONGEST.get(name, LONGEST_NAME)
        members = value if isinstance(value, list) else [value]
        if len(members) > MOST_MEMBERS:
            raise record.wrong(name, f"at most {MOST_MEMBERS} members", f"{len(members)} members")
        for length in (len(member) for member in members if isinstance(member, str)):
            if length > longest:
                raise record.wrong(name, f"at most {longest} characters", f"{length} characters")


def _thumb(record: Record) -> Thumb:
    value = record.text("verdict")
    if value == "up":
        return "up"
    if value == "down":
        return "down"
    raise record.wrong("verdict", Phrase.UP_OR_DOWN)


def _moment(record: Record) -> str:
    value = record.text("when")
    try:
        datetime.fromisoformat(value)
    except ValueError as error:
        raise record.wrong("when", Phrase.MOMENT) from error
    return value


def _confidence(record: Record) -> float:
    value = record.fields.get("confidence", 0.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise record.wrong("confidence", Phrase.SHARE)
    return float(value)
