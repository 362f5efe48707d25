"""What stands at a document's head: number, signer, class, openness, and whom it addresses."""

import re
from collections.abc import Sequence

from corpus.enumeration import mark
from corpus.masthead import CLASS, NUMBER, OPENNESS, SIGNER, canonical, class_letter, is_head_field
from corpus.official.statement import Statement, trimmed

REACH = 14
"""Paragraphs from the top within which number and addressee stand."""
_ADDRESSEE = re.compile(
    r"(?:[^。；？！：:“”]{1,400}?)(?:政府|委员|代表|机构|部门|单位|[局厅部委院会办处室署行社团所站组]|公司|企业"
    r"|学校|大学|学院|中心|同志|先生|女士|兵团|[区县市州省镇乡村]|街道|领导|人员|各位[\u4e00-\u9fff]{1,6})[：:]"
)
_PART = re.compile(r"[（(【\[][^（）()【】\[\]\s]+[）)】\]]|[^\s（(【\[]+")
"""A field among others on one line: (A类)（此件予以公开） are two."""
_NO_ADDRESSEE = re.compile(r"如下|以下|下列|包括|现将|根据|为了|关于|联系|附件|抄送|[说道问答]：")


def number_in(number: int, text: str) -> Statement | None:
    """The document number in a line that holds fields of the head, or that ends with it."""
    if len(text) > 90:
        return None
    match = NUMBER.search(text)
    if match is None:
        return None
    before, after = text[: match.start()], text[match.end() :]
    alone = not before.strip() or all(is_head_field(part) for part in before.split())
    if not alone or not (not after.strip() or SIGNER.match(after.strip()) or is_head_field(after.strip())):
        return None
    return Statement(value=canonical(match), places=((number, match.start(), match.end()),))


def addressee_in(number: int, text: str) -> Statement | None:
    """Whom ``text`` addresses, if it is such a line."""
    if _ADDRESSEE.fullmatch(text) is None or _NO_ADDRESSEE.search(text) or mark(text) is not None:
        return None
    return trimmed(number, text, 0, len(text) - 1)


def head_fields(texts: Sequence[str]) -> dict[str, Statement]:
    """Signer, class and openness, each where it is first stated; openness wherever it stands alone."""
    found: dict[str, Statement] = {}
    for n, text in enumerate(texts):
        top = n < REACH and len(text) <= 120
        if top and (signer := SIGNER.search(text)):
            found.setdefault("signer", Statement(value=signer[1], places=((n, *signer.span(1)),)))
        beside = NUMBER.sub(lambda number: " " * len(number[0]), text) if top else ""
        for part in _PART.finditer(beside):
            if letter := CLASS.fullmatch(part[0]):
                found.setdefault("class_", Statement(value=f"{class_letter(letter)}类", places=((n, *part.span()),)))
            _open(found, n, part[0], part.start())
        if len(text) <= 60:
            _open(found, n, text, 0)
    return found


def _open(found: dict[str, Statement], number: int, text: str, at: int) -> None:
    if match := OPENNESS.fullmatch(text):
        place = (number, at + match.start(1), at + match.end(1))
        found.setdefault("openness", Statement(value=match[1], places=(place,)))
