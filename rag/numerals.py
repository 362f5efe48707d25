"""One Chinese numeral read and written, exactly: 一千九百万 and 1.9千万 are 19,000,000. Pure.

What is read is a numeral and nothing else, in simplified characters and half-width digits; ``rag.figures`` finds them.
"""

import re
from decimal import Decimal
from functools import lru_cache

_SIGNS = ("零〇○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {sign: digit for digit, signs in enumerate(_SIGNS) for sign in signs}
DIGITS = "".join(_SIGNS)
"""Every character that stands for one digit."""
STEPS = "十百千拾佰仟万亿"
"""Every character that multiplies what stands before it."""

_NIL, _D = "[零〇○]", f"[{DIGITS}]"
_SECTION = re.compile(
    rf"(?:(?P<thousands>{_D})[千仟])?(?:{_NIL}?(?P<hundreds>{_D})[百佰])?(?P<ten>{_NIL}?(?P<tens>{_D})?[十拾])?"
    rf"(?:(?P<nil>{_NIL})?(?P<ones>{_D}))?"
)
_WITH_FIGURES = re.compile(r"(?P<figures>[0-9]+(?:\.[0-9]+)?)(?P<steps>[十百千拾佰仟]?[万亿]{0,2})")
_WITH_POINT = re.compile(rf"(?P<whole>[{DIGITS}{STEPS}]+)点(?P<part>{_D}+)(?P<steps>[百千]?[万亿]{{0,2}})")
_STEP = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10**4, "亿": 10**8}
_LARGE = (("亿", 10**8), ("万", 10**4))


@lru_cache(maxsize=4096)
def value_of(numeral: str) -> Decimal | None:
    """What ``numeral`` is worth (三点五亿, 1.2万亿, 1亿2000万, 一万二); ``None`` where it is not well formed."""
    for pattern in (_WITH_FIGURES, _WITH_POINT):
        if match := pattern.fullmatch(numeral):
            return _with_fraction(match)
    whole = _whole(numeral)
    return None if whole is None else Decimal(whole)


def _with_fraction(match: re.Match[str]) -> Decimal | None:
    said = match.groupdict()
    if "figures" in said:
        value = Decimal(said["figures"])
    else:
        whole = _whole(said["whole"])
        if whole is None:
            return None
        value = Decimal(f"{whole}." + "".join(str(_DIGITS[sign]) for sign in said["part"]))
    for step in said["steps"]:
        value *= _STEP[step]
    return value


def _whole(numeral: str) -> int | None:
    if not numeral:
        return None
    if len(numeral) > 1 and all(sign in _DIGITS for sign in numeral):
        return int("".join(str(_DIGITS[sign]) for sign in numeral))
    for sign, step in _LARGE:
        before, found, after = numeral.rpartition(sign)
        if found:
            return _added(before, step, after)
    return _section(numeral)


def _added(before: str, step: int, after: str) -> int | None:
    """``before`` times ``step``, and what stands ``after``: a lone digit is of the next step down (一万二, 12,000)."""
    many = _whole(before)
    if many is None or (step == 10**4 and many >= 10**4):
        return None
    if not after:
        return many * step
    if after in _DIGITS:
        return many * step + _DIGITS[after] * step // 10
    few = _whole(after[1:] if after[0] in _SIGNS[0] else after)
    return None if few is None or few >= step else many * step + few


def _section(numeral: str) -> int | None:
    """A numeral below 10,000."""
    if re.fullmatch("[0-9]{1,4}", numeral):
        return int(numeral)
    match = _SECTION.fullmatch(numeral)
    if not match:
        return None
    thousands, hundreds, tens, ones = (
        _DIGITS.get(match[name], 0) for name in ("thousands", "hundreds", "tens", "ones")
    )
    if match["ten"] and not match["tens"]:
        tens = 1
    if match["ones"] and not match["nil"] and not match["ten"] and (match["hundreds"] or match["thousands"]):
        # 一百二 is 120, 三千五 is 3,500.
        ones *= 10 if match["hundreds"] else 100
    return 1000 * thousands + 100 * hundreds + 10 * tens + ones


def chinese(number: int) -> str:
    """``number`` from 1 to 9,999 in Chinese: 十二, 一百零八, 三十八."""
    digits = f"{number:04d}"
    signs = [(_SIGNS[int(digit)][0], step) for digit, step in zip(digits, "千百十 ", strict=True)]
    words = "".join("零" if digit == "零" else digit + step.strip() for digit, step in signs)
    words = re.sub("零+", "零", words).strip("零")
    return words[1:] if words.startswith("一十") else words


def plain(value: Decimal) -> str:
    """``value`` in digits alone, without what says nothing: 19000000, 3.5."""
    return f"{value.normalize():f}"
