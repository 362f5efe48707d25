"""The vectors of what is searched: what a paragraph says, and in part what stands above it.

第八条 罚款五百元以下 does not say what it forbids: the title of its law does, and whoever asks names it in other words.
"""

from collections.abc import Sequence

from embeddings.encoder import Encoder, Vectors
from embeddings.static_encoder import unit_rows
from rag.units import Unit

ABOVE = 0.4
"""What the vector of title, number and headings counts beside that of the paragraph, both of unit length. Chosen on
questions in other words about laws kept apart, among all laws: 0.7 does as well, 0.2 half as much."""


def unit_vectors(encoder: Encoder, units: Sequence[Unit]) -> Vectors:
    """Float32 matrix of shape (len(units), dimension), rows of unit length or zero.

    What stands above many paragraphs is embedded once.
    """
    said = encoder.encode_passages([unit.text for unit in units])
    above = {words: place for place, words in enumerate(dict.fromkeys(unit.above for unit in units))}
    over = encoder.encode_passages(list(above))
    return unit_rows(said + ABOVE * over[[above[unit.above] for unit in units]])
