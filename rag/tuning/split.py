"""Which paragraphs are learnt from and which are for judging alone."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rag.tuning.material import Material

SHARE = 0.25
SEED = 0
LEAST = 40
"""Groups that a judgement should rest on before it is made by whole documents, or by whole sections."""


@dataclass(frozen=True)
class Split:
    """Paragraphs in groups that stay together.

    Attributes:
        groups: For each paragraph the number of its group.
        held_out: For each group whether it is for judging.
    """

    groups: npt.NDArray[np.int64]
    held_out: npt.NDArray[np.bool_]

    def judges(self, paragraph: int) -> bool:
        """Whether ``paragraph`` is never learnt from."""
        return bool(self.held_out[self.groups[paragraph]])


def split(material: Material) -> Split:
    """By document where there are many; else by section, and where even those are few by paragraph.

    The choice follows from what a document holds, so that it stays the same when others come and go.
    """
    for keys in (list(level(material)) for level in (_documents, _sections, _paragraphs)):
        numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
        if len(numbers) >= LEAST:
            break
    groups = np.asarray([numbers[key] for key in keys], dtype=np.int64)
    return Split(groups, np.asarray([_held_out(key) for key in numbers], dtype=np.bool_))


def _documents(material: Material) -> Iterator[str]:
    return (material.sections[section].document for section in material.section_of)


def _sections(material: Material) -> Iterator[str]:
    named = [f"{section.document}\0{section.heading}" for section in material.sections]
    return (named[section] for section in material.section_of)


def _paragraphs(material: Material) -> Iterator[str]:
    return iter(material.texts)


def _held_out(key: str) -> bool:
    digest = hashlib.sha256(f"{SEED}\0{key}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") < SHARE * 2**64
