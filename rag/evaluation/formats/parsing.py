"""Bytes to JSON values, strictly: what is wrong is named with its line."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NoReturn

from rag.evaluation.errors import CaseField, CaseNotJson, DatasetNotText, Phrase
from rag.evaluation.formats.record import excerpt

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class _KeyTwice(ValueError):
    """An object that says the same thing twice: JSON would silently keep the last."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _KeyTwice(Counter(key for key, _ in pairs).most_common(1)[0][0])
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number)
_TOO_MANY_DIGITS = "Exceeds the limit"
"""How Python's refusal to convert a very long number begins."""


def decode(path: str, data: bytes) -> str:
    """UTF-8, with or without a byte order mark.

    Raises:
        DatasetNotText: Named by the line of the first byte that does not fit.
    """
    try:
        return data.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise DatasetNotText(path=path, where=f"line {line}") from error


def first_value(text: str, path: str, where: str | None = None) -> tuple[object, str]:
    """The JSON value that ``text`` begins with, and what follows it.

    Args:
        text: Begins with the value, or with white space.
        path: For the message.
        where: For the message; ``None`` for the line that the parser names.

    Raises:
        CaseNotJson: There is none; also ``NaN`` and ``Infinity``, which JSON does not have, nesting past what the
            interpreter can follow and numbers of thousands of digits.
        CaseField: An object in it has the same key twice.
    """
    start = len(text) - len(text.lstrip(" \t\r\n"))
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        detail = f"{error.msg}: {error.colno}"
        raise CaseNotJson(path=path, where=where or f"line {error.lineno}", detail=detail) from error
    except _KeyTwice as error:
        field, place = excerpt(error.key).strip('"'), where or Phrase.WHOLE_FILE
        raise CaseField(path=path, where=place, field=field, expected=Phrase.ONCE, found=Phrase.TWICE) from error
    except ValueError as error:
        detail = Phrase.DIGITS if str(error).startswith(_TOO_MANY_DIGITS) else str(error)
        raise CaseNotJson(path=path, where=where or Phrase.WHOLE_FILE, detail=detail) from error
    except RecursionError as error:
        raise CaseNotJson(path=path, where=where or Phrase.WHOLE_FILE, detail=Phrase.DEEP) from error
    return value, text[end:].strip(" \t\r\n")


def json_lines(path: str, lines: Iterable[bytes]) -> Iterator[tuple[int, object]]:
    r"""The number, from 1, and the value of each line; blank lines are passed over.

    Raises:
        DatasetNotText: A line is not UTF-8.
        CaseNotJson: A line is not one JSON value.
        CaseField: An object has the same key twice.
    """
    for number, raw in enumerate(lines, start=1):
        line = raw.removeprefix(BYTE_ORDER_MARK) if number == 1 else raw
        where = f"line {number}"
        try:
            text = line.decode("utf-8").strip(" \t\r\n")
        except UnicodeDecodeError as error:
            raise DatasetNotText(path=path, where=where) from error
        if not text:
            continue
        value, rest = first_value(text, path, where)
        if rest:
            raise CaseNotJson(path=path, where=where, detail=f"Extra data: {len(text) - len(rest) + 1}")
        yield number, value
