"""File names that are not UTF-8 carry surrogates, which SQLite refuses: U+DCxx is written as U+10FFxx."""

_FIRST = "\U0010ff80"


def storable(text: str) -> str:
    """``text`` as SQLite takes it."""
    return "".join(chr(ord(c) - 0xDC00 + 0x10FF00) if 0xDC80 <= ord(c) <= 0xDCFF else c for c in text)


def restored(text: str) -> str:
    """What :func:`storable` was given."""
    if max(text, default="") < _FIRST:  # nearly always, and asked for every passage that is found
        return text
    return "".join(chr(ord(c) - 0x10FF00 + 0xDC00) if 0x10FF80 <= ord(c) <= 0x10FFFF else c for c in text)
