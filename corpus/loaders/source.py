"""What every loader returns: the file's text in blocks, before anything is cleaned."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Block:
    """One piece of text as the file holds it.

    In a wrapped source a block is one physical line, and a blank line is a block with empty text.
    Otherwise it is a whole paragraph, heading or table row, and the format has already said where it ends.

    Attributes:
        text: The characters of the file, undecorated and not yet normalised.
        page: Page number, counted from 1, where the format has pages.
        heading: Level of the heading (1 to 6) where the format itself marks it as one.
    """

    text: str
    page: int | None = None
    heading: int | None = None


@dataclass(frozen=True, kw_only=True)
class Source:
    """A loaded file.

    Attributes:
        blocks: In reading order.
        wrapped: True where blocks are physical lines that cleaning has to join into paragraphs.
        title: The title that the format declares (HTML ``<title>``, DOCX core properties), if it is worth anything.
    """

    blocks: tuple[Block, ...]
    wrapped: bool
    title: str | None = None
