"""The last line of an official document (GB/T 9704-2012, 7.4.2): the office that printed it, and the day.

It ends in no full stop and what stands above it often in none either, so nothing but its form keeps them apart.
"""

import re

_DIGITS = "〇○零一二三四五六七八九"
DAY = re.compile(
    rf"([12]\d{{3}}|[{_DIGITS}０Ｏ]{{4}})年(\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})日"
)
"""A day in Arabic or Chinese figures, without white space."""
PRINTED = re.compile(rf"(?P<office>[\u4e00-\u9fff（）]{{4,40}}?)\s*(?P<day>{DAY.pattern})\s*印(?:发|制)?[。]?")
_OFFICE = re.compile(r"[厅室局委会院部处府社行署司]$")
_LONGEST = 80


def is_printing_line(line: str) -> bool:
    """Whether ``line``, as it came out of the file, is one."""
    if len(line) > _LONGEST or "印" not in line:
        return False
    match = PRINTED.fullmatch("".join(line.split()))
    return match is not None and _OFFICE.search(match["office"]) is not None
