"""What the contexts of a test set are called: short, unique, and fit to be the name of a file on any system."""

import re
import unicodedata

LONGEST = 48
"""Characters; in UTF-8 at most 192 bytes, and file systems take 255."""
_UNFIT = re.compile(r"[^\w-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows keeps for its devices."""


class Names:
    """Gives each name once, capital letters not told apart, as some file systems do not."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def give(self, label: str) -> str:
        """A name like ``label`` that was not given before."""
        name = stem = fit(label)
        while name.casefold() in self._next:
            ordinal = self._next[stem.casefold()] = self._next[stem.casefold()] + 1
            name = f"{stem}-{ordinal}"
        self._next[name.casefold()] = 1
        return name


def fit(label: str) -> str:
    """``label`` with an underscore for what is neither letter, digit nor hyphen."""
    name = _UNFIT.sub("_", unicodedata.normalize("NFC", label)).strip("_")[:LONGEST] or "context"
    return f"{name}_" if _RESERVED.fullmatch(name) else name
