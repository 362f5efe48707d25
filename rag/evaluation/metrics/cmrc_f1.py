"""F1 over the longest common substring as CMRC 2018 counts it: for Chinese.

    s = length of the longest run of segments that stands in both
    precision = s / |segments of the answer|      recall = s / |segments of the accepted answer|
    F1 = 2 · precision · recall / (precision + recall) = 2s / (sum of both lengths), the best over the accepted answers

Segments are single Chinese characters, and the words and figures between them. Y. Cui et al., EMNLP 2019,
``cmrc2018_evaluate.py``. Two things differ from the script: NFKC comes first (see ``cmrc_exact_match``), and kana and
hangul are single segments like Chinese characters, where the script's tokenizer keeps a run of them as one word.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from rag.evaluation.metrics.cmrc_exact_match import cmrc_plain

EAST_ASIAN = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters, kana and hangul, as a range for regular expressions."""

_SEGMENT = re.compile(rf"[{EAST_ASIAN}]|[^\W_{EAST_ASIAN}]+(?:[.,'’][^\W_{EAST_ASIAN}]+)*|[^\w\s]")


def cmrc_f1(answer: str, accepted: Sequence[str]) -> float:
    """Between 0 and 1: the greatest F1 of ``answer`` with one of ``accepted``.

    Where either side has no segments it is 1 if both have none, else 0; where nothing is accepted the right answer is
    the empty one.
    """
    given = segments(answer)
    return max(_f1(given, segments(one)) for one in accepted or ("",))


def segments(text: str) -> list[str]:
    """The script's ``mixed_segmentation`` without punctuation: Chinese characters singly, else words and figures."""
    return _SEGMENT.findall(cmrc_plain(text))


def _f1(given: list[str], wanted: list[str]) -> float:
    if not given or not wanted:
        return float(given == wanted)
    shared = SequenceMatcher(None, given, wanted, autojunk=False).find_longest_match().size
    return 2 * shared / (len(given) + len(wanted))
