"""CSV and TSV, as spreadsheets write them: the columns ``question``, ``answer`` and ``source``, in any order.

Further columns are ``id``, ``type``, ``style`` and ``evidence``; others are passed over. The headings may be Chinese.
Several accepted answers, or several sources, stand in one cell with ``|`` or a line break between them. An empty answer
means that the documents do not say. The text may be UTF-8, UTF-16 or, as Excel writes it in China, GB18030.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from corpus.loaders.encoding import detect
from rag.evaluation.case import Case
from rag.evaluation.errors import CaseField, CaseNotRow, DatasetNotText, Phrase
from rag.evaluation.formats.jsonl import distinct
from rag.evaluation.formats.record import excerpt

SUFFIXES = (".csv", ".tsv")
_NAMES = {
    "question": ("question", "questions", "query", "问题", "问", "提问"),
    "answer": ("answer", "answers", "答案", "答", "回答", "标准答案"),
    "source": ("source", "sources", "doc", "document", "来源", "出处", "文件", "文档"),
    "id": ("id", "编号", "序号"),
    "type": ("type", "类型", "题型"),
    "style": ("style", "问法", "风格"),
    "evidence": ("evidence", "依据", "原文", "证据"),
}
_COLUMN_OF = {heading: name for name, headings in _NAMES.items() for heading in headings}
_REQUIRED = ("question", "answer", "source")
_DELIMITERS = (",", "\t", ";")
_BETWEEN = re.compile(r"[|\r\n]+")
_LONGEST_HEADING = 10_000
_Row = tuple[int, list[str]]
"""The line that a row begins on, from 1, and its cells."""


def read(path: str, data: bytes) -> tuple[Case, ...]:
    """The questions of a table; one without an id is called by the number of the line it begins on.

    Raises:
        DatasetNotText: The bytes are no text.
        CaseNotRow: Quotation marks that do not match.
        CaseField: A column or a cell that is missing, or cells that belong to no column.
    """
    text = _decode(path, data)
    delimiter = max(_DELIMITERS, key=lambda mark: len(_columns(_heading(text, mark)).keys() & set(_REQUIRED)))
    rows = _rows(path, text, delimiter)
    line, headings = next(rows, (0, []))
    if not headings:
        return ()
    columns = _checked_columns(path, line, headings)
    cases = []
    for line, cells in rows:
        _check_headed(path, line, cells, headings)
        cases.append(_case(path, line, {name: cells[n] for name, n in columns.items() if n < len(cells)}))
    return tuple(cases)


def _decode(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = detect(data)
        if found is None or found.broken:
            raise DatasetNotText(path=path, where=f"line {line}") from error
        return found.text


def _heading(text: str, delimiter: str) -> list[str]:
    """The cells of the first row that has any, for a first look."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return next(csv.reader([first[:_LONGEST_HEADING]], delimiter=delimiter), [])


def _rows(path: str, text: str, delimiter: str) -> Iterator[_Row]:
    """The rows that say anything."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise CaseNotRow(path=path, where=f"line {line}", detail=_in_words(error)) from error
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _in_words(error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return Phrase.UNCLOSED
    if "expected after" in str(error):
        return Phrase.AFTER_QUOTE
    return Phrase.LONG_CELL if "field limit" in str(error) else str(error)


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Our name of each column that we know -> its place, the last of several."""
    headings = [unicodedata.normalize("NFKC", cell).strip().casefold() for cell in cells]
    return {_COLUMN_OF[heading]: n for n, heading in enumerate(headings) if heading in _COLUMN_OF}


def _checked_columns(path: str, line: int, cells: Sequence[str]) -> dict[str, int]:
    columns = _columns(cells)
    where = f"line {line}"
    for name in _REQUIRED:
        if name not in columns:
            raise CaseField(path=path, where=where, field=name, expected=Phrase.COLUMN, found=Phrase.MISSING)
    known = [name for cell in cells for name in _columns([cell])]
    for name in known:
        if known.count(name) > 1:
            raise CaseField(path=path, where=where, field=name, expected=Phrase.ONCE, found=Phrase.TWICE)
    return columns


def _check_headed(path: str, line: int, cells: Sequence[str], headings: Sequence[str]) -> None:
    """Cells past the header's come from a comma without quotation marks: what stands in them must not be lost."""
    for n, cell in enumerate(cells):
        if cell.strip() and not "".join(headings[n : n + 1]).strip():
            field, found = f"column {n + 1}", excerpt(cell)
            raise CaseField(path=path, where=f"line {line}", field=field, expected=Phrase.IN_COLUMN, found=found)


def _case(path: str, line: int, cells: Mapping[str, str]) -> Case:
    for name in _REQUIRED:
        if name not in cells or (name == "question" and not cells[name].strip()):
            found = Phrase.EMPTY if name in cells else Phrase.MISSING
            raise CaseField(path=path, where=f"line {line}", field=name, expected=Phrase.TEXT, found=found)
    said = {name: cell.strip() for name, cell in cells.items() if cell.strip()}
    return Case(
        id=said.get("id", str(line)),
        question=said["question"],
        answers=_several(said.get("answer", "")),
        documents=_several(said.get("source", "")),
        evidence=(said["evidence"],) if "evidence" in said else (),
        type=said.get("type"),
        style=said.get("style"),
        where=str(line),
    )


def _several(cell: str) -> tuple[str, ...]:
    return distinct(part.strip() for part in _BETWEEN.split(cell) if part.strip())
