"""What a question asks for: its kind, the unit or noun it wants, its content terms, and its missing context."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.follow_up import Turn, complete
from rag.question_kind import form_of, kind_of
from rag.terms import query_terms
from rag.variants import simplified


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question as the retriever and the reader see it.

    Attributes:
        text: The question, completed from the ones before it where it is a follow-up.
        kind: What it asks for, one of ``rag.question_kind.KINDS``.
        form: What to look for in a passage, one of ``rag.question_kind.FORMS``; the same but for two of the kinds.
        wanted: The measure word, unit or noun behind the question word (``家`` in 多少家, ``县`` in 哪个县), or empty.
        plain: ``text`` in simplified characters, same length.
        content: ``plain`` with question words blanked out by spaces, same length.
        terms: Index terms of ``text``.
        look: What a figure or date that answers must hold; ``None`` where the question does not say, or asks for none.
    """

    text: str
    kind: str
    form: str
    wanted: str
    plain: str
    content: str
    terms: tuple[str, ...]
    look: re.Pattern[str] | None


_QUESTION_WORDS = re.compile(
    r"请问|想问一?下|我想知道|(?:星期|礼拜)几|(?<![一每两])周几(?![次天个])|多少|[什甚]么时候|[什甚]么时间|[什甚]么|为[什甚]么|为何|为啥|怎么样?|怎样|如何|(?<!任)何[时年月日人者处地国种]|哪[一]?[些个位家年月天日里儿几]?|几几|几"
    r"|谁|咋|啥|是不是|是否|有没有|能不能|能否|可不可以|会不会|要不要|吗|呢|吧|嘛|么|？|\?|，|。|“|”|、|的|了|是|在|有|被|把|和|与|及"
    r"|\b(?:what|which|who|whom|whose|when|where|why|how|many|much|is|are|was|were|do|does|did|the|a|an|of|in|on|to|by)\b",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"(?:多少|(?<!星期)(?<!礼拜)(?<!周)几(?:[十百千]+|[万亿](?![元吨]))?|哪[两二三四五六七八九十](?:[大个种类项条点名位家]|方面)?|哪一?[些几]?|哪个|[什甚]么|啥|(?<!任)何(?=种|国|地区))(?P<noun>(?:个|名)?(?:平方公里|平方米|公里|千瓦时|千瓦|万元|亿元|万吨|亿吨|小时|分钟|个月|工作日"
    r"|部门|单位|机构|机关|公司|大学|学校|(?![些里儿])[\u4e00-\u9fff%％]))"
    r"|\bhow many (?P<things>[a-z]+?)s?\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"(?:星期|礼拜)几|(?<![一每两])周几(?![次天个])|多少|百分之几|[什甚]么时候|[什甚]么时间|何时|为[什甚]么|为何|为啥|怎么样?|怎样|如何|[什甚]么|哪[一]?[些个位家所座条里儿年月天]?|几|谁|(?<!任)何[年月日人者处地国种]|啥|咋"
    r"|\b(?:what|which|who|whom|whose|when|where|why|how(?: many| much| long)?)\b",
    re.IGNORECASE,
)


SAME = (
    dict.fromkeys("人名位", "[人名位]")
    | dict.fromkeys("次回趟遍", "[次回趟遍]")
    | dict.fromkeys("家户所", "[家户所个]")
    | dict.fromkeys("台辆部", "[台辆部件套]")
    | dict.fromkeys("处座间", "[处座间个]")
    | dict.fromkeys("棵株", "[棵株]")
    | dict.fromkeys("本册", "[本册]")
    | {"块": "[元块]", "天": "[天日]", "月": "个?月", "度": "度|℃|°", "条": "[条艘只]", "倍": "倍|[%％]|百分之"}
)
"""Measure words that stand for one another."""
UNITS = frozenset(
    "米里年月周天日岁亩克吨元块户家人名项条件次台套倍届层座只头匹处所间辆架艘种类批篇部本份枚度级等册章款支株棵幅首场集局分期股门位组队张"
    "片颗句字页卷尺寸斤升码趟遍回轮桌扇栋幢口%％"
).union(
    ["平方公里", "平方米", "公里", "千瓦时", "千瓦", "万元", "亿元", "万吨", "亿吨", "小时", "分钟", "个月", "工作日"]
)
"""What follows a question word and says how the answer is measured: 几户, 多少公里, but not 多少罚款."""
COUNTED = re.compile(r"(?:多少|几)个(?!百分点|点|月|小时|钟头|工作日|[大小]?钱)")
COUNT = re.compile("[个种类项名位人家所处座条件只头辆台套份张本支场届次]")
MEASURES = tuple(
    (re.compile(asked), re.compile(told))
    for asked, told in (
        (
            r"(?:电话|手机|热线)号码?|号码|(?:电话|手机|热线)(?:到底)?(?:是|为)?(?:几|多少|什么|啥|哪|[？?]|$)|哪个?(?:电话|热线)"
            r"|[打拨告]哪一?个?号|(?:哪个?|什么|啥)号(?![文令线楼房])",
            r"^(?:[0-9]{3}|[0-9]{5}|[0-9－—-]{7,})$",
        ),
        (
            r"百分之几|比例(?!尺)|占比|百分比|[比率](?:是多少|.{0,3}多高)|占(?!地(?!区)).{0,12}多少|几成"
            r"|(?:按|[额值费价入款]).{0,2}的多少(?![元人个家米亩])",
            r"[%％‰]|百分|分之|成半?|半$|免|倍",
        ),
        (
            r"多久|多长时间|几天|几年|期限|时限|时效|有效期|任期|工期|(?:期|时间|[日月年]).{0,3}多长|[间天]是多少",
            r"[天日年月周旬季时秒刻]|分钟|小时|钟头|工作日|星期|届",
        ),
        (r"多大年纪|岁数|年龄|几岁|多少岁", r"岁"),
        (r"面积|占地|地有?多大|地有多|多大(?:一?块|的?地)|(?<![模量度力额])[有得是]多大[？?]?$", r"亩|平方|公顷"),
        (r"几折|打折", r"折|半|免|成|[%％]|百分"),
        (
            r"钱|资金|金额|罚|价|(?<!免)费|产值|收入|投资|补贴|补助|损失"
            r"|(?:[给补拿掏领贴花奖励交赔卖贷挣付投报发借收出]|封顶)[上到了给得]*多少(?![一-龥])",
            r"元|圆|马克|法郎|克朗|镑",
        ),
        (r"多重|产量|吨", r"吨|公斤|千克|斤"),
        (r"多高|多长(?!时间)|多远|多宽|多深|高度|长度|距离|口径", r"米|公里|里|尺"),
        (
            r"\bhow (?:long|far|tall|high|wide|deep)\b",
            r"met(?:re|er)|mile|f[eo]{2}t|k?m\b|year|month|week|day|hour|minute",
        ),
        (r"\bhow much\b", r"euro|dollar|pound|yuan|[€$£%]|per ?cent"),
        (r"多少人|几人|人数|几个人|多少名|几名", r"人|名|位"),
    )
)
"""What a word of the question asks for where its question word leaves that open, and how the answer then looks."""

MOMENTS = tuple(
    (re.compile(asked), re.compile(told))
    for asked, told in (
        (r"几点(?!要)|什么钟点", r"[时点:：]"),
        (r"(?:星期|礼拜)几|(?<![一每两])周几(?![次天个])", r"周|星期|礼拜|工作日|节假日"),
        (r"几月几[日号]|哪一?天|[哪几]日|几号|哪月哪[日号]", r"[日号天初十周]|星期"),
        (r"几月|哪一?个?月", r"月"),
        (r"[哪何]一?年|几几年|几[零〇一二三四五六七八九十]年", r"年|世纪"),
    )
)
"""The same of dates: how exactly one is asked for."""


def understand(text: str, turns: Sequence[Turn] = ()) -> tuple[Question, ...]:
    """The ways to read ``text`` after ``turns`` (oldest first); the likelier one first.

    A follow-up is completed from the questions before it (:mod:`rag.follow_up`). A short one that names little is read
    both ways: whether it can stand alone shows only when its answer is looked for.
    """
    typed = text.strip()
    completed = complete(typed, turns) if typed else None
    if completed is None:
        return (_question(typed),)
    return (_question(completed.text),) if completed.certain else (_question(completed.text), _question(typed))


def _question(text: str) -> Question:
    plain = simplified(text)
    form, wanted = form_of(plain), wanted_by(plain)
    return Question(
        text=text,
        kind=kind_of(plain),
        form=form,
        wanted=wanted,
        look=look_of(plain, wanted) if form == "number" else moment_of(plain) if form == "date" else None,
        plain=plain,
        content=_QUESTION_WORDS.sub(lambda match: " " * len(match[0]), plain),
        terms=tuple(query_terms(text)),
    )


def look_of(text: str, wanted: str) -> re.Pattern[str] | None:
    """What a figure that answers ``text`` must hold: its measure, from 多少家 or else from another word (产值多少)."""
    place = asking_at(text)
    counted = bool(place and COUNTED.match(text, place[0]))
    if wanted in UNITS or (wanted and wanted.isascii()):
        same = SAME.get(wanted, re.escape(wanted))
        return re.compile(f"个|{same}" if counted else same)  # 几个条件 asks for no 条, 几个组 may
    if counted:
        return COUNT
    return next((told for asked, told in MEASURES if asked.search(text)), None)


def moment_of(text: str) -> re.Pattern[str] | None:
    """What a date that answers ``text`` must hold: 年 where it asks 哪年."""
    return next((told for asked, told in MOMENTS if asked.search(text)), None)


def wanted_by(text: str) -> str:
    """The unit or noun that follows the question word, or an empty string."""
    match = _WANTED.search(text)
    noun = (match["noun"] or match["things"]) if match else ""
    return noun[1:] if len(noun) > 1 and noun[0] in "个名" and noun != "个月" else noun


def asking_at(text: str) -> tuple[int, int] | None:
    """Where the question word stands that the answer takes the place of; ``None`` in a question without one."""
    found = list(_ASKING.finditer(text))
    return found[-1].span() if found else None
