"""From text to the terms that BM25 counts, for Chinese without a dictionary.

A *unit* is one Chinese character, one whole number (``0.38``) or one word of another script in lower case. The terms of
a text are its units and every pair of units that touch: 众创空间30家 gives 众 创 空 间 30 家, 众创 创空 空间 间30 30家.
Pairs find the passage with the same words, single units the one that says it in other words. Measured against pairs
alone, words from jieba and mixtures of them with ``python -m tests.benchmarks.terms``.

Width and compatibility forms are folded first (NFKC), and traditional characters to simplified ones.
"""

import re
import unicodedata

from rag.variants import simplified

_HAN = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
# In "1.2024年" the 1 numbers the line and a year follows; everywhere else a point inside digits belongs to the number.
_NUMBER = r"[0-9]+(?:\.(?![12][0-9]{3}年)[0-9]+)*"
_UNIT = re.compile(rf"{_NUMBER}|[{_HAN}]|[^\W\d_{_HAN}]+|\d+")
_RUN = re.compile(rf"(?:{_NUMBER}|[^\W_])+")
_HAN_RUN = re.compile(rf"[{_HAN}]+")

# Only before compatibility forms are folded: the full-width comma of "100，200" separates two numbers.
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")

# The words that make a question one. They stand in passages as often as not, and say nothing about the answer's place.
_ASKING = re.compile(
    "为什么|[什甚]么(?:时候|样|地方)?|哪(?![吒咤])(?:些|个|里|儿|年|一[年个天])?|谁|多(?:少|久|大|长|高|远)"
    "|怎么(?:样|办|回事)?|怎样|如何|为何|何[时地种人年]|是否|是不是|有没有|请问|几(?=[个年月日天次家人名条项种类级所位件份点岁号])"
    "|[啥咋吗嘛呢啊呀]"
)


def passage_terms(text: str) -> list[str]:
    """The terms of a passage, one for each time that they occur."""
    return _terms(folded(text))


def query_terms(text: str) -> list[str]:
    """The distinct terms of a question, in order, without the words that only ask (多少, 什么, 哪些, ...).

    A question made of nothing else keeps them.
    """
    text = folded(text)
    return list(dict.fromkeys(_terms(_ASKING.sub(" ", text)) or _terms(text)))


def is_chinese(term: str) -> bool:
    """Whether ``term`` is made of Chinese characters alone."""
    return _HAN_RUN.fullmatch(term) is not None


def folded(text: str) -> str:
    """``text`` with one form for every width, compatibility form, case and script (traditional to simplified)."""
    text = unicodedata.normalize("NFKC", _THOUSANDS.sub("", text))
    return simplified(text.casefold())


def _terms(text: str) -> list[str]:
    terms: list[str] = []
    for run in _RUN.findall(text):
        units = run if _HAN_RUN.fullmatch(run) else _UNIT.findall(run)
        terms.extend(units)
        terms.extend(map(str.__add__, units, units[1:]))
    return terms
