"""Our two cookies: written so that no script and no other web site gets at them, read as what they are: anything."""

import re

from ui.asgi import Scope

PERSON, SESSION = "wenju-person", "wenju-session"
YEAR = 365 * 24 * 60 * 60


def of(scope: Scope, name: str, form: re.Pattern[str]) -> str | None:
    """The first value under ``name`` that has the ``form``."""
    for field, value in scope["headers"]:
        for pair in value.decode("latin-1").split(";") if field == b"cookie" else ():
            said, _, found = pair.strip().partition("=")
            if said == name and form.fullmatch(found):
                return str(found)
    return None


def setting(scope: Scope, name: str, value: str, seconds: int | None = None) -> tuple[bytes, bytes]:
    """The header that has the browser keep it, for ``seconds`` or until it is closed; 0 takes it away."""
    age = "" if seconds is None else f"; Max-Age={seconds}"
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    return b"set-cookie", f"{name}={value}; Path=/{age}; HttpOnly; SameSite=Strict{secure}".encode()
