"""The folder that keeps uploaded files: a name from a browser never leaves it and never overwrites another file.

The index points at these files, so they have to stay where they are until somebody removes the document.
"""

import os
import re
import shutil
import unicodedata
from pathlib import Path, PurePosixPath

LONGEST_NAME = 200
"""In bytes of UTF-8; file systems allow 255, and a number may have to fit in."""
FALLBACK = "document"
FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


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
