"""A rule and what it does not hold for: 禁止停放，但设有停放点位的除外; 除应急车辆外，不得通行. Pure."""

import re
from dataclasses import dataclass

from rag.answer import Span

_EXEMPT = "除外|不受此限|不在此限"
_AHEAD = re.compile(r"除[^，,；;。（）()]{2,60}?外[，,]?+(?![^，,；;。]{0,8}(?:还|也|另|同时|并))")
"""除…外，还… adds to the rule and takes nothing from it."""
_BEHIND = (
    re.compile(rf"(?:^|[，,；;。])\s*(?P<words>(?:但是?(?!凡)|不过|然而)[，,]?[^；;。（）()]*?(?:{_EXEMPT}))"),
    re.compile(rf"(?:^|[，,；;。])\s*(?P<words>[^，,；;。（）()]{{2,}}?(?:{_EXEMPT}))"),
)
"""With a word for but an exception may have several clauses, without one it is one."""
_JOINED = re.compile("[、，,]|[和与及或]者?|以及")
_SHELL = re.compile(rf"^(?:但是?|不过|然而)[，,]?|^除|外[，,]?$|的?(?:{_EXEMPT})$|等")
"""What says that it is an exception, around what is exempted."""
_MOST = 0.6
_STOP = re.compile(r"[。！？!?\n]\s*")


@dataclass(frozen=True)
class Exemption:
    """Where a rule stands, and the words that exempt something from it, as offsets."""

    rule: Span
    words: Span


def exemption(text: str, sentence: Span) -> Exemption | None:
    """The rule and its exception in ``text[sentence]``; the rule of 但是，…除外。 is the sentence before it."""
    start, end = sentence
    said = text[start:end]
    if (ahead := _AHEAD.search(said)) is not None and said[ahead.end() :].strip():
        return Exemption((start + ahead.end(), end), (start + ahead.start(), start + ahead.end()))
    for pattern in _BEHIND:
        if (behind := pattern.search(said)) is None:
            continue
        rule = (start, start + behind.start()) if said[: behind.start()].strip() else _before(text, start)
        if rule[0] < rule[1]:
            return Exemption(rule, (start + behind.start("words"), start + behind.end("words")))
    return None


def names_case(asked: str, text: str, found: Exemption) -> bool:
    """Whether the question ``asked`` has most of what one of the exempted cases is called and the rule does not say."""
    rule, words = text[slice(*found.rule)], text[slice(*found.words)]
    if any(denied in asked and denied not in words for denied in "没无未非"):
        return False
    for case in _JOINED.split(_SHELL.sub("", words)):
        own = set(case) - set(rule)
        if own and len(own & set(asked)) >= _MOST * len(own):
            return True
    return False


def lies_in(span: Span, words: Span) -> bool:
    """Whether ``span`` is ``words`` or a part of them, but for a mark at either end."""
    return words[0] - 1 <= span[0] and span[1] <= words[1] + 1


def _before(text: str, offset: int) -> Span:
    """The sentence that ends at ``offset``."""
    whole = text[:offset].rstrip("。！？!?；;，, \n")
    return max((stop.end() for stop in _STOP.finditer(whole)), default=0), len(whole)
