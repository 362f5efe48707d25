"""Questions that want figures set side by side, taken apart into a question for each figure.

    difference  甲比乙多多少？, 跟乙比，甲多多少？, 甲和乙相差多少？   the one figure less the other
    sum         甲和乙一共多少？, 甲、乙、丙三个区合计多少？          all together
    choice      甲和乙哪个多？, 甲多还是乙多？                        the one whose figure is greater, or less

What comes of the answers is put together by :mod:`rag.side_by_side`. Pure.
"""

import re
from dataclasses import dataclass
from typing import Literal

from rag.replacement import substituted
from rag.subject import ATTRIBUTE, words

Operation = Literal["difference", "sum", "choice"]
_MORE = words("多 高 大 长 久 晚 快 重 贵 严 远 宽 好 强 厚 深")
_LESS = words("少 低 小 短 早 慢 轻 便宜 近 窄 先 差 浅 薄")
_SENSE = (
    rf"(?<![领优首过])(?P<sense>{words('多 高 大 长 久 晚 快 重 贵 严 远 宽 强 少 低 小 短 早 慢 轻 便宜 近 窄 先')})"
)
"""How those differ of which one is to be chosen."""
_CHANGE = words("增加 增长 增多 减少 提高 降低 上升 下降 提升 缩短 压缩 延长 扩大 缩小 提前 推迟 涨 跌 降 升 增 减")
_ASKED = r"(?:多少|几(?!乎))"
_THAN = r"(?<![占对])比(?![例重率值赛如])(?:起|较)?|(?<![比])较(?![多少大小高低好])|相比"
_MODAL = r"(?:要|应|得|会|就|却|也|还|能|可以|平均|大约|大概|最长|最多|最高)*"
_AND = (
    r"(?:以及|加上|(?<![共温缓饱平])和(?![平谐解约睦])|(?<![参给赋])与(?!会)|跟(?![前着踪])|(?<![不共合相雷伙])同(?![类意样时比步期等婚性居一级])"
    r"|(?<![涉普以])及(?![时格])|(?<=[的份额款钱资])加(?![入拿州坡工快强大装息班油盟剧重热减值]))"
)
"""What joins two names; most of its characters are parts of words, too."""
LONGEST = 80
"""Characters of a question that is taken apart: the patterns below are slow on a long one."""
LEAST = 2
"""Characters of the words that tell a name."""
_COMPARED = r"(?:相比较|相比|比起来|比较起来|比较|比|放一起比)"
_UNIT = r"(?P<unit>[^，,？?]*)"
_SUM = words(
    "一共 合计 总共 共计 加起来 加在一起 加到一起 加一块儿? 合起来 合在一起 统共 拢共 总计 (?<![公总合])共(?=[有计])"
)
_COUNT = (
    r"(?<![0-9第])(?:这|那)?[两二三四五六七八九2-9](?:[个家所座条类种项笔批])?"
    rf"(?P<kind>{words('片区 街道 地区 区县 园区 区 县 市 镇 乡 村 省 州 地 者 年 季度 社区')}"
    r"|[一-龥]{0,6}(?:公司|单位|部门|学校|医院|项目|机构|企业|对象|平台|基地))?(?:加一起|之间|里|中)?"
)
_WHICH = (
    r"(?:哪(?:一)?(?:[个种家边方类项年月季天地处县市区镇乡村级所条批笔座台头档]"
    r"(?:度|县|区|市|镇|乡|村|省|单位|部门|公司|地方|学校|医院)?|里|儿)|谁|何者)"
)
_LIST = rf"(?P<list>[^，,]+?(?:、|{_AND})[^，,]+?)"
_VERB = r"(?P<verb>(?:(?![多少高低])[\u4e00-\u9fff]){0,4}?)(?:出来|出|了|到)*"
_DIFFERENCES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:跟|和|与|同)(?P<other>.{{2,}}?)(?:{_COMPARED})(?:的话)?[，,](?P<one>.{{2,}}?)[，,]?{_MODAL}"
        rf"(?:{_MORE}|{_LESS}|{_CHANGE})(?:出来|出|了)?{_VERB}{_ASKED}{_UNIT}",
        rf"^(?P<one>.{{2,}}?)(?:跟|和|与|同)(?P<other>[^，,]{{2,}}?)(?:{_COMPARED})(?:的话)?[，,](?P<rest>[^，,]*?)"
        rf"{_MODAL}(?:{_MORE}|{_LESS}|{_CHANGE})(?:出来|出|了)?{_VERB}{_ASKED}{_UNIT}",
        rf"^(?P<one>.{{2,}}?)(?:跟|和|与|同)(?P<other>[^，,]{{2,}}?)(?:{_COUNT})?[，,]?(?:{_COMPARED})?[，,]?(?:的差距|之差)?"
        rf"(?:相差|差距是?|差)(?:了|是)?{_ASKED}{_UNIT}",
        rf"^(?P<one>.{{2,}}?)[，,]?{_MODAL}(?:{_THAN})(?P<other>.{{2,}}?)[，,]?{_MODAL}"
        rf"(?:{_MORE}|{_LESS}|{_CHANGE})(?:出来|出|了)?{_VERB}{_ASKED}{_UNIT}",
    )
)
_SUMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?P<before>(?:.*[，,])?){_LIST}(?:{_COUNT}(?P<counted>的[^，,]*?)?|(?P<owned>的[^，,]*?)|(?=[，,]|{_SUM}))[，,]?"
        rf"(?P<what>[^，,]*?)(?:{_SUM})(?:起来|是|有|为|了)*"
        rf"(?P<verb>[^，,？?]*?){_ASKED}{_UNIT}",
        rf"^(?P<before>.*[，,])?(?P<list>[^，,]+?(?:加上|(?<=[的份额款钱资])加)[^，,、]+?)(?P<what>)(?:是|有|为)(?P<verb>){_ASKED}{_UNIT}",
    )
)
_CHOICES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?P<before>.*[，,])?(?P<list>[^，,]+?)(?:的)?(?P<rest>){_SENSE},?还是(?P<other>[^，,]+?)(?:的)?"
        rf"(?:{_MORE}|{_LESS})(?:一?些|点)?[？?]?$",
        rf"^(?P<before>(?:.*[，,])?){_LIST}(?:{_COUNT})?(?:{_COMPARED})?(?:起来)?[，,](?P<rest>[^，,]*?)(?:更|较|最)?"
        rf"{_SENSE}的(?:是)?(?:{_WHICH})[^，,]*$",
        rf"^(?P<before>(?:.*[，,])?){_LIST}(?:{_COUNT})?(?:{_COMPARED})?(?:起来)?(?P<what>[，,][^，,]*)?[，,]?(?:{_WHICH})"
        rf"(?:的)?(?P<rest>.*?)(?:更|较|最)?{_SENSE}(?:一?些|点)?[？?]?$",
    )
)
_OTHERWISE = re.compile(
    "除了|除去|之外|以外|多少倍|几[多]?倍|百分之几|几成|第几|到多少|比(?:哪|谁)|怎么|为什么|为何|为啥|凭什么"
)
"""Another than those that are named; how many times as much, which rank, why."""
_NO_NAME = re.compile(r"(?:[由以在让被靠为把和与跟及、]|是否|能否|怎么|如何|多少)$")
_POINTS = re.compile("个?百分点|个?点$")
_FOR_TIME = re.compile("早|晚|先")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=年|$)")
_BEFORE = re.compile("上一?年度?|去年|前一年|头一年")
_PERIOD = re.compile(
    r"(?:19|20)[0-9]{2}年?(?:度|底|末)?|上一?年度?(?:同期)?|去年(?:同期)?|前一?年|头一年|同期|以前|往年|平常|过去|原来|之前|从前"
)
_SCOPE = re.compile(
    r"^.*(?:(?<![0-9])(?:19|20)[0-9]{2}年(?:度|底|末|初)?(?:[0-9]{1,2}月)?|(?<=[一-龥]{2})[省市县州](?![场政级本里]))(?:的)?"
)
"""The place and the year that the words before a name lay down for what follows."""
_PLACE = re.compile(r"^[^0-9，,]*(?<=[一-龥]{2})[省市县州区](?=(?:的)?[0-9]{4}年)")
"""The place alone, before a year."""
_PLACES = "区县市镇乡村省州"
_PLACE_FIRST = re.compile(rf"(?P<place>(?!全)[一-龥]{{1,6}}?[{_PLACES}])(?P<rest>[一-龥].+)")
"""A place and what is asked of it, which is asked of the place before it too: 江湾区和云岭县新建的步道."""
_ATTRIBUTE_BEGINS = re.compile(r"的|每|平均|人均|日均|年均|月均|户均|一(?=[个次年天月日平签趟顿])|在")
"""Where, behind a name, what is asked of it begins."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What to compare: the questions for the figures, what they are called, and whether the lesser one is wanted.

    ``apart`` is false where nothing can tell the figures apart: 白沙镇比去年多多少 does not say which year it is now.
    """

    operation: Operation
    questions: tuple[str, ...]
    names: tuple[str, ...]
    lesser: bool = False
    apart: bool = True

    @property
    def told_by(self) -> tuple[str, ...]:
        """The words in which the names differ: 红花 and 黄芩 of 红花的年产值 and 黄芩的年产值."""
        first, *others = self.names
        start = min(_common(first, other) for other in others)
        while start and first[start - 1].isdigit():  # 2023年 and 2022年 differ as a whole
            start -= 1
        end = min(_common(first[start:][::-1], other[start:][::-1]) for other in others)
        # 东城 and 西城, and not 东 and 西: a single character is no name.
        end = max(0, min(end, *(len(name) - start - LEAST for name in self.names)))
        return tuple(name[start : len(name) - end] for name in self.names)


def comparison(text: str) -> Comparison | None:
    """What the question ``text``, in simplified characters, wants compared; ``None`` where that cannot be told."""
    asked = text.strip()
    if len(asked) > LONGEST or _OTHERWISE.search(asked):
        return None
    for pattern in _CHOICES:
        if match := pattern.match(asked):
            return _choice(match)
    for pattern in _SUMS:
        if match := pattern.match(asked):
            return _sum(match)
    for pattern in _DIFFERENCES:
        if match := pattern.match(asked):
            return _difference(match)
    return None


def _difference(match: re.Match[str]) -> Comparison:
    said = match.groupdict()
    one, other = _dated(match["one"].strip("，, "), match["other"].strip("，, "))
    bare = _PERIOD.fullmatch(other) is not None and _YEAR.search(one) is None
    rest = f"，{said['rest']}" if said.get("rest") else ""
    names = (one, one.rpartition("，")[0] + "，" * ("，" in one) + other) if rest else _pair(one, other)
    asks = f"{rest}{_asking(said.get('verb') or '', said['unit'])}"
    return Comparison(operation="difference", questions=(names[0] + asks, names[1] + asks), names=names, apart=not bare)


def _sum(match: re.Match[str]) -> Comparison | None:
    said = match.groupdict()
    owned = (said.get("owned") or "") + (said.get("what") or "") if said.get("owned") else ""
    joined = re.sub(rf"{re.escape(owned)}(?=、|{_AND})", "", match["list"]) if owned else match["list"]
    before, listed = _members(said.get("before") or "", joined, said.get("kind"))
    what = (said.get("counted") or said.get("owned") or "") + re.sub(f"^(?:{_COUNT})", "", said.get("what") or "")
    asks = f"{what}{_asking(match['verb'], match['unit'])}"
    paired = len(listed) == 2 and said.get("kind") in (None, "年", "者")
    names = _pair(listed[0], listed[1]) if paired else tuple(listed)
    return None if len(names) < 2 else Comparison(
        operation="sum",
        questions=tuple(f"{_scoped(before, name)}{asks}".replace("的的", "的") for name in names),
        names=names,
    )  # fmt: skip


def _choice(match: re.Match[str]) -> Comparison | None:
    said = match.groupdict()
    if said.get("other"):
        before, names = said["before"] or "", [match["list"], said["other"]]
    else:
        before, names = _members(said["before"] or "", match["list"], said.get("kind"))
    if len(names) < 2 or any(_NO_NAME.search(name) for name in names):
        return None
    whole = _pair(names[0], names[1]) if len(names) == 2 and not before else tuple(names)
    what = (said.get("what") or "").removeprefix("，要说").strip("，,")
    rest = re.sub(r"[得要]$", "", said["rest"].strip("，, "))
    asks = "是什么时候？" if _FOR_TIME.fullmatch(match["sense"]) else "是多少？"
    return Comparison(
        operation="choice",
        questions=tuple(f"{_scoped(before, name)}{what}{rest}{asks}".replace("在在", "在") for name in whole),
        names=tuple(name.removesuffix("的") for name in names),
        lesser=re.fullmatch(_LESS, match["sense"]) is not None,
    )


def _members(before: str, listed: str, kind: str | None) -> tuple[str, list[str]]:
    """What stands before the first name of a list, and the names: 瑞江的锦湖、老城 are 锦湖 and 老城, of 瑞江的."""
    first, *others = [name.strip() for name in re.split(rf"、|{_AND}", listed) if name.strip()] or [""]
    cut = max(first[:-1].rfind("的"), -1) + 1
    if others and (len(others) > 1 or all("的" not in other for other in others)):
        before, first = before + first[:cut], first[cut:]
    scope = _SCOPE.match(first)
    if len(others) > 1 and scope is not None and len(scope[0]) < len(first):
        before, first = before + scope[0], first[len(scope[0]) :]
    names = [name for name in (first, *others) if name]
    place = kind if kind and len(kind) == 1 and kind in _PLACES else ""
    return before, [name if not place or name[-1] in _PLACES else name + place for name in names]


def _scoped(before: str, name: str) -> str:
    return name if before and name.startswith(before) else before + name


def _asking(verb: str, unit: str) -> str:
    """How a figure is asked for."""
    done = re.sub(r"(?:出来|出|了|到)+$", "", verb)
    return f"{f'{done}了' if done and len(done) < 5 else done or '是'}多少{_POINTS.sub('', unit).strip('，, 呢呀啊')}？"


def _dated(one: str, other: str) -> tuple[str, str]:
    """Both, the year before the one that the first names said as a year: 2024年 and 上一年."""
    year = _YEAR.search(one)
    return (one, _BEFORE.sub(f"{int(year[0]) - 1}年", other)) if year is not None else (one, other)


def _pair(one: str, other: str) -> tuple[str, str]:
    """Both with what either leaves to the other: 秸秆的利用率 and 畜禽粪污的, 一类区 and 四类区的工资."""
    first, second = _whole(one, other)
    scope = (_PLACE if _YEAR.search(second) else _SCOPE).match(first) if second == other else None
    if scope is not None and len(scope[0]) < len(first) - 2 and not second.startswith(scope[0]):
        second = scope[0] + second
    return first, second


def _whole(one: str, other: str) -> tuple[str, str]:
    before, comma, last = one.rpartition("，")
    context = before + comma
    place = _PLACE_FIRST.match(other) if last[-1:] in _PLACES else None
    if place is not None and place["rest"][0] != "的":
        return one + place["rest"], context + other
    if other.endswith("的"):
        return one, context + other + last.rpartition("的")[2]
    # 甲县和乙县的桥: owners of the same length share what is owned, whatever it is.
    owner = other.partition("的")[0]
    shared = ATTRIBUTE.search(other) or len(owner) == len(last)
    if "的" in other and "的" not in last and shared and not ATTRIBUTE.search(last):
        return f"{one}的{other.rpartition('的')[2]}", context + other
    if ATTRIBUTE.search(other) or len(other) >= len(last):
        return one, context + other
    return one, context + (substituted(last, other) or _exchanged(last, other))


def _exchanged(last: str, other: str) -> str:
    """``other`` with what ``last`` says of its name: 锦湖每平米一个月 and 老城 are 老城每平米一个月."""
    begins = _ATTRIBUTE_BEGINS.search(last, 2)
    return other + last[begins.start() :] if begins is not None else other


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
