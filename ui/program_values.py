"""What another program passed, checked: plain values out, or one line that says which of them is wrong.

Half surrogates, which JSON can spell and no file can hold, become U+FFFD before anything is done with a text.
"""

from collections.abc import Iterable, Mapping

from rag.errors import BadScope
from rag.scope import Scope, scope_of
from ui.program_functions import MOST_VALUES
from ui.session import SURROGATES

LONGEST_VALUE = 2000
"""Characters of a text that names or filters something."""
SHOWN = 40
MOST_DIGITS = 18
"""Of a number; turning longer ones into text costs more than they are worth."""


class BadArgument(Exception):
    """``key`` names its text in ``ui.catalog_programs.PROGRAMS`` and ``facts`` its variable parts."""

    def __init__(self, key: str, **facts: object) -> None:
        self.key = key
        self.facts = facts
        super().__init__(key)


def text(value: object, name: str, *, needed: bool = False) -> str:
    """A text without white space around it; ``None`` is the empty one.

    Raises:
        BadArgument: It is something else, is too long, or is empty and ``needed``.
    """
    if value is not None and not isinstance(value, str):
        raise BadArgument("not_text", name=name, found=shown(value))
    said = clean(value or "").strip()
    if len(said) > LONGEST_VALUE:
        raise BadArgument("too_long", name=name, found=len(said), most=LONGEST_VALUE)
    if needed and not said:
        raise BadArgument("empty", name=name)
    return said


def whole(value: object, name: str, least: int, greatest: int) -> int | None:
    """A whole number, ``None`` where none was given; one with a point and nothing behind it is whole, too.

    Raises:
        BadArgument: It is something else, or outside of ``least`` to ``greatest``.
    """
    if value is None:
        return None
    number = int(value) if isinstance(value, float) and value.is_integer() else value
    if isinstance(number, bool) or not isinstance(number, int):
        raise BadArgument("not_whole", name=name, found=shown(value))
    if not least <= number <= greatest:
        raise BadArgument("outside", name=name, least=least, greatest=greatest, found=shown(number))
    return number


def listed(value: object, name: str) -> list[object]:
    """The values of a parameter that may be left out; one value is a list of one.

    Raises:
        BadScope: There are more than anybody means.
    """
    values = value if isinstance(value, list) else [] if value is None else [value]
    if len(values) > MOST_VALUES:
        raise BadScope(found=f"{name}: {len(values)} > {MOST_VALUES}")
    return [clean(each) if isinstance(each, str) else each for each in values]


def scope_among(chosen: Mapping[str, object]) -> Scope:
    """The scope of the six parameters, some of which may be ``None``.

    Raises:
        BadScope: One of them cannot be understood.
    """
    values = {field: list(_short(listed(value, field), field)) for field, value in chosen.items()}
    return scope_of(**values)


def clean(value: str) -> str:
    """``value`` as a text that can be encoded; as long as before."""
    return SURROGATES.sub("\ufffd", value)


def shown(value: object) -> str:
    """``value`` in a few characters of one line."""
    if isinstance(value, int) and value.bit_length() > MOST_DIGITS * 3:
        return f"{'-' if value < 0 else ''}10^{MOST_DIGITS}+"
    try:
        said = clean(repr(value[:SHOWN] if isinstance(value, str | list) else value))
    except (ValueError, RecursionError):  # a number in it with too many digits, lists in lists
        said = type(value).__name__
    return said if len(said) <= SHOWN else f"{said[:SHOWN]}…"


def _short(values: Iterable[object], name: str) -> Iterable[object]:
    for value in values:
        if isinstance(value, str) and len(value) > LONGEST_VALUE:
            raise BadScope(found=f"{name}: {len(value)} > {LONGEST_VALUE}")
        if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > MOST_DIGITS * 3:
            raise BadScope(found=f"{name}: {shown(value)}")
        yield value
