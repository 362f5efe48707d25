"""Text to the terms that BM25 counts: draft."""

import re
import unicodedata

_PIECE = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[a-z]+|[\u3007\u3400-\u4dbf\u4e00-\u9fff]+")


def passage_terms(text: str) -> list[str]:
    """Draft."""
    text = unicodedata.normalize("NFKC", text).lower()
    terms: list[str] = []
    for piece in _PIECE.findall(text):
        if piece[0] < "\u3007" or len(piece) == 1:
            terms.append(piece)
        else:
            terms.extend(map(str.__add__, piece, piece[1:]))
    return terms


query_terms = passage_terms
