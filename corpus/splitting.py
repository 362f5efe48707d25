r"""Cleaned blocks to one text and the paragraphs that are slices of it. Pure.

    text == "\n".join(text[p.start:p.end] for p in paragraphs)

A paragraph is never cut, however long it is: what cannot take it whole reads it in windows.
"""

from collections.abc import Iterable

from corpus.addresses import addresses
from corpus.document import Paragraph
from corpus.headings import outline
from corpus.loaders.source import Block

_SEPARATOR = "\n"


def assemble(blocks: Iterable[Block]) -> tuple[str, tuple[Paragraph, ...]]:
    """The text of ``blocks``, one paragraph each, and the paragraphs with their offsets and section paths.

    Args:
        blocks: As ``corpus.cleaning.clean`` returns them; empty ones are left out, a line break inside one becomes
            a space, so that separators and text cannot be taken for each other.
    """
    kept = [Block(text=text, page=b.page, heading=b.heading) for b in blocks if (text := " ".join(b.text.splitlines()))]
    paragraphs: list[Paragraph] = []
    start = 0
    places = outline(kept)
    for block, place, address in zip(kept, places, addresses(places), strict=True):
        end = start + len(block.text)
        paragraphs.append(
            Paragraph(
                start=start,
                end=end,
                section=place.section,
                address=address,
                page=block.page,
                heading=place.heading,
            )
        )
        start = end + len(_SEPARATOR)
    return _SEPARATOR.join(block.text for block in kept), tuple(paragraphs)
