"""The head of an official document (GB/T 9704-2012, 7.2): urgency, secrecy, class, openness, number and signer.

These lines say one thing together, so cleaning keeps them in one paragraph, a space between the fields.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.loaders.source import Block

#: A document number: the office's short name, the year in some bracket, a serial number.
NUMBER = re.compile(
    r"(?P<office>[\u4e00-\u9fff]{1,16}?)\s*[〔\[［【（(﹝{〈]\s*(?P<year>(?:19|20)\d{2})\s*[〕\]］】）)﹞}〉]\s*"
    r"第?\s*(?P<serial>\d{1,5})\s*号"
)
_RESULT = r"(?:办理|答复)?(?:结果|情况|类[别型])\s*[:：]\s*"
CLASS = re.compile(rf"[（(]?\s*(?:{_RESULT}(?P<told>[A-DＡ-Ｄ])\s*类?|(?P<letter>[A-DＡ-Ｄ])\s*类)(?![\w])\s*[）)]?")
OPENNESS = re.compile(
    r"[（(【\[]?\s*((?:此件|本件|该件|同意|不同意|不予|不宜|主动|依申请)[\u4e00-\u9fff]{0,8}公开[\u4e00-\u9fff]{0,4})\s*[）)】\]]?"
)
SIGNER = re.compile(r"(?:签\s*发\s*人|会\s*签\s*人)\s*[:：]\s*(\S+(?:[、 ][\u4e00-\u9fff·]{2,4}(?=[、\s]|$))*)")
_SECRECY = re.compile(r"(?:绝密|机密|秘密|内部)(?:[★☆].{0,8})?|特\s*急|加\s*急|平\s*急|(?:特提|特急)|No\.?\s*\d+|\d{6}")
_FIELDS = (CLASS, OPENNESS, SIGNER, _SECRECY)
_REACH = 12  # paragraphs from the top within which the head lies


def canonical(number: re.Match[str], office: str | None = None) -> str:
    """A document number with the brackets of the standard and without spaces; ``office`` in place of its own."""
    return f"{number['office'] if office is None else office}〔{number['year']}〕{number['serial']}号"


def is_head_field(text: str) -> bool:
    """Whether ``text`` is nothing but fields of the head."""
    if len(text) > 60:
        return False
    number = NUMBER.match(text)
    rest = text[number.end() :] if number is not None else text
    return bool(text.strip()) and _only_fields(rest.strip())


def class_letter(match: re.Match[str]) -> str:
    """The letter of a class that ``CLASS`` has found."""
    return match["told"] or match["letter"]


def _only_fields(text: str) -> bool:
    """Whether ``text`` is one field behind another: A类 同意公开."""
    if not text:
        return True
    if any(field.fullmatch(text) for field in _FIELDS):
        return True
    begun = [match.end() for field in _FIELDS if (match := field.match(text)) and " " in text[match.end() - 1 :][:2]]
    return any(_only_fields(text[end:].strip()) for end in begun)


def gather(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` with neighbouring fields of the head in one paragraph, where a document number is among them."""
    top = next((i for i, block in enumerate(blocks[:_REACH]) if is_head_field(block.text)), None)
    if top is None:
        return list(blocks)
    end = top
    while end < min(len(blocks), _REACH) and is_head_field(blocks[end].text):
        end += 1
    fields = [block.text for block in blocks[top:end]]
    if len(fields) < 2 or not any(NUMBER.match(field) for field in fields):
        return list(blocks)
    return [*blocks[:top], replace(blocks[top], text=" ".join(fields), heading=None), *blocks[end:]]
