"""Weights that were fitted and come with the package: the files in ``rag/weights``."""

import json
from functools import cache
from importlib import resources
from typing import Any

from rag.errors import ReaderDamaged


@cache
def fitted_weights(file: str, *parts: str) -> dict[str, Any]:
    """What ``file`` in ``rag/weights`` holds; its ``weights`` hold ``parts``.

    Raises:
        ReaderDamaged: The file is missing, or it is not what fitting writes.
    """
    place = resources.files("rag") / "weights" / file
    try:
        said: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
        if missing := [part for part in parts if part not in dict(said["weights"])]:
            raise KeyError(*missing)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReaderDamaged(path=str(place), detail=type(error).__name__) from error
    return said
