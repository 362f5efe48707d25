"""How much of the disk a folder takes."""

import os
from pathlib import Path


def bytes_in(folder: Path) -> int:
    """The sizes of all files in ``folder`` together, a file with several names once; 0 where there is none."""
    seen: dict[tuple[int, int], int] = {}
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                status = Path(place, name).lstat()
            except OSError:  # it has just been replaced
                continue
            seen[status.st_dev, status.st_ino] = status.st_size
    return sum(seen.values())


def megabytes(size: int) -> str:
    """``size`` bytes in MB (10**6 bytes) as people read it: 0, 0.1, 12.3, 540."""
    value = size / 1e6
    if not size:
        return "0"
    return f"{value:.0f}" if value >= 100 else f"{max(value, 0.1):.1f}"
