"""Exact match as CMRC 2018 counts it: for Chinese, and for other scripts without spaces between words.

    EM = 1 if plain(answer) = plain(accepted) for any accepted answer, else 0
    plain: NFKC, lower case, outer white space and the script's list of punctuation removed

Y. Cui et al.: A Span-Extraction Dataset for Chinese Machine Reading Comprehension, EMNLP 2019, and its
``cmrc2018_evaluate.py``. The script does not apply NFKC. Here it comes first, so each mark of the list stands for its
half-width form as well; a decimal point, a percent sign and inner white space are kept, as there.
"""

import unicodedata
from collections.abc import Sequence

_LISTED = "-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』"
"""The script's list. It has …… too, two characters that its loop over single ones never meets: … stays."""
_REMOVED = dict.fromkeys(map(ord, _LISTED + unicodedata.normalize("NFKC", _LISTED)))


def cmrc_exact_match(answer: str, accepted: Sequence[str]) -> float:
    """1.0 where ``answer`` without punctuation is an accepted one without it, else 0.0.

    Where nothing is accepted the right answer is the empty one, as for SQuAD 2.0.
    """
    return float(cmrc_plain(answer) in {cmrc_plain(one) for one in accepted or ("",)})


def cmrc_plain(text: str) -> str:
    """What is compared: the script's ``remove_punctuation``, after NFKC."""
    return unicodedata.normalize("NFKC", text).lower().strip().translate(_REMOVED)
