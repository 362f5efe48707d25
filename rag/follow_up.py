"""A follow-up question completed from the questions before it and, where it needs them, from their answers.

    again       那众创空间呢？    the question before, asked of something else (:mod:`rag.replacement`)
    pronoun     它的产值是多少？  stands for what the question before was about, or for its answer where that is a name
    ordinal     第二个呢？        a member of the list that was answered
    compared    那差多少呢？      sets side by side otherwise what the question before did
    short       什么时候截止？    is about what the question before was about

A question that names what it asks about is left alone. Nothing is guessed about the world: all words come from the
conversation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.comparison import comparison
from rag.replacement import ENDS, asks_again, replaced
from rag.subject import LEAST, QUERY, subject, words
from rag.variants import simplified

_LEAD = re.compile(r"^(?:那么|那(?![个些份项家种条部座类位])|至于|还有|另外|再问)[，,、\s]*")
_THINGS = words(
    "文件 办法 政策 项目 公司 单位 机构 通知 规定 条例 证明? 补贴 资金 企业 部门 局 厅 人 地方 基地 药 标准 平台"
)
_PRONOUN = re.compile(
    r"(?:它们|他们|她们|它|他|她|(?:^|(?<=[的对在给按照和，]))"
    rf"(?:其(?!中|他|它|余|实|次)|(?:该|这|那|此)(?:[个些份项家种条部笔座类位]|(?={_THINGS}))(?:{_THINGS})?))"
)
_ENGLISH_PRONOUN = re.compile(r"\b(?:it|its|they|their|them|he|she|his|her|this|that|these|those)\b", re.IGNORECASE)
_ENGLISH_AGAIN = re.compile(r"^(?:and |what about |how about )+(?P<what>.+?)[?.]*$", re.IGNORECASE)
_ORDINAL = re.compile(
    r"第(?P<nth>[一二三四五六七八九十]|\d{1,2})[个项条种类点家位处款步名份部]?"
    rf"(?!{words('届 次 号 章 轮 期 批 季 产 方 代 阶段 五')})"
    rf"|(?P<first>{words('头一个 前面那个 前一个 前者 首个 首位')})"
    rf"|(?P<last>最后(?:一)?[个项条种家位点]|{words('后一个 后面那个 后者')})"
)
_NUMERALS = "一二三四五六七八九十"
_BETWEEN = re.compile(
    r"[、；;]|[一二三四五六七八九]是|(?<=[》”])(?=[《“])|(?:和|与|及|以及)(?=[^，。]{2,20}$)|, (?:and )?| and "
)
_OWN = re.compile(
    r"《[^》]+》|〔\d{4}〕"
    rf"|[一-龥]{{2,}}(?:{words('省 市 县 区 州 厅 局 部 委员会 条例 办法 公司 大学 学校 机关 单位 医院 法院')})"
)
_ASKS_NAME = re.compile(
    rf"谁|哪|找|[什甚]么(?:{words('部门 单位 机构 机关 地方 文件 公司 名')})|叫[什甚]么|啥(?:部门|单位)"
)
_OFFICES = words("厅 局 部 委 院 会 办公室 办 中心 公司 协会 集团 银行 机关 部门 单位 政府 大学 研究所 处 站 所")
_DUTIES = words(
    "牵头 负责 会同 核准 审批 批准 管理 主管 制定 印发 发布 承办 运行 持有 核发 提出 建设 组织 承建 $ [。，]"
)
_LED_BY = re.compile(rf"(?:[由归找向是交])?(?P<name>[一-龥]{{2,24}}?(?:{_OFFICES}))(?={_DUTIES})")
_COMPARES = re.compile(
    r"(?P<how>(?:相差|差|一共|合计|总共|加起来)(?:是|有)?(?:多少|几)[^，,。？?呢]{0,4}|(?:哪一?[个边家种方]|谁)(?:更|比较)?[多少高低大小长短早晚])"
    r"(?:一?些|点)?[呢啊呀]?[？?。]?"
)
"""A question that only says how to compare."""
_ASKED_FOR = re.compile("(?:是|了|有)?多少[^多少]*$|是什么时候？?$")
LITTLE = 8
"""Characters of its own up to which a question is taken to be about what the one before was about."""
MUCH = 16
"""Characters of its own from which a question stands alone."""
SHORT = 30
"""Characters of an answer that can stand for a name."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A question asked before, and its answer with its members; empty where it is not known."""

    question: str
    answer: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Completed:
    """A question as it is to be understood; ``certain`` where it cannot stand alone as it was typed."""

    text: str
    certain: bool


def complete(text: str, turns: Sequence[Turn]) -> Completed | None:
    """``text`` with what it lacks from ``turns``, oldest first; ``None`` where it lacks nothing."""
    if not turns or not text.strip():
        return None
    before = turns[-1]
    earlier = complete(before.question, turns[:-1])
    # One that may stand alone and says what it is about stands so: or the topics of a conversation would pile up.
    alone = earlier is None or (not earlier.certain and len(subject(before.question)) >= LEAST)
    asked = earlier.text if earlier is not None and not alone else before.question
    typed = text.strip()
    if typed.isascii():
        return _english(typed, asked)
    lead = _LEAD.match(simplified(typed))
    typed = typed[lead.end() :] if lead is not None and lead.end() < len(typed) else typed
    own = len(re.sub(r"[\s，,。？?]", "", QUERY.sub("", simplified(typed))))
    if own > (2 * MUCH if ENDS.search(simplified(typed)) else MUCH):
        return None
    return (
        _compared(typed, asked)
        or _member(typed, before, asked)
        or _again(typed, asked)
        or _meant(typed, before, asked)
        or _short(typed, asked, own)
    )


def needs_answer(text: str) -> bool:
    """Whether ``text`` may speak of an answer: by an ordinal, or by a pronoun."""
    plain = simplified(text.strip())
    return bool(_ORDINAL.search(plain)) or bool(_PRONOUN.match(plain))


def _compared(typed: str, asked: str) -> Completed | None:
    """那差多少呢？ after a sum, a difference or a choice: of the same things."""
    how, before = _COMPARES.fullmatch(simplified(typed)), comparison(simplified(asked))
    if how is None or before is None:
        return None
    things = [_ASKED_FOR.sub("", question) for question in before.questions]
    return _done(f"{'、'.join(things[:-1])}和{things[-1]}{how['how']}？")


def _member(typed: str, before: Turn, asked: str) -> Completed | None:
    """第二个呢？, 后者归谁管？: the member of the answer that is counted off."""
    plain = simplified(typed)
    members = before.items or tuple(p for part in _BETWEEN.split(before.answer) if (p := part.strip("，,。；;：: 等")))
    ordinal = _ORDINAL.search(plain)
    place = _counted_off(ordinal, len(members)) if ordinal is not None and len(members) > 1 else None
    if ordinal is None or place is None:
        return None
    rest = ENDS.sub("是什么情况？", plain[ordinal.end() :]) if ENDS.search(plain) else typed[ordinal.end() :]
    return _done(_behind(typed[: ordinal.start()] + members[place] + rest, asked))


def _again(typed: str, asked: str) -> Completed | None:
    return _done(replaced(typed, asked)) if asks_again(simplified(typed)) else None


def _meant(typed: str, before: Turn, asked: str) -> Completed | None:
    """它由谁负责？: what the pronoun stands for."""
    plain = simplified(typed)
    pronoun = _PRONOUN.search(plain)
    if pronoun is None or pronoun.start() > LITTLE or _OWN.search(plain.replace(pronoun[0], "")):
        return None
    name = _named(before.answer, asked) or subject(asked)
    return _done(typed[: pronoun.start()] + name + typed[pronoun.end() :]) if name and name not in typed else None


def _short(typed: str, asked: str, own: int) -> Completed | None:
    """什么时候截止？, 其中…: what it is about comes from the question before."""
    if typed.startswith("其中"):
        return _done(f"{subject(asked)}{typed}")
    if own > LITTLE or _OWN.search(simplified(typed)):
        return None
    return _done(_behind(typed, asked), certain=not own)


def _behind(typed: str, asked: str) -> str:
    """``typed`` behind what ``asked`` was about, less what it says itself."""
    said = simplified(typed)
    parts = re.split(r"(?<=[，,])", subject(asked))
    about = "".join(part for part in parts if simplified(part).strip("，, ") not in said)
    return f"{about}，{typed}" if about else typed


def _named(answer: str, asked: str) -> str:
    """The name that ``answer`` gives where ``asked`` asked who, which or where; empty where it gives none."""
    if not _ASKS_NAME.search(simplified(asked)):
        return ""
    plain = re.sub(r"[。.]$", "", answer)
    if led := _LED_BY.match(plain):
        return led["name"]
    plain = re.sub(r"^[由归是在找]", "", plain)
    return plain if 0 < len(plain) <= SHORT and not re.search(r"[，。；0-9]", plain) else ""


def _counted_off(ordinal: re.Match[str], members: int) -> int | None:
    """Which of ``members`` an ordinal counts off, from 0."""
    if ordinal["last"]:
        return members - 1
    nth = ordinal["nth"] or "一"
    place = int(nth) - 1 if nth.isdecimal() else _NUMERALS.index(nth)
    return place if 0 <= place < members else None


def _english(typed: str, asked: str) -> Completed | None:
    about = subject(asked)
    if what := _ENGLISH_AGAIN.match(typed):
        return _done(f"{re.sub(r'[?.]+$', '', asked)} - {what['what']}?")
    if about and _ENGLISH_PRONOUN.search(typed):
        return _done(_ENGLISH_PRONOUN.sub(lambda _: about, typed, count=1))
    if len(typed.split()) <= 4:
        return _done(f"{re.sub(r'[?.]+$', '', typed)}: {about}?", certain=len(typed.split()) <= 2)
    return None


def _done(text: str, *, certain: bool = True) -> Completed:
    tidy = re.sub(r"[，,]{2,}", "，", re.sub(r"[？?]{2,}", "？", text)).strip("，, ")
    return Completed(text=tidy, certain=certain)
