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
        fit *= 0.4 if re.fullmatch(r"[一二两三]", words) or re.match(r"第|十[一二三四五]五", words) else 1.0
        fit *= 1.0 if re.search(r"[0-9]|[百千万亿%％]", words) or len(words) > 1 else 0.5
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
