"""Spans in a sentence that could answer a question by their form: figures, dates, names, titles, lists. Pure."""

import re
from collections.abc import Iterator

from rag.answer import Span
from rag.sentences import clauses

_HAN = "\u4e00-\u9fff"
_DIGITS = "零〇一二两三四五六七八九十百千万亿"
_FIGURE = rf"(?:[0-9０-９]+(?:[,，][0-9]{{3}})*(?:[.．][0-9０-９]+)?|[{_DIGITS}]+(?:点[{_DIGITS}]+)?)"
_UNIT = (
    r"(?:平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|米|万千瓦时|千瓦时|千瓦|兆瓦|元／年|[万亿]次[/／]秒|人次|万人次|工作日|日历日"
    r"|个(?:工作日|月|百分点|小时|县市?|市|省|项目|方面|部门|单位|城市|州|国家|地区)|小时|分钟|周岁|岁|周年|年度|年|月|周|天|日|公顷|亩|公斤|千克|克|公吨|吨"
    r"|元|美元|欧元|港元|日元|户|家|人|名|个|项|条|件|次|台|套|倍|届|层|座|只|头|匹|处|所|间|辆|架|艘|种|类|批|篇|部|本|份|枚|度|℃|级|等|册|章|编"
    r"|款|支|株|棵|幅|首|场|集|局|分|期|岁以[上下]|股|门|位|组|队|张|片|颗|句|字|页|卷|尺|寸|斤|升|毫升|码|[%％‰])"
)
_ABOUT = r"(?:大约|约|超过|近|不少于|不低于|不超过|不高于|至少|最多|最高|最低|每[年月日天次人户亩]?)?"
_MORE = r"[多余来几]?(?:万|亿|千|百|万亿)?[多余]?"
_TAIL = r"(?:以上|以下|以内|之内|左右|内)?"
_FIGURE_UNIT = rf"{_FIGURE}{_MORE}{_UNIT}?(?:[/／](?:年|月|日|天|次|人|亩|户|平方米|千瓦时|秒|小时))?{_TAIL}"
_ENGLISH = (
    r"(?:€|\$|£)?[0-9]+(?:[,.][0-9]+)*(?: (?:hundred|thousand|million|billion))?"
    r" (?!(?:and|or|of|in|on|at|to|by|for|the|is|was|were|are)\b)(?:per cent|square [a-z]+|[A-Za-z]{2,12})"
)
NUMBER = re.compile(rf"{_ENGLISH}|百分之{_FIGURE}|(?:{_FIGURE_UNIT}(?:[至到~～—－-]|以上))?{_FIGURE_UNIT}")
_WEEKDAY = (
    r"(?:每个?(?:周|星期|礼拜)|(?<![一两每])周|星期|礼拜)[一二三四五六日天末](?![次个天小节场趟回期种名])"
    r"(?:[至到、和及—－-]+(?:周|星期|礼拜)?[一二三四五六日天](?![次个天小节场趟回期种名]))*"
)
_CLOCK = r"(?<![0-9:：])(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9](?![0-9:：])"
DATE = re.compile(
    rf"(?:[0-9]{{4}}|[〇零一二三四五六七八九]{{4}})年(?:(?:[0-9]{{1,2}}|[{_DIGITS}]{{1,3}})月)?"
    rf"(?:(?:[0-9]{{1,2}}|[{_DIGITS}]{{1,3}})[日号])?(?:底|末|初|起|前|以来|上半年|下半年|[春夏秋冬]季?)?"
    rf"|(?:[0-9]{{1,2}}|[{_DIGITS}]{{1,3}})月(?:(?:[0-9]{{1,2}}|[{_DIGITS}]{{1,3}})[日号])?(?:底|末|初|起|前)?"
    r"|\b[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\b"
    rf"|{_WEEKDAY}|{_CLOCK}(?:[至到~～—－–-]+{_CLOCK})?"
    r"|\b(?:[0-9]{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: [0-9]{1,2},)?(?: [0-9]{4})?\b|\b(?:1[0-9]|20)[0-9]{2}\b"
)
DATES = re.compile(rf"(?:{DATE.pattern})(?:[至到~～—－-]+(?:{DATE.pattern}))?")
"""A date, or from one to another."""
TITLE = re.compile(r"《[^《》]{2,80}》")
DOCUMENT_NUMBER = re.compile(rf"[{_HAN}]{{1,12}}[〔［\[(（]\s*[12][0-9]{{3}}\s*[〕］\])）]\s*第?\s*[0-9]{{1,5}}\s*号")
_HOTLINE = r"(?:1[0-2][0-9]|12[0-9]{3}|9[56][0-9]{3})(?![0-9.,，]?[0-9])"
PHONE = re.compile(
    r"(?<![0-9])(?:(?:0[0-9]{2,3}[-－—]?)?[0-9]{7,8}|1[3-9][0-9]{9}|[48]00[-－—]?[0-9]{3}[-－—]?[0-9]{4})(?![0-9])"
    rf"|(?<=[打拨线话号：:、或台]){_HOTLINE}(?![年月日个元人户名家亩吨米%％项件公平种次所处座])|(?<![0-9第]){_HOTLINE}(?=热线|专线|电话|报警)"
)
_OFFICE = (
    r"(?:人民政府|主管部门|管理部门|行政部门|部门|委员会|常务委员会|办公室|办公厅|领导小组|指挥部|工作组|经济技术开发区|开发区|经开区|高新区"
    r"|人民法院|人民检察院|公安机关|机关|集团|公司|大学|学院|学校|医院|银行|协会|学会|商会|中心|基地|机构|单位|理事会|联合会|工会|妇联|厅|局|部|委(?!托|派)|院|所(?!在|有|需)|处(?!理|以|罚)|村|乡|镇|县|市|省|州|区)"
)
OFFICE = re.compile(rf"[{_HAN}（）()、]{{1,24}}?{_OFFICE}(?![{_HAN}]?(?:{_OFFICE}))")
PERSON = re.compile(
    rf"(?<=[：:])[{_HAN}·]{{2,10}}(?=$|[\s，。；）)])|[{_HAN}·]{{2,8}}(?=(?:委员|代表|同志|先生|女士)[：:，,])"
)
LATIN_NAME = re.compile(r"\b[A-Z][\w'’-]*(?: (?:of|the|de|von|van|[A-Z][\w'’-]*))*(?<! of)(?<! the)\b")
_ITEM = r"(?:[《“‘\"][^《》“”]{1,60}[》”’\"](?:[（(][^）)]{1,20}[）)])?|[^、，。；：！？\s《》“”]{1,24})"
ENUMERATION = re.compile(
    rf"{_ITEM}(?:、{_ITEM})+(?:(?:和|与|及|以及|或者|或){_ITEM})?|《[^《》]{{2,60}}》(?:《[^《》]{{2,60}}》)+"
)
CLAUSES_TOGETHER = 5
ARTICLE = "条款项章节编目"
"""What a law is divided into."""
_ENUMERATOR = re.compile(
    r"第[零〇一二三四五六七八九十百千0-9]+条(?:之[一二三四五六七八九十])?\s*|[（(][一二三四五六七八九十0-9]+[）)]|[一二三四五六七八九十]+、|[0-9]+[.．、](?![0-9])"
    r"|[一二三四五六七八九十]是"
)
_LEAD = re.compile(
    r"位于|坐落[在于]|(?<![可予加所得])以(?![上下及内外前后来色至])|会同|包括|(?<!自)由|[在为是与从给被把]|向(?!东|西|南|北|阳|前)|经(?!济|营|贸|开|办|费|信)|报(?!告|社|废)|对(?!口|外|象)|通过|采取|提交|提供|具有|实行|按照|应当|可以"
)
_SEPARATORS = re.compile(r"、|(?<=》)(?=《)")
_SUM = re.compile(rf"等|(?:[0-9]+|[{_DIGITS}]+|几|多)(?:[大个项类种家名位条点件市县区级门所处座部者]|方面)")
"""What counts the members of a list, or says what they are, behind the last: 甲、乙、丙三个县; 甲、乙等单位."""


PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("phone", PHONE),
    ("number", NUMBER),
    ("date", DATE),
    ("document", DOCUMENT_NUMBER),
    ("title", TITLE),
    ("person", PERSON),
    ("office", OFFICE),
    ("latin", LATIN_NAME),
    ("list", ENUMERATION),
)
SOURCES = (*(name for name, _ in PATTERNS), "wanted", "gap", "clause", "clauses", "sentence", "model", "definiens")
"""Where a candidate span comes from; ``model`` are the trained reader's own, ``definiens`` where a meaning is asked."""

FITTING = {
    "number": ("number", "phone"),
    "date": ("date",),
    "document": ("document", "title"),
    "name": ("person", "office", "title", "latin", "wanted"),
    "place": ("office", "latin", "wanted"),
    "list": ("list",),
}
"""Sources that have the form of what each kind of question asks for."""


def has_kind(kind: str, look: re.Pattern[str] | None, text: str, span: Span) -> bool:
    """Whether ``text[span]`` holds something of the form that questions of ``kind`` ask for, and of that ``look``."""
    return any(
        look is None or look.search(match[0])
        for name, pattern in PATTERNS
        if name in FITTING.get(kind, ())
        for match in _matches(pattern, text, span)
    )


def _matches(pattern: re.Pattern[str], text: str, span: Span) -> Iterator[re.Match[str]]:
    """All that ``pattern`` finds but the numbers of articles: 第十九条 says where something stands, not how much."""
    for match in pattern.finditer(text, *span):
        if not (text[match.start() - 1 : match.start()] == "第" and text[match.end() - 1] in ARTICLE):
            yield match


def candidates(wanted: str, text: str, span: Span) -> list[tuple[str, Span]]:
    """Everything inside ``span`` of ``text`` that could be an answer by its form, as (source, span)."""
    patterns = list(PATTERNS)
    if wanted and re.fullmatch(rf"[{_HAN}]+", wanted):
        patterns.append(("wanted", re.compile(rf"[{_HAN}（）()]{{1,16}}{re.escape(wanted)}")))
    found: dict[Span, str] = {}
    for source, pattern in patterns:
        for match in _matches(pattern, text, span):
            whole = trim_item(text, match.span())
            found.setdefault(whole, source)
            if source in ("office", "wanted"):
                found.setdefault(trim_item(text, (_after_lead(text, whole), whole[1])), source)
            if source == "list":
                for part in _members_alone(text, whole):
                    found.setdefault(trim_item(text, part), source)
    parts = clauses(text, span)
    for i, (first, _) in enumerate(parts):
        found.setdefault(trim_item(text, parts[i]), "clause")
        for _, last in parts[i + 1 : i + CLAUSES_TOGETHER]:
            found.setdefault(trim_item(text, (first, last)), "clauses")
    trimmed = trim_item(text, span)
    found.setdefault(trimmed if trimmed[0] < trimmed[1] else span, "sentence")
    return [(source, where) for where, source in found.items() if where[0] < where[1]]


def gaps(before: str, after: str, text: str, span: Span) -> list[Span]:
    """Spans that stand in the sentence where the question word stands in the question.

    ``before`` and ``after`` are the question's words around its question word. The last of the former and the first of
    the latter are looked up in ``text``: what lies between them, or from one of them to the clause's edge.
    """
    found: dict[Span, None] = {}
    for first, last in clauses(text, span):
        words = text[first:last]
        starts = {first + i for n in (4, 3, 2, 1) if len(before) >= n for i in _ends_of(before[-n:], words)[:2]}
        ends = {first + i for n in (4, 3, 2) if len(after) >= n for i in _starts_of(after[:n], words)[:2]}
        for start in starts:
            found.setdefault(trim_item(text, (start, last)))
            for end in ends:
                found.setdefault(trim_item(text, (start, end)))
        for end in ends:
            found.setdefault(trim_item(text, (first, end)))
            found.setdefault(trim_item(text, (_after_lead(text, (first, end)), end)))
    return [where for where in found if where[0] < where[1]]


def _ends_of(needle: str, words: str) -> list[int]:
    return [match.end() for match in re.finditer(re.escape(needle), words)]


def _starts_of(needle: str, words: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(needle), words)]


def trim_item(text: str, span: Span) -> Span:
    """``span`` without article numbers, enumerators, punctuation and half of a word for because at its edges."""
    start, end = span
    lead = _ENUMERATOR.match(text, start, end)
    if lead and lead.end() < end:
        start = lead.end()
    if start and text[start - 1 : start + 1] in ("因为", "由于"):
        start += 1
    while start < end and text[start] in "，。；：、,.;: \u3000":
        start += 1
    while end > start and text[end - 1] in "，。；：、,;: \u3000":
        end -= 1
    return start, end


def _after_lead(text: str, span: Span) -> int:
    """Where a name really starts: a run of characters up to 县 or 局 brings the words before the name along."""
    first, last = span
    for lead in _LEAD.finditer(text, first, last - 2):
        first = lead.end()
    return first


def _members_alone(text: str, span: Span) -> Iterator[Span]:
    """The enumeration ``span`` without what leads up to its first member, or sums it up behind the last: 等三个县."""
    first = next(_SEPARATORS.finditer(text, *span), None)
    if first is None:
        return
    start = _after_lead(text, (span[0], first.start()))
    *_, last = _SEPARATORS.finditer(text, *span)
    yield start, span[1]
    if summed := _SUM.search(text, last.end() + 1, span[1]):
        yield span[0], summed.start()
        yield start, summed.start()


def items(text: str, span: Span) -> list[Span]:
    """The members of the enumeration ``span``: divided at 、 and between adjoining titles.

    What leads up to the first (``四条：``) and what sums up after the last (``等``) are no part of them.
    """
    result: list[Span] = []
    start, last = span
    first = _SEPARATORS.search(text, start, last)
    if first and (lead := max(text.rfind("：", start, first.start()), text.rfind(":", start, first.start()))) >= 0:
        start = lead + 1
    if text[last - 1] == "等" and last - start > 1:
        last -= 1
    for mark in _SEPARATORS.finditer(text, start, last):
        result.append((start, mark.start()))
        start = mark.end()
    return [s for s in [*result, (start, last)] if s[0] < s[1]]
