"""Text in pictures. Owner of rapidocr (Apache-2.0), the extra ``wenju[ocr]``, with the models that come with it."""

import logging
import threading
from functools import cache
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from corpus.loaders.printed_line import Line

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_ONE_AT_A_TIME = threading.Lock()
_PARTS = {"Det": "*det*.onnx", "Cls": "*cls*.onnx", "Rec": "*rec*.onnx"}
_LEAST_SURE = 0.5
"""Confidence below which a line is taken for dirt."""


class _Read(Protocol):
    """What the engine read: a box of four corners, the text and the confidence for each line; ``None`` for nothing."""

    boxes: "npt.NDArray[np.float32] | None"
    txts: tuple[str, ...] | None
    scores: tuple[float, ...]


class _Engine(Protocol):
    def __call__(self, pixels: "npt.NDArray[np.uint8]") -> _Read: ...


def is_installed() -> bool:
    """Whether the extra is there, with its models."""
    found = _models()
    return bool(found) and all(found.values())


def lines_in(pixels: "npt.NDArray[np.uint8]", scale: float) -> list[Line]:
    """The printed lines of a picture from top to bottom; ``scale`` is pixels to a point.

    ``pixels`` has the shape (height, width, 3), channels in the order blue, green, red.
    """
    with _ONE_AT_A_TIME:
        said = _engine()(pixels)
    if said.boxes is None or said.txts is None:
        return []
    height = pixels.shape[0] / scale
    found = []
    for corners, text, sure in zip(said.boxes, said.txts, said.scores, strict=True):
        if text.strip() and sure >= _LEAST_SURE:
            (left, top), (right, bottom) = corners.min(axis=0) / scale, corners.max(axis=0) / scale
            found.append(
                Line(
                    text=text.strip(),
                    left=float(left),
                    right=float(right),
                    bottom=float(height - bottom),
                    top=float(height - top),
                )
            )
    return _in_order(found)


def _in_order(lines: list[Line]) -> list[Line]:
    """From top to bottom, and from left to right what stands on one baseline."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.top):
        middle = (line.top + line.bottom) / 2
        if rows and rows[-1][0].bottom < middle < rows[-1][0].top:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]


def _models() -> dict[str, Path | None]:
    """The model of each step, of those that come with the package: it would fetch others. Without it none."""
    spec = util.find_spec("rapidocr")  # says where it is without the seconds of loading it
    if spec is None or spec.origin is None:
        return {}
    folder = Path(spec.origin).parent / "models"
    return {part: next(iter(sorted(folder.glob(pattern))), None) for part, pattern in _PARTS.items()}


@cache
def _engine() -> _Engine:
    from rapidocr import RapidOCR  # type: ignore[import-not-found, unused-ignore]

    paths = {f"{part}.model_path": str(path) for part, path in _models().items()}
    engine = RapidOCR(params={**paths, "Global.log_level": "error"})
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return cast("_Engine", engine)
