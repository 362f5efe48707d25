"""A folder of BEIR: for retrieval alone.

    corpus.jsonl      {"_id", "title", "text"} a line
    queries.jsonl     {"_id", "text"} a line
    qrels/test.tsv    query-id, corpus-id, score, with a line of headings or without; or qrels.tsv beside the others

Of several splits the first of ``test``, ``dev`` and ``train`` is taken. As BEIR itself does, a query that the split
does not mention is no part of it. A score of 0 or less says that the document was judged and is not relevant; a query
with no other scores stays in, as in trec_eval, where it counts 0.

Reference: Thakur et al. 2021, arXiv:2104.08663.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rag.evaluation.case import Case, Context
from rag.evaluation.errors import CaseField, DatasetUnreadable, DuplicateCase, Phrase
from rag.evaluation.formats.names import Names
from rag.evaluation.formats.parsing import decode, json_lines
from rag.evaluation.formats.record import Record, excerpt

CORPUS, QUERIES = "corpus.jsonl", "queries.jsonl"
QRELS = ("qrels/test.tsv", "qrels/dev.tsv", "qrels/train.tsv", "qrels.tsv")
_COLUMNS = ("query-id", "corpus-id", "score")
_HEADINGS = ("query-id", "query_id", "qid")
_GRADE = re.compile(r"[+-]?[0-9]{1,3}")


def read(folder: Path) -> tuple[tuple[Case, ...], tuple[Context, ...]]:
    """The queries of the split, in the order of ``queries.jsonl``, and every document of the corpus.

    Raises:
        DatasetUnreadable: A file is missing.
        EvaluationError: A line is malformed, or names a query or document that is not there.
        OSError: A file cannot be opened.
    """
    qrels = next((folder / name for name in QRELS if (folder / name).is_file()), None)
    if qrels is None or not all((folder / name).is_file() for name in (CORPUS, QUERIES)):
        raise DatasetUnreadable(path=folder, detail=Phrase.NOT_BEIR)
    names, contexts = _documents(folder / CORPUS)
    queries = _queries(folder / QUERIES)
    relevance = _relevance(qrels, queries, names)
    cases = tuple(
        Case(id=identity, question=question, relevance=relevance[identity], where=str(line))
        for identity, (question, line) in queries.items()
        if identity in relevance
    )
    return cases, contexts


def _documents(path: Path) -> tuple[dict[str, str], tuple[Context, ...]]:
    """Id -> name of its context; and the contexts, with their title as the first line."""
    given, names, lines, contexts = Names(), dict[str, str](), dict[str, int](), list[Context]()
    for line, record in _records(path):
        identity = _identity(record, lines, line)
        parts = (record.optional_text("title"), record.optional_text("text"))
        if not record.has("title") and not record.has("text"):
            raise record.wrong("text", Phrase.TEXT)
        names[identity] = given.give(identity)
        contexts.append(Context(name=names[identity], text="\n".join(part for part in parts if part)))
    return names, tuple(contexts)


def _queries(path: Path) -> dict[str, tuple[str, int]]:
    """Id -> the words of the query and its line."""
    queries, lines = dict[str, tuple[str, int]](), dict[str, int]()
    for line, record in _records(path):
        queries[_identity(record, lines, line)] = (record.text("text"), line)
    return queries


def _records(path: Path) -> Iterator[tuple[int, Record]]:
    with path.open("rb") as lines:
        for n, value in json_lines(str(path), lines):
            yield n, Record.of(value, str(path), f"line {n}", "line")


def _identity(record: Record, lines: dict[str, int], line: int) -> str:
    """The id of a line, which must be its own; ``lines`` remembers where each was seen."""
    identity = record.identity("_id")
    if identity is None:
        raise record.wrong("_id", Phrase.TEXT_OR_NUMBER)
    if identity in lines:
        raise DuplicateCase(path=record.path, where=record.where, id=identity, first=f"line {lines[identity]}")
    lines[identity] = line
    return identity


def _relevance(path: Path, queries: Mapping[str, object], names: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Id of a query of the split -> name of a context -> its grade, where that is above 0."""
    grades: dict[tuple[str, str], int] = {}
    relevance: dict[str, dict[str, int]] = {}
    for line, row in enumerate(decode(str(path), path.read_bytes()).split("\n"), start=1):
        cells = [cell.strip() for cell in row.split("\t")]
        if not any(cells) or (not grades and cells[0].casefold() in _HEADINGS):
            continue
        query, document, grade = _judgement(path, f"line {line}", cells, queries, names)
        if grades.setdefault((query, document), grade) != grade:
            raise _wrong(path, f"line {line}", "score", Phrase.SAME_GRADE, cells[2])
        of_query = relevance.setdefault(query, {})
        if grade > 0:
            of_query[names[document]] = grade
    return relevance


def _judgement(
    path: Path, where: str, cells: Sequence[str], queries: Mapping[str, object], names: Mapping[str, str]
) -> tuple[str, str, int]:
    """Query, document and grade of one line."""
    for n, field in enumerate(_COLUMNS):
        if n >= len(cells) or not cells[n]:
            raise CaseField(path=path, where=where, field=field, expected=Phrase.TEXT, found=Phrase.MISSING)
    query, document, score = cells[:3]
    if query not in queries:
        raise _wrong(path, where, _COLUMNS[0], Phrase.QUERY_ID, query)
    if document not in names:
        raise _wrong(path, where, _COLUMNS[1], Phrase.CORPUS_ID, document)
    if not _GRADE.fullmatch(score) or len(cells) > len(_COLUMNS):
        raise _wrong(path, where, _COLUMNS[2], Phrase.GRADE, "\t".join(cells[2:]))
    return query, document, int(score)


def _wrong(path: Path, where: str, field: str, expected: Phrase, found: str) -> CaseField:
    return CaseField(path=path, where=where, field=field, expected=expected, found=excerpt(found))
