"""Which documents a question is asked of, chosen by what they are called and what they say of themselves.

    documents    an id, a path, a file name with or without its suffix, or a title: the same
    folders      an absolute one: the path lies in it; another: it is a part of the path, as whole names of folders
    issuers      one of the document's issuers contains it
    years        the year of the document's date; of its 文号 where it has no date
    numbers      a 文号, however it is bracketed: the same; without the office's name: that of any office
    collections  one of these has the document, see :mod:`rag.collections`, which looks them up before anybody asks

Names are compared without white space and as :func:`rag.terms.folded` leaves them, so that width, case and script do
not matter. A backslash in a path is a slash.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from corpus.masthead import canonical
from rag.errors import BadScope
from rag.terms import folded

if TYPE_CHECKING:
    from rag.answer import DocumentRecord

Kind = Literal["called", "path", "issuer", "year", "number"]
How = Literal["is", "begins", "ends", "holds"]

_OPENING, _CLOSING = r"[〔\[【({〈<]", r"[〕\]】)}〉>]"
_NUMBER = re.compile(
    rf"(?P<office>.*?){_OPENING}(?P<year>[12][0-9]{{3}})年?{_CLOSING}第?0*(?P<serial>[0-9]+)号?文?(?:件)?"
)
_YEAR = re.compile(r"([12][0-9]{3})年?")
_JOINED = re.compile(r"[、，,;；]")
_ABSOLUTE = re.compile(r"[\\/]|[A-Za-z]:[\\/]")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """A choice of documents: values of one field are alternatives, different fields all apply; empty is everything."""

    documents: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is chosen."""
        return any(self.as_record().values())

    def as_record(self) -> dict[str, list[str | int]]:
        """The fields that say something, as JSON has them; :func:`scope_from` reads it."""
        return {field: list(chosen) for field in FIELDS if (chosen := getattr(self, field))}

    @property
    def said(self) -> "Scope":
        """The scope as somebody chose it, without what was looked up for it."""
        return Scope(**{field: getattr(self, field) for field in FIELDS})


FIELDS = tuple(field.name for field in fields(Scope))
BY_NAME = tuple(field for field in FIELDS if field != "collections")
"""The fields in which a document is chosen by what it is called and says of itself."""


@dataclass(frozen=True, kw_only=True)
class ResolvedScope(Scope):
    """A scope with its collections looked up: ``members`` are the ids of the documents in any of them, ascending."""

    members: tuple[str, ...] = ()

    @cached_property
    def inside(self) -> frozenset[str]:
        """The members, to be asked for one."""
        return frozenset(self.members)


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way in which a document can be what a value names: a name of ``kind`` that is, begins with, … ``words``."""

    kind: Kind
    how: How
    words: str

    def passes(self, name: str) -> bool:
        """Whether ``name``, one of the document's :func:`names`, does."""
        match self.how:
            case "is":
                return name == self.words
            case "begins":
                return name.startswith(self.words)
            case "ends":
                return name.endswith(self.words)
            case "holds":
                return self.words in name


def scope_from(said: object) -> Scope:
    """The scope that a value read from JSON means: an object whose fields are a text or a list of texts.

    Years are numbers or texts (``2020``, ``"2020年"``); a field that is ``null`` or an empty list chooses nothing.

    Raises:
        BadScope: It is something else, or has a field that there is not.
    """
    if not isinstance(said, Mapping):
        raise BadScope(found=_shown(said))
    if unknown := [key for key in said if key not in FIELDS]:
        raise BadScope(found=_shown(unknown[0]))
    return scope_of(**{field: _listed(value) for field, value in said.items()})


def scope_of(
    *,
    documents: Iterable[object] = (),
    folders: Iterable[object] = (),
    issuers: Iterable[object] = (),
    years: Iterable[object] = (),
    numbers: Iterable[object] = (),
    collections: Iterable[object] = (),
) -> Scope:
    """The scope of these values, each kept once.

    Raises:
        BadScope: One of them is empty, is no text or is no year.
    """
    given = {
        "documents": documents,
        "folders": folders,
        "issuers": issuers,
        "numbers": numbers,
        "collections": collections,
    }
    texts = {field: tuple(dict.fromkeys(_text(field, value) for value in said)) for field, said in given.items()}
    return Scope(**texts, years=tuple(dict.fromkeys(map(year_of, years))))


def year_of(value: object) -> int:
    """``2020``, ``"2020"``, ``"２０２０年"`` as 2020.

    Raises:
        BadScope: It is no year between 1000 and 2999.
    """
    text = "" if isinstance(value, bool) or not isinstance(value, str | int) else _key(str(value))
    found = _YEAR.fullmatch(text)
    if found is None:
        raise BadScope(found=f"years: {_shown(value)}")
    return int(found[1])


def ways(scope: Scope) -> list[tuple[str, list[tuple[str | int, list[Way]]]]]:
    """For each field that chooses by name its own, and for each of its values the ways to be what it names."""
    values: list[tuple[str, tuple[str | int, ...]]] = [(field, getattr(scope, field)) for field in BY_NAME]
    return [(field, [(value, _ways(field, str(value))) for value in chosen]) for field, chosen in values if chosen]


def collected(scope: Scope) -> frozenset[str] | None:
    """The ids of the documents in the collections of ``scope``; ``None`` where it names none.

    Raises:
        ValueError: They have not been looked up.
    """
    if not scope.collections:
        return None
    if not isinstance(scope, ResolvedScope):
        raise ValueError("the collections of a scope are looked up first: rag.collections.resolved")
    return scope.inside


def names(record: "DocumentRecord") -> frozenset[tuple[Kind, str]]:
    """All by which ``record`` can be chosen, as a :class:`Way` compares it."""
    file = re.split(r"[\\/]", record.path)[-1]
    found: list[tuple[Kind, str]] = [("path", _path(record.path))]
    found += [("called", _title(name)) for name in (record.id, file, file.rpartition(".")[0], record.title)]
    found += [("issuer", _key(name)) for name in (record.issuer or "", *issuers(record))]
    found += [("year", str(year(record) or ""))]
    number = _NUMBER.fullmatch(_key(record.number or ""))
    found += [("number", _number(record.number or "")), ("number", canonical(number, "") if number else "")]
    return frozenset((kind, name) for kind, name in found if name)


def contains(scope: Scope, record: "DocumentRecord") -> bool:
    """Whether ``record`` is one of the documents that ``scope`` chooses."""
    own, inside = names(record), collected(scope)
    return (inside is None or record.id in inside) and all(
        any(way.passes(name) for _, each in chosen for way in each for kind, name in own if kind == way.kind)
        for _, chosen in ways(scope)
    )


def issuers(record: "DocumentRecord") -> tuple[str, ...]:
    """The issuers of a document, one by one where several issued it together."""
    return tuple(name.strip() for name in _JOINED.split(record.issuer or "") if name.strip())


def year(record: "DocumentRecord") -> int | None:
    """The year by which ``record`` can be chosen; ``None`` where neither its date nor its 文号 tells."""
    number = None if record.date else _NUMBER.fullmatch(_key(record.number or ""))
    said = number["year"] if number is not None else (record.date or "")[:4]
    return int(said) if _YEAR.fullmatch(said) else None


def _ways(field: str, value: str) -> list[Way]:
    match field:
        case "folders":
            way: How = "begins" if _ABSOLUTE.match(value) else "holds"
            return [Way(kind="path", how=way, words=_path(value).rstrip("/") + "/")]
        case "issuers":
            return [Way(kind="issuer", how="holds", words=_key(value))]
        case "years":
            return [Way(kind="year", how="is", words=value)]
        case "numbers":
            return [Way(kind="number", how="is", words=_number(value))]
    called = [Way(kind="called", how="is", words=_title(value))]
    if not re.search(r"[\\/]", value):
        return called
    return [*called, Way(kind="path", how="is" if _ABSOLUTE.match(value) else "ends", words=_path(value))]


def _key(text: str) -> str:
    return "".join(folded(text).split())


def _title(text: str) -> str:
    """Without the quotes that stand around a title in running text."""
    return _key(text).strip("《》") or _key(text)


def _path(text: str) -> str:
    """One slash between the names and one before them, whichever system the path is of; none behind, no ``.``."""
    # Split before it is folded: a wide slash is no separator, it stands in names where a slash cannot.
    parts = [_key(part) for part in re.split(r"[\\/]", text)]
    return "/" + "/".join(part for part in parts if part not in ("", "."))


def _number(text: str) -> str:
    """The one way to write a 文号; of what is none, its characters."""
    found = _NUMBER.fullmatch(_key(text))
    return canonical(found) if found is not None else _key(text)


def _listed(value: object) -> Sequence[object]:
    """One value as a list of one; nothing as none."""
    if value is None:
        return ()
    return value if isinstance(value, list | tuple) else (value,)


def _text(field: str, value: object) -> str:
    if not isinstance(value, str) or not _key(value):
        raise BadScope(found=f"{field}: {_shown(value)}")
    return value.strip()


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
