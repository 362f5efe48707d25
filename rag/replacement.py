"""A question asked again of something else: 那众创空间呢？ after 有几家孵化器？ asks 有几家众创空间？.

The new words take the place of those that they resemble: a period that of a period, a place that of a place, others
that of words with the same ending, else that of what is counted or what the question was about last. Where they name
something that is asked of a thing (面积呢？), that is asked instead.
"""

import re

from rag.answer import Span
from rag.subject import ATTRIBUTE, FIGURES, LEAST, QUERY, subject, words
from rag.variants import simplified

_LEAD = re.compile(r"^(?:那么|那|至于|还有|另外|再问|换成|如果是|要是|若是|而|和)[，,、\s]*")
ENDS = re.compile(r"(?:的)?(?:话)?(?:又)?(?:呢|如何|怎么样|咋样)[啊呀]?[，,？?。\s]*$")
"""How a question ends that is asked again of something else."""
INSIDE = re.compile(r"^(?P<what>[^，,？?]{1,16}?)(?:的)?呢[，,？?]\s*(?P<more>.*)$")
"""One that goes on: 节假日呢？每天几个小时."""
_PERIOD = re.compile(
    r"(?:19|20)\d{2}年?(?:上半年|下半年|第[一二三四]季度)?|“?十[一二三四]五”?(?:期间|末)?|第[一二三四五六七八九十\d]+"
    rf"(?:{words('届 轮 期 批 次 季度 阶段')})|[一二三四五六七八九十]+级|[A-D甲乙丙丁]类|\d{{1,2}}月份?"
    rf"|{words('去年 今年 明年 前年 上一?年度? 下一?年度? 上半年 下半年')}"
)
_KNOWN = words(
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南",
    "四川 贵州 云南 陕西",
    "甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 全国 全省 全市 全县 中央 东部 西部 中部 南方 北方",
    "城市 农村 城镇",
)
_DIVISIONS = words("自治区 自治州 省 市 州 盟 县 区 镇 乡 村")
_PLACE = re.compile(rf"(?:{_KNOWN})(?:省|市|自治区|地区)?|[^\W\d_年月日的在对给和与由从向了]{{2,6}}?(?:{_DIVISIONS})")
_WHO = re.compile(r"(?:部门|单位|机关|人|公司)$")
_FIGURE = re.compile(rf"(?:{FIGURES})$")
_COUNTED = re.compile(r"多少|几|哪些|哪几")
_NO_MORE = re.compile(r"(?:也)?(?:一样|是吗|有吗|多少|几个|怎么样)")
_CLASSES = (
    words("方案 报告 办法 意见 通知 规划 细则 目录 名单 计划 条例 规定 决定 批复 答复 材料 文件 合同 申请"),
    words("厅 局 部 委 办 法院 检察院 银行 公司 中心 学校 医院 协会 部门 机构 单位"),
    words("人员 职工 学生 教师 医生 农民 居民 村民 干部 代表 委员 老人 儿童 企业 个人 家庭"),
    words("补助 补贴 奖励 津贴 费 资金 工资 奖金 罚款"),
)
"""Words at the end of names of things of one kind."""
_PARTICLES = "的是有在为和与对由占比应须于将要给，,、"
_EDGE = re.compile(r"[的在对给和与由从向，,、（）《》“”]|年|期间")


def asks_again(text: str) -> bool:
    """Whether ``text`` is such a question."""
    return bool(ENDS.search(text) or INSIDE.match(text))


def replaced(typed: str, asked: str) -> str:
    """``asked`` with what ``typed`` puts in the place of some of its words."""
    plain = simplified(typed)
    inside = INSIDE.match(plain)
    end = inside.end("what") if inside else (match.start() if (match := ENDS.search(plain)) else len(plain))
    lead = match.end() if (match := _LEAD.match(plain)) else 0
    what = typed[lead:end].strip("，,、 的") or typed[lead:end]
    more = typed[inside.start("more") :].strip("？? ") if inside else ""
    before = simplified(asked)
    owned = plain[lead:end].endswith("的") or plain[end:].startswith("的")
    place = _place_of(simplified(what), before, owned=owned)
    if more and not _NO_MORE.fullmatch(more):
        about = subject(asked if place is None else asked[: place[0]] + asked[place[1] :])
        return f"{what}，{about}{more}？"
    if place is None:
        place = None if ATTRIBUTE.search(simplified(what)) or "的" in what else _counted(before)
    if place is not None:
        return asked[: place[0]] + what + asked[place[1] :]
    about = subject(asked)
    if not about or about not in asked:
        return f"{about}的{what}？" if about else typed
    if ATTRIBUTE.search(simplified(what)) or len(about) < 2 * LEAST:
        return f"{about}的{what}{_asking_for(simplified(what))}？"
    return about[: _last_edge(simplified(about))] + what + asked[asked.index(about) + len(about) :]


def substituted(asked: str, what: str) -> str | None:
    """``asked`` with ``what`` for the words that it resembles; ``None`` where it resembles none or says all itself."""
    place = _place_of(what, asked) if len(what) < len(asked) else None
    return asked[: place[0]] + what + asked[place[1] :] if place is not None and place[1] else None


def _place_of(what: str, asked: str, *, owned: bool = False) -> Span | None:
    """Where in ``asked`` stands what ``what`` resembles; an empty place where it only comes in addition.

    ``owned``: something of it is asked for (澳门的), so that the place is one with 的 behind it.
    """
    if _PERIOD.fullmatch(what):
        found = list(_PERIOD.finditer(asked))
        same = [match for match in found if match[0][-1] == what[-1]] or (found if what[-1] in "年间度" else [])
        return same[0].span() if same else (0, 0)
    if _PLACE.fullmatch(what):
        found = list(_PLACE.finditer(asked))
        alike = [match for match in found if asked[match.end() :].startswith("的")] if owned else []
        alike = alike or [match for match in found if match[0][-1] == what[-1]]
        return (alike or found)[0].span() if found else (0, 0)
    return _same_ending(what, asked) or _same_class(what, asked) or _same_beginning(what, asked)


def _same_class(what: str, asked: str) -> Span | None:
    """The words of ``asked`` that end in another word of the class that ``what`` ends in: 实施方案 for 总结报告."""
    members = next((each for each in _CLASSES if re.search(rf"(?:{each})$", what)), None)
    found = [match for match in re.finditer(members, asked) if _closes(asked, match.end())] if members else []
    if not found:
        return None
    edges = [0, *(match.end() for match in _EDGE.finditer(asked[: found[-1].start()]))]
    return max(edges), found[-1].end()


def _same_ending(what: str, asked: str) -> Span | None:
    """The words of ``asked`` that end like ``what``, as far as possible, and are about as long."""
    for length in range(min(len(what), 6), 0, -1):
        ending = what[-length:]
        if ending in ("的", "了") or not re.search(r"[一-龥]", ending):
            continue
        for match in re.finditer(re.escape(ending), asked):
            if QUERY.match(asked, match.start()) is None and (length > 1 or _closes(asked, match.end())):
                start = max(0, match.end() - len(what))
                return _boundary(asked, start, match.end()), match.end()
    return None


def _closes(asked: str, place: int) -> bool:
    """Whether a name can end at ``place``: before a particle, before what is asked of it, or before the asking."""
    rest = asked[place:]
    query = QUERY.search(rest)
    before = rest[: query.start()] if query is not None else rest
    return not before or before[0] in _PARTICLES or ATTRIBUTE.fullmatch(before.rstrip("是为")) is not None


def _same_beginning(what: str, asked: str) -> Span | None:
    if len(what) <= 2 or what[:2] not in asked:
        return None
    start = asked.index(what[:2])
    return start, min(len(asked), start + len(what))


def _counted(asked: str) -> Span | None:
    """What is counted or listed: the words behind those that ask, at the question's end."""
    found = [match for match in QUERY.finditer(asked) if _COUNTED.search(match[0])]
    if not found:
        return None
    end = len(asked.rstrip("？?。 "))
    start = found[-1].end()
    return (start, end) if 2 <= end - start <= 12 else None


def _boundary(asked: str, start: int, stop: int) -> int:
    """``start``, moved to the nearest boundary of words: behind a particle, a bracket, a place, a period."""
    edges = [0, *(match.end() for pattern in (_EDGE, _PLACE) for match in pattern.finditer(asked[:stop]))]
    near = [edge for edge in edges if abs(edge - start) <= 2 and edge < stop]
    return min(near, key=lambda edge: abs(edge - start), default=start)


def _last_edge(about: str) -> int:
    """Where its last part begins."""
    edges = [match.end() for pattern in (_EDGE, _PLACE) for match in pattern.finditer(about)]
    return max((edge for edge in edges if edge < len(about)), default=0)


def _asking_for(attribute: str) -> str:
    """How one asks for it."""
    return "是哪个" if _WHO.search(attribute) else "是多少" if _FIGURE.search(attribute) else "是什么"
