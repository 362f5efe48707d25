"""Which articles are for measuring alone: one rule, so that everything trained here or later keeps them apart."""

import hashlib

HELD_OUT_SHARE = 0.15
SEED = 0


def held_out(article: str) -> bool:
    """Whether ``article`` is never trained on.

    The choice depends on the key alone, so it does not move when the data grow or change their order.

    Args:
        article: ``law:PATH``, ``policy:FILE``, ``cmrc:PARAGRAPH`` or ``drcd:ARTICLE``, as
            :mod:`embeddings.training.sources` gives them.
    """
    digest = hashlib.sha256(f"{SEED}\0{article}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < HELD_OUT_SHARE * 2**64
