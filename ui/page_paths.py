"""Which paths of this machine the page may add: those inside the folders that the server was started with, no other.

What a path says is never believed: links and ``..`` are resolved first, then it is looked where that leads.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ui.presence import is_there

LONGEST = 4096
"""Characters of a path; more than systems allow."""

Refusal = Literal["path_empty", "path_outside", "path_missing"]


@dataclass(frozen=True, kw_only=True)
class Places:
    """The folders that the server was started with, links resolved: to add from, and to be watched."""

    allowed: tuple[Path, ...] = ()
    watched: tuple[Path, ...] = ()


class NoFolder(ValueError):
    """What was named is no folder; the text is what was named."""


def folders(named: Iterable[str]) -> tuple[Path, ...]:
    """The folders ``named``, links resolved, each once and none that lies in another.

    Raises:
        NoFolder: One of them is none.
    """
    found: list[Path] = []
    for name in named:
        folder = Path(os.path.realpath(name))
        if not folder.is_dir():
            raise NoFolder(name)
        found.append(folder)
    outer = [each for each in found if not any(each != other and each.is_relative_to(other) for other in found)]
    return tuple(dict.fromkeys(outer))


def permitted(said: object, allowed: Sequence[Path]) -> Path | Refusal:
    """The file or folder that ``said`` leads to, or why it may not be added.

    A relative path is looked for in each of the folders. Of what lies outside nothing is told, not even whether it is
    there. Quotes around a path, as file managers copy it, are taken off.
    """
    text = said.strip().strip("\"'").strip() if isinstance(said, str) else ""
    if not text:
        return "path_empty"
    if len(text) > LONGEST or "\0" in text:
        return "path_outside"
    refusal: Refusal = "path_outside"
    for folder in allowed:
        try:
            path = Path(os.path.realpath(folder / text))
        except (OSError, ValueError):
            continue
        if path.is_relative_to(folder):
            if is_there(path):
                return path
            refusal = "path_missing"
    return refusal
