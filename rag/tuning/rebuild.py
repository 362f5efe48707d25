"""Every vector of an index made anew by another encoder, in a generation that is published at the end or never was."""

from collections.abc import Callable
from pathlib import Path

from embeddings.encoder import Encoder
from rag.index_store import IndexWriter
from rag.tuning.material import read_material
from rag.unit_vectors import unit_vectors

BATCH = 4096
"""Paragraphs that are embedded together."""


def rebuild(
    writer: IndexWriter, encoder: Encoder, model: Path | None, progress: Callable[[int, int], None] | None = None
) -> None:
    """Make the index of ``writer`` one of ``encoder`` and publish it.

    Paragraphs, words and the order of the vectors stay, so that an index that goes back to its first encoder finds
    what it found before, ties included.

    Args:
        writer: An open one; it is finished afterwards.
        encoder: What makes the vectors.
        model: Its folder, where the index is to carry it.
        progress: Called with (paragraphs done, paragraphs in all).
    """
    writer.change_encoder(encoder, model)
    material = read_material(writer.documents)
    for start in range(0, len(material.units), BATCH):
        if progress:
            progress(start, len(material.units))
        part = slice(start, start + BATCH)
        writer.vectors.add(material.ids[part].tolist(), unit_vectors(encoder, material.units[part]))
    writer.publish()
    if progress:
        progress(len(material.units), len(material.units))
