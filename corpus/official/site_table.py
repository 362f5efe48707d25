"""The table that government sites put above a document: 发文字号：…, 发文机关：…, one field behind the other."""

import re
from collections.abc import Sequence

from corpus.masthead import NUMBER, canonical
from corpus.official.forms import DAY, iso
from corpus.official.statement import Statement

_FIELDS = {
    "number": re.compile(r"(?:发文字号|发文文号|公文文号|文件编号|文\s*号)\s*[:：]\s*(\S+)"),
    "issuer": re.compile(
        r"(?:发文(?:机关|单位)|发布机[构关]|制[发定]机关)\s*[:：]\s*([\u4e00-\u9fff（）、 ]{2,30}?)(?=$|\s+\S+[:：])"
    ),
    "date": re.compile(
        rf"(?:成文日期|发文日期|印发日期)\s*[:：]\s*({DAY.pattern}|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}})"
    ),
    "addressee": re.compile(r"主送(?:机关|单位)?\s*[:：]\s*(.+?)[。：]?$"),
}
_LONGEST = 200


def table_fields(head: Sequence[str]) -> dict[str, Statement]:
    """The fields that stand behind their names above the document, at least two of them."""
    found: dict[str, Statement] = {}
    for n, text in enumerate(head):
        for name, pattern in _FIELDS.items():
            match = pattern.search(text) if name not in found and len(text) <= _LONGEST else None
            value = _value(name, match[1].strip()) if match is not None else None
            if match is not None and value:
                found[name] = Statement(value=value, places=((n, *match.span(1)),))
    return found if len(found) >= 2 else {}


def _value(name: str, said: str) -> str | None:
    if name == "number":
        number = NUMBER.fullmatch(said)
        return canonical(number) if number is not None else None
    return iso(said) if name == "date" else said
