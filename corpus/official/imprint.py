"""What stands below a document's signature: copies, contact, printing line; and the list of what is attached."""

import re
from collections.abc import Iterator, Sequence

from corpus.official.forms import is_office, iso
from corpus.official.statement import Place, Statement, trimmed
from corpus.printing_line import PRINTED

_LONGEST = 300
_LABELLED = {
    "contact_office": re.compile(r"(?:联\s*系|承\s*办)\s*(?:单\s*位|部\s*门|科\s*室)\s*[:：]\s*([^：:，。；\s]{2,40})"),
    "contact": re.compile(
        r"联\s*系\s*人\s*[:：]\s*([\u4e00-\u9fff·]{2,10}(?:[、 ](?!联系|电话|手机|传真|邮)[\u4e00-\u9fff·]{2,4})*)"
    ),
    "phone": re.compile(
        r"(?:联系)?电\s*话\s*[:：]\s*"
        r"((?:[（(]?\d[\d（）()\-—－ ]{4,20}\d)(?:[、；;，,/ ]+[（(]?\d[\d（）()\-— ]{4,20}\d)*)"
    ),
}
_LABEL = (
    r"(?:联系(?:人|单位|部门|科室)及(?:联系)?(?:电话|方式)|联系方式|(?:政策|业务)?咨询(?:单位|部门)?"
    r"|[\u4e00-\u9fff]{0,4}技术支持)"
)
_TOGETHER = re.compile(
    rf"{_LABEL}\s*[:：]\s*(?P<contact_office>[\u4e00-\u9fff]{{2,24}}[局处科室厅委办站部股队心])?[，,、 ]*"
    r"(?P<contact>[\u4e00-\u9fff·]{2,4})?[，,、 ]*(?P<phone>\d[\d\-—－ ]{5,16}\d)"
)
"""Office, person and telephone behind one label."""
_IN_OFFICE = re.compile(r"(?P<contact_office>[\u4e00-\u9fff]{2,12}[科室处股])[ ]?(?P<contact>[\u4e00-\u9fff·]{2,4})")
"""A person behind the name of an office: 非遗科柏青禾."""
_COPIES = re.compile(r"抄\s*[送报]\s*(?:单位|机关)?\s*[:：]\s*(.+)")
_ATTACHED = re.compile(r"附\s*件\s*[:：]\s*")
_ITEM = re.compile(r"\s*(?<!\d)\d{1,2}\s*(?:[.．、]\s*(?!\d)|\s)")


def printing_line(texts: Sequence[str]) -> tuple[int, re.Match[str]] | None:
    """The first printing line: its paragraph and what was found there."""
    return next(
        ((n, match) for n, text in enumerate(texts) if len(text) <= 80 and (match := PRINTED.match(text))), None
    )


def printed_fields(number: int, match: re.Match[str]) -> dict[str, Statement]:
    """Who printed a document and when."""
    day = iso(match["day"])
    fields = {"printed_by": Statement(value=match["office"], places=((number, *match.span("office")),))}
    if day is not None:
        fields["printed"] = Statement(value=day, places=((number, *match.span("day")),))
    return fields


def issuer_of(printer: Statement) -> Statement:
    """The body whose general office printed the document."""
    body = printer.value.removesuffix("办公室")
    if body == printer.value or not is_office(body):
        return printer
    ((number, start, _),) = printer.places
    return Statement(value=body, places=((number, start, start + len(body)),))


def imprint_fields(texts: Sequence[str]) -> dict[str, Statement]:
    """What stands behind a label, each where it stands first."""
    found: dict[str, Statement] = {}
    for n, text in enumerate(texts):
        if len(text) > _LONGEST:
            continue
        for name, said in _labelled(n, text):
            found.setdefault(name, said)
        if "copies" not in found and (match := _COPIES.match(text)):
            start, end = match.span(1)
            if copied := trimmed(n, text, start, end, "。 "):
                found["copies"] = copied
    if attached := attachments(texts):
        found["attachments"] = attached
    return found


def _labelled(number: int, text: str) -> Iterator[tuple[str, Statement]]:
    """Office, person and telephone to turn to, as far as ``text`` names them behind a label."""
    for name, pattern in _LABELLED.items():
        if match := pattern.search(text):
            start, end = match.span(1)
            # A bracket that only closes the line: （联系单位：某局）.
            loose = text[start:end].count("）") > text[start:end].count("（")
            if name == "contact" and (inside := _IN_OFFICE.fullmatch(match[1])):
                yield from _parts(number, match.start(1), inside)
            elif said := trimmed(number, text, start, end - int(loose)):
                yield name, said
    if together := _TOGETHER.search(text):
        yield from _parts(number, 0, together)


def _parts(number: int, start: int, match: re.Match[str]) -> Iterator[tuple[str, Statement]]:
    """The named groups of ``match``, which begins ``start`` characters into its paragraph."""
    for name, value in match.groupdict().items():
        if value:
            first, last = match.span(name)
            yield name, Statement(value=value, places=((number, start + first, start + last),))


def attachments(texts: Sequence[str]) -> Statement | None:
    """The names of what is attached, as the first 附件： lists them."""
    first = next((n for n, text in enumerate(texts) if _ATTACHED.match(text) and len(text) <= _LONGEST), None)
    if first is None:
        return None
    opening = _ATTACHED.match(texts[first])
    names = _names(first, texts[first], opening.end() if opening else 0)
    for n in range(first + 1, len(texts)):
        if len(names) == 0 or _ITEM.match(texts[n]) is None or len(texts[n]) > 120:
            break
        names += _names(n, texts[n], 0)
    if not names:
        return None
    return Statement(value="；".join(texts[n][a:b] for n, a, b in names), places=tuple(names))


def _names(number: int, text: str, start: int) -> list[Place]:
    """The names in one line, without their numbers."""
    marks = [match for match in _ITEM.finditer(text, start)]
    edges = [start, *(match.start() for match in marks), len(text)]
    firsts = [start, *(match.end() for match in marks)]
    said = [trimmed(number, text, a, b, " ；;。，,") for a, b in zip(firsts, edges[1:], strict=True)]
    return [each.places[0] for each in said if each is not None]
