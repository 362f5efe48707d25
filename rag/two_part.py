"""A question that asks two things of one matter, taken apart, and what comes of both put together. Pure.

高龄津贴补多少钱，谁出？           高龄津贴补多少钱？      高龄津贴，谁出？
培训班什么时候开，在哪儿报名？     培训班什么时候开？      培训班，在哪儿报名？

The second is completed as a follow-up to the first. What only leads up to a question is none (听谁的都说不清，…), nor
is one that asks who or what settles the other (收多少，谁说了算): that wants one answer.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answer import Answer, Consultation
from rag.follow_up import Turn, complete
from rag.subject import QUERY, words

_EDGE = re.compile(
    r"[，,；;？?]|(?<=[钱少候间年月天谁里儿久门位局])(?:以及|还有|、)|(?<=[少候谁久])[和跟]"
    r"|(?:和|以及|还有|、)(?=[在由归找要需发补给]?(?:哪|谁|多少|[什甚]么时|啥时|几))"
)
_KINDS = {
    "time": re.compile(words("[什甚]么时[候间] 啥时候 何时 哪[一]?[天年月] 几[号月](?!份额) 多久 多长时间")),
    "person": re.compile(
        words("谁 哪一?[个些家](?:部门|单位|局|机构|科室|处室?|公司|街道) [什甚]么(?:部门|单位|机构)")
    ),
    "place": re.compile(words("哪里 哪儿 [什甚]么地方 啥地方 在哪")),
    "amount": re.compile(words("多少 [有是要需补罚交]几[个家元天年月次人名亩项]")),
}
"""What may be asked together. Reasons, methods and yes or no are not: they often only lead up to a question."""
_SETTLES = re.compile(r"说了?算|定(?!金)|拍板|看[什甚]么|听谁|算|编|挂钩|凭|怎么|如何|[吗么]$")
_LEADS = re.compile(r"都|也|不管|无论|不论|说不清|不知道|没")
_LONGEST = 60
_OWN, _MATTER = 9, 4
"""Characters of its own that the second question has at the most, and the first at least."""


def two_questions(question: str) -> tuple[str, str] | None:
    """The two questions that ``question``, in simplified characters, asks; ``None`` where it asks one."""
    if len(question) > _LONGEST:
        return None
    segments = [part for part in _EDGE.split(question) if part and part.strip()]
    asking = [_kind(part) for part in segments]
    if len(segments) < 2 or not (asking[-1] and asking[-2]) or any(asking[:-2]):
        return None
    matter, second = segments[-2], segments[-1]
    if asking[-1] == asking[-2] or _LEADS.search(matter) or _SETTLES.search(second) or _own(second) > _OWN:
        return None
    first = "，".join(segments[:-1])
    if _own(first) < _MATTER:
        return None
    completed = complete(f"{second}？", [Turn(question=f"{first}？")])
    return f"{first}？", completed.text if completed is not None else f"{second}？"


def together(asked: str, answers: Sequence[Consultation]) -> Answer | None:
    """The answers to both questions as one, in their order; ``None`` where one has none, or both say the same."""
    said = [each.answer for each in answers]
    places = {(each.document.id, *span) for answer in said for each in answer.citations[:1] for span in each.highlights}
    if not all(each.answered and each.kind == "span" for each in said) or len(places) < len(said):
        return None
    cited = [each.citations[0] for each in said]
    return replace(
        said[0],
        question=asked,
        asked=asked,
        answer="、".join(each.answer for each in said),
        items=tuple(each.answer for each in said),
        kind="list",
        confidence=min(each.confidence for each in said),
        citations=tuple(replace(each, marker=number) for number, each in enumerate(cited, start=1)),
        claims=(),
    )


def _kind(segment: str) -> str:
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(segment)), "")


def _own(text: str) -> int:
    return len(re.sub(r"[\s，,。？?]", "", QUERY.sub("", text)))
