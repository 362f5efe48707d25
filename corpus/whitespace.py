"""White space and invisible characters: what layout alone put there goes, everything else stays.

Chinese is written without spaces, so a space that touches a Chinese character (``2014 年``, ``第 35 号``) was put there
by the program that drew the page. It stays, as one plain space, where it separates: fields on one line
(``1号 签发人：李某``), the number of an article from its text (``第一条 为了``), columns and rows of names, the cells
of a table (``甲 | 乙``), a wide gap. Spaces between Latin words stay as they are. No character is ever replaced by a
look-alike (no NFKC).
"""

import itertools
import re

HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf"
    "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_FULL_WIDTH = "\u3001-\u3004\u3008-\u3020\u3030-\u303f\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6"
_QUOTES = "“”‘’—…·"

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb]+"
)
_CHINESE = re.compile(f"[{HAN}{_FULL_WIDTH}]")
_HAN_ONLY = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile("[A-Za-zÀ-ɏ]{2,}")
_GAP = re.compile(r"\s+")
_LEAD = re.compile(
    r"(?:第\S{1,8}[编章节条](?:之\S)?|[-*+•●○■□◆◇▪►※·]|[（(]?[0-9A-Za-z]{1,3}[.)）]|(?:\d+\.)+\d+|#{1,6}|附件\d*[:：]?)\s+"
)
_FIELD = re.compile(
    r"(?:签发人|会签人|联系人|经办人|联系单位|承办单位|联系电话|电话|手机|传真|邮编|邮政编码|电子邮箱|邮箱|地址|抄送|主送|印数)"
    r"\s?[:：]|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*印发"
)
_LABEL = re.compile(f"[{HAN}]{{2,6}}[:：]")
_DATE_FIRST = re.compile(r"\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日$")
_ENDS_CLAUSE = frozenset("：:，、（(《“‘—")


def without_invisible(text: str) -> str:
    """``text`` without control characters, zero-width characters, byte order marks and soft hyphens."""
    return text if text.isascii() and text.isprintable() else _INVISIBLE.sub("", text)


def is_chinese(character: str) -> bool:
    """Whether ``character`` is a Chinese character, kana or full-width punctuation: no space belongs beside it."""
    return _CHINESE.match(character) is not None


def mostly_latin(text: str) -> bool:
    """Whether ``text`` has more Latin words than Chinese characters, so that its spaces are word spaces."""
    return len(_LATIN_WORD.findall(text)) > len(_HAN_ONLY.findall(text))


def tidy(text: str) -> str:
    """One paragraph without invisible characters and without the white space that only layout put there."""
    text = without_invisible(text).strip()
    if _GAP.search(text) is None:
        return text
    if text.isascii() or mostly_latin(text):
        return _GAP.sub(lambda gap: gap[0] if gap[0].isspace() and gap[0].strip(" ") == "" else " ", text)
    lead = _LEAD.match(text)
    row = lead is None and _is_row(text)
    pieces: list[str] = []
    position = 0
    for gap in _GAP.finditer(text):
        start, end = gap.span()
        pieces.append(text[position:start])
        position = end
        if (lead is not None and lead.end() == end) or _separates(text, start, end, row=row):
            pieces.append(" ")
    pieces.append(text[position:])
    return "".join(pieces)


def trim(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """``span`` of ``text`` without white space at its edges."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_row(text: str) -> bool:
    """Names or cells in a row: short Chinese tokens with single spaces between them and no sentence among them."""
    if len(text) > 120 or any(mark in text for mark in "，。；！？"):
        return False
    tokens = text.split()
    chinese = sum(
        _HAN_ONLY.match(left[-1]) is not None and _HAN_ONLY.match(right[0]) is not None
        for left, right in itertools.pairwise(tokens)
    )
    return chinese >= 2 and all(len(token) <= 8 for token in tokens) and any(len(token) > 1 for token in tokens)


def _separates(text: str, start: int, end: int, *, row: bool) -> bool:
    """Whether the white space ``text[start:end]`` separates two things, rather than being layout's."""
    left, right = text[start - 1], text[end]
    if "|" in (left, right):
        return True  # between the cells of a table's row
    left_chinese, right_chinese = is_chinese(left), is_chinese(right)
    if not left_chinese and not right_chinese:
        return not ((left in _QUOTES or right in _QUOTES) and _beside_chinese(text, start, end))
    if left not in _ENDS_CLAUSE and _FIELD.match(text, end):
        return True
    if left_chinese and right_chinese:
        if left not in _ENDS_CLAUSE and _HAN_ONLY.match(left) and _LABEL.match(text, end):
            return True
        if row or _DATE_FIRST.match(text[:start]):
            return not _pads_name(text, start, end)
    column = end - start > 2 or text[start] == "\t"
    wide = column or (_HAN_ONLY.match(right) is not None and (end - start > 1 or text[start] == "\u3000"))
    return wide and not _pads_name(text, start, end) and left not in _ENDS_CLAUSE


def _beside_chinese(text: str, start: int, end: int) -> bool:
    """Whether a gap that touches an ambiguous quote or dash has Chinese on its other side or beyond the quote."""
    before = text[max(start - 2, 0) : start]
    after = text[end : end + 2]
    return any(map(is_chinese, before)) and any(map(is_chinese, after))


def _pads_name(text: str, start: int, end: int) -> bool:
    """Whether the gap spreads out two lone characters, as in a two-character name or 目　录."""
    alone_left = start == 1 or text[start - 2].isspace() or text[start - 2] in "：:、"
    alone_right = end + 1 == len(text) or text[end + 1].isspace() or text[end + 1] in "，、（("
    return alone_left and alone_right
