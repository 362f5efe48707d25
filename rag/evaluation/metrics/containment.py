"""Does a text hold an accepted answer, as a whole and not as a piece of another word or figure?

    answer_recall = 1 if any accepted answer stands in the given one, else 0

This is "accuracy" by containment as open-domain question answering counts it (Mallen et al.: When Not to Trust Language
Models, ACL 2023; Kandpal et al., ICML 2023), with the boundaries guarded: plain containment finds 8家 in 18家.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rag.evaluation.metrics.folding import fold_marks

_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?!\d|,\d)")
_APART = re.compile("[⁰¹²³⁴-⁹₀-₉①-⑳]")
"""Marks of lists and notes, which NFKC makes digits: ①8家 is no 18家."""
_TRAILING = "。，、；：！？,;:!?."

_LETTER = r"a-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff"
"""Scripts that put a space between words: Latin, Greek, Cyrillic."""
_NUMERAL = "〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億兩廿卅"
_MYRIAD = "千万亿仟萬億"
"""Multiply the Arabic figure before them: 5千, 1.2万."""
_MINUS = r"(?:^|[(,:;=~为為是达達至到于於约約降长長比率]|[a-z]\s)[-−]"
"""A hyphen that is a sign, told by what stands before it: not that of 3-5家, 2019年-2020年 or COVID-19."""
_NO_FIGURE = re.compile("(?<=[唯统統同专專单單划劃归歸])一")
"""一 inside a word that counts nothing: 唯一一家 is a word and a figure, not one figure."""

_VERDICT = re.compile(r"\W*(?:(是的?|yes)|(否|no))(?!\s*\.\s*\d|[-/'’]\w|/)\s*(?:$|[^\w\s])", re.IGNORECASE)

# What, standing before (after) a piece that begins (ends) so, makes it part of something longer.
_BEFORE = (
    (re.compile(r"\d"), re.compile(rf"\d$|\d\.$|\d[百{_MYRIAD}]$|分之$|{_MINUS}$")),
    (re.compile(f"[{_NUMERAL}]"), re.compile(f"[{_NUMERAL}几幾]$|[{_NUMERAL}]点$|分之$")),
    (re.compile(f"[{_MYRIAD}]"), re.compile(r"\d$")),
    (re.compile(f"[{_LETTER}]"), re.compile(f"[{_LETTER}]$")),
)
_AFTER = (
    (re.compile(r"\d$"), re.compile(rf"\d|\.\d|[{_MYRIAD}]|\s?[%‰]|分之")),
    (re.compile(f"[{_NUMERAL}]$"), re.compile(f"[{_NUMERAL}]|点[{_NUMERAL}]|分之")),
    (re.compile(f"[{_LETTER}]$"), re.compile(f"[{_LETTER}]")),
)
_YEAR = re.compile(r"[12]\d{3}年")
_REACH = 4


def holds(text: str, wanted: str) -> bool:
    """Whether ``wanted`` stands in ``text`` after folding, whole at both ends.

    * A figure is whole: 8家 is not in 18家 or 3.8家, 2万 not in 1.2万, 5 not in 5%, 2 not in 2万, 5% not in -5%;
      1,200 is 1200, and 200 is not in it. ``1.2020年`` is a list's number before a year, so 2020年 is in it.
    * A Chinese numeral is whole: 三十 is not in 二百三十, 十 not in 三十, 三 not in 三点五 or 三分之一. The guard looks
      only where ``wanted`` begins (ends) with a numeral character and one stands before (after) it, so 一步 is in
      进一步; 一 in words such as 唯一 or 统一 counts nothing, so 一家 is in 唯一一家.
    * A word of an alphabet is whole: art is not in part. Letters and digits bound each other: 5 is in 5kg.
    * White space is a boundary, and otherwise nothing. Punctuation that ends ``wanted`` need not be in ``text``.

    Ranges (3-5家), fractions with a slash and values equal in other words (50% and 百分之五十) are not looked into.
    An empty ``wanted`` stands nowhere.
    """
    piece, spaced = _compact(_spaced(wanted)), _spaced(text)
    piece = piece.rstrip(_TRAILING) or piece
    compact = _compact(spaced)
    start = compact.find(piece) if piece else -1
    if start < 0:
        return False
    places = [n for n, character in enumerate(spaced) if not character.isspace()]
    context = _NO_FIGURE.sub("·", spaced)
    while start >= 0:
        end = start + len(piece)
        if _whole(piece, context, places[start], places[end - 1] + 1):
            return True
        start = compact.find(piece, start + 1)
    return False


def answer_recall(answer: str, accepted: Sequence[str]) -> float:
    """1.0 where ``answer`` holds any of ``accepted``, else 0.0; a verdict is held by the same verdict alone."""
    given = verdict(answer)
    return float(any(given == verdict(one) if is_verdict(one) else holds(answer, one) for one in accepted))


def verdict(text: str) -> str | None:
    """``是`` or ``否`` where ``text`` is or begins with 是, 否, yes or no as a verdict, else ``None``.

    A verdict stands alone or before punctuation: "是，已批复" is one; 是本辖区, "No man" and "No. 5" are none.
    """
    found = _VERDICT.match(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    return "是" if found[1] else "否"


def is_verdict(accepted: str) -> bool:
    """Whether an accepted answer is nothing but 是, 否, yes or no."""
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", accepted)).lower() in ("是", "是的", "否", "yes", "no")


def _whole(piece: str, context: str, start: int, end: int) -> bool:
    """Whether what stands around ``context[start:end]`` leaves the word or figure at its ends whole."""
    before, after = context[max(0, start - _REACH) : start], context[end : end + _REACH]
    if before.endswith(".") and _YEAR.match(context, start):
        before = ""
    cut = any(begins.match(context, start) and stands.search(before) for begins, stands in _BEFORE)
    own = context[end - 1 : end]
    return not cut and not any(ends.search(own) and stands.match(after) for ends, stands in _AFTER)


@lru_cache(maxsize=4096)
def _spaced(text: str) -> str:
    """``text`` folded, but with its white space, and without the separators of thousands."""
    plain = _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), text)
    return fold_marks(_APART.sub(r" \g<0> ", plain))


def _compact(spaced: str) -> str:
    return "".join(spaced.split())
