"""What is in a collection: paths of documents, and of folders with everything in them."""

import os
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Collection:
    """``members`` are paths of documents and of folders, in the order in which they came."""

    name: str
    members: tuple[str, ...] = ()


def covered(path: str, members: Set[str]) -> bool:
    """Whether ``path`` or a folder in which it lies is among ``members``."""
    return any(each in members for each in _upwards(path))


def memberships(collections: Iterable[Collection], paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each of the document ``paths`` the names of the collections that it is in, in the order given."""
    holders: dict[str, list[int]] = {}
    names: list[str] = []
    for number, each in enumerate(collections):
        names.append(each.name)
        for member in each.members:
            holders.setdefault(member, []).append(number)
    numbers = {path: {n for each in _upwards(path) for n in holders.get(each, ())} for path in paths}
    return {path: tuple(names[n] for n in sorted(found)) for path, found in numbers.items()}


def merged(members: Sequence[str], paths: Iterable[str]) -> tuple[str, ...]:
    """``members`` and ``paths``, each once, without those that lie in a folder among them."""
    together = dict.fromkeys([*members, *paths])
    return tuple(path for path in together if not any(above in together for above in list(_upwards(path))[1:]))


def without(members: Sequence[str], gone: Set[str], known: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """``members`` without the documents ``gone``; and the folders that gave way to the others of ``known`` in them."""
    above = {folder for path in gone for folder in _upwards(path)} - gone
    opened = tuple(each for each in members if each in above)
    single = [path for path in known if path not in gone and covered(path, set(opened))] if opened else []
    left = [each for each in members if each not in gone and each not in opened]
    return tuple(dict.fromkeys([*left, *single])), opened


def addable(paths: Iterable[str], known: Set[str]) -> list[str]:
    """Of files and folders as somebody names them those that can be members: folders, and files that are ``known``."""
    real = [os.path.realpath(path) for path in paths]
    return [path for path in real if path in known or Path(path).is_dir()]


def _upwards(path: str) -> Iterator[str]:
    """``path`` and the folders in which it lies, up to the root."""
    yield path
    while (above := os.path.dirname(path)) != path:  # noqa: PTH120  # of thousands of documents
        path = above
        yield path
