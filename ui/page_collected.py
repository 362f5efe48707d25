"""Which documents are in which collection, as the page shows it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rag.answer import DocumentRecord
from rag.members import Collection, memberships


@dataclass(frozen=True, kw_only=True)
class Collected:
    """``counts`` has every collection, ordered by name, with how many documents are in it.

    ``names`` has the path of every document with the names of the collections that it is in.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, collections: Iterable[Collection], records: Sequence[DocumentRecord]) -> "Collected":
        """What ``collections`` hold of ``records``."""
        known = tuple(collections)
        names = memberships(known, [record.path for record in records])
        counts = {each.name: 0 for each in known}
        for name in (name for inside in names.values() for name in inside):
            counts[name] += 1
        return cls(counts=counts, names=names)

    def inside(self, name: str, records: Sequence[DocumentRecord]) -> tuple[DocumentRecord, ...]:
        """Those of ``records`` that are in the collection ``name``; all of them where that is empty."""
        return tuple(each for each in records if not name or name in self.names.get(each.path, ()))
