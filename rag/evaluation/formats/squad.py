"""The JSON of SQuAD 1.1 and 2.0, of CMRC 2018 and of DRCD, as published.

    {"data": [{"title", "paragraphs": [{"context", "qas": [{"id", "question", "is_impossible"?,
                                                            "answers": [{"text", "answer_start"}]}]}]}]}
    [{"title", "context_id", "context_text", "qas": [{"query_id", "query_text", "answers": [str]}]}]

The second is the original form of CMRC 2018. A part of either (an article, a list of articles, a paragraph) is read as
well. Every context becomes a :class:`Context`. ``plausible_answers`` are no answers: SQuAD 2.0 has them for training.

References:
    Rajpurkar et al. 2016, arXiv:1606.05250; Rajpurkar et al. 2018, arXiv:1806.03822; Cui et al. 2019,
    arXiv:1810.07366; Shao et al. 2018, arXiv:1806.00920.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rag.answer import Span
from rag.evaluation.case import Case, Context
from rag.evaluation.errors import Phrase
from rag.evaluation.formats.jsonl import distinct
from rag.evaluation.formats.names import Names
from rag.evaluation.formats.record import Record
from rag.sentences import sentences

_SIGNS = ("data", "paragraphs", "qas")
_Start = tuple[str, int | None]
"""An answer as the file has it, and where it says that it begins in the context."""


def recognises(value: object) -> bool:
    """Whether this JSON is of the family, however broken inside."""
    if isinstance(value, list):
        return any(recognises(member) for member in value if isinstance(member, dict))
    return isinstance(value, dict) and "question" not in value and any(sign in value for sign in _SIGNS)


def read(path: str, value: object) -> tuple[tuple[Case, ...], tuple[Context, ...]]:
    """The questions, and the contexts that they are asked of; a context that comes twice is one.

    A question without an id is called by the place where it stands.

    Raises:
        CaseField: Something is missing or of the wrong kind; ``where`` is its place, ``data[0].paragraphs[2].qas[1]``.
    """
    names = Names()
    name_of: dict[str, str] = {}
    cases: list[Case] = []
    for paragraph, label in _paragraphs(path, value):
        text = _context(paragraph)
        if text not in name_of:
            name_of[text] = names.give(label)
        cases.extend(_case(record, text, name_of[text]) for record in _members(paragraph, "qas"))
    return tuple(cases), tuple(Context(name=name, text=text) for text, name in name_of.items())


def _paragraphs(path: str, value: object) -> Iterator[tuple[Record, str]]:
    """Each paragraph, and what to call its context: its id, else its article's name and its ordinal."""
    for article in _articles(path, value):
        title = article.optional_text("title") or article.identity("id") or "context"
        inner = list(_members(article, "paragraphs")) if "paragraphs" in article.fields else [article]
        for n, paragraph in enumerate(inner, start=1):
            label = paragraph.identity("context_id" if "context_text" in paragraph.fields else "id")
            yield paragraph, label or f"{title}-{n}"


def _articles(path: str, value: object) -> Iterator[Record]:
    if isinstance(value, list):
        root = Record(path=path, where="", fields={"": value})
        yield from _members(root, "")
        return
    root = Record.of(value, path, "", "")
    yield from _members(root, "data") if "data" in root.fields else [root]


def _members(record: Record, name: str) -> Iterator[Record]:
    """The objects in a list, each knowing where it stands."""
    for n, member in enumerate(record.members(name)):
        place = f"{record.where}.{name}[{n}]".lstrip(".")
        yield Record.of(member, record.path, place, f"{name}[{n}]")


def _context(paragraph: Record) -> str:
    name = "context_text" if "context_text" in paragraph.fields else "context"
    paragraph.text(name)
    # Not stripped: ``answer_start`` counts from its first character.
    return str(paragraph.fields[name])


def _case(record: Record, context: str, name: str) -> Case:
    answers = _answers(record)
    return Case(
        id=record.identity("query_id" if "query_id" in record.fields else "id") or record.where,
        question=record.text("query_text" if "query_text" in record.fields else "question"),
        answers=distinct(text.strip() for text, _ in answers),
        documents=(name,),
        evidence=_evidence(context, answers),
        where=record.where,
    )


def _answers(record: Record) -> list[_Start]:
    """The annotators' answers; none where the question is said to be impossible.

    Raises:
        CaseField: Also where ``is_impossible`` contradicts the answers.
    """
    impossible = record.truth("is_impossible")
    if impossible and not record.has("answers"):
        return []
    answers: list[_Start] = []
    for n, member in enumerate(record.members("answers")):
        fields = {"text": member} if isinstance(member, str) else member
        answer = Record.of(fields, record.path, f"{record.where}.answers[{n}]", f"answers[{n}]")
        answer.text("text")
        answers.append((str(answer.fields["text"]), answer.whole_number("answer_start")))
    if impossible is not None and impossible == bool(answers):
        if impossible:
            raise record.wrong("answers", Phrase.NO_ANSWERS)
        raise record.wrong("answers", Phrase.ANSWERS, Phrase.EMPTY)
    return answers


def _evidence(context: str, answers: Sequence[_Start]) -> tuple[str, ...]:
    """The sentence, or sentences, that hold the first answer: where it says that it begins, or where it occurs first.

    Annotators sometimes write an answer in their own words: then the next one's place counts.
    """
    for text, start in answers:
        stated = start is not None and start >= 0 and context.startswith(text, start)
        at = start if stated and start is not None else context.find(text)
        if at >= 0:
            held = [span for span in _sentences(context) if span[0] < at + len(text) and span[1] > at]
            return (context[held[0][0] : held[-1][1]],)
    return ()


@lru_cache(maxsize=8)
def _sentences(context: str) -> list[Span]:
    return sentences(context)
