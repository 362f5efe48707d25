"""Who is at the page: what :mod:`ui.page_guard` found out, in a header that nobody else can set."""

import re
from collections.abc import Mapping

HEADER = "x-wenju-person"
"""Set by the guard on every request that it passes on; what a browser says under this name never arrives."""
SOMEBODY = "local"
"""Where no guard stands before the page."""
_PERSON = re.compile(r"[0-9a-f]{16,64}")


def person(headers: Mapping[str, str]) -> str:
    """A name for the person that is safe in a path: the same for all their tabs, another one for anybody else."""
    said = headers.get(HEADER, "")
    return said if _PERSON.fullmatch(said) else SOMEBODY
