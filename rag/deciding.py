"""Which words of a sentence decide a question for yes or no, and which of the two they say."""

import re

from rag.answer import Span
from rag.evidence import Evidence
from rag.exceptions import exemption, lies_in, names_case
from rag.question import Question
from rag.verdict import affirms

_BUT = re.compile(r"[，,；;](?=但(?!凡)|不过|只是|然而)")
"""Before the words of an exception."""


def decided(question: Question, evidence: Evidence, text: str, sentence: Span, span: Span) -> tuple[Span, float]:
    """The words that decide a question for yes or no, and how likely they say yes.

    A case that is exempt from a rule (禁止停放，但设有停放点位的除外) is decided the other way than the rule, and the
    rule is shown with it; that of 除…外 has to be named, as whatever is asked of the rule stands near it, too. An
    exception that says itself what it brings (…开放，但除夕闭馆) decides for itself.
    """
    found = exemption(text, sentence)
    behind = found is not None and found.rule[1] <= found.words[0]
    if found is not None and (
        (behind and lies_in(span, found.words))
        or names_case(question.plain, text, found)
        or _more(evidence, text, found.words, found.rule)
    ):
        first = min(max(found.rule[0], sentence[0]), found.words[0])
        last = max(min(found.rule[1], sentence[1]), found.words[1])
        likely = affirms(question.plain, text[slice(*found.rule)].strip("。；;，, "))
        return _bare(text, (first, last)), 1 - likely
    if found is not None and not behind:
        if span[1] <= found.rule[0]:  # the rule decides, so it is shown
            span = _bare(text, (found.rule[0] if lies_in(span, found.words) else span[0], found.rule[1]))
        return span, affirms(question.plain, text[slice(*found.rule)].strip("。；;，, "))
    if found is None and (but := _BUT.search(text, *sentence)) is not None:
        rule, exception = (sentence[0], but.start()), (but.end(), sentence[1])
        span = _bare(text, exception) if _more(evidence, text, exception, rule) else span
    return span, affirms(question.plain, text[slice(*span)])


def _more(evidence: Evidence, text: str, one: Span, other: Span) -> bool:
    """Whether ``one`` has more of the question's words that the other lacks than the other way round."""
    here, there = evidence.found(text[slice(*one)]), evidence.found(text[slice(*other)])
    return evidence.weight(here - there) > evidence.weight(there - here)


def _bare(text: str, span: Span) -> Span:
    """``span`` without the marks at its end."""
    return span[0], span[0] + len(text[slice(*span)].rstrip("。；;，, \n"))
