"""Whether the one of whom a question asks (归城管管吗, 找乙对吧) is the one of whom a clause says it. Pure.

校门口摆摊的归城管撵吗    由城市管理部门负责清理，公安机关予以配合       it acts
校车检查是交警牵头不      由县教育局牵头，公安交管部门参加              it helps
罚单是水利局开的吗        由县级农业农村主管部门处以罚款                it is not named
"""

import re
from functools import cache

from rag.lexicon_files import lexicon_rows

_ACTS = re.compile(
    r"由.|负责|牵头|承担|组织|受理|审批|批准|核[准发定]|管理|向[^，。]{2,20}(?:申请|提出|报|备案)|报[^，。]{2,20}(?:批准|备案|审)|会同|配合|委托"
    r"|征得|经[^，。]{2,20}(?:同意|批准|审)|归口|职责|实施|出具|代收|兑付|列支|支付|安排|办理|处置|监督|协助|找|垫"
)
"""What a clause says that tells who does something."""
_HELPS = re.compile(r"[^，。；]{0,14}?(?:配合|协助|参加|参与|协同|协调|支持|反馈|做好|列席|见证|监督|提供)")
"""Behind the name of one who helps, up to the next comma."""
_WITH = re.compile("(?:会同|联合|商|配合|协助|抄送|邀请)[^，。；]{0,16}$")
"""Before it."""
_REFUSES = re.compile(r"[^，。；]{0,6}?(?:不[再承负得能予参]|无需|无须|不)")
_LEVEL = re.compile("国家|中央|省|自治区|设区的市|地级市|市(?!场|政|监)|区(?!别|块)|县|旗|乡|镇|街道|村(?!民)|社区")
_SAME_LEVEL = {"中央": "国家", "自治区": "省", "设区的市": "市", "地级市": "市", "旗": "县", "乡": "镇"}
_NEAR = 3
"""Characters before the name of an office in which its level stands."""


def responsible(question: str, clause: str) -> set[str]:
    """What tells whether the one asked about is the one meant, by name; empty where none is asked about.

    ``acts``, ``helps``, ``refuses``: what the clause says of it; ``absent``: it names others only; ``other level``: the
    same office of another level.
    """
    if not _ACTS.search(clause):
        return set()
    named = sorted((place.start(), name, actor) for name, actor in _actors() for place in actor.finditer(question))
    found: set[str] = set()
    for number, (start, _, actor) in enumerate(named):
        told = list(actor.finditer(clause))
        roles = {_role(clause, each.start(), each.end()) for each in told} or {"absent"}
        mine, levels = _level(question, start), {_level(clause, each.start()) for each in told}
        if mine and any(levels) and mine not in levels:
            roles = {"other level"}
        # What is asked about stands before whom it may be up to.
        found |= roles if number == len(named) - 1 else {f"{role}, named first" for role in roles}
    return found


def _role(clause: str, start: int, end: int) -> str:
    if _REFUSES.match(clause, end):
        return "refuses"
    return "helps" if _HELPS.match(clause, end) or _WITH.search(clause[:start]) else "acts"


def _level(text: str, start: int) -> str:
    """The level of the office whose name begins at ``start``; empty where none is told."""
    found = _LEVEL.findall(text[max(0, start - _NEAR) : start])
    return _SAME_LEVEL.get(found[-1], found[-1]) if found else ""


@cache
def _actors() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in lexicon_rows("actors.tsv"))
