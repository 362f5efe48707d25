"""Line breaks that an author typed inside a paragraph, and titles that a program wrote: small facts of many formats."""

import re

BREAK = "\v"
"""Stands for a forced line break (``<br>``, Shift+Enter) until its paragraph is complete."""

# A forced break ends a paragraph when it is doubled, when an indent follows, or when a sentence ends before it.
_PARAGRAPH_END = re.compile(r" ?\v(?: ?\v)+ ?|(?<=[。！？；!?;]) ?\v ?| ?\v(?=(?:\u3000|\xa0 ?){2})")
_WORTHLESS_TITLE = re.compile(
    r"(?:untitled|document|microsoft word|powerpoint|slide|无标题|文档|新建|幻灯片)\s*[-–_\d].*"
    r"|untitled|document|无标题|文档|.*\.(?:docx?|wps|pdf|txt|html?|odt|rtf|pptx?|xlsx?)",
    re.IGNORECASE,
)


def paragraphs(text: str) -> list[str]:
    r"""The paragraphs of a text with ``BREAK`` in it; a break inside a paragraph becomes ``\n``."""
    pieces = ("\n".join(lines(piece)) for piece in _PARAGRAPH_END.split(text))
    return [piece for piece in pieces if piece]


def lines(text: str) -> list[str]:
    """The lines of a text with ``BREAK`` in it, blank ones left out."""
    return [line.strip(" ") for line in text.split(BREAK) if line.strip()]


def declared_title(said: str | None) -> str | None:
    """A title that the format declares, unless it is empty, a program's default or a file name."""
    title = " ".join((said or "").split())
    return title if title and not _WORTHLESS_TITLE.fullmatch(title) else None
