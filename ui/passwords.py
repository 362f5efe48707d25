"""A password as it is kept: scrypt (RFC 7914) with a salt of its own and the parameters written beside it. Pure.

    scrypt$n=32768,r=8,p=3$<salt>$<key>        salt and key in base64

What is kept says how to check a password and cannot be turned back into it.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass

SHORTEST, LONGEST = 8, 256
"""Characters of a password."""
N, R, P = 2**15, 8, 3
SALT_BYTES, KEY_BYTES = 16, 32
MOST_MEMORY = 2**28
"""Bytes that checking one password may take, whatever the line in the file says."""
_KEPT = re.compile(
    r"scrypt\$n=(\d{1,8}),r=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{8,88}={0,2})\$([A-Za-z0-9+/]{22,88}={0,2})", re.ASCII
)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What is kept of one password.

    Attributes:
        n: Cost, a power of two.
        r: Block size; ``128 * n * r`` bytes are needed.
        p: How many times over.
    """

    n: int = N
    r: int = R
    p: int = P
    salt: bytes
    key: bytes

    def __str__(self) -> str:
        salt, key = (base64.b64encode(part).decode() for part in (self.salt, self.key))
        return f"scrypt$n={self.n},r={self.r},p={self.p}${salt}${key}"


def plain(text: str) -> str:
    """``text`` as it counts: full width and half width, composed and decomposed are one (NIST SP 800-63B, NFKC)."""
    return unicodedata.normalize("NFKC", text)


def keep(password: str) -> Kept:
    """What to keep of ``password``; differs each time."""
    salt = secrets.token_bytes(SALT_BYTES)
    return Kept(salt=salt, key=_key(password, salt, N, R, P, KEY_BYTES))


def matches(password: str, kept: Kept) -> bool:
    """Whether it is this password; takes as long whether it is or not."""
    return hmac.compare_digest(_key(password, kept.salt, kept.n, kept.r, kept.p, len(kept.key)), kept.key)


def parse(text: str) -> Kept | None:
    """What ``text`` keeps; ``None`` where it is not of this form or would take more memory than a check may."""
    found = _KEPT.fullmatch(text)
    if not found:
        return None
    n, r, p = map(int, found.groups()[:3])
    if n < 2 or n & (n - 1) or r < 1 or not 1 <= p <= 16 or 128 * r * (n + p) > MOST_MEMORY:
        return None
    try:
        salt, key = (base64.b64decode(part, validate=True) for part in found.groups()[3:])
    except binascii.Error:
        return None
    return Kept(n=n, r=r, p=p, salt=salt, key=key)


def _key(password: str, salt: bytes, n: int, r: int, p: int, length: int) -> bytes:
    # Half a surrogate pair, which no keyboard types, is no reason to fail.
    secret = plain(password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(secret, salt=salt, n=n, r=r, p=p, maxmem=2 * MOST_MEMORY, dklen=length)
