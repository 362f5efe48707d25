"""The cells of a Word table: what each spans, and whether Word repeats its row at the top of every page."""

from collections.abc import Sequence

from corpus.loaders.markup import Node, attribute, child
from corpus.loaders.source import Block
from corpus.loaders.table import Cell, span_of


def is_merged(cell: Node) -> bool:
    """Whether a cell only continues the one above or before it."""
    return _continues(cell, "vmerge") or _continues(cell, "hmerge")


def row_cells(row: Node, cells: Sequence[Node], contents: Sequence[Sequence[Block]]) -> list[Cell]:
    """The cells of a row, given the elements and what stands in each."""
    properties = child(row, "trpr")
    mark = child(properties, "tblheader")
    head = mark is not None and attribute(mark, "val") not in ("0", "false", "off")
    # Columns that a row leaves out before its first cell count as an empty one.
    skipped = _value(child(properties, "gridbefore"), 0)
    found = [Cell(text="", columns=skipped, head=head)] if skipped else []
    for cell, content in zip(cells, contents, strict=True):
        span = _value(child(child(cell, "tcpr"), "gridspan"), 1)
        text = "\n".join(block.text for block in content)
        found.append(Cell(text=text, columns=span, head=head, above=_continues(cell, "vmerge")))
    return found


def _continues(cell: Node, tag: str) -> bool:
    merge = child(child(cell, "tcpr"), tag)
    return merge is not None and attribute(merge, "val") in ("", "continue")


def _value(node: Node | None, default: int) -> int:
    return span_of(attribute(node, "val") if node is not None else None, default)
