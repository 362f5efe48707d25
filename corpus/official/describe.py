"""Title and fields of a document, read from its paragraphs."""

import re
from collections.abc import Sequence

from corpus.official.head import REACH, addressee_in, head_fields, number_in
from corpus.official.imprint import imprint_fields, issuer_of, printed_fields, printing_line
from corpus.official.signature import signed
from corpus.official.site_table import table_fields
from corpus.official.statement import Description, Statement
from corpus.official.title import find_title, title_fields

_ANSWERED = re.compile(
    r"提[出交]的?(?P<said>《[^。]{2,150}》|“[^。]{2,150}”)的?(?:重点)?(?:提案|建议|议案)?[^。，]{0,12}收悉"
)
_REPLIES = 3
"""Paragraphs behind the addressee within which a reply says what it answers."""


def describe(texts: Sequence[str]) -> Description:
    """Read title and fields from a document's cleaned paragraphs, given in order."""
    head = texts[:REACH]
    numbered = next(((n, said) for n, text in enumerate(head) if (said := number_in(n, text))), None)
    addressed = next(((n, said) for n, text in enumerate(head) if (said := addressee_in(n, text))), None)
    printed = printing_line(texts)
    title = find_title(texts, numbered and numbered[0], addressed and addressed[0])
    told = title_fields(title, texts) if title is not None else {}
    table = table_fields(head)
    if numbered is None and addressed is None and printed is None and not table:
        return Description(title=title, fields={name: told[name] for name in ("issuer",) if name in told})
    found = dict(told)
    if printed is not None:
        line = printed_fields(*printed)
        found |= line | {"issuer": issuer_of(line["printed_by"])}
        found |= {"date": line["printed"]} if "printed" in line else {}
    found |= table
    if numbered is not None or addressed is not None or printed is not None:
        found |= signed(texts)
    found |= {"number": numbered[1]} if numbered is not None else {}
    if addressed is not None:
        found |= {"addressee": addressed[1]} | _answered(texts, addressed[0])
    return Description(title=title, fields=found | head_fields(texts) | imprint_fields(texts))


def _answered(texts: Sequence[str], addressed: int) -> dict[str, Statement]:
    """The title of the proposal that a reply answers: 您提出的《…》收悉."""
    for n in range(addressed + 1, min(addressed + 1 + _REPLIES, len(texts))):
        if match := _ANSWERED.search(texts[n]):
            start, end = match.span("said")
            return {"answered": Statement(value=texts[n][start + 1 : end - 1], places=((n, start + 1, end - 1),))}
    return {}
