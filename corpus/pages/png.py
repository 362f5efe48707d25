"""Pixels as a PNG, with the standard library alone: a page of text needs no more than zlib does. Pure."""

import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _COLOUR = 0, 2
"""Colour types (PNG specification, 11.2.1)."""
_LEVEL = 4
"""Of zlib: beyond it a printed page takes twice the time and hardly fewer bytes."""


def png(pixels: NDArray[Any]) -> bytes:
    """The picture ``pixels``, (height, width, 3) of uint8 as blue, green, red; grey where it has no colour."""
    height, width = pixels.shape[:2]
    blue, green, red = (pixels[:, :, channel] for channel in range(3))
    grey = bool((blue == green).all() and (green == red).all())
    plain = blue if grey else pixels[:, :, ::-1].reshape(height, width * 3)
    # Every row begins with the number of its filter; 0 is none, which suits pages that are mostly one colour.
    rows = np.zeros((height, plain.shape[1] + 1), dtype=np.uint8)
    rows[:, 1:] = plain
    head = struct.pack(">IIBBBBB", width, height, 8, _GREY if grey else _COLOUR, 0, 0, 0)
    body = zlib.compress(rows.tobytes(), _LEVEL)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))
