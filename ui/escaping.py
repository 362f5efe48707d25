"""Text of documents is data: what has to happen to it before a terminal, a Markdown or an HTML page shows it. Pure.

Every function works character by character, so a text may be cut at any offset first and escaped piece by piece.
"""

import html as standard_html
import re
import string

REPLACEMENT = "\ufffd"

# Control characters (a terminal obeys them), marks that turn the direction of everything after them, and lone
# surrogates, which stand for bytes of a file name that were no text and cannot be encoded again.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
UNSAFE_OR_BREAK = re.compile("[\t\n\u2028\u2029]")

MARKDOWN = str.maketrans({**{c: f"\\{c}" for c in string.punctuation}, "&": "&amp;", "<": "&lt;", ">": "&gt;"})
INDENT = re.compile(r"(?m)^[ \t]+|[ \t]+$")


def terminal(text: str) -> str:
    """``text`` with nothing left in it that a terminal would obey; tabs and line ends stay."""
    return UNSAFE.sub(REPLACEMENT, text)


def terminal_line(text: str) -> str:
    """``text`` for a place where a line end would break the layout: a title, a file name."""
    return terminal(UNSAFE_OR_BREAK.sub(" ", text))


def html(text: str) -> str:
    """``text`` for HTML, element content and quoted attributes alike."""
    return standard_html.escape(terminal(text), quote=True)


def markdown(text: str) -> str:
    """``text`` so that Markdown shows it and finds no markup, link, image or HTML in it.

    CommonMark 2.4: a backslash makes any ASCII punctuation literal; so even a bare address is not turned into a link.
    White space at the ends of a line would mean a code block or a line break and is written as entities.
    """
    shown = INDENT.sub(lambda found: "\x00" * len(found.group()), terminal(text))
    return shown.translate(MARKDOWN).replace("\x00", "&#32;")
