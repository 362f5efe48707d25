"""What a question is about: its words without those that ask, and without what only leads up to them."""

import re
from collections.abc import Sequence

from rag.variants import simplified


def words(*lines: str) -> str:
    """Alternatives of a regular expression, given as words with spaces between them."""
    return "|".join(word for line in lines for word in line.split())


_ASKING = words(
    "多少 百分之几 几何 [什甚]么时候 [什甚]么时间 啥时候 何时 几时 为[什甚]么 为何 为啥 怎么样 怎样 怎么",
    "如何 咋样? [什甚]么 啥",
    "哪一?(?:[些个位家所座条里儿年月天级类项份只几种]|(?=[一-龥])) 谁 几(?!乎) 何(?=[年月日处地人种])",
)
_MEASURE = words(
    "个百分点 平方公里 公里 平方米 万元 亿元 个月 个 家 户 人 名 岁 天 年 月 次 项 条 件 元 块钱? 钱 倍 成",
    "层 座 只 头 辆 台 套 间 所 处",
    "种 类 批 篇 部(?!门) 份 期 届 亩 吨 米 位 号 棵 艘 列 公顷 千瓦",
)
_WHAT = words("时候 时间 地方 部门 单位 机关 机构 条件 材料 办法 措施 方式 原因 政策 要求 规定 标准 名字 名称 文件")
QUERY = re.compile(
    rf"(?:{words('分别 一共 总共 共 都 大概 到底 究竟')})*"
    rf"(?:{words('是 有 为 由 在 归 叫 占 达到?了? 要 需要? 给 得 花了?')})?"
    rf"(?:{_ASKING})(?:(?:万|亿)?(?:{_MEASURE}))?(?:{_WHAT})?(?:{words('的 了 啊 呀 呢')})?|吗|[？?]+$"
)
"""The words that ask, with the verb before them and the measure word behind."""
_ENGLISH_QUERY = re.compile(
    rf"^(?:(?:in|at|by|on|from|to) )?(?:{words('what which who whom whose when where why')}"
    r"|how(?: many| much| long| old| big)?)\b"
    rf"(?: (?:{words('is are was were do does did can must may will has have')}))?(?: the)?",
    re.IGNORECASE,
)
_LEADS_UP = words(
    "设计 实施 规划 总 保护 建设 常住 年 月 日 一次性 最高 最低 平均 申报 申请 办理 受理 提名 起步区 具体",
    "详细 咨询 联系",
)
FIGURES = words(
    "面积 规模 占比 比例 比重 投资 产值 产量 吞吐量 时速 里程 全长 [长高]度 [人户家]?数量? 金额 额度 资金",
    "补[助贴] 奖励 津贴 工资 收入 (?<!经)费用?",
    "价格 年限 期限 浓度 强度 目标 电话 文号 编号 估算 造价 人口 任期 工期 有效期 优良天数 基数 报酬 热线 标准",
)
_OTHERS = words(
    "范围 时间 名称 名字 地址 截止 条件 要求 流程 材料 方式 用途 用地 进度 主题 名单 代码 网址 负责人 联系人",
    "主管部门 牵头部门 承办单位",
    "答复单位 种类 类别 效果 原因",
)
ATTRIBUTE = re.compile(rf"(?:的|之)?(?:{_LEADS_UP})*(?:{FIGURES}|{_OTHERS})$")
"""What is asked of something, at the end of words: its area, its deadline."""
_VERB = re.compile(
    rf"(?:{words('覆盖 新增 完成 建成 建了? 达到? 发现 下达 安排 投入 开行 开放 批准 批复 公布 印发 出台 完工')}"
    rf"|{words('收 发 补 管理 负责')}"
    rf"|{words('制定 牵头 运行 评估 答复 回复 看 有 设 办 选 分 占 得 批 拨 给 来 被 共 已 将 要 该 能 可以')})$"
)
_OWNED = re.compile(r"(?P<owner>.{4,})的[^的，,]{1,8}$")
"""Something and what is asked of it: 水厂的供水能力."""
_PARTICLES = r"的|是|(?<!没)有|了|在|为|对|由|里|(?<![集其高初期])中|每[年月日天亩人]"
_THINGS = ("补助", "补贴", "奖励", "津贴")
"""What can be asked of something and is something itself: 高龄津贴，何时发放."""
LEAST = 4
"""Characters that can say what a question is about."""


def subject(asked: str) -> str:
    """What ``asked`` is about; where words before those that ask do not say it, those behind them."""
    plain = simplified(asked)
    if asked.isascii():
        return re.sub(r"[?.\s]+$", "", _ENGLISH_QUERY.sub("", asked)).strip()
    found = list(QUERY.finditer(plain))
    first = next((match for match in found if not match[0].startswith(("？", "?"))), None)
    words = asked[: first.start()] if first is not None else asked
    if first is not None and first[0][0] in "是为在有" and (owner := _OWNED.match(simplified(words))) is not None:
        words = words[: owner.end("owner")]
    if first is not None and len(words) < LEAST:
        words = _without_query(asked, found)
    return _about(words) or _about(_without_query(asked, found))


def _without_query(asked: str, found: Sequence[re.Match[str]]) -> str:
    kept, last = [], 0
    for match in found:
        kept += [asked[last : match.start()]]
        last = match.end()
    return "".join([*kept, asked[last:]])


def _about(words: str) -> str:
    """``words`` without what only leads up to what was asked of them: an attribute, a verb, particles."""
    said = re.sub(r"^(?:请问|那么|那|[，,、\s])+", "", words)
    while True:
        less = re.sub(rf"(?:[，,、。？?\s]|{_PARTICLES})+$", "", said)
        for pattern in (ATTRIBUTE, _VERB):
            match = pattern.search(simplified(less))
            if match is not None and match.start() >= LEAST and match[0] not in _THINGS:
                less = less[: match.start()]
        if less == said:
            return said
        said = less
