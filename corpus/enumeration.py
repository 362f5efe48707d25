"""The marks that open a paragraph of a list or an outline: 第三条, 一、, （二）, 3., （4）, ⑤, 一是, ——, bullets.

Three rooms ask for them: rejoining wrapped lines (a mark opens a paragraph), parting glued paragraphs (a mark in the
middle of a line continues the series that the line opened) and headings (a mark shows the rank).
"""

import re
from dataclasses import dataclass

_HAN = "〇○零一二三四五六七八九十百千"
_DIGIT = {**{c: i for i, c in enumerate("零一二三四五六七八九")}, "〇": 0, "○": 0}
_UNIT = {"十": 10, "百": 100, "千": 1000}

#: Ranks of the marks that outline a document, outermost first (GB/T 9704-2012, 7.3.3; Legislation Law, art. 65).
OUTLINE = ("编", "分编", "章", "节", "条", "一、", "（一）", "1.", "1.1", "（1）", "①")

_MARK = re.compile(
    rf"""
      第\s*(?P<law>[{_HAN}]{{1,7}}|\d{{1,4}})\s*(?P<lawkind>分编|[编章节条])(?P<zhi>之[{_HAN}]{{1,3}})?
         (?:[\s:：]+|$|(?=[（(【]))
    | (?P<han>[{_HAN}]{{1,3}})(?:、|[.．]\s*)(?![{_HAN}]{{1,3}}、)
    | [（(]\s*(?P<parenhan>[{_HAN}]{{1,3}})\s*[）)](?!\s*(?:[项款目至、和或及]|[（(]))
    | (?P<english>Part|PART|Chapter|CHAPTER|Section|SECTION|Article|ARTICLE)[ ]+(?:\d{{1,3}}|[IVXLC]{{1,6}})
         (?:[.:]\s*|$|\s+(?=[A-Z]))
    | (?P<decimal>\d{{1,2}})(?:\.\d{{1,2}}){{1,3}}\.?(?:\s+(?=\D)|、)
    | (?P<dot>\d{{1,3}})(?:[.．]\s*(?![\d.]|\s*[A-Za-z]{{1,4}}$)|、(?!\d))
    | [（(]\s*(?P<parendot>\d{{1,2}})\s*[）)](?!\s*[项款目至、和或及])
    | (?P<halfparen>\d{{1,2}})[）)]\s*
    | (?P<circle>[\u2460-\u2473])
    | (?P<spoken>[一二三四五六七八九十]{{1,2}})(?P<spokenkind>[是要])
    | (?P<dash>——|--\s)
    | (?P<label>[（(]?(?:联系人|联系(?:单位|部门|科室|方式)|联系(?:人|单位|部门)及(?:联系)?(?:电话|方式)
         |承办单位|联系电话|电话|(?:政策|业务)咨询|咨询(?:电话|单位)|(?:举报|监督|服务)电话|(?:平台)?技术支持|传真|抄送|抄报|主送|附件|附表|附
         |办理结果|答复类型
         |签发人|主题词|共印|印发|发布日期|来源)\s*\d*[:：])
    | (?P<bullet>[•●○■□◆◇▪▶►★☆※➢]\s*|[-*+·]\s+|o\s{{2,}})
    """,
    re.VERBOSE,
)


_KINDS = {"han": "一、", "parenhan": "（一）", "dot": "1.", "decimal": "1.1", "parendot": "（1）", "halfparen": "（1）"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at the start of a paragraph.

    Attributes:
        kind: One of :data:`OUTLINE`; or 一是, 一要, ——, •, ： (a label): they open a paragraph but head no section.
        ordinal: The number it carries; 0 where it carries none.
        end: Offset of the first character after the mark and the space that follows it.
    """

    kind: str
    ordinal: int
    end: int


def number(text: str) -> int:
    """Value of a Chinese or Arabic numeral below 10,000, such as ``二十三``, ``一百零五``, ``二〇`` or ``17``."""
    if text.isdecimal():
        return int(text)
    if not any(c in _UNIT for c in text):
        return int("".join(str(_DIGIT[c]) for c in text) or 0)
    total = digit = 0
    for character in text:
        if character in _UNIT:
            total += (digit or 1) * _UNIT[character]
            digit = 0
        else:
            digit = _DIGIT[character]
    return total + digit


_OPENERS = frozenset(
    "第（(—-•●○■□◆◇▪▶►★☆※➢*+·0123456789"
    + _HAN
    + "联承电传抄主附签共印发来政业咨举监服平技办答"
    + "".join(map(chr, range(0x2460, 0x2474)))
    + "PCSAo"
)


def mark(text: str, at: int = 0) -> Mark | None:
    """The mark that begins at offset ``at`` of ``text``, if one does."""
    if text[at : at + 1] not in _OPENERS:
        return None
    match = _MARK.match(text, at)
    if match is None:
        return None
    end = match.end()
    group = match.lastgroup or ""
    value = match.group(group)
    if group in ("lawkind", "zhi"):
        return Mark(match["lawkind"], number(match["law"]), end)
    if group == "english":
        return Mark({"p": "编", "c": "章", "s": "节", "a": "条"}[value[0].lower()], 0, end)
    if group == "spokenkind":
        return Mark("一" + value, number(match["spoken"]), end)
    if group == "circle":
        return Mark("①", ord(value) - 0x245F, end)
    if group in ("dash", "bullet", "label"):
        return Mark({"dash": "——", "bullet": "•", "label": "："}[group], 0, end)
    return Mark(_KINDS[group], number(value), end)
