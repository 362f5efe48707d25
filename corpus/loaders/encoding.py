"""Bytes to text: UTF-8, UTF-16, GB18030 and Big5, told apart by which decoding is the most probable Chinese text.

A byte order mark decides at once. Otherwise every encoding that decodes the bytes is a candidate, and the one whose
text has the largest log-probability (:mod:`corpus.loaders.plausibility`) wins; ties, as in pure ASCII, go to the
earlier one.
A large file with a broken sequence here and there (at most one in 200 characters: a file cut in the middle of a
character, a byte lost in transfer) is decoded with U+FFFD in that place rather than refused.
"""

import codecs
import re
from dataclasses import dataclass

from corpus.errors import UnknownEncoding
from corpus.loaders.plausibility import NOISE_PER_BYTE, log_probability

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# cp950 is Big5 as Windows writes it; the Hong Kong supplement is tried where that does not decode.
_CANDIDATES = ("utf-8", "gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
# What is believed before a byte is seen: files without a mark are seldom UTF-16, and Hong Kong's supplement is rare.
_PRIOR = {"utf-8": 0.0, "gb18030": -1.0, "cp950": -1.5, "big5hkscs": -6.0, "utf-16-le": -4.0, "utf-16-be": -5.0}
_DECLARED = {
    "utf-8": "utf-8", "utf8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "cp936": "gb18030",
    "big5": "cp950", "cp950": "cp950", "big5-hkscs": "big5hkscs",
}  # fmt: skip
_DECLARED_BONUS = 20.0
_BROKEN_COST = -30.0
_CHARACTERS_PER_BROKEN = 200
_SAMPLE = 2048
_NOISE_PRIOR = -25.0
_CERTAIN_CONTINUATIONS, _CERTAIN_ASCII = 60, 100
"""Continuation bytes, or printable ASCII characters alone, that no other encoding yields by accident."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Windows maps 0xA241 and 0xA242 to look-alikes of the slashes that everybody else reads there.
_BIG5_SLASHES = str.maketrans("∕﹨", "／＼")
_REPLACED = re.compile("\ufffd+")
_LINE_END = re.compile("\r\n?|[\u2028\u2029\x85\v]")


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """A text, the Python codec that gave it, and how many sequences in it were broken."""

    text: str
    codec: str
    broken: int = 0


def decode(data: bytes, path: str, *, declared: str | None = None) -> str:
    r"""The text of a file, every line ended by ``\n``, without byte order mark and NUL characters.

    Args:
        data: All bytes of the file.
        path: For the message.
        declared: The encoding that the file itself names (HTML ``<meta charset>``): a strong hint, no more.

    Raises:
        UnknownEncoding: No supported encoding gives a text more probable than random noise.
    """
    found = detect(data, declared=declared)
    if found is None:
        raise UnknownEncoding(path)
    return _LINE_END.sub("\n", found.text.replace("\0", ""))


def detect(data: bytes, *, declared: str | None = None) -> Decoded | None:
    """The most probable decoding of ``data`` as it is; ``None`` where it is no text in any supported encoding."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _attempt(data[len(mark) :], codec)
    certain = _certain_utf8(data)
    if certain is not None:
        return certain
    hint = _DECLARED.get((declared or "").strip().lower())
    bounds = {codec: _bound(data, codec) + (_DECLARED_BONUS if codec == hint else 0.0) for codec in _CANDIDATES}
    best: Decoded | None = None
    best_score = NOISE_PER_BYTE * min(len(data), _SAMPLE) + _NOISE_PRIOR
    for codec in sorted(_CANDIDATES, key=lambda codec: -bounds[codec]):
        if bounds[codec] <= best_score:
            break
        found = _attempt(data, codec)
        if found is not None and bounds[codec] + _BROKEN_COST * found.broken > best_score:
            best, best_score = found, bounds[codec] + _BROKEN_COST * found.broken
    return best


def _certain_utf8(data: bytes) -> Decoded | None:
    """UTF-8 where chance cannot explain that the bytes are valid in it: a short way for nearly every file there is."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if text.isascii():
        certain = len(data) >= _CERTAIN_ASCII and _CONTROL.search(text) is None
    else:
        certain = len(data) - len(text) >= _CERTAIN_CONTINUATIONS
    return Decoded(text=text, codec="utf-8") if certain else None


def _bound(data: bytes, codec: str) -> float:
    """What ``codec`` scores at the most: its prior, and the log-probability of the first bytes, the same for all."""
    decoder = codecs.getincrementaldecoder(codec)("replace")
    return _PRIOR[codec] + log_probability(decoder.decode(data[:_SAMPLE], final=len(data) <= _SAMPLE))


def _attempt(data: bytes, codec: str) -> Decoded | None:
    """Decode, with U+FFFD for the few broken sequences of a large file; ``None`` where there are too many."""
    try:
        text, broken = data.decode(codec), 0
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
        broken = len(_REPLACED.findall(text))
        if broken * _CHARACTERS_PER_BROKEN > len(text):
            return None
    return Decoded(text=text.translate(_BIG5_SLASHES) if codec == "cp950" else text, codec=codec, broken=broken)
