"""The numbers that Word prints in front of paragraphs but keeps out of their text: 一、 （一） 1. a) and so on."""

import re
from collections import defaultdict
from dataclasses import dataclass

from corpus.loaders.markup import Node, attribute, child, children, name

_DIGITS = "〇一二三四五六七八九"
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LONGEST = 9999


@dataclass(frozen=True, kw_only=True)
class _Level:
    start: int
    kind: str
    pattern: str


class Numbering:
    """Counts the numbered paragraphs of one document in their order."""

    def __init__(self, root: Node | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = defaultdict(dict)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        for node in children(root):
            if name(node) == "abstractnum":
                self._levels[attribute(node, "abstractNumId")] = dict(
                    (_whole(attribute(level, "ilvl")), _level(level)) for level in node if name(level) == "lvl"
                )
            elif name(node) == "num":
                self._add(node)

    def _add(self, node: Node) -> None:
        number = attribute(node, "numId")
        abstract = child(node, "abstractnumid")
        self._abstract[number] = attribute(abstract, "val") if abstract is not None else ""
        for override in node:
            start = child(override, "startoverride")
            if name(override) == "lvloverride" and start is not None:
                self._restarts[number][_whole(attribute(override, "ilvl"))] = _whole(attribute(start, "val"))

    def label(self, number: str, depth: int) -> str:
        """The label of the next paragraph of list ``number`` at ``depth``; empty for bullets and unknown lists."""
        abstract = self._abstract.get(number, "")
        levels = self._levels.get(abstract, {})
        if depth not in levels:
            return ""
        counts = self._counts[abstract]
        restart = self._restarts.get(number, {}).pop(depth, None)
        if restart is not None:
            counts[depth] = restart
        else:
            counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if levels[depth].kind in ("bullet", "none"):
            return ""
        return re.sub(r"%([1-9])", lambda match: self._number(levels, counts, int(match[1]) - 1), levels[depth].pattern)

    @staticmethod
    def _number(levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
        if depth not in levels:
            return ""
        return numeral(counts.get(depth, levels[depth].start), levels[depth].kind)


def _level(node: Node) -> _Level:
    values = {name(one): attribute(one, "val") for one in node}
    return _Level(
        start=_whole(values.get("start", "1")), kind=values.get("numfmt", "decimal"), pattern=values.get("lvltext", "")
    )


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,4}", text) else 0


def numeral(value: int, kind: str) -> str:
    """``value`` in a numbering format of ECMA-376, part 1, 17.18.59 (ST_NumberFormat); decimal where it is unknown."""
    if not 0 < value <= _LONGEST:
        return str(value)
    if kind.startswith(("chineseCounting", "japaneseCounting", "taiwaneseCounting", "ideographDigital")):
        return chinese(value)
    if kind in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return "".join(_FORMAL_DIGITS[_DIGITS.index(c)] if c in _DIGITS else c for c in chinese(value))
    if kind in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters.upper() if kind == "upperLetter" else letters
    if kind in ("lowerRoman", "upperRoman"):
        return _roman(value).upper() if kind == "upperRoman" else _roman(value)
    if kind.startswith("decimalEnclosedCircle") and value <= 20:
        return chr(ord("①") + value - 1)
    if kind == "decimalFullWidth":
        return str(value).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    cycle = {"ideographTraditional": _STEMS, "ideographZodiac": _BRANCHES}.get(kind)
    return cycle[value - 1] if cycle and value <= len(cycle) else str(value)


def chinese(value: int) -> str:
    """1 to 9999 as Chinese documents count their sections: 一, 十, 十二, 二十, 一百〇五."""
    text, gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            text += ("〇" if gap and text else "") + _DIGITS[digit] + sign
        gap = not digit
    return text[1:] if text.startswith("一十") else text


def _roman(value: int) -> str:
    text = ""
    for unit, sign in _ROMAN:
        text += sign * (value // unit)
        value %= unit
    return text
