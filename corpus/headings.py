"""Headings and the section path of every paragraph, from the format's own levels and from the text's numbering.

A mark of the outline (第一章, 一、, （一）, 1., Chapter 1) makes a heading of a short paragraph that ends no sentence
or that is one short sentence with text of its own below it. A longer paragraph that opens with a mark has a heading
that runs in: its first sentence, if that is short and more follows. Otherwise the mark alone names the paragraph: an
article (第三条) for all that follows it, an item of a list for itself only. What counts 一是…二是 is no outline.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.breaks import End, end_of
from corpus.enumeration import OUTLINE, Mark, mark, number
from corpus.loaders.source import Block

_SHORT = 45  # characters that a heading without full stop may have
_SHORT_SENTENCE = 25  # characters that a heading with one may have
_LONGEST = 60  # characters of a heading that stand for it in a section path
_RUNS_IN = re.compile(r"[^。！？；;]{2,35}?。|[^。！？；;，：:]{2,12}[：:]")
_INSIDE = re.compile(r"“[^”]*”|《[^》]*》|（[^）]*）|\([^)]*\)")
_ATTACHMENT = re.compile(r"附\s*[件录表]\s*[\dA-Z一二三四五六七八九十]{0,3}")
_TIGHT_ARTICLE = re.compile(r"第([一二三四五六七八九十百零〇]{1,6}|\d{1,4})条(?!规定|[的所第和、至或中之及])")
_LOOSE_MARK = re.compile(r"([一二三四五六七八九十]{1,3})，")
_DATE = re.compile(r"[\d〇○零一二三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日")
_ALWAYS = ("编", "分编", "章", "节")
ATTACHMENT = "附件"
"""The kind of the mark of an attachment."""
_WIDE = str.maketrans("()", "（）")
_LASTING = (*_ALWAYS, "条", "一、")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a paragraph stands.

    Attributes:
        section: The headings above it, and the mark or heading that runs into it.
        heading: Its level if it is a heading (1 is the outermost).
        marks: The marks of the sections that it stands in, outermost first, its own last; each with its kind.
    """

    section: tuple[str, ...] = ()
    heading: int | None = None
    marks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Entry:
    """One open section: its rank (smaller is further out), the words that name it, its mark with the mark's kind."""

    rank: tuple[int, int]
    name: str
    mark: tuple[str, str] | None = None


def outline(blocks: Sequence[Block]) -> list[Place]:
    """The place of each block, in order."""
    places: list[Place] = []
    path: list[_Entry] = []
    last: dict[str, int] = {}
    for i, block in enumerate(blocks):
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        item = i > 0 and blocks[i - 1].text.endswith(("；", ";"))
        if _closes(block.text, following):
            path, last = [entry for entry in path if entry.rank[0] == 0], {}
            places.append(_under(path))
            continue
        found = _outline_mark(block.text, last)
        if block.heading is not None:
            rank = (0, block.heading)
        elif _ATTACHMENT.fullmatch(block.text):
            rank = (1, -1)
        elif found is not None:
            rank = (1, OUTLINE.index(found.kind))
        else:
            places.append(_under(path))
            continue
        if found is not None:
            last[found.kind] = found.ordinal
        above = [entry for entry in path if entry.rank < rank]
        place, own = _place(block, found, rank, above, None if item else following)
        places.append(place)
        path = above if own is None else [*above, own]
    return places


def _place(
    block: Block, found: Mark | None, rank: tuple[int, int], above: list[_Entry], following: Block | None
) -> tuple[Place, _Entry | None]:
    """The place of a marked block under ``above``, and the section it opens, if that lasts.

    ``following`` is the next block; ``None`` where there is none, or where the block ends a list of items.
    """
    said = _mark_of(block.text, found)
    if block.heading is not None or found is None or _is_heading(block.text, found, following):
        level = block.heading if block.heading is not None else len(above) + 1
        entry = _Entry(rank, _shortened(block.text), said)
        return replace(_under(above, entry), section=_names(above), heading=level), entry
    sentence = _RUNS_IN.match(block.text, found.end)
    runs_in = sentence is not None and sentence.end() < len(block.text) and found.kind != "条"
    name = block.text[: sentence.end() - 1] if sentence is not None and runs_in else block.text[: found.end].strip()
    entry = _Entry(rank, name, said)
    return _under(above, entry), entry if runs_in or found.kind in _LASTING else None


def _under(path: Sequence[_Entry], *own: _Entry) -> Place:
    """The place of a paragraph of the section ``path``."""
    entries = (*path, *own)
    return Place(section=_names(entries), marks=tuple(entry.mark for entry in entries if entry.mark is not None))


def _mark_of(text: str, found: Mark | None) -> tuple[str, str] | None:
    """The mark that opens ``text`` as it is cited, with its kind; an attachment's name too."""
    if found is not None:
        return found.kind, "".join(text[: found.end].split()).rstrip(":：").translate(_WIDE)
    return (ATTACHMENT, text) if _ATTACHMENT.fullmatch(text) else None


def _is_heading(text: str, found: Mark, following: Block | None) -> bool:
    """Whether a whole paragraph that opens with the mark ``found`` is a heading."""
    body = text[found.end :]
    if found.kind == "条":
        return len(body) <= 20 and not any(c in body for c in "，。；：")
    if found.kind in _ALWAYS and len(body) <= _SHORT:
        return True
    end = end_of(text)
    if end in (End.PAUSE, End.COMMA) or following is None or "。" in _INSIDE.sub("", body)[:-1]:
        return False
    below = mark(following.text)
    has_text = below is None or below.kind not in OUTLINE or OUTLINE.index(below.kind) > OUTLINE.index(found.kind)
    if end is End.STOP:
        return (
            has_text and len(body) <= _SHORT and not any(c in body[:-1] for c in "。；，：") and not body[-1:].isascii()
        )
    return found.kind == "一、" or (has_text and (len(body) <= _SHORT or body[0] not in "《“"))


def _outline_mark(text: str, last: dict[str, int]) -> Mark | None:
    """The outline mark that opens ``text``; in a series also one that lacks its space (第三条为了) or its 、 (二，)."""
    found = mark(text)
    if found is not None:
        return found if found.kind in OUTLINE else None
    match = _TIGHT_ARTICLE.match(text)
    if match is not None and number(match[1]) == last.get("条", 0) + 1:
        return Mark("条", number(match[1]), match.end())
    match = _LOOSE_MARK.match(text)
    if match is not None and "一、" in last and number(match[1]) == last["一、"] + 1:
        return Mark("一、", number(match[1]), match.end())
    return None


def _closes(text: str, following: Block | None) -> bool:
    """Whether ``text`` belongs to a document's end, outside all sections: signature, date, contact, copies."""
    if len(text) > 80:
        return False
    if _DATE.fullmatch(text):
        return True
    found = mark(text)
    if found is not None:
        return found.kind == "："
    signs = following is not None and len(text) <= 40 and _DATE.fullmatch(following.text) is not None
    return signs and end_of(text) is End.OPEN


def _names(path: Sequence[_Entry]) -> tuple[str, ...]:
    """The names of open sections, outermost first."""
    return tuple(entry.name for entry in path)


def _shortened(text: str) -> str:
    """A heading as a section path shows it: without the full stop, and cut where it is longer than a line."""
    name = text.rstrip("。")
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
