"""What a Chinese official document says of itself (GB/T 9704-2012), one English name for each field.

    number      发文字号    国办发〔2019〕6号, the brackets always 〔 〕 and without spaces
    issuer      发文机关    from the signature, else the printing line, else the title; several joined by 、
    date        成文日期    YYYY-MM-DD, from the signature
    signer      签发人
    addressee   主送机关    without the colon
    copies      抄送机关
    contact     联系人
    phone       联系电话
    class_      办理类别    A类, B类, … of replies to proposals
    openness    公开属性    此件公开发布, 同意对外公开, …

The table that government sites put above a document (发文字号：…, 发文机关：…) counts as its statement too.

A field that the document does not state is absent; nothing is guessed, and a text that is no official document has
none. The title belongs to the document itself, not to what is attached to it.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.breaks import End, end_of
from corpus.enumeration import mark, number
from corpus.masthead import CLASS, NUMBER, OPENNESS, SIGNER, is_head_field

_HEAD = 14  # paragraphs from the top within which number and addressee stand
_TITLE_LINES = 6
_LINE = 90  # characters of the longest line of a title
_DIGITS = "〇○零一二三四五六七八九"
_DAY = re.compile(
    rf"([12]\d{{3}}|[{_DIGITS}０Ｏ]{{4}})年(\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})日"
)
_PRINTED = re.compile(rf"(?P<office>[\u4e00-\u9fff（）]{{4,40}}?)\s*(?P<day>{_DAY.pattern})\s*印(?:发|制)?")
_ORGAN = (
    r"(?:国务院|政府|办公厅|办公室|委员会|法院|检察院|常委会"
    r"|[\u4e00-\u9fff]{2,}(?:[部厅局委办署院会社行处队]|集团|公司|大学|学院|学校|中心|海关|兵团|党组|领导小组|指挥部))"
)
_SIGNATURE = re.compile(rf"(?:[\u4e00-\u9fff]*{_ORGAN}(?:（[\u4e00-\u9fff]+）)?)(?:[ 、]+[\u4e00-\u9fff]*{_ORGAN})*")
_TITLE_ISSUER = re.compile(rf"((?:[\u4e00-\u9fff]*?{_ORGAN}[、 ]?)+?)(?:关于|转发|印发|批转|对)")
_ADDRESSEE = re.compile(
    r"(?:[^。；？！：:“”]{1,400}?)(?:政府|委员|代表|机构|部门|单位|[局厅部委院会办处室署行社团所站组]|公司|企业"
    r"|学校|大学|学院|中心|同志|先生|女士|兵团|[区县市州省镇乡村]|街道|领导|人员|各位[\u4e00-\u9fff]{1,6})[：:]"
)
_NO_ADDRESSEE = re.compile(r"如下|以下|下列|包括|现将|根据|为了|关于|联系|附件|抄送|[说道问答]：")
_COPIES = re.compile(r"抄\s*[送报]\s*[:：]\s*(.+)")
_CONTACT = re.compile(r"联\s*系\s*人\s*[:：]\s*([\u4e00-\u9fff·]{2,10}(?:[、 ](?!联系)[\u4e00-\u9fff·]{2,4})*)")
_PHONE = re.compile(
    r"(?:联系)?电\s*话\s*[:：]\s*((?:[（(]?\d[\d（）()\-—－ ]{4,20}\d)(?:[、；;，,/ ]+[（(]?\d[\d（）()\-— ]{4,20}\d)*)"
)
_TABLE = {
    "number": re.compile(r"(?:发文字号|发文文号|公文文号|文件编号|文\s*号)\s*[:：]\s*(\S+)"),
    "issuer": re.compile(
        r"(?:发文(?:机关|单位)|发布机[构关]|制[发定]机关)\s*[:：]\s*([\u4e00-\u9fff（）、 ]{2,30}?)(?=$|\s+\S+[:：])"
    ),
    "date": re.compile(
        rf"(?:成文日期|发文日期|印发日期)\s*[:：]\s*({_DAY.pattern}|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}})"
    ),
    "addressee": re.compile(r"主送(?:机关|单位)?\s*[:：]\s*(.+?)[。：]?$"),
}
_NOTE = re.compile(r"[（(【\[].*[）)】\]]")


@dataclass(frozen=True, kw_only=True)
class Description:
    """What a document says of itself: its title, if it has one, and the fields named in this module."""

    title: str | None = None
    fields: dict[str, str] = field(default_factory=dict)


def describe(texts: Sequence[str]) -> Description:
    """Read title and fields from a document's paragraphs.

    Args:
        texts: The cleaned paragraphs, in order.
    """
    head = texts[:_HEAD]
    numbered = next((i for i, text in enumerate(head) if _number(text) is not None), None)
    addressed = next((i for i, text in enumerate(head) if _addressee(text) is not None), None)
    printed = next((match for text in texts if len(text) <= 80 and (match := _PRINTED.match(text))), None)
    title = _title(texts, numbered, addressed)
    found: dict[str, str | None] = dict(_table(head))
    if numbered is not None or addressed is not None or printed is not None:
        signature, day = _signed(texts)
        stated: dict[str, str | None] = {
            "number": _number(texts[numbered]) if numbered is not None else None,
            "issuer": signature or (_office(printed["office"]) if printed is not None else None),
            "date": _iso(day) if day is not None else (_iso(printed["day"]) if printed is not None else None),
            "addressee": _addressee(texts[addressed]) if addressed is not None else None,
        }
        found |= {name: value for name, value in stated.items() if value}
    if numbered is not None or addressed is not None or printed is not None or found:
        found |= _labelled(texts, head)
    if title is not None and not found.get("issuer"):
        issuer = _TITLE_ISSUER.match(title)
        found["issuer"] = issuer[1].strip("、 ").replace(" ", "、") if issuer is not None else None
    return Description(title=title, fields={name: value for name, value in found.items() if value})


def _table(head: Sequence[str]) -> dict[str, str]:
    """The fields that stand behind their names above the document, at least two of them."""
    found: dict[str, str] = {}
    for text in head:
        for name, pattern in _TABLE.items():
            match = pattern.search(text) if name not in found and len(text) <= 200 else None
            if match is None:
                continue
            value: str | None = match[1].strip()
            if name == "number":
                whole = NUMBER.fullmatch(match[1])
                value = _canonical(whole) if whole is not None else None
            elif name == "date":
                value = _iso(match[1])
            if value:
                found[name] = value
    return found if len(found) >= 2 else {}


def _canonical(number: re.Match[str]) -> str:
    """A document number with the brackets of the standard and without spaces."""
    return f"{number['office']}〔{number['year']}〕{number['serial']}号"


def _number(text: str) -> str | None:
    """The document number in a line that holds fields of the head, or that ends with it."""
    if len(text) > 90:
        return None
    match = NUMBER.search(text)
    if match is None:
        return None
    before, after = text[: match.start()], text[match.end() :]
    alone = not before.strip() or all(is_head_field(part) for part in before.split())
    if not alone or not (not after.strip() or SIGNER.match(after.strip())):
        return None
    return _canonical(match)


def _addressee(text: str) -> str | None:
    """Whom ``text`` addresses, if it is such a line."""
    if _ADDRESSEE.fullmatch(text) is None or _NO_ADDRESSEE.search(text) or mark(text) is not None:
        return None
    return text[:-1].strip()


def _title(texts: Sequence[str], numbered: int | None, addressed: int | None) -> str | None:
    """The title: the short lines between number and addressee, else those above whichever comes first."""
    anchors = [i for i in (numbered, addressed) if i is not None]
    if not anchors:
        return texts[0] if texts and _in_title(texts[0]) and mark(texts[0]) is None else None
    lines: list[str] = []
    if numbered is not None and (addressed is None or addressed > numbered):
        lines = _title_lines(texts[numbered + 1 : addressed])
    if not lines:
        lines = _title_lines(texts[: min(anchors)])
    return _joined(lines) if lines else None


def _title_lines(texts: Sequence[str]) -> list[str]:
    """The lines at the start of ``texts`` that a title may be made of."""
    lines: list[str] = []
    for text in texts:
        if is_head_field(text) or _NOTE.fullmatch(text):
            continue
        if not _in_title(text) or text in lines or len(lines) == _TITLE_LINES:
            break
        lines.append(text)
    return lines


def _in_title(text: str) -> bool:
    """Whether ``text`` could be a line of a title."""
    return len(text) <= _LINE and end_of(text) in (End.OPEN, End.COMMA) and not _DAY.match(text)


def _joined(lines: Sequence[str]) -> str:
    """The lines of a title as one; a space where Latin words meet."""
    title = lines[0]
    for line in lines[1:]:
        title += (" " if title[-1].isascii() and line[0].isascii() else "") + line
    return title


def _signed(texts: Sequence[str]) -> tuple[str | None, str | None]:
    """Signature and date at the document's end: the first date that stands alone below a signature, else alone."""
    lone: str | None = None
    for i, text in enumerate(texts):
        day = _DAY.fullmatch(text)
        if day is None:
            continue
        signatures: list[str] = []
        for above in reversed(texts[max(i - 5, 0) : i]):
            name = re.sub(r"&\w+;", "", above).strip()
            if len(name) > 40 or _SIGNATURE.fullmatch(name) is None:
                break
            signatures.insert(0, re.sub("[ 、]+", "、", name))
        if signatures:
            return "、".join(signatures), day[0]
        lone = lone or day[0]
    return None, lone


def _office(name: str) -> str:
    """The body whose general office printed the document."""
    body = name.removesuffix("办公室")
    return body if body != name and re.fullmatch(rf"[\u4e00-\u9fff]*{_ORGAN}", body) else name


def _labelled(texts: Sequence[str], head: Sequence[str]) -> dict[str, str | None]:
    """The fields that stand behind a label or in a form of their own."""
    top = [part for text in head if len(text) <= 120 for part in (text, *text.split())]
    short = [text for text in texts if len(text) <= 300]
    signer = next((match[1] for text in top if (match := SIGNER.search(text))), None)
    letter = next((match[1] for part in top if (match := CLASS.fullmatch(part))), None)
    return {
        "signer": signer,
        "class_": f"{letter}类" if letter else None,
        "openness": next((m[1] for part in [*top, *short] if (m := OPENNESS.fullmatch(part))), None),
        "copies": next((m[1].rstrip("。 ") for text in short if (m := _COPIES.match(text))), None),
        "contact": next((m[1] for text in short if (m := _CONTACT.search(text))), None),
        "phone": next((m[1].strip() for text in short if (m := _PHONE.search(text))), None),
    }


def _iso(day: str) -> str | None:
    """``2020年6月1日`` or ``二〇二〇年六月一日`` as ``2020-06-01``; ``None`` where the calendar has no such day."""
    match = _DAY.search(day)
    parts = match.groups() if match is not None else tuple(re.split(r"[-./]", day))
    if len(parts) != 3:
        return None
    year, month, of_month = (number(part.translate(str.maketrans("０Ｏ○", "〇〇〇"))) for part in parts)
    try:
        return datetime.date(year, month, of_month).isoformat()
    except ValueError:
        return None
