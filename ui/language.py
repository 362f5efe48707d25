"""Two languages, one lookup. A catalogue maps a key to (Chinese, English)."""

from collections.abc import Mapping
from typing import Literal

Language = Literal["zh", "en"]
Catalogue = Mapping[str, tuple[str, str]]


def say(catalogue: Catalogue, language: Language, key: str, **facts: object) -> str:
    """The text for ``key`` in ``language`` with ``facts`` filled in."""
    text = catalogue[key][0 if language == "zh" else 1]
    return text.format(**facts) if facts else text
