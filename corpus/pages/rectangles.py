"""The boxes of characters put together to the rectangles that a marker pen would draw. Pure."""

from collections.abc import Iterable

from corpus.pages.printed import Box

_OVERLAP, _WORD = 0.5, 1.5
"""How much of the lower box two boxes of a line share at least, and how many heights of a line may lie between them."""


def rectangles(boxes: Iterable[Box], *, shape: float) -> list[Box]:
    """One rectangle for each run of characters on a line; ``shape`` is the page's height divided by its width."""
    found: list[Box] = []
    for box in boxes:
        if found and _goes_on(found[-1], box, shape):
            before = found[-1]
            found[-1] = min(before[0], box[0]), min(before[1], box[1]), max(before[2], box[2]), max(before[3], box[3])
        else:
            found.append(box)
    return found


def _goes_on(before: Box, box: Box, shape: float) -> bool:
    height = min(before[3] - before[1], box[3] - box[1])
    common = min(before[3], box[3]) - max(before[1], box[1])
    gap = (box[0] - before[2]) / shape
    return common > _OVERLAP * height and -height <= gap <= _WORD * height
