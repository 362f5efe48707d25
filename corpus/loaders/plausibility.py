"""How likely a decoded text is: the log-probability of its characters under a small model of written Chinese.

Two right decodings of the same bytes explain the same thing, so their log-probabilities can be compared, and the larger
one names the encoding (a naive Bayes classifier over encodings). The model has two parts:

    ln P(text) = sum over i of  ln P(script of i | script of i-1)  +  ln P(character i | its script)

Inside the Han script the probability follows the rank r of the character in a frequency list:
ln P = -4.85 - 0.13 * sqrt(r), a fit to counts of laws and encyclopaedia paragraphs (r = 10: -5.0 counted, -5.3 fitted;
r = 1000: -8.9 and -9.0; r = 3000: -12.0 and -12.0). A text is simplified or traditional, so both lists are tried and
the better one counts.
"""

import math
from functools import lru_cache

from corpus.loaders.characters import SIMPLIFIED, TRADITIONAL

NOISE_PER_BYTE = -math.log(256)
"""Log-probability of one byte of random noise."""

_STAY, _SPACE, _COMMON, _RARE = -0.4, -1.0, -2.2, -9.0
_RARE_HAN, _VERY_RARE_HAN, _IMPOSSIBLE = -15.0, -17.0, -22.0
_FREQUENT_MARKS = frozenset("，。、；：？！（）《》〈〉“”‘’「」『』【】〔〕—…·　％～￥")
# Scripts of a Chinese office document; a run of any other is unexpected, but going on with it is not.
_COMMON_SCRIPTS = frozenset({"han", "marks", "letter", "digit", "space", "ascii", "signs"})
# (first code point, script, ln P of one of its characters); ends where the next one begins.
_RANGES: tuple[tuple[int, str, float], ...] = (
    (0x00, "control", _IMPOSSIBLE),
    (0x20, "ascii", -4.0),
    (0x7F, "control", _IMPOSSIBLE),
    (0xA0, "signs", -8.0),
    (0xC0, "letter", -9.0),
    (0x250, "other", -8.0),
    (0x370, "greek", -4.0),
    (0x400, "cyrillic", -3.5),
    (0x530, "other", -8.0),
    (0x2000, "control", -12.0),
    (0x2010, "signs", -7.0),
    (0x2028, "control", -12.0),
    (0x2030, "signs", -7.0),
    (0x2460, "signs", -4.5),
    (0x2474, "signs", -7.0),
    (0x2500, "signs", -8.0),
    (0x2E80, "other", -12.0),
    (0x3000, "marks", -6.0),
    (0x3040, "kana", -4.0),
    (0x3100, "other", -9.0),
    (0x3400, "han", _VERY_RARE_HAN),
    (0x4E00, "han", _RARE_HAN),
    (0xA000, "other", -12.0),
    (0xAC00, "hangul", -7.0),
    (0xD7B0, "private", _IMPOSSIBLE),
    (0xF900, "han", _VERY_RARE_HAN),
    (0xFB00, "other", -12.0),
    (0xFE30, "signs", -7.0),
    (0xFF01, "fullwidth", -5.0),
    (0xFF66, "other", -12.0),
    (0x1F000, "signs", -9.0),
    (0x1FB00, "other", -14.0),
    (0x20000, "han", _VERY_RARE_HAN),
    (0x32000, "private", _IMPOSSIBLE),
)


@lru_cache(maxsize=2**16)
def _of_range(character: str) -> tuple[str, float]:
    """Script of a character outside the lists and its log-probability there."""
    code = ord(character)
    return next((script, cost) for first, script, cost in reversed(_RANGES) if code >= first)


@lru_cache(maxsize=1)
def _models() -> tuple[dict[str, tuple[str, float]], dict[str, tuple[str, float]]]:
    """Character -> (script, log-probability) for simplified and for traditional text."""
    shared: dict[str, tuple[str, float]] = {mark: ("marks", -2.8) for mark in _FREQUENT_MARKS}
    shared |= {c: ("signs", -4.5) for c in "★☆●○■□◆◇▲△→√×÷±°℃※№§•"}
    shared |= {c: ("space", -1.5) for c in " \t\n\r"} | {c: ("space", -6.0) for c in "\f\v\x85"}
    shared |= {c: ("digit", -2.3) for c in "0123456789"}
    shared |= {c: ("letter", -3.2) for c in "abcdefghijklmnopqrstuvwxyz"}
    shared |= {c: ("letter", -4.2) for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    shared |= {c: ("ascii", -2.8) for c in ".,-()/:%"}
    shared["\0"] = ("control", -8.0)
    shared["〇"] = ("han", -7.0)
    simplified, traditional = (
        shared | {c: ("han", -4.85 - 0.13 * math.sqrt(rank)) for rank, c in enumerate(listed, 1)}
        for listed in (SIMPLIFIED, TRADITIONAL)
    )
    return simplified, traditional


def log_probability(text: str) -> float:
    """Natural logarithm of the probability of ``text``; 0.0 for the empty one."""
    return max(_under(model, text) for model in _models())


def _under(model: dict[str, tuple[str, float]], text: str) -> float:
    total, before = 0.0, "space"
    for character in text:
        script, cost = model.get(character) or _of_range(character)
        if script == before:
            change = _STAY
        elif script == "space":
            change = _SPACE
        else:
            change = _COMMON if script in _COMMON_SCRIPTS else _RARE
        total += change + cost
        before = script
    return total
