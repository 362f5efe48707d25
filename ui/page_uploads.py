"""The folder that keeps uploaded files: a name from a browser never leaves it and never overwrites another file.

The index points at these files, so they have to stay where they are until somebody removes the document.
"""

import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

LONGEST_NAME = 200
"""In bytes of UTF-8; file systems allow 255, and a number may have to fit in."""
FALLBACK = "document"
FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as the browser sent it: where the server put it, and what the user calls it."""

    path: Path
    name: str


def received(files: object, incoming: Path) -> Iterator[Upload]:
    """The files that lie in ``incoming``, where the server puts what it receives; any other path is nobody's upload."""
    for file in files if isinstance(files, list) else [files]:
        path, name = (file.get("path"), file.get("orig_name")) if isinstance(file, dict) else (None, None)
        if isinstance(path, str) and _inside(path, incoming):
            yield Upload(path=Path(path), name=name if isinstance(name, str) and name else Path(path).name)


def _inside(path: str, folder: Path) -> bool:
    try:
        return Path(path).resolve().is_relative_to(folder.resolve()) and Path(path).is_file()
    except ValueError:  # a NUL in it
        return False


def safe_name(name: str) -> str:
    """A file name made of ``name``: no folder, no control or reserved character, no leading dot, not too long."""
    last = PurePosixPath(name.replace("\\", "/")).name
    normal = unicodedata.normalize("NFC", last).encode("utf-8", "ignore").decode("utf-8")
    printable = "".join(c for c in normal if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
    clean = FORBIDDEN.sub("_", printable).strip(" .")
    if not clean:
        clean = FALLBACK
    elif last.startswith(".") and "." not in clean:
        clean = f"{FALLBACK}.{clean}"
    if RESERVED.match(clean):
        clean = f"_{clean}"
    suffix = PurePosixPath(clean).suffix
    suffix = suffix if len(suffix.encode()) <= LONGEST_NAME // 4 else ""
    stem = clean[: len(clean) - len(suffix)]
    room = LONGEST_NAME - len(suffix.encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + suffix


class UploadFolder:
    """Where uploads live.

    Attributes:
        root: The folder; made on the first upload, readable by its owner alone.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(self, source: Path, name: str) -> Path:
        """Copy ``source`` in under a safe form of ``name``; the same name with the same bytes is the same file.

        A taken name gets a number: ``报告.txt``, ``报告 (2).txt``.

        Raises:
            OSError: The folder cannot be written, or the disk is full.
        """
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        wanted = Path(safe_name(name))
        number = 1
        while True:
            target = self.root / (wanted.name if number == 1 else f"{wanted.stem} ({number}){wanted.suffix}")
            if self._place(source, target):
                return target
            number += 1

    def holds(self, path: str) -> bool:
        """Whether ``path`` is one of our copies, and not a file of the user's own."""
        return Path(os.path.realpath(path)).parent == Path(os.path.realpath(self.root))

    def discard(self, path: str) -> None:
        """Delete our copy; anything outside the folder is left alone."""
        if self.holds(path):
            Path(path).unlink(missing_ok=True)

    def _place(self, source: Path, target: Path) -> bool:
        """Copy to ``target``; False where another file has that name."""
        try:
            # "x" never follows an existing link and never truncates a file that another upload has just made.
            with target.open("xb") as sink, source.open("rb") as origin:
                shutil.copyfileobj(origin, sink)
        except FileExistsError:
            return target.is_file() and not target.is_symlink() and target.read_bytes() == source.read_bytes()
        except OSError:
            target.unlink(missing_ok=True)
            raise
        return True
