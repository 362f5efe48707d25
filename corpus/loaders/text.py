"""Plain text: one block a physical line, pages where the file has form feeds."""

from pathlib import Path

from corpus.loaders.encoding import decode
from corpus.loaders.source import Block, Source

_PAGE_BREAK = "\f"


def load_text(path: Path, data: bytes) -> Source:
    """Every line as it stands, blank ones as empty blocks; cleaning finds out which of them belong together.

    Raises:
        UnknownEncoding: The bytes are no text in a supported encoding.
    """
    pages = decode(data, str(path)).split(_PAGE_BREAK)
    blocks: list[Block] = []
    for number, page in enumerate(pages, 1):
        lines = page.split("\n")
        if lines[-1] == "" and (len(lines) > 1 or len(pages) > 1):
            lines.pop()
        if number > 1 and lines and not lines[0]:
            lines = lines[1:]
        blocks += [Block(text=line, page=number if len(pages) > 1 else None) for line in lines]
    return Source(blocks=tuple(blocks), wrapped=True)
