"""What a document states: a value and the words it was read from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Place = tuple[int, int, int]
"""A paragraph's number, and the first character in it and the one behind the last."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A value in its one way of writing, and where it stands: several places for a title over several lines."""

    value: str
    places: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True)
class Description:
    """A document's title, if it has one, and what else it states, by the names of the fields."""

    title: Statement | None = None
    fields: Mapping[str, Statement] = field(default_factory=dict)


def whole(number: int, text: str) -> Place:
    """All of a paragraph."""
    return (number, 0, len(text))


def trimmed(number: int, text: str, start: int, end: int, edges: str = " ") -> Statement | None:
    """``text[start:end]`` without the characters of ``edges`` around it; ``None`` where nothing is left."""
    while start < end and text[start] in edges:
        start += 1
    while start < end and text[end - 1] in edges:
        end -= 1
    return Statement(value=text[start:end], places=((number, start, end),)) if start < end else None
