"""Collections: named choices of documents inside one index, of which a document may be in several.

    INDEX/collections.json    {"format": 1, "collections": {"name": ["path", ...]}}

A member is the path of a document as the index has it, or that of a folder: everything in it, also what comes later.
A path that is no document's (any more) names nothing. Names are the same whatever their width, case and script. The
file is written beside the old one and takes its place in one step, by one writer at a time; one that cannot be
understood is never overwritten.
"""

import json
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from rag.errors import (
    BadCollectionName,
    CollectionExists,
    CollectionsDamaged,
    IndexBusy,
    IndexUnusable,
    NoSuchCollection,
    ReadOnlyIndex,
)
from rag.members import Collection, covered, merged, without
from rag.scope import FIELDS, ResolvedScope, Scope
from rag.suggestions import likest
from rag.terms import folded

FORMAT = 1
FILE = "collections.json"
LOCK = "collections.lock"
"""Not the index's own, which its writer may hold for minutes."""
PATIENCE = 10.0
"""Seconds that a writer waits for another one, each of which takes milliseconds."""
LONGEST = 60
"""Characters of a name."""
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Categories of characters that no name holds: nobody could tell it from another one, or write it."""


class CollectionStore:
    """The collections of the index in ``folder``, safe to share between threads and processes.

    Each call sees what others have written. All but :meth:`stamp` raise :class:`CollectionsDamaged` where the file
    cannot be understood, and :class:`OSError` where the disk refuses; what changes something raises
    :class:`ReadOnlyIndex` for a store that is ``read_only`` and :class:`IndexBusy` where another writer does not end.
    """

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self._folder = folder
        self._read_only = read_only
        self._known: tuple[str, tuple[Collection, ...]] = ("", ())

    @property
    def stamp(self) -> str:
        """Another text whenever the collections may be others; empty where there never was one."""
        try:
            status = (self._folder / FILE).stat()
        except (FileNotFoundError, NotADirectoryError):
            return ""
        return f"{status.st_ino} {status.st_mtime_ns} {status.st_size}"

    def all(self) -> tuple[Collection, ...]:
        """Every collection, ordered by name."""
        stamp = self.stamp
        if self._known[0] != stamp:
            self._known = stamp, self._read()
        return self._known[1]

    def find(self, name: str) -> Collection:
        """The collection that is called ``name``.

        Raises:
            NoSuchCollection: There is none.
        """
        known = {each.name: each for each in self.all()}
        return known[_called(name, known)]

    def create(self, said: object) -> str:
        """Begin an empty collection; returns its name.

        Raises:
            BadCollectionName: ``said`` is none.
            CollectionExists: There is one of this name.
        """
        name = clean_name(said)
        with self._changing() as kept:
            _free(name, kept)
            kept[name] = ()
        return name

    def rename(self, name: str, said: object) -> str:
        """Call the collection ``name`` something else; returns that. Raises what :meth:`create` and :meth:`find` do."""
        new = clean_name(said)
        with self._changing() as kept:
            members = kept.pop(_called(name, kept))
            _free(new, kept)
            kept[new] = members
        return new

    def delete(self, name: str) -> None:
        """Forget the collection ``name``; its documents stay in the index. Raises what :meth:`find` does."""
        with self._changing() as kept:
            del kept[_called(name, kept)]

    def put(self, name: str, paths: Iterable[str], *, make: bool = False) -> None:
        """Put documents and folders into the collection ``name``; with ``make`` it begins where there is none.

        Raises:
            NoSuchCollection: There is none.
            BadCollectionName: With ``make``, where ``name`` cannot be one.
        """
        with self._changing() as kept:
            if make and _key(name) not in map(_key, kept):
                kept[clean_name(name)] = ()
            called = _called(name, kept)
            kept[called] = merged(kept[called], paths)

    def take(self, name: str, paths: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
        """Take documents out of the collection ``name``; ``known`` are the paths of all documents of the index.

        Returns:
            The folders that were members and held some of them: now the other documents in them are members one by
            one, and what comes into these folders later is not.

        Raises:
            NoSuchCollection: There is none.
        """
        with self._changing() as kept:
            called = _called(name, kept)
            kept[called], opened = without(kept[called], set(paths), known)
        return opened

    @contextmanager
    def following(self, paths: Callable[[], Iterable[str]]) -> Iterator[None]:
        """Take the documents that leave the index meanwhile out of every collection; ``paths`` gives those there are.

        Documents come first: where the collections cannot be changed they stay as they are, which does no harm.
        """
        before = self._of(paths)
        yield
        gone = before - self._of(paths)
        if gone:
            with suppress(CollectionsDamaged, IndexBusy, OSError), self._changing() as kept:
                kept.update({name: tuple(m for m in members if m not in gone) for name, members in kept.items()})

    def _of(self, paths: Callable[[], Iterable[str]]) -> frozenset[str]:
        """Nothing where no collection could hold any."""
        with suppress(IndexUnusable):
            return frozenset(paths()) if self.stamp else frozenset()
        return frozenset()

    @contextmanager
    def _changing(self) -> Iterator[dict[str, tuple[str, ...]]]:
        """Members by name, to be changed: written where the block has changed them, and nobody else can meanwhile."""
        from filelock import FileLock, Timeout

        if self._read_only:
            raise ReadOnlyIndex
        try:
            with FileLock(self._folder / LOCK, timeout=PATIENCE):
                kept = {each.name: each.members for each in self._read()}
                before = dict(kept)
                yield kept
                if kept != before:
                    self._write(kept)
        except Timeout as error:
            raise IndexBusy(folder=self._folder) from error

    def _read(self) -> tuple[Collection, ...]:
        path = self._folder / FILE
        try:
            said = json.loads(path.read_bytes())
            if said["format"] != FORMAT:
                raise ValueError(f"format {said['format']!r}, not {FORMAT}")
            kept = {clean_name(name): _paths(members) for name, members in said["collections"].items()}
            if len({_key(name) for name in kept}) < len(said["collections"]):
                raise ValueError("two collections of one name")
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, BadCollectionName) as error:
            detail = f"{type(error).__name__}: {error}"[:LONGEST]
            raise CollectionsDamaged(path=path, detail=" ".join(detail.split())) from error
        return tuple(Collection(name=name, members=kept[name]) for name in sorted(kept, key=_spelt))

    def _write(self, kept: Mapping[str, tuple[str, ...]]) -> None:
        """In ASCII: so a file name that is no valid text (a lone surrogate) survives as well."""
        staged = self._folder / f"{FILE}.new"
        with staged.open("w", encoding="ascii") as file:
            json.dump({"format": FORMAT, "collections": kept}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(self._folder / FILE)
        self._known = "", ()


def clean_name(said: object) -> str:
    """``said`` as a collection may be called: without white space around it, composed (NFC).

    Raises:
        BadCollectionName: It is no text, is empty or too long, or holds characters that nobody sees.
    """
    text = said if isinstance(said, str) and len(said) <= 10 * LONGEST else ""
    name = unicodedata.normalize("NFC", text).strip()
    if not _key(name) or len(name) > LONGEST or any(unicodedata.category(c) in UNSEEN for c in name):
        raise BadCollectionName(found=_shown(said), longest=LONGEST)
    return name


def resolved(scope: Scope, store: CollectionStore, known: Callable[[], Mapping[str, tuple[str, str]]]) -> Scope:
    """``scope`` with its collections looked up; ``known`` gives id and hash of every document by its path.

    Raises:
        NoSuchCollection: It names one that there is not.
    """
    if not scope.collections:
        return scope
    members = {member for name in scope.collections for member in store.find(name).members}
    inside = sorted(id for path, (id, _) in known().items() if covered(path, members))
    return ResolvedScope(**{field: getattr(scope, field) for field in FIELDS}, members=tuple(inside))


def _key(name: str) -> str:
    return "".join(folded(name).split())


def _spelt(name: str) -> tuple[bytes, str]:
    """To be sorted by: in GB 18030 the common characters stand in the order of their reading."""
    return folded(name).encode("gb18030", "replace"), name


def _called(name: str, kept: Iterable[str]) -> str:
    """How ``name`` is written among those that are kept."""
    known = {_key(each): each for each in kept}
    found = known.get(_key(name))
    if found is None:
        raise NoSuchCollection(name=name, nearest="; ".join(likest(name, known.values())) or "-")
    return found


def _free(name: str, kept: Iterable[str]) -> None:
    for each in kept:
        if _key(each) == _key(name):
            raise CollectionExists(name=each)


def _paths(members: object) -> tuple[str, ...]:
    if not isinstance(members, list) or not all(isinstance(each, str) for each in members):
        raise TypeError("members that are no list of paths")
    return tuple(members)


def _shown(said: object) -> str:
    text = repr(said[:LONGEST] if isinstance(said, str) else type(said).__name__)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
