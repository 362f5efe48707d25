"""Who is at the page: what :mod:`ui.page_guard` found out, told to the handlers in headers that nobody else can set."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

HEADER = "x-wenju-person"
"""Set by the guard on every request that it passes on; what a browser says under this name never arrives."""
NAME_HEADER = "x-wenju-name"
"""The name of somebody who has logged in on the page, percent-encoded; guarded as ``HEADER`` is."""
SOMEBODY = "local"
"""Where no guard stands before the page, or a program without a cookie has not asked for the page first."""
_PERSON = re.compile(r"[0-9a-f]{16,64}")


def person(headers: Mapping[str, str]) -> str:
    """A name for the person that is safe in a path: the same for all their tabs, another one for anybody else."""
    said = headers.get(HEADER, "")
    return said if _PERSON.fullmatch(said) else SOMEBODY


def name(headers: Mapping[str, str]) -> str:
    """What somebody has logged in as; empty where the page takes no login."""
    return unquote(headers.get(NAME_HEADER, ""))
