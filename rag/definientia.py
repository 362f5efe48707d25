"""What a sentence says that a term means: the words behind 是指 up to the noun that they lead to."""

import re
from collections.abc import Iterator

from rag.answer import Span

_DEFINES = re.compile(
    r"[，,]?(?:是|系)指|指的是|(?:[，,]|(?<=[“”」』]))(?:是(?!否)|即(?!将|可|时|使|便)|指(?![导挥定标示数]))"
    r"|(?<![但可只若也还不都而于或就凡正])是(?![否非指不])"
)
_END = re.compile(r"[。；;]|：[（(一1①]")
_NOUN = re.compile(r"的[^的，。；：（）]{1,8}$")
_FURTHER = re.compile(
    r"[，,](?=(?:主要|既|又|也|但|并不)?(?:不?包括|其中|可以|可[^，]{1,2}[，、]|不得|不含|由|期限|从而|不是|不收|代替|最[长高低多少]|一般))"
)
_COMMA = re.compile("[，,]")
_LEAST = 6
"""Characters before the words that say something further."""


def definientia(text: str, sentence: Span) -> Iterator[Span]:
    """The spans of ``text[sentence]`` that a term before them may be said to mean; punctuation at their ends is kept.

    Behind each mark of a definition: up to what is said further (，包括…), else up to the last clause that ends with a
    noun and its 的 (…的制度), else to the end; and the shorter and the longer span, where these differ.
    """
    for mark in _DEFINES.finditer(text, *sentence):
        first = mark.end()
        last = stop.start() if (stop := _END.search(text, first, sentence[1])) else sentence[1]
        clauses = [*(comma.start() for comma in _COMMA.finditer(text, first + 1, last)), last]
        nouns = [end for end in clauses if _NOUN.search(text, first, end)]
        further = _FURTHER.search(text, min(first + _LEAST, last), last)
        likeliest = nouns[-1] if nouns else last
        if further and (not nouns or nouns[0] <= further.start()):
            likeliest = further.start()
        for end in dict.fromkeys((likeliest, *nouns[:1], last)):
            if first < end:
                yield first, end
