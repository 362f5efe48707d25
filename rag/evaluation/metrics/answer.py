"""Exact match and F1 of one answer, counted as its language is counted.

A question is counted as in CMRC 2018 where an accepted answer holds a Chinese character (or kana, or hangul), or where
the question itself has at least as many of them as it has other words: 1998 may be the answer to a Chinese question,
and 1998年 is then half of it right. Any other is counted as in SQuAD.

Where a verdict (是, 否, yes, no) is among the accepted answers, an answer that begins with a verdict is judged by it
alone, 1 or 0, for a verdict cannot be half right; one without is compared with the other answers.
"""

import re
from collections.abc import Callable, Sequence

from rag.evaluation.metrics.cmrc_exact_match import cmrc_exact_match
from rag.evaluation.metrics.cmrc_f1 import EAST_ASIAN, cmrc_f1
from rag.evaluation.metrics.containment import is_verdict, verdict
from rag.evaluation.metrics.squad_exact_match import squad_exact_match
from rag.evaluation.metrics.squad_f1 import squad_f1

_EAST_ASIAN = re.compile(f"[{EAST_ASIAN}]")
_OTHER_WORD = re.compile(rf"[^\W_{EAST_ASIAN}]+")
_Count = Callable[[str, Sequence[str]], float]


def exact_match(answer: str, accepted: Sequence[str], question: str = "") -> float:
    """1.0 or 0.0: ``answer`` is one of ``accepted``, punctuation and the like aside."""
    return _count(answer, accepted, question, chinese=cmrc_exact_match, english=squad_exact_match)


def f1(answer: str, accepted: Sequence[str], question: str = "") -> float:
    """Between 0 and 1: how much of an accepted answer ``answer`` has, and how little else."""
    return _count(answer, accepted, question, chinese=cmrc_f1, english=squad_f1)


def _count(answer: str, accepted: Sequence[str], question: str, *, chinese: _Count, english: _Count) -> float:
    verdicts = {verdict(one) for one in accepted if is_verdict(one)}
    given = verdict(answer)
    if verdicts and given:
        return float(given in verdicts)
    words = [one for one in accepted if not is_verdict(one)]
    if verdicts and not words:
        return 0.0
    east_asian = any(map(_EAST_ASIAN.search, words)) or _is_east_asian(question)
    return (chinese if east_asian else english)(answer, words)


def _is_east_asian(question: str) -> bool:
    """A single Chinese word in a question that is otherwise English does not make it a Chinese one."""
    characters = len(_EAST_ASIAN.findall(question))
    return characters > 0 and characters >= len(_OTHER_WORD.findall(question))
