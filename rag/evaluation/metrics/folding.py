"""What two texts share when only their look differs: the one folding behind every "stands in" of the evaluation.

    fold(text) = NFKC, lower case, no white space

NFKC (Unicode Standard Annex 15) makes ２０２０ and 2020, ％ and %, （ and ( the same. White space goes because it is
where lines broke, not what was said; marks that have no width go with it. Which word ends where is lost by this: a
function that needs it (``containment.holds``) looks at the text itself.
"""

import unicodedata
from functools import lru_cache

_NO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Soft hyphen, zero-width space, word joiner, byte-order mark. Joiners that shape letters (U+200C, U+200D) stay."""


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """``text`` without what is only look; folding twice changes nothing more.

    The second NFKC is for marks that met their letter only when the space between them went.
    """
    return unicodedata.normalize("NFKC", "".join(fold_marks(text).split()))


def fold_marks(text: str) -> str:
    """``text`` folded but for its white space."""
    return unicodedata.normalize("NFKC", text.translate(_NO_WIDTH)).lower()
