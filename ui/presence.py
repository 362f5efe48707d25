"""Whether a file is there, is gone, or cannot be told about; the last is neither of the first two."""

from pathlib import Path


def is_there(path: str | Path) -> bool:
    """Whether ``path``, with its links, leads to something."""
    try:
        return Path(path).exists()
    except (OSError, ValueError):  # a folder on the way that may not be looked into
        return False


def is_gone(path: str | Path) -> bool:
    """Whether there is no such file any more."""
    try:
        Path(path).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False
