"""The title, over however many lines, and what it tells: the kind of document, its issuer, the proposal it answers."""

import re
from collections.abc import Sequence

from corpus.breaks import End, end_of
from corpus.enumeration import OUTLINE, mark
from corpus.masthead import is_head_field
from corpus.official.forms import DAY, ORGAN
from corpus.official.statement import Place, Statement, whole

_LINES = 6
_TOGETHER = 3
"""Lines that may make up a title where nothing else shows where it ends."""
_LINE = 90  # characters of the longest line of a title
_CHAPTER = re.compile(r"第[〇零一二三四五六七八九十百\d]{1,5}[编章]")
_NOTE = re.compile(r"[（(【\[].*[）)】\]]")
_ISSUER = re.compile(rf"((?:[\u4e00-\u9fff]*?{ORGAN}[、 ]?)+?)(?:关于|转发|印发|批转|对)")
#: The kinds of the regulations on handling official documents (2012, art. 8), and those of laws and plans.
_KIND = re.compile(
    r"(?:决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|复函|函|纪要|答复|回复|条例|规定|办法|细则|规则|规程"
    r"|章程|方案|规划|计划|纲要|要点|措施|制度|解释|指南|指引|标准|目录|清单|守则|法)$"
)
_REMARK = re.compile(r"\s*[（(][^（）()]{1,40}[）)]$")
_PROPOSAL = re.compile(
    r"(?:[^《》“”]*?(?:关于对|关于|对))?(?P<said>[^《》“”]{0,60}?第\s*[\d〇零一二三四五六七八九十百千]+\s*号\s*(?:重点)?(?:提案|建议|议案))"
)


def find_title(texts: Sequence[str], numbered: int | None, addressed: int | None) -> Statement | None:
    """The title: the short lines between number and addressee, else those above whichever comes first."""
    anchors = [i for i in (numbered, addressed) if i is not None]
    if not anchors:
        alone = bool(texts) and _in_title(texts[0]) and mark(texts[0]) is None
        return _joined(texts, _until_kind(texts)) if alone else None
    lines: list[int] = []
    if numbered is not None and (addressed is None or addressed > numbered):
        lines = _title_lines(texts, numbered + 1, addressed)
    return _joined(texts, lines or _title_lines(texts, 0, min(anchors)))


def heads_a_part(text: str) -> bool:
    """Whether ``text`` opens with the mark of a part (第一章, 第二节, 第三条, 一、): no document is called so."""
    found = mark(text)
    return (found is not None and found.kind in OUTLINE) or _CHAPTER.match(text) is not None


def title_fields(title: Statement, texts: Sequence[str]) -> dict[str, Statement]:
    """What the title tells of the document."""
    found: dict[str, Statement] = {}
    rest = title.value
    while remark := _REMARK.search(rest):
        rest = rest[: remark.start()]
    if kind := _KIND.search(rest):
        found["kind"] = Statement(value=kind[0], places=_places(title, texts, *kind.span()))
    if proposal := _PROPOSAL.match(title.value):
        said = re.sub(r"\s", "", proposal["said"])
        found["proposal"] = Statement(value=said, places=_places(title, texts, *proposal.span("said")))
    if issuer := _ISSUER.match(title.value):
        start, end = issuer.span(1)
        value = issuer[1].strip("、 ")
        places = _places(title, texts, start, end - (len(issuer[1]) - len(issuer[1].rstrip("、 "))))
        found["issuer"] = Statement(value=value.replace(" ", "、"), places=places)
    return found


def _title_lines(texts: Sequence[str], first: int, last: int | None) -> list[int]:
    """The lines from ``first`` to before ``last`` that a title may be made of, up to the first that cannot be."""
    lines: list[int] = []
    for i in range(first, len(texts) if last is None else last):
        text = texts[i]
        if is_head_field(text) or _NOTE.fullmatch(text):
            continue
        if not _in_title(text) or any(texts[n] == text for n in lines) or len(lines) == _LINES:
            break
        lines.append(i)
    return lines


def _until_kind(texts: Sequence[str]) -> list[int]:
    """The first line; with those below it up to the first that ends in a kind of document, if that comes soon."""
    for n in range(min(_TOGETHER, len(texts))):
        if not _in_title(texts[n]) or _NOTE.fullmatch(texts[n]) or mark(texts[n]) is not None:
            break
        if _KIND.search(_REMARK.sub("", texts[n])):
            return list(range(n + 1))
    return [0]


def _in_title(text: str) -> bool:
    """Whether ``text`` could be a line of a title."""
    ends = end_of(text) in (End.OPEN, End.COMMA)
    return len(text) <= _LINE and ends and not DAY.match(text) and not heads_a_part(text)


def _joined(texts: Sequence[str], lines: Sequence[int]) -> Statement | None:
    """The lines of a title as one; a space where Latin words meet."""
    title = ""
    for i in lines:
        title += (" " if title and title[-1].isascii() and texts[i][0].isascii() else "") + texts[i]
    return Statement(value=title, places=tuple(whole(i, texts[i]) for i in lines)) if title else None


def _places(title: Statement, texts: Sequence[str], start: int, end: int) -> tuple[Place, ...]:
    """Where ``title.value[start:end]`` stands in the paragraphs that the title is made of."""
    places: list[Place] = []
    at = 0
    for n, first, last in title.places:
        if title.value[at : at + last - first] != texts[n][first:last]:
            at += 1  # the space between two Latin lines
        low, high = max(start, at), min(end, at + last - first)
        if low < high:
            places.append((n, first + low - at, first + high - at))
        at += last - first
    return tuple(places)
