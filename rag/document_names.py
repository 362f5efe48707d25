"""Questions that name the document they are asked of: 国发〔2004〕18号里，…, 《…规则》规定，…, 2018年那份批复里，….

The name says where to look and the rest what for: read together, a sentence that repeats the title would pass for the
answer. A 文号 or a title is looked up; a description is searched for, and holds where the document that it finds is
likely enough the one that is meant.
"""

import re
from collections.abc import Collection

from corpus.masthead import NUMBER, canonical
from rag.answer import DocumentRecord
from rag.document_store import DocumentStore
from rag.interfaces import NamedDocument, Retriever
from rag.question import Question, understand
from rag.record_fields import AskedField, asked_field
from rag.records import RecordReader
from rag.scope import Scope, contains
from rag.stored_rows import record_of
from rag.variants import simplified

SURE = 0.5
"""How likely a document must be the one that a description means."""
NEAR = 5
"""Passages that a description is searched in."""
_PAPER = (
    r"(?:文件|方案|通知|意见|办法|规定|规则|条例|细则|决定|决议|批复|复函|回函|函|答复|回复|报告|请示|公告|通告|通报|纲要|规划|计划|建议"
    r"|提案|公报|制度|章程|准则|标准|法|令|号文?件?|文|》|”)"
)
_INSIDE = r"(?:里面?|里头|[中上内](?=[，,：:]|规定|要求|提|明确|指出|说))"
_SAYS = r"(?:规定|要求|说|讲|指出|提出|明确|提到|强调|允许|写)(?:了|过|的|到)?"
_LOOSE = re.compile(
    r"(?P<office>[\u4e00-\u9fff]{2,12}?)\s*[〔\[［【（(]?(?P<year>(?:19|20)[0-9]{2})[〕\]］】）)年—－-]{1,2}第?(?P<serial>[0-9]{1,4})号"
)
"""A document number as people type it: 国发2018-44号, 国办发2019年6号."""
_BY, _MARKED = r"(?:根据|按照?|依照?|依据)", r"(?:那|这|该|年|关于|《)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"^(?:{_BY}|在)?(?P<name>.{{2,80}}?{_PAPER}(?:的?附件)?)(?:{_INSIDE}(?:{_SAYS})?|的?{_SAYS})[，,：:]?(?P<rest>.{{4,}})$",
        rf"^{_BY}(?P<name>.{{2,80}}?{_PAPER})[，,](?P<rest>.{{4,}})$",
        rf"^(?P<name>.{{0,30}}?{_MARKED}.{{0,60}}?{_PAPER})[，,](?P<rest>.{{4,}})$",
        rf"^(?P<name>{_LOOSE.pattern}(?:文件|文)?|《[^《》]{{2,80}}》)(?:对|，)?(?P<rest>.{{4,}})$",
    )
)
"""The ``name`` of a document with the words that lead over to the ``rest``, from the surest form on."""
_ASKS = re.compile(r"[什甚]么|哪|谁|多少|几|怎|如何|为何|吗|\?|？|何时|是否")
_TITLE = re.compile(r"《([^《》]{2,80})》")
_QUOTED = re.compile(r"[“\"]([\u4e00-\u9fff]{3,20})[”\"]")
_WHOLE = re.compile(r"关于.*的\S{1,6}$")
"""A title that is given in full."""
_FOUR = re.compile(r"(?:19|20)[0-9]{2}")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年")


class DocumentNames:
    """Finds the documents that questions name, in ``store`` but the ``hidden``."""

    def __init__(
        self, *, store: DocumentStore, records: RecordReader, retriever: Retriever, hidden: Collection[str] = ()
    ) -> None:
        self._store = store
        self._records = records
        self._retriever = retriever
        self._hidden = hidden

    def named(self, question: Question, scope: Scope | None = None) -> NamedDocument | None:
        """The document in ``scope`` that ``question`` is asked of; ``None`` where none is named or its record is asked.

        A question for the record (its number, its date) needs the name with it.
        """
        parts = parted(question.plain)
        if parts is None or asked_field(understand("这份文件" + question.text[parts[1] :])[0]) is not None:
            return None
        name, at = parts
        rest = question.text[at:]
        if (number := _LOOSE.search(name)) is not None:
            return self._numbered(canonical(number), rest, scope)
        if (title := _TITLE.search(name)) is not None:
            if ids := self._ids(self._store.titled(title[1]), scope):
                return NamedDocument(scope=Scope(documents=tuple(ids)), rest=rest)
            if _WHOLE.search(title[1]):
                return None if self._spoken_of(title[0], scope) else NamedDocument(scope=None, rest=rest)
        return self._described(name, rest, scope)

    def _numbered(self, number: str, rest: str, scope: Scope | None) -> NamedDocument | None:
        """By its number; a document that is only spoken of in others is read about there."""
        if ids := self._ids(self._store.numbered(number), scope):
            return NamedDocument(scope=Scope(documents=tuple(ids)), rest=rest)
        return None if self._spoken_of(number, scope) else NamedDocument(scope=None, rest=rest)

    def _spoken_of(self, name: str, scope: Scope | None) -> bool:
        """Whether some passage holds ``name``, a 文号 or a title."""
        found = self._retriever.retrieve([understand(name)[0]], NEAR, scope)[0]
        return any(name in p.text or name in map(canonical, NUMBER.finditer(p.text)) for p in found)

    def _described(self, name: str, rest: str, scope: Scope | None) -> NamedDocument | None:
        """By what it is about; where only the year keeps it from being the one, there is none of that year."""
        for words in (name, _YEAR.sub("", name)):
            described = understand(words)[0]
            passages = self._retriever.retrieve([described], NEAR, scope)[0] if described.terms else ()
            found = self._records.candidates(described, AskedField(name="", rest=words), passages, scope)
            if found and found[0].sure >= SURE:
                record, text = record_of(found[0].document), simplified(found[0].document.text)
                there = _of_year(record, name) and all(quoted in text for quoted in _QUOTED.findall(name))
                return NamedDocument(scope=Scope(documents=(record.id,)) if there else None, rest=rest)
        return None

    def _ids(self, ids: Collection[str], scope: Scope | None) -> list[str]:
        within = [id for id in ids if id not in self._hidden]
        return [id for id in within if not scope or contains(scope, record_of(self._store.document(id)))]


def parted(text: str) -> tuple[str, int] | None:
    """The words of ``text`` that name a document, and where what is asked of it begins; ``None`` where none do."""
    for form in _FORMS:
        match = form.match(text)
        if match is not None and not _ASKS.search(_TITLE.sub("", match["name"])) and _ASKS.search(match["rest"]):
            return match["name"], match.start("rest")
    return None


def _of_year(record: DocumentRecord, name: str) -> bool:
    """Whether a year in ``name`` can be that of the document: its date's, its number's, or one in its title."""
    years = {int(year) for year in _YEAR.findall(_TITLE.sub("", name))}
    own = {int(year) for year in _FOUR.findall(f"{record.date or ''} {record.number or ''} {record.title}")}
    return not years or not own or bool(years & own)
