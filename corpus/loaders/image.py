"""Pictures of pages. Owner of Pillow (MIT-CMU), which comes with the extra ``wenju[ocr]``."""

import io
import struct
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import NoRecognition, NoTextFound, UnreadableFile
from corpus.loaders import recognition
from corpus.loaders.printed import blocks
from corpus.loaders.printed_line import Line, joined
from corpus.loaders.source import Source
from corpus.page_progress import tell_page

if TYPE_CHECKING:
    from PIL.Image import Image

SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp")
_SCALE = 200 / 72
"""Pixels to a point: what a scanner makes of a page where the picture does not say."""
_DAMAGE = (OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, EOFError, struct.error)
"""What Pillow's readers raise for bytes that are not what they expect."""
_LONGEST = 4000
"""Pixels of the longer side at the most; more only takes longer."""


def load_image(path: Path, data: bytes) -> Source:
    """The printed lines of a picture, or of each picture in a TIFF.

    Raises:
        NoRecognition: The extra that reads pictures is not installed.
        NoTextFound: Nothing in it can be read.
        UnreadableFile: It is no picture, or damaged.
    """
    if not recognition.is_installed():
        raise NoRecognition(str(path))
    from PIL import Image, UnidentifiedImageError

    try:
        # Pillow warns of what it reads over; whether the picture can be read shows in what comes of it.
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as picture:
            pages = list(_pages(picture))
    except (*_DAMAGE, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise UnreadableFile(str(path), detail="damaged or not a picture") from error
    found = tuple(blocks([joined(page) for page in pages]))
    if not found:
        raise NoTextFound(str(path), pages=len(pages))
    return Source(blocks=found, wrapped=True)


def _pages(picture: "Image") -> Iterator[list[Line]]:
    import numpy as np
    from PIL import ImageOps, ImageSequence

    count = int(getattr(picture, "n_frames", 1))
    for number, frame in enumerate(ImageSequence.Iterator(picture)):
        tell_page(number, count)
        upright = ImageOps.exif_transpose(frame).convert("RGB")
        upright.thumbnail((_LONGEST, _LONGEST))
        yield recognition.lines_in(np.asarray(upright)[:, :, ::-1].copy(), _SCALE)
