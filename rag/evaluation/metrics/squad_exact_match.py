"""Exact match as SQuAD counts it: for languages that put a space between words.

    EM = 1 if normal(answer) = normal(accepted) for any accepted answer, else 0
    normal: lower case, no ASCII punctuation, no article (a, an, the), single spaces

P. Rajpurkar et al.: SQuAD: 100,000+ Questions for Machine Comprehension of Text, EMNLP 2016, and its evaluation script
v1.1; where nothing is accepted the right answer is the empty one, as in the script of SQuAD 2.0 (ACL 2018).
"""

import re
import string
from collections.abc import Sequence

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def squad_exact_match(answer: str, accepted: Sequence[str]) -> float:
    """1.0 where the normal form of ``answer`` is that of an accepted one, else 0.0."""
    return float(squad_normal(answer) in {squad_normal(one) for one in squad_accepted(accepted)})


def squad_normal(text: str) -> str:
    """What is compared, the script's ``normalize_answer``; its words are separated by one space."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def squad_accepted(accepted: Sequence[str]) -> tuple[str, ...]:
    """The accepted answers that are not empty when normal; where none is left, the empty answer is the right one."""
    return tuple(one for one in accepted if squad_normal(one)) or ("",)
