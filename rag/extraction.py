"""From the sentence that answers to the words in it that the question asks for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rag.answer import Span
from rag.deciding import decided
from rag.evidence import Evidence, Features
from rag.figures import Quantity, figures
from rag.interfaces import Finding
from rag.model_evidence import ReadSentence
from rag.question import UNITS, Question
from rag.span_features import fits, measure_spans
from rag.spans import DATE, DATES, FITTING, OFFICE, has_kind, items
from rag.years import YearsOf

EXACT, WHOLE = 1.4, 2.0
"""How much more a missing character counts than one too many where a figure, date, name or list is asked for, and where
a clause has to say it; chosen on the measured questions."""
READ_EXACT, READ_WHOLE = 1.2, 1.6
"""The same where a trained reader has read the sentence: its edges need less room. With even less the words are more
often exactly those of the answer, and more often lack a part of it."""
_TIME = re.compile(r"[0-9年月日时期前后起间天周季]|\b(?:before|after|when|until|during|daily|weekly|yearly)\b")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_TOGETHER = re.compile(
    r"(?<![0-9第十百])([两二三四五六七八九2-9])[个家所处座条镇县市区村校院户][^，,]{0,6}?(?:一共|总共|合计|加起来|合起来|加一块|拢共)"
)
"""Several things asked for together, and how many."""
_SAME_COUNT = ("两二2", "三3", "四4", "五5", "六6", "七7", "八8", "九9")
_COUNTED = frozenset("个家户人名位所处项件次台辆顶只头条张本册座间棵株艘份栋幢组支套")
_CHOICE = re.compile(r"还是|[和与、或跟].*(?:哪|谁)")
"""The answer to a choice stands in the question."""


_BOTH = re.compile(r"(?:时候|何时|哪一?[年月天日]|几[月号日]).{0,5}[到至].{0,4}(?:时候|何时|哪|几)|起[止讫]")
"""A question for both ends of a time."""
_PERIOD = re.compile(r"期限|期间|有效期|哪一?段")
"""One for a time that has two, unless it says which of them."""
_UNTIL = re.compile(r"截止|截至|为止|止[？?]?$|到(?:什么时候|啥时候|何时|哪|几)|结束|最晚|最迟|到期")
_FROM = re.compile(r"[从自](?:什么时候|啥时候|何时|哪|几)|开始|起[？?]?$|启动|最早")
"""And one for the latter, or the former."""
_DOER = re.compile(rf"[一-龥（）()]{{2,20}}?(?<![鉴关对由后前时])(?:须|应|将|应当)?[于在](?=(?:{DATES.pattern}))")
"""Words that end in 于 or 在 before a date."""
_LEADING = r"[由经与及或向从在对为是请让归]|联合|会同|委托|依托|通过|提交|报送"
_PLACE = re.compile(
    rf"(?:^|(?<=[^一-龥])|{'|'.join(f'(?<={words})' for words in _LEADING.split('|'))})(?!{_LEADING}|[这那各该某每])"
    r"(?:[一-龥]{0,5}(?:自治区|省|市|县|区|州|盟|旗|镇|乡|街道)|国家|全国|国务院)$"
)
"""The place that the name of an office begins with, before a cut."""


@dataclass(frozen=True, kw_only=True)
class Extract:
    """The answer's spans inside the sentence.

    ``certainty`` is the overlap with the answer that is to be expected (0 to 1); ``fitting`` whether the span has the
    form that the kind of question asks for; ``signs`` are its row of ``SPAN_FEATURES``. ``text`` is 是 or 否 for a
    question that wants it, ``sure`` how likely that is the right one of the two.
    """

    spans: tuple[Span, ...]
    kind: str
    certainty: float
    fitting: bool
    signs: Features
    text: str = ""
    sure: float = 1.0


def extract(
    question: Question,
    evidence: Evidence,
    text: str,
    sentence: Span,
    weights: npt.NDArray[np.float32],
    read: ReadSentence | None = None,
) -> Extract:
    """The words of ``text[sentence]`` that answer ``question``, by ``weights`` over ``SPAN_FEATURES``."""
    spans, features = measure_spans(question, evidence, text, sentence, read)
    logits = features @ weights
    shares = np.exp(logits - logits.max())
    shares /= shares.sum()
    exact, whole = (READ_EXACT, READ_WHOLE) if read else (EXACT, WHOLE)
    gains = expected_overlap(spans, shares, exact if question.form in FITTING else whole)
    best = int(np.argmax(gains))
    certainty = float(gains[best])
    span = spans[best]
    if question.form == "date":
        span = _dated(question, text, sentence, span)
    elif question.form == "name":
        span = whole_name(text, sentence, span)
    fitting = fits(question.form, text, span, question.wanted, sentence)
    if question.form == "yes_no":
        span, likely = decided(question, evidence, text, sentence, span)
        yes, no = ("yes", "no") if question.text.isascii() else ("是", "否")
        return Extract(
            spans=(span,),
            kind="boolean",
            text=yes if likely > 0.5 else no,
            sure=max(likely, 1 - likely),
            certainty=certainty,
            fitting=fitting,
            signs=features[best],
        )
    if question.form == "list":
        members = tuple(items(text, span))
        if len(members) > 1:
            return Extract(spans=members, kind="list", certainty=certainty, fitting=fitting, signs=features[best])
    kind = "sentence" if span[1] - span[0] >= 0.8 * (sentence[1] - sentence[0]) else "span"
    return Extract(spans=(span,), kind=kind, certainty=certainty, fitting=fitting, signs=features[best])


def _dated(question: Question, text: str, sentence: Span, span: Span) -> Span:
    """``span`` without the one who does something on the date that it names: 财政局于12月15日前 is 12月15日前.

    Where both ends of a time are asked for and it is one of them, it is both; where one end is, it is that one.
    """
    doer = _DOER.match(text, *span)
    start, end = (doer.end(), span[1]) if doer is not None else span
    asked = question.plain
    both, until = bool(_BOTH.search(asked)), bool(_UNTIL.search(asked))
    one = until != bool(_FROM.search(asked)) and not both
    if both or (_PERIOD.search(asked) and not one):
        times = [match.span() for match in DATES.finditer(text, *sentence)]
        around = [time for time in times if time[0] <= start and end <= time[1]]
        inside = [time for time in times if start <= time[0] and time[1] <= end]
        if len(around or inside) == 1:
            return (around or inside)[0]
    if one:
        for whole in DATES.finditer(text, *sentence):
            ends = [match.span() for match in DATE.finditer(text, *whole.span())]
            if len(ends) == 2 and whole.start() < end and start < whole.end():
                return ends[until]
    return start, end


def whole_name(text: str, sentence: Span, span: Span) -> Span:
    """``span`` with the place before it where it is the name of an office: 财政厅 of 由自治区财政厅牵头 is all of it.

    Of 2,180 offices that labelled questions ask for 5 are called without a place that stands before them.
    """
    place = _PLACE.search(text[sentence[0] : span[0]]) if OFFICE.fullmatch(text, *span) else None
    return span if place is None else (sentence[0] + place.start(), span[1])


def answers(question: Question, text: str, finding: Finding) -> bool:
    """Whether what was found can be an answer: it says something new, and a figure or a time where one is asked for.

    Of 37 answers to questions kept apart that fail here 4 were right: no figure 1 of 12, no time 1 of 8, echo 2 of 17.
    """
    words = "".join(text[start:end] for start, end in finding.answers)
    if question.form == "number" and not any(has_kind("number", None, text, span) for span in finding.answers):
        return False
    if question.form == "number" and question.look and not question.look.search(words) and DATES.fullmatch(words):
        return False
    if question.form == "number" and _counts(question, words):
        return False
    if question.form == "number" and _one_of_several(question, text[slice(*finding.quote)]):
        return False
    if question.form == "date" and not _TIME.search(words):
        return False
    repeats = all(character in question.plain for character in words)
    return finding.kind == "boolean" or not repeats or bool(_CHOICE.search(question.plain))


def _counts(question: Question, words: str) -> bool:
    """Whether ``words`` count things where something is asked for that is measured: 2个 asked how much it costs.

    That is so of 8 of 4,462 right answers: 补了钱的有多少 wants 17万辆.
    """
    told = [figure for figure in figures(words) if isinstance(figure, Quantity)]
    look = None if question.wanted in UNITS else question.look
    measured = look is not None and not look.search(words) and not any(look.search(unit) for unit in _COUNTED)
    return measured and bool(told) and all(figure.unit in _COUNTED for figure in told)


def _one_of_several(question: Question, sentence: str) -> bool:
    """Whether several things are asked for together (两个镇一共投了多少), which ``sentence`` does not sum or count."""
    asked = _TOGETHER.search(question.plain)
    if asked is None:
        return False
    count = next(same for same in _SAME_COUNT if asked[1] in same)
    return re.search(rf"[共总合累{count}]", sentence) is None


def of_another_year(question: Question, evidence: Evidence, text: str, finding: Finding) -> bool:
    """Whether all that was found belongs to years that the question does not name, although it names one.

    Of 25 such answers to questions kept apart not one was right, but for questions that ask for a date: 2 of 6 were.
    """
    named = {int(match[0]) for match in _YEAR.finditer(question.plain)}
    if not evidence.years or question.form == "date" or not named <= evidence.years:
        return False
    years = YearsOf(text)
    return all(evidence.year_signs(years.at(span))[1] for span in finding.answers)


def expected_overlap(
    spans: Sequence[Span], shares: npt.NDArray[np.floating[Any]], beta: float
) -> npt.NDArray[np.floating[Any]]:
    """For each span its F_beta with the others by characters, weighted by their ``shares``; shape (len(spans),).

    The span with the greatest expectation is shown, not the likeliest one (minimum Bayes risk; Goel and Byrne 2000):
    two likely neighbours make their clause the better answer than either of them.
    """
    start, end = np.asarray(spans).T
    shared = np.clip(np.minimum.outer(end, end) - np.maximum.outer(start, start), 0, None)
    length = end - start
    score = (1 + beta**2) * shared / (beta**2 * length[None, :] + length[:, None])
    gains: npt.NDArray[np.floating[Any]] = score @ shares
    return gains
