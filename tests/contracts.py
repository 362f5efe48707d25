"""What every implementation of a protocol must do, the fakes included: call these from their tests."""

from collections.abc import Callable

import numpy as np

from embeddings.encoder import Encoder, Vectors
from rag.interfaces import Reader, Reading
from rag.question import understand
from rag.span_model import Scores, SpanModel, Stretch
from tests.fakes import passages

TEXTS = (
    "第一条 会议每年召开两次。",
    "The committee meets twice a year, in March and in September.",
    "收费标准为每吨三百二十元",
    "電動車停放在哪裡",
    "2023年12月",
)
STRANGE = (
    "",
    " \n\u3000\t",
    "  前后 都有 空白\n",
    "👍🏽 和 👨‍👩‍👧 来自 🇨🇳",
    "\ud800坏字符\udfff",
    "ＧＤＰ１２３４．５％",
    "㈱日立 ﬁne ½ ㎡ ﷺ ⑴",
    "e\u0301a\u0301\u0323 ｶﾞ 한국 \u1100\u1161\u11a8",
    "\0\x1c\x85\u2028\u200b\ufeff",
    "[CLS] [SEP] <s> </s> [MASK] ##a",
    "第一章 总则" + "…" * 30,
    "𠀀龘鱻 İß",
)
KINDS = ("span", "list", "sentence", "boolean")


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


def span_model_contract(model: SpanModel, *, tolerance: float = 0.0) -> None:
    """The contract in :class:`rag.span_model.SpanModel`; beside others a text keeps its logits, to ``tolerance``."""
    assert model.name
    assert model.reach > 0
    assert model.score("大桥全长多少米？", ()) == ()
    stretches = [Stretch(headings="管理办法", text=text) for text in (*TEXTS, *STRANGE)]
    for question in ("", " \n", "\ud800", "多少" * 2000, "한" * 600, "😀" * 600):
        for stretch, scores in zip(stretches, model.score(question, stretches), strict=True):
            _tokens(stretch.text, scores)
    # As long as it may be, of characters that are several tokens each.
    stretches += [Stretch(headings="", text=(text * model.reach)[: model.reach]) for text in (TEXTS[0], "…", "㎡")]
    together = model.score("会议每年召开几次？", stretches)
    for stretch, expected in zip(stretches, together, strict=True):
        _tokens(stretch.text, expected)
        (alone,) = model.score("会议每年召开几次？", [stretch])
        for name in ("firsts", "lasts", "begin", "end"):
            np.testing.assert_allclose(
                getattr(alone, name), getattr(expected, name), atol=tolerance, err_msg=ascii(stretch.text)
            )
    model.score("问", [Stretch(headings="章" * 5000 + "\ud800", text="甲")])
    for text in TEXTS:
        (scores,) = model.score("会议", [Stretch(headings="", text=text)])
        covered = {i for first, last in zip(scores.firsts, scores.lasts, strict=True) for i in range(first, last)}
        assert covered >= {i for i, character in enumerate(text) if not character.isspace()}


def _tokens(text: str, scores: Scores) -> None:
    """The tokens are slices of the text, in its order, and each has two numbers."""
    assert scores.firsts.dtype == scores.lasts.dtype == np.int32
    assert scores.begin.dtype == scores.end.dtype == np.float32
    assert scores.firsts.ndim == 1
    assert scores.firsts.shape == scores.lasts.shape == scores.begin.shape == scores.end.shape
    assert (scores.firsts >= 0).all() and (scores.firsts < scores.lasts).all() and (scores.lasts <= len(text)).all()
    assert (np.diff(scores.firsts) >= 0).all() and (np.diff(scores.lasts) >= 0).all(), ascii(text)
    assert np.isfinite(scores.begin).all() and np.isfinite(scores.end).all()


ASKED = (
    "南山大桥全长多少米？",
    "大桥由谁养护？",
    "有哪些设施？",
    "幼儿园能招生吗？",
    "Why was it closed?",
    "会议什么时候召开？",
    "\ud800",
    "多少" * 2000,
)


def reader_contract(reader: Reader) -> None:
    """The contract in :class:`rag.interfaces.Reader`."""
    texts = (*TEXTS, *STRANGE, "南山大桥全长1280米。" * 50, "全市建成养老院37家、幼儿园120所。" + "绿化正常。" * 90)
    questions = [understand(question)[0] for question in ASKED]
    assert reader.read([], []) == ()
    assert reader.read(questions[:1], [()]) == (Reading(findings=(), ranking=()),)
    (blank,) = reader.read(questions[:1], [passages("", " \n", "\u3000")])
    assert blank.findings == ()
    assert sorted(blank.ranking) == [0, 1, 2]
    found = [passages(*texts[start:]) for start in range(len(questions))]
    together = reader.read(questions, found)
    assert len(together) == len(questions)
    assert together == tuple(
        reader.read([question], [these])[0] for question, these in zip(questions, found, strict=True)
    )
    for these, reading in zip(found, together, strict=True):
        _reading([passage.text for passage in these], reading)
    assert any(reading.findings for reading in together), "a reader that never finds anything"


def _reading(texts: list[str], reading: Reading) -> None:
    """Every passage has its place, and every finding is a slice of one."""
    assert sorted(reading.ranking) == list(range(len(texts)))
    confidences = [finding.confidence for finding in reading.findings]
    assert confidences == sorted(confidences, reverse=True)
    for finding in reading.findings:
        start, end = finding.quote
        assert 0 <= start < end <= len(texts[finding.passage])
        assert texts[finding.passage][start:end].strip()
        assert finding.answers
        assert all(start <= first < last <= end for first, last in finding.answers)
        assert 0.0 <= finding.confidence <= 1.0
        assert finding.kind in KINDS
        assert (finding.kind == "boolean") == bool(finding.text)
