"""The documents that a text names: 《…》, with its number where one follows, or a number that stands alone."""

import re
from dataclasses import dataclass

from corpus.masthead import NUMBER, canonical

_TITLE = re.compile(r"《(?P<title>[^《》]{2,120}(?:《[^《》]{1,80}》[^《》]{0,60})*)》")
_BRACKET = re.compile(r"\s*[（(]\s*(?:以下简称[^）)]*|[^）)]{0,20}?)")
_LEAD = re.compile(
    r"^(?:另|也|可|以及|根据|按照|依据|依照|参照|执行|落实|印发|下发|转发|见|和|与|及|以|对|的|由|经|将|在|按|即|文件|通知|号文)+"
)
_REACH = 4
"""Characters between a title's closing mark and the bracket around its number."""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A document that is named at ``text[start:end]``; ``title`` or ``number`` (as ``corpus.official`` has it)."""

    title: str | None
    number: str | None
    start: int
    end: int


def references(text: str) -> list[Reference]:
    """Every place in ``text`` that names a document, in order."""
    numbers = [match for match in NUMBER.finditer(text)]
    taken: set[int] = set()
    found: list[Reference] = []
    for title in _TITLE.finditer(text):
        bracket = _BRACKET.match(text, title.end())
        reach = range(title.end() + 1, bracket.end() + _REACH + 1) if bracket is not None else range(0)
        behind = next((match for match in numbers if match.start() in reach), None)
        if behind is not None:
            taken.add(behind.start())
        end = behind.end() if behind is not None else title.end()
        number = _canonical(behind) if behind is not None else None
        found.append(Reference(title=title["title"], number=number, start=title.start(), end=end))
    for alone in numbers:
        if alone.start() not in taken:
            start = alone.start() + _lead(alone["office"])
            found.append(Reference(title=None, number=_canonical(alone), start=start, end=alone.end()))
    return sorted(found, key=lambda reference: reference.start)


def _lead(office: str) -> int:
    """How many characters before the office's short name were taken for a part of it: 根据松政发〔2019〕3号."""
    match = _LEAD.match(office)
    return match.end() if match is not None and match.end() < len(office) else 0


def _canonical(number: re.Match[str]) -> str:
    office = number["office"]
    return canonical(number, office[_lead(office) :])
