"""A quote as a formal document refers to it: 《标题》（文号），发文机关，日期，第三条第二款：“…”。 Pure."""

import re

from rag.answer import Citation, Passage, Place
from ui.catalog import RENDER
from ui.language import Language, say
from ui.render import document_name, place_names

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_LINE_END = re.compile(r"[ \t]*\n\s*")
_CHINESE_LINE_END = re.compile(rf"(?<=[^\x00-\x7f]){_LINE_END.pattern}")
"""Behind a Chinese character no space takes its place."""
_QUOTES = str.maketrans("“”‘’", "‘’“”")
"""Quotation marks inside a quotation are the other kind (GB/T 15834, 4.8.3.3)."""


def reference(source: Citation | Passage | Place, language: Language) -> str:
    """The source and its words in one line; what the document does not state of itself is left out. Not escaped yet."""
    quote = source.quote if isinstance(source, Citation) else source.text
    words = _LINE_END.sub(" ", _CHINESE_LINE_END.sub("", quote.strip()))
    record = source.document
    facts = [document_name(record), record.issuer or "", _date(record.date, language), _place(source, language)]
    comma = say(RENDER, language, "comma")
    return say(RENDER, language, "reference", facts=comma.join(filter(None, facts)), quote=words.translate(_QUOTES))


def _place(source: Citation | Passage | Place, language: Language) -> str:
    """The address that lawyers and clerks use, else the heading; the page where the document has pages."""
    address = "" if isinstance(source, Place) else source.address
    names = [address] if address else place_names(source)
    page = "" if source.page is None else say(RENDER, language, "page", page=source.page)
    return say(RENDER, language, "comma").join(filter(None, (names[-1] if names else "", page)))


def _date(date: str | None, language: Language) -> str:
    found = _ISO.fullmatch(date or "")
    if found is None or language == "en":
        return date or ""
    year, month, day = map(int, found.groups())
    return f"{year}年{month}月{day}日"
