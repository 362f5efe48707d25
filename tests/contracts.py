"""What every implementation of a protocol must do, the fakes included: call these from their tests."""

from collections.abc import Callable

import numpy as np

from embeddings.encoder import Encoder, Vectors

TEXTS = (
    "第一条 会议每年召开两次。",
    "The committee meets twice a year, in March and in September.",
    "收费标准为每吨三百二十元",
    "電動車停放在哪裡",
    "2023年12月",
)


def encoder_contract(encoder: Encoder) -> None:
    """The contract in :class:`embeddings.encoder.Encoder`, for passages and for queries."""
    assert encoder.name
    assert encoder.dimension > 0
    for encode in (encoder.encode_passages, encoder.encode_queries):
        _shapes(encoder, encode)
        _lengths(encode)
        _each_text_alone(encode)


def _shapes(encoder: Encoder, encode: Callable[..., Vectors]) -> None:
    for texts in ((), [], TEXTS, list(TEXTS[:1])):
        rows = encode(texts)
        assert rows.dtype == np.float32
        assert rows.shape == (len(texts), encoder.dimension)


def _lengths(encode: Callable[..., Vectors]) -> None:
    np.testing.assert_allclose(np.linalg.norm(encode(TEXTS), axis=1), 1, atol=1e-5)
    blank = encode(["", " ", "\n\u3000\t"])
    assert not blank.any()
    assert np.isfinite(encode(["\ud800", "\0", "。，！", TEXTS[0] * 500])).all()


def _each_text_alone(encode: Callable[..., Vectors]) -> None:
    together = encode(["", *TEXTS, TEXTS[0] * 20])
    alone = np.vstack([encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together[1 : len(TEXTS) + 1], alone, atol=1e-5)
    np.testing.assert_array_equal(encode(TEXTS), encode(TEXTS))
    assert not np.allclose(alone[0], alone[1]), "two texts that share nothing have the same vector"
