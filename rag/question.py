"""What a question asks for: its kind, the unit or noun it wants, its content terms, and its missing context."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from rag.terms import query_terms
from rag.variants import simplified

KINDS = ("number", "date", "name", "document", "list", "yes_no", "reason", "method", "other")


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question as the retriever and the reader see it.

    Attributes:
        text: The question, completed from the ones before it where it is a follow-up.
        kind: One of ``KINDS``.
        wanted: The measure word, unit or noun behind the question word (``家`` in 多少家, ``县`` in 哪个县), or empty.
        plain: ``text`` in simplified characters, same length.
        content: ``plain`` with question words blanked out by spaces, same length.
        terms: Index terms of ``text``.
        look: What a figure that answers must hold; ``None`` where the question does not say or asks for no figure.
    """

    text: str
    kind: str
    wanted: str
    plain: str
    content: str
    terms: tuple[str, ...]
    look: re.Pattern[str] | None


_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("document", (
        r"文号|发文字号|几号文|哪[个份一]+(?:文件|通知|意见|办法|规划|方案)|[什甚]么(?:文件|名称的文件)",
        r"(?:叫|出台了?)[什甚]么(?:文件|规划|办法)",
    )),
    ("date", (
        r"[什甚]么时候|[什甚]么时间|何时|哪[一]?[年月天日]|几月几[日号]|几几年|哪年哪月|多会儿|啥时候|从几号|几号(?!文)|几时|(?<!任)何[年月日]"
        r"|几点(?:[钟半开关上下到起前后停出来去]|结束|供应|截止|之前|以前)",
        r"年份|日期|\bwhen\b",
    )),
    ("number", (
        r"多少|多大|多高|多长|多久|多重|多远|多宽|多深|百分之几|几何|比例|占比|电话|号码|金额|数额|数量|人数",
        r"几[个家户人名岁天年月次项条件元块万亿千百倍成层座只头辆台套间所处种类批篇部本份期届斤米里亩吨小时分%％回趟遍位场张门道步周月]",
        r"\bhow (?:many|much|long|old|far|tall|high|big)\b",
    )),
    ("list", (
        r"哪些|哪几|有哪|包括[什甚]么|都有(?:[什甚]么|啥|谁)|分别(?:是|有)|[什甚]么材料|啥材料|哪[三四五六七八九十两]",
        r"\bwhich\b.*s\b",
    )),
    ("name", (
        r"谁|哪[个位家所座条县市省区国]|哪一[个位家所座条]|(?<!任)何[人者处地国]|[什甚]么人|归谁|由谁|找谁|叫[什甚]么|哪里|哪儿|在哪",
        r"(?:[什甚]么|啥|哪些?)(?:部门|单位|机构|机关|公司|地方|人)|\bwho(?:m|se)?\b|\bwhere\b",
    )),
    ("yes_no", (
        r"是不是|是否|有没有|能不能|能否|可不可以|可否|行不行|会不会|要不要|该不该|需不需要|算不算|对不对|违不违法",
        r"吗[？?]?$|(?<![什怎多那这])么[？?]?$|[行能]不[？?]?$",
        r"^(?:is|are|was|were|do|does|did|can|could|may|must|should|will|has|have)\b",
    )),
    ("reason", (r"为[什甚]么|为何|为啥|[什甚]么原因|原因是|怎么会|凭[什甚]么|\bwhy\b",)),
    ("method", (r"怎么|怎样|如何|咋|[什甚]么办法|[什甚]么方式|[什甚]么措施|啥办法|\bhow\b",)),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile("|".join(words), re.IGNORECASE)) for kind, words in _RULES)

_QUESTION_WORDS = re.compile(
    r"请问|想问一?下|我想知道|多少|[什甚]么时候|[什甚]么时间|[什甚]么|为[什甚]么|为何|为啥|怎么样?|怎样|如何|(?<!任)何[时年月日人者处地国种]|哪[一]?[些个位家年月天日里儿几]?|几几|几"
    r"|谁|咋|啥|是不是|是否|有没有|能不能|能否|可不可以|会不会|要不要|吗|呢|吧|嘛|么|？|\?|，|。|“|”|、|的|了|是|在|有|被|把|和|与|及"
    r"|\b(?:what|which|who|whom|whose|when|where|why|how|many|much|is|are|was|were|do|does|did|the|a|an|of|in|on|to|by)\b",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"(?:多少|几|哪一?|哪个|[什甚]么|啥|(?<!任)何(?=种|国|地区))(?P<noun>(?:个|名)?(?:平方公里|平方米|公里|千瓦时|千瓦|万元|亿元|万吨|亿吨|小时|分钟|个月|工作日"
    r"|部门|单位|机构|机关|公司|大学|学校|[\u4e00-\u9fff%％]))"
    r"|\bhow many (?P<things>[a-z]+?)s?\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"多少|百分之几|[什甚]么时候|[什甚]么时间|何时|为[什甚]么|为何|为啥|怎么样?|怎样|如何|[什甚]么|哪[一]?[些个位家所座条里儿年月天]?|几|谁|(?<!任)何[年月日人者处地国种]|啥|咋"
    r"|\b(?:what|which|who|whom|whose|when|where|why|how(?: many| much| long)?)\b",
    re.IGNORECASE,
)
LITTLE = 5
"""Characters of content up to which a question may want the one before it."""
_FOLLOW_UP = re.compile(r"^(?:那么?|它|他|她|其|这个?|该|此|上述|前者|后者|还有|另外|第[一二三四五]个)|呢[？?]?$")
_PRONOUN = re.compile(r"它们?的?|他们?的?|她们?的?|其中|该(?:项目|公司|单位|政策|文件)|这(?:个|份|项|些)?|那么|那")


SAME = (
    dict.fromkeys("人名位", "[人名位]")
    | dict.fromkeys("次回趟遍", "[次回趟遍]")
    | {"块": "元", "天": "[天日]", "月": "个?月"}
)
"""Measure words that stand for one another."""
VAGUE = "钱大长久高远重宽深个"
"""What may follow the question word without saying how the answer is measured."""
MEASURES = tuple(
    (re.compile(asked), re.compile(told))
    for asked, told in (
        (r"百分之几|比例|占比|百分比|[比率]是多少|占.{0,6}多少|几成", r"[%％‰]|百分之|分之|成$"),
        (r"钱|资金|金额|罚|价|费|[元块]|产值|收入|投资|补贴|补助", r"元"),
        (r"多久|多长时间|几天|几年|期限|时限|时效|之内|以内|有效期", r"[天日年月周时]|分钟|小时|工作日"),
        (r"多大|面积|占地|地有多", r"亩|平方|公顷"),
        (r"电话|号码|手机|热线", r"^[0-9－—-]{7,}$"),
        (r"多重|产量|吨", r"吨|公斤|千克|斤"),
        (r"多高|多长(?!时间)|多远|多宽|多深|高度|长度|距离", r"米|公里|里|尺"),
        (r"多大年纪|多大岁数|年龄|几岁|多少岁", r"岁"),
        (
            r"\bhow (?:long|far|tall|high|wide|deep)\b",
            r"met(?:re|er)|mile|f[eo]{2}t|k?m\b|year|month|week|day|hour|minute",
        ),
        (r"\bhow much\b", r"euro|dollar|pound|yuan|[€$£%]|per ?cent"),
        (r"多少人|几人|人数|几个人|多少名|几名", r"人|名|位"),
    )
)
"""What a word of the question asks for where its question word leaves that open, and how the answer then looks."""


def understand(text: str, history: Sequence[str] = ()) -> tuple[Question, ...]:
    """The ways to read ``text`` after the questions in ``history`` (oldest first); the likelier one first.

    A question that begins like a follow-up (那, 它) or ends in 呢 is completed from the question before. A short one
    that names little is read both ways: whether it can stand alone shows only when its answer is looked for.
    """
    typed = text.strip()
    if not typed or not history:
        return (_question(typed, typed),)
    completed = _question(complete(typed, history[-1]), typed)
    if _FOLLOW_UP.search(simplified(typed)):
        return (completed,)
    content = re.sub(r"\s", "", _without(_QUESTION_WORDS, typed, ""))
    return (completed, _question(typed, typed)) if len(content) <= LITTLE else (_question(typed, typed),)


def _question(completed: str, typed: str) -> Question:
    typed, plain = simplified(typed), simplified(completed)
    kind, wanted = kind_of(typed), wanted_by(typed)
    return Question(
        text=completed,
        kind=kind,
        wanted=wanted,
        look=look_of(typed, wanted) if kind == "number" else None,
        plain=plain,
        content=_QUESTION_WORDS.sub(lambda match: " " * len(match[0]), plain),
        terms=tuple(query_terms(completed)),
    )


def kind_of(text: str) -> str:
    """The first of ``KINDS`` whose words ``text`` has."""
    return next((kind for kind, pattern in _COMPILED if pattern.search(text)), "other")


def look_of(text: str, wanted: str) -> re.Pattern[str] | None:
    """What a figure that answers ``text`` must hold: its measure, from 多少家 or else from another word (产值多少)."""
    if wanted and wanted not in VAGUE:
        return re.compile(SAME.get(wanted, re.escape(wanted)))
    return next((told for asked, told in MEASURES if asked.search(text)), None)


def wanted_by(text: str) -> str:
    """The unit or noun that follows the question word, or an empty string."""
    match = _WANTED.search(text)
    noun = (match["noun"] or match["things"]) if match else ""
    return noun[1:] if len(noun) > 1 and noun[0] in "个名" and noun != "个月" else noun


def asking_at(text: str) -> tuple[int, int] | None:
    """Where the question word stands that the answer takes the place of; ``None`` in a question without one."""
    found = list(_ASKING.finditer(text))
    return found[-1].span() if found else None


def complete(text: str, before: str) -> str:
    """``text`` with what the question ``before`` it was about put in front, unless it says so itself."""
    asked = re.sub(r"[？?。\s]+$", "", before)
    # Without its own question words, which ask for something else.
    subject = re.sub(r"\s+", " ", _without(_QUESTION_WORDS, asked, " ")).strip() or asked
    rest = _without(_PRONOUN, text, "", count=1)
    return " ".join([*(word for word in subject.split() if word not in rest), rest]).strip()


def _without(pattern: re.Pattern[str], text: str, instead: str, count: int = 0) -> str:
    """``text`` with ``instead`` where ``pattern`` finds something in its simplified form; 0 counts all."""
    kept, last = [], 0
    for match in islice(pattern.finditer(simplified(text)), count or None):
        kept += [text[last : match.start()], instead]
        last = match.end()
    return "".join([*kept, text[last:]])
