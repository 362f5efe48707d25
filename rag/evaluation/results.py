"""Results of ``wenju eval`` read back: what ``--json`` printed, or the lines that ``--predictions`` wrote."""

import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rag.errors import NoSuchPath
from rag.evaluation.case import HIDDEN
from rag.evaluation.errors import CaseField, CaseNotJson, DatasetNotText, EvaluationError, Phrase, PredictionsDamaged
from rag.evaluation.formats.parsing import decode, first_value, json_lines
from rag.evaluation.formats.record import Record, excerpt

RIGHT = ("right", "refused_rightly")
"""The stages at which nothing went wrong (``rag.evaluation.outcome.Stage``)."""
ENTRY = ""
"""What an entry as a whole is called among its fields."""
LARGEST = 1e15
"""No score, nor a time in milliseconds, is beyond this; what is would make a mean of the others worthless."""


@dataclass(frozen=True, kw_only=True)
class QuestionResult:
    """What came of one question.

    Attributes:
        id: As :attr:`rag.evaluation.outcome.Outcome.id`.
        scores: Metric -> value, for those that apply.
        stage: Where it was won or lost.
        answerable: Whether the documents say.
        left_out: Asked with its document hidden.
        question: As it was asked; ``None`` where the file does not say, as that of ``--json``.
        answer: What was answered, empty for a refusal; ``None`` where the file does not say.
        accepted: The accepted answers; empty where the file does not say.
    """

    id: str
    scores: Mapping[str, float]
    stage: str
    answerable: bool
    left_out: bool
    question: str | None = None
    answer: str | None = None
    accepted: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether this question counts against the answers."""
        return self.stage not in RIGHT

    @property
    def answered(self) -> bool | None:
        """Whether an answer was given; ``None`` where only retrieval was measured."""
        if "answered" in self.scores:
            return self.scores["answered"] > 0
        refused = self.scores.get("false_refusal", self.scores.get("refused"))
        return None if refused is None else refused == 0


@dataclass(frozen=True, kw_only=True)
class Results:
    """One run: the file it was read from, and its questions by id, in the order of the file."""

    path: str
    questions: Mapping[str, QuestionResult] = field(default_factory=dict)


def read_results(path: str | Path) -> Results:
    """Read the output of ``eval --json`` or a file of ``eval --predictions``; which of them shows in the file.

    Raises:
        NoSuchPath: There is nothing at ``path``.
        PredictionsDamaged: It is neither, or part of it is missing or not of the kind it should be, or an id stands
            there twice; ``where`` is the line, or the place in the JSON.
    """
    name = str(path)
    try:
        records = list(_records(name, _bytes(Path(path))))
        questions = [(record.where, _question(record)) for record in records]
    except CaseField as error:
        raise PredictionsDamaged(path=name, where=error.facts["where"], detail=_detail(error)) from error
    except CaseNotJson as error:
        raise PredictionsDamaged(path=name, where=error.facts["where"], detail=error.facts["detail"]) from error
    except DatasetNotText as error:
        raise PredictionsDamaged(path=name, where=error.facts["where"], detail="UTF-8") from error
    if not questions:
        raise PredictionsDamaged(path=name, where=Phrase.WHOLE_FILE, detail=Phrase.EMPTY)
    return Results(path=name, questions=_by_id(name, questions))


def _detail(error: CaseField) -> object:
    """Which field, and what stands there: words of the file, for the sentence around them can be in any language."""
    field, found = error.facts["field"], error.facts["found"]
    if field == ENTRY:
        return found
    return f"'{field}'" if isinstance(found, Phrase) else f"'{field}': {found}"


def _bytes(path: Path) -> bytes:
    """What the file holds; a pipe is not waited for."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # of a folder the system says what it is
            raise PredictionsDamaged(path=str(path), where=Phrase.WHOLE_FILE, detail=Phrase.NOT_A_FILE)
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoSuchPath(path=str(path)) from error
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise PredictionsDamaged(path=str(path), where=Phrase.WHOLE_FILE, detail=detail) from error


def _records(path: str, data: bytes) -> Iterator[Record]:
    """One record a question, with its place."""
    text = decode(path, data)
    if not text.strip():
        return
    try:
        value, rest = first_value(text, path)
    except EvaluationError:
        # Broken as a whole: where its first line is whole, it goes by lines, and the broken one is named.
        value, rest = None, ""
        if "\n" not in text.strip() or not _starts_with_line(text, path):
            raise
    if isinstance(value, dict) and not rest and "questions" in value:
        for n, entry in enumerate(Record.of(value, path, "", "questions").members("questions")):
            yield Record.of(entry, path, f"questions[{n}]", ENTRY)
        return
    for number, entry in json_lines(path, data.split(b"\n")):
        yield Record.of(entry, path, f"line {number}", ENTRY)


def _starts_with_line(text: str, path: str) -> bool:
    try:
        return not first_value(text.lstrip().split("\n", 1)[0], path)[1]
    except EvaluationError:
        return False


def _question(record: Record) -> QuestionResult:
    identity = record.identity("id")
    if identity is None:
        raise record.wrong("id", Phrase.TEXT)
    left_out = _truth(record, "left_out")
    return QuestionResult(
        id=f"{identity}{HIDDEN}" if left_out and not identity.endswith(HIDDEN) else identity,
        scores=_scores(record),
        stage=record.text("stage"),
        answerable=_truth(record, "answerable"),
        left_out=left_out,
        question=_text(record, "question"),
        answer=_text(record, "answer"),
        accepted=(*record.optional_texts("accepted"), *record.optional_texts("accepted_items")),
    )


def _scores(record: Record) -> dict[str, float]:
    """The scores that apply; one that is ``null`` does not."""
    given = Record.of(record.fields.get("scores"), record.path, record.where, "scores").fields
    scores = {}
    for name, value in given.items():
        if value is None:
            continue
        if not isinstance(value, int | float) or abs(value) > LARGEST:
            raise record.wrong(f"scores.{name}", Phrase.NUMBER, excerpt(value))
        scores[name] = float(value)
    return scores


def _truth(record: Record, name: str) -> bool:
    value = record.truth(name)
    if value is None:
        raise record.wrong(name, Phrase.TRUTH)
    return value


def _text(record: Record, name: str) -> str | None:
    """A text, which may be empty: a refusal is."""
    value = record.fields.get(name)
    if value is not None and not isinstance(value, str):
        raise record.wrong(name, Phrase.TEXT)
    return value


def _by_id(path: str, questions: list[tuple[str, QuestionResult]]) -> dict[str, QuestionResult]:
    first: dict[str, str] = {}
    for where, question in questions:
        if first.setdefault(question.id, where) != where:
            detail = f"'id': {excerpt(question.id)}, {first[question.id]}"
            raise PredictionsDamaged(path=path, where=where, detail=detail)
    return {question.id: question for _, question in questions}
