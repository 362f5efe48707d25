"""One record of a test set: its fields by kind, or an error that names the field, where it stands and what it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from rag.evaluation.errors import CaseField, Phrase

SHOWN = 40
"""Characters of a wrong value that a message quotes."""


def excerpt(value: object) -> str:
    """``value`` in a message: what kind of thing it is, or its first characters as JSON writes them, on one line."""
    if isinstance(value, list):
        return Phrase.LIST
    if isinstance(value, dict):
        return Phrase.OBJECT
    if isinstance(value, str):
        shown = json.dumps(value[:SHOWN], ensure_ascii=not writable(value))
        return shown if len(value) <= SHOWN else f'{shown[:-1]}…"'
    shown = json.dumps(value)
    return shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"


def writable(text: str) -> bool:
    r"""Whether UTF-8 can hold ``text``: JSON's ``"\ud800"`` is half a character that nobody could write out again."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def case_place(where: str) -> str:
    """``Case.where`` as the errors say it."""
    return f"line {where}" if where.isdigit() else where


@dataclass(frozen=True, kw_only=True)
class Record:
    """A JSON object. ``path`` and ``where`` are for messages; an empty ``where`` is the whole file."""

    path: str
    where: str
    fields: Mapping[str, object]

    @classmethod
    def of(cls, value: object, path: str, where: str, field: str) -> "Record":
        """``value`` as a record; ``field`` is what a message calls it.

        Raises:
            CaseField: It is not an object.
        """
        if not isinstance(value, dict):
            place = where or Phrase.WHOLE_FILE
            raise CaseField(path=path, where=place, field=field, expected=Phrase.OBJECT, found=excerpt(value))
        return cls(path=path, where=where, fields=value)

    def has(self, name: str) -> bool:
        """Whether the field says anything at all."""
        return self.fields.get(name) is not None

    def wrong(self, name: str, expected: str, found: str | None = None) -> CaseField:
        """The error that says so; without ``found`` it looks for itself."""
        if found is None:
            key = name.split("[")[0]
            found = excerpt(self.fields[key]) if key in self.fields else Phrase.MISSING
        place = self.where or Phrase.WHOLE_FILE
        return CaseField(path=self.path, where=place, field=name, expected=expected, found=found)

    def text(self, name: str) -> str:
        """A text that must be there, without white space at its edges."""
        if name not in self.fields:
            raise self.wrong(name, Phrase.TEXT)
        return self._text(self.fields[name], name)

    def optional_text(self, name: str) -> str | None:
        """A text that may be missing, ``null`` or blank: then ``None``."""
        value = self.fields.get(name)
        return None if _blank(value) else self._text(value, name)

    def identity(self, name: str) -> str | None:
        """An id: a text, or a whole number as text; ``None`` where it is missing, ``null`` or blank."""
        value = self.fields.get(name)
        if _blank(value):
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str):
            raise self.wrong(name, Phrase.TEXT_OR_NUMBER)
        return self._text(value, name)

    def whole_number(self, name: str) -> int | None:
        """A whole number that may be missing."""
        value = self.fields.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise self.wrong(name, Phrase.NUMBER)
        return value

    def truth(self, name: str) -> bool | None:
        """``true`` or ``false``, which may be missing."""
        value = self.fields.get(name)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(name, Phrase.TRUTH)
        return value

    def members(self, name: str) -> list[object]:
        """A list that must be there, of whatever."""
        value = self.fields.get(name)
        if not isinstance(value, list):
            raise self.wrong(name, Phrase.LIST)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts that must be there."""
        return tuple(self._text(value, f"{name}[{n}]") for n, value in enumerate(self.members(name)))

    def optional_texts(self, name: str) -> tuple[str, ...]:
        """A list of texts that may be missing."""
        return self.texts(name) if self.has(name) else ()

    def text_or_texts(self, name: str) -> tuple[str, ...]:
        """One text, a list of them, or nothing."""
        value = self.fields.get(name)
        if isinstance(value, list):
            return self.texts(name)
        if value is not None and not isinstance(value, str):
            raise self.wrong(name, Phrase.TEXT_OR_TEXTS)
        text = self.optional_text(name)
        return () if text is None else (text,)

    def _text(self, value: object, name: str) -> str:
        if not isinstance(value, str):
            raise self.wrong(name, Phrase.TEXT, excerpt(value))
        if not value.strip():
            raise self.wrong(name, Phrase.TEXT, Phrase.EMPTY)
        if not writable(value):
            raise self.wrong(name, Phrase.WRITABLE, Phrase.SURROGATE)
        return value.strip()


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
