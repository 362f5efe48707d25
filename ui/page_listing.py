"""Which documents the list shows, and in what order: what is searched for, filtered by and sorted by. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import PurePath
from typing import Literal, get_args

from rag.answer import DocumentRecord
from rag.scope import issuers, year
from rag.terms import folded

Order = Literal["title", "date", "age", "issuer", "size", "indexed"]
ORDERS: tuple[Order, ...] = get_args(Order)
PAGE = 50
"""Documents shown at once."""
LONGEST = 200
"""Characters of what is searched for."""
_DIGITS = re.compile("[0-9]+")
_BRACKETS = str.maketrans({**dict.fromkeys("〔[【{〈<", "("), **dict.fromkeys("〕]】}〉>", ")")})


@dataclass(frozen=True, kw_only=True)
class View:
    """What one tab looks at: the words searched for, the filters, the order, the page and the document opened in it.

    ``collection`` is the name of the one whose documents alone are listed, empty for all of them.
    """

    words: str = ""
    order: Order = "title"
    issuer: str = ""
    year: str = ""
    page: int = 0
    opened: str = ""
    collection: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether some documents of the collection may be left out."""
        return bool(self.words.strip() or self.issuer or self.year)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """The documents of one page, with the number of those that fit and of all there are."""

    shown: tuple[DocumentRecord, ...]
    found: int
    total: int
    page: int
    pages: int


def view_of(words: object, order: object, issuer: object, year: object) -> View:
    """What the browser says that it wants to see; it may say anything."""
    known: Order = next((each for each in ORDERS if each == order), "title")
    return View(words=_text(words), order=known, issuer=_text(issuer), year=_text(year))


def listing(
    records: Sequence[DocumentRecord],
    view: View,
    *,
    path: Callable[[str], str] = str,
    indexed: Mapping[str, datetime] | None = None,
) -> Listing:
    """The page of ``records`` that ``view`` asks for, the nearest one where there is no such page.

    Args:
        records: All documents.
        view: What is wanted of them. Each of its words has to stand in the title, the 文号, the issuer or the path.
        path: The path of a file as the page shows it: only that is searched.
        indexed: When each came into the index, by its id.
    """
    wanted = [_key(word) for word in view.words.split()]
    fitting = [
        each for each in records if _fits(each, view) and all(w in _words(each, path(each.path)) for w in wanted)
    ]
    pages = max(1, -(-len(fitting) // PAGE))
    page = min(max(view.page, 0), pages - 1)
    ordered = _ordered(fitting, view.order, indexed or {})
    shown = tuple(ordered[page * PAGE : (page + 1) * PAGE])
    return Listing(shown=shown, found=len(fitting), total=len(records), page=page, pages=pages)


def kind(record: DocumentRecord) -> str:
    """The type of the file as people call it: ``PDF``; empty for a name without one."""
    return PurePath(record.path).suffix.removeprefix(".").upper()[:8]


def counted_issuers(records: Sequence[DocumentRecord]) -> dict[str, int]:
    """How many documents each issuer issued, the one with the most first."""
    return _counted(name for record in records for name in issuers(record))


def counted_years(records: Sequence[DocumentRecord]) -> dict[str, int]:
    """How many documents there are of each year, the latest year first."""
    counted = _counted(str(found) for record in records if (found := year(record)) is not None)
    return dict(sorted(counted.items(), reverse=True))


def _counted(values: Iterable[str]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for value in values:
        counted[value] = counted.get(value, 0) + 1
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _text(said: object) -> str:
    return said[:LONGEST] if isinstance(said, str) else ""


def _key(text: str) -> str:
    return "".join(folded(text).translate(_BRACKETS).split())


@lru_cache(maxsize=20_000)
def _words(record: DocumentRecord, path: str) -> str:
    """All that can be searched, the fields kept apart."""
    return "\n".join(map(_key, (record.title, record.number or "", record.issuer or "", path)))


def _fits(record: DocumentRecord, view: View) -> bool:
    return (not view.issuer or view.issuer in issuers(record)) and (not view.year or str(year(record)) == view.year)


def _ordered(records: Sequence[DocumentRecord], order: Order, indexed: Mapping[str, datetime]) -> list[DocumentRecord]:
    """``records`` in ``order``, those of which that is not known at the end, and equal ones by title."""
    titled = sorted(records, key=lambda record: (_spelt(record.title), record.path))
    match order:
        case "title":
            return titled
        case "date" | "age":
            known = [record for record in titled if record.date or year(record)]
            known.sort(key=lambda record: record.date or str(year(record)), reverse=order == "date")
            return known + [record for record in titled if not (record.date or year(record))]
        case "issuer":
            return sorted(titled, key=lambda record: (not record.issuer, _spelt(record.issuer or "")))
        case "size":
            return sorted(titled, key=lambda record: -record.characters)
        case "indexed":
            came = {id: at.timestamp() for id, at in indexed.items()}
            return sorted(titled, key=lambda record: -came.get(record.id, 0.0))


@lru_cache(maxsize=20_000)
def _spelt(text: str) -> bytes:
    """To be sorted by: in GB 18030 the common characters stand in the order of their reading; numbers by their size."""
    text = _DIGITS.sub(lambda found: found[0].zfill(12), text)
    return folded(text).strip("《》“”\"'（( ").encode("gb18030", "replace")
