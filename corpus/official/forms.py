"""The forms in which days and offices are written in official documents."""

import datetime
import re

from corpus.enumeration import number
from corpus.printing_line import DAY as DAY

ORGAN = (
    r"(?:国务院|政府|办公厅|办公室|委员会|法院|检察院|常委会"
    r"|[\u4e00-\u9fff]{2,}(?:[部厅局委办署院会社行处队]|集团|公司|大学|学院|学校|中心|海关|兵团|党组|领导小组|指挥部))"
)


def iso(day: str) -> str | None:
    """``2020年6月1日`` or ``二〇二〇年六月一日`` as ``2020-06-01``; ``None`` where the calendar has no such day."""
    match = DAY.search(day)
    parts = match.groups() if match is not None else tuple(re.split(r"[-./]", day))
    if len(parts) != 3:
        return None
    year, month, of_month = (number(part.translate(str.maketrans("０Ｏ○", "〇〇〇"))) for part in parts)
    try:
        return datetime.date(year, month, of_month).isoformat()
    except ValueError:
        return None


def is_office(name: str) -> bool:
    """Whether ``name`` is that of an office."""
    return re.fullmatch(rf"[\u4e00-\u9fff]*{ORGAN}", name) is not None
