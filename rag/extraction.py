"""From the sentence that answers to the words in it that the question asks for."""

import math
import re
from dataclasses import dataclass

from rag.answer import Span
from rag.evidence import Evidence
from rag.question import Question
from rag.sentences import clauses
from rag.spans import candidates, items

REACH = 12.0
"""Distance in characters at which a word of the question counts 1/e for a candidate beside it."""
CLAUSE = 6.0
"""What a clause boundary between them adds to the distance."""
BEFORE = 1.3
"""A figure mostly follows what it counts: words behind it are this much farther away."""
NEGATION = re.compile(r"不得|不能|不可|不应|不予|不再|不会|不需|不必|不用|不是|不属|不|未|无须|无需|没有|禁止|严禁|除外|免于|免予|取消")
MEASURES = tuple(
    (re.compile(asked), re.compile(told))
    for asked, told in (
        (r"百分之几|比例|占比|百分比|[比率]是多少|占.{0,6}多少", r"[%％‰]|百分之|分之|成$"),
        (r"钱|资金|金额|罚|价|费|[元块]|产值|收入|投资|补贴|补助", r"元"),
        (r"多久|多长时间|几天|几年|期限|时限|时效|之内|以内|有效期", r"[天日年月周时]|分钟|小时|工作日"),
        (r"多大|面积|占地|地有多", r"亩|平方|公顷"),
        (r"电话|号码|手机|热线", r"^[0-9－—-]{7,}$"),
        (r"多重|产量|吨", r"吨|公斤|千克|斤"),
        (r"多高|多长(?!时间)|多远|多宽|多深|高度|长度|距离", r"米|公里|里|尺"),
        (r"多大年纪|多大岁数|年龄|几岁|多少岁", r"岁"),
        (r"多少人|几人|人数|几个人|多少名|几名", r"人|名|位"),
    )
)
"""What is asked for by a word of the question, and how the answer then looks."""
_YEAR = re.compile(r"(?:[12][0-9]{3}|[〇零一二三四五六七八九]{4})年?|[0-9]{1,2}[月日号]|第.*")
_PARTS = re.compile(r"[，,；;：:、]")


@dataclass(frozen=True, kw_only=True)
class Extract:
    """The answer's spans inside the sentence.

    ``proximity`` says how much of the question stands near the span (0 to 1); ``None`` where no span of the kind was found.
    ``text`` is 是 or 否 for a question that wants it.
    """

    spans: tuple[Span, ...]
    kind: str
    proximity: float | None = None
    text: str = ""


def extract(question: Question, evidence: Evidence, text: str, sentence: Span) -> Extract:
    """The words of ``text[sentence]`` that answer ``question``; the whole sentence where its kind shows none."""
    if question.kind == "yes_no":
        return _verdict(question, evidence, text, sentence)
    marks = _marks(evidence, text, sentence)
    ranked = sorted(
        (
            (_proximity(text, span, marks) * _fit(question, evidence, text, span), span)
            for span in candidates(question.kind, question.wanted, text, sentence)
        ),
        key=lambda pair: (-pair[0], pair[1]),
    )
    if not ranked:
        return Extract(spans=(_clause_answer(question, evidence, text, sentence),), kind="sentence")
    near, span = ranked[0]
    proximity = near / (sum(evidence.character_weights().values()) or 1.0)
    if question.kind == "list":
        return Extract(spans=tuple(items(text, span)), kind="list", proximity=proximity)
    return Extract(spans=(span,), kind="span", proximity=proximity)


def _marks(evidence: Evidence, text: str, sentence: Span) -> list[tuple[int, str, float]]:
    """Where the question's characters stand in the sentence: (offset, character, weight)."""
    weights = evidence.character_weights()
    return [(i, c, weights[c]) for i in range(*sentence) if (c := text[i].lower()) in weights]


def _proximity(text: str, span: Span, marks: list[tuple[int, str, float]]) -> float:
    """Sum over the question's characters of weight * exp(-distance / REACH), each counted once, at its nearest."""
    best: dict[str, float] = {}
    for offset, character, weight in marks:
        if span[0] <= offset < span[1]:
            continue
        before = offset < span[0]
        between = text[offset : span[0]] if before else text[span[1] : offset]
        distance = (span[0] - offset if before else BEFORE * (offset - span[1] + 1)) + CLAUSE * len(_PARTS.findall(between))
        best[character] = max(best.get(character, 0.0), weight * math.exp(-distance / REACH))
    return sum(best.values())


def _fit(question: Question, evidence: Evidence, text: str, span: Span) -> float:
    """How well the span's own form suits: its unit is the one asked for, and it is not merely the question's own words."""
    words = text[span[0] : span[1]]
    fit = 1.0
    if question.wanted:
        fit *= 2.5 if question.wanted in words else 1.0
    if question.kind == "number":
        told = next((told for asked, told in MEASURES if asked.search(question.text)), None)
        fit *= 2.0 if told and told.search(words) else 1.0
        fit *= 0.3 if _YEAR.fullmatch(words) and not (told and told.search(words)) else 1.0
        fit *= 0.3 if re.fullmatch(r"[一二两三四五六七八九]|十[一二三四五]五", words) else 1.0
    held = evidence.weight(evidence.found(words))
    return fit * (1.0 - 0.8 * min(1.0, 2 * held))


def _clause_answer(question: Question, evidence: Evidence, text: str, sentence: Span) -> Span:
    """The whole sentence, without its closing full stop."""
    start, end = sentence
    while end - start > 1 and text[end - 1] in "。；;，,.":
        end -= 1
    return start, end


def _verdict(question: Question, evidence: Evidence, text: str, sentence: Span) -> Extract:
    """是 where the deciding clause and the question agree in being negated or not, otherwise 否."""
    parts = clauses(text, sentence) or [sentence]
    deciding = max(parts, key=lambda part: evidence.weight(evidence.found(text[part[0] : part[1]])))
    denied = bool(NEGATION.search(text[deciding[0] : deciding[1]]))
    asked = bool(NEGATION.search(re.sub(r".不.|[能行]不|不[？?]?$|有没有|是不是", "", question.text)))
    english = bool(re.match(r"[\x00-\x7f]+$", question.text))
    yes, no = ("yes", "no") if english else ("是", "否")
    return Extract(spans=(deciding,), kind="boolean", text=yes if denied == asked else no)
