"""Answer -> terminal text or Markdown, and quotes as HTML, with the answer marked. Pure: slices, never searches.

Everything that comes from a document or a user passes through :mod:`ui.escaping` on its way out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from rag.answer import Answer, Citation, DocumentRecord, Passage, Place, Span
from ui import escaping
from ui.catalog import RENDER
from ui.language import Language, say

BOLD, BOLD_REVERSE, PLAIN = "\x1b[1m", "\x1b[1;7m", "\x1b[0m"
NEAREST_SHOWN = 3
NEAREST_CHARACTERS = 160
COPIES_SHOWN = 5


_COUNTED = re.compile("[一二三四五六七八九十]{1,2}是$")


def title(text: str) -> str:
    """``text`` as Chinese quotes a title: 《…》 around it, and 〈…〉 for titles inside it (GB/T 15834, 4.15)."""
    text = text.strip()
    if text.startswith("《") and text.endswith("》") and text.count("《") == text.count("》") == 1:
        return text
    return f"《{text.replace('《', '〈').replace('》', '〉')}》"


def document_name(document: DocumentRecord) -> str:
    """``《标题》（文号）``. Not escaped yet."""
    return title(document.title) + (f"（{document.number}）" if document.number else "")


def source_line(source: Citation | Passage | Place, language: Language) -> str:
    """Where it stands: ``《标题》（文号） section › section, page n``. Not escaped yet."""
    place = " › ".join(place_names(source))
    if source.page is not None:
        page = say(RENDER, language, "page", page=source.page)
        place = f"{place}{say(RENDER, language, 'comma')}{page}" if place else page
    place = place or say(RENDER, language, "paragraph", paragraph=source.paragraph + 1)
    return f"{document_name(source.document)} {place}"


def place_names(source: Citation | Passage | Place) -> list[str]:
    """The headings above it; an article with its 款 and 项, and the member of 一是…二是… where one is cited."""
    section = list(source.section)
    address = "" if isinstance(source, Place) else source.address
    if section and address.startswith(section[-1]):
        return [*section[:-1], address]
    counted = _COUNTED.search(address)
    return [*section, counted[0]] if counted is not None else section


def copy_line(copy: Place, language: Language) -> str:
    """The same for a copy, with its folder and file: by its title it cannot be told from the others."""
    file = "/".join(re.split(r"[\\/]", copy.document.path)[-2:])
    return say(RENDER, language, "copy", source=source_line(copy, language), file=file)


def copies_lines(copies: Sequence[Place], language: Language) -> list[str]:
    """Where else it stands: the first few copies, and how many more there are. Not escaped yet."""
    lines = [copy_line(copy, language) for copy in copies[:COPIES_SHOWN]]
    if more := len(copies) - len(lines):
        lines.append(say(RENDER, language, "more_copies", count=more))
    return [f"{say(RENDER, language, 'copies')}{line}" for line in lines]


def reason(answer: Answer, language: Language) -> str | None:
    """Why there is no answer, in words; ``None`` where there is one."""
    if answer.reason is None:
        return None
    within = f"{answer.reason}_within"
    return say(RENDER, language, within if answer.scope and within in RENDER else answer.reason)


def pieces(text: str, start: int, marks: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """Cut ``text``, which begins at offset ``start`` of its document, into (slice, marked) at the ends of ``marks``.

    Marks may overlap, come in any order and reach beyond the text; joined together the slices are ``text``.
    """
    done = 0
    for first, last in sorted(marks):
        first, last = max(first - start, done), min(last - start, len(text))
        if first >= last:
            continue
        if first > done:
            yield text[done:first], False
        yield text[first:last], True
        done = last
    if done < len(text):
        yield text[done:], False


def answer_terminal(answer: Answer, language: Language, *, color: bool = False) -> str:
    """The answer and its numbered sources, or why there is none and what came closest; no line end after it."""
    if not answer.answered:
        return _refusal_terminal(answer, language)
    shown = "\n".join(f"• {escaping.terminal_line(item)}" for item in answer.items) or escaping.terminal(answer.answer)
    lines = [f"{BOLD}{shown}{PLAIN}" if color else shown]
    lines += [escaping.terminal_line(f"（{answer.arithmetic}）")] if answer.arithmetic else []
    lines += [escaping.terminal_line(line) for line in claims_lines(answer, language)]
    for citation in answer.citations:
        lines.append(f"\n[{citation.marker}] {escaping.terminal_line(source_line(citation, language))}")
        lines.append(_indented(_quote_terminal(citation, color=color)))
        lines.extend(_copies_terminal(citation.copies, language))
    return "\n".join(lines)


def passage_terminal(rank: int, passage: Passage, language: Language, *, characters: int | None = None) -> str:
    """One passage under its source, cut after ``characters``."""
    text = passage.text if characters is None or len(passage.text) <= characters else f"{passage.text[:characters]}…"
    line = escaping.terminal_line(source_line(passage, language))
    return "\n".join(
        [f"{rank}. {line}", _indented(escaping.terminal(text)), *_copies_terminal(passage.copies, language)]
    )


def _copies_terminal(copies: Sequence[Place], language: Language) -> list[str]:
    return [_indented(escaping.terminal_line(line)) for line in copies_lines(copies, language)]


def _refusal_terminal(answer: Answer, language: Language) -> str:
    lines = [reason(answer, language) or ""]
    if answer.nearest:
        lines.append(f"\n{say(RENDER, language, 'nearest')}")
    for rank, passage in enumerate(answer.nearest[:NEAREST_SHOWN], start=1):
        lines.append(passage_terminal(rank, passage, language, characters=NEAREST_CHARACTERS))
    return "\n".join(lines)


def _quote_terminal(citation: Citation, *, color: bool) -> str:
    marked = pieces(citation.quote, citation.start, citation.highlights)
    shown = ((escaping.terminal(text), mark) for text, mark in marked)
    return "".join(f"{BOLD_REVERSE}{text}{PLAIN}" if mark and color else text for text, mark in shown)


def claims_lines(answer: Answer, language: Language) -> list[str]:
    """Where documents disagree a line for each: its words, its number, title and date. Not escaped yet."""
    if not answer.claims:
        return []
    lines = [say(RENDER, language, "disagree")]
    for claim in answer.claims:
        facts = [document_name(claim.document), claim.document.date or say(RENDER, language, "no_date")]
        facts += [say(RENDER, language, "newest")] if claim.newest else []
        lines.append(f"{claim.answer} [{claim.marker}] {' · '.join(facts)}")
    return lines


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))


def answer_markdown(answer: Answer, language: Language) -> str:
    """The same as Markdown. Marks are ``<mark>``: ``**`` next to Chinese punctuation is not emphasis in CommonMark."""
    if not answer.answered:
        lines = [escaping.markdown(reason(answer, language) or "")]
        if answer.nearest:
            lines.append(say(RENDER, language, "nearest"))
        for rank, passage in enumerate(answer.nearest[:NEAREST_SHOWN], start=1):
            lines.append(_source_markdown(f"{rank}\\.", passage, language, escaping.markdown(passage.text)))
        return "\n\n".join(lines)
    shown = "\n".join(f"- {escaping.markdown(escaping.terminal_line(item))}" for item in answer.items)
    lines = [shown or _paragraphs_markdown(escaping.markdown(answer.answer))]
    lines += [escaping.markdown(escaping.terminal_line(answer.arithmetic))] if answer.arithmetic else []
    lines += [escaping.markdown(escaping.terminal_line(line)) for line in claims_lines(answer, language)]
    for citation in answer.citations:
        quote = "".join(
            f"<mark>{escaping.markdown(text)}</mark>" if mark else escaping.markdown(text)
            for text, mark in pieces(citation.quote, citation.start, citation.highlights)
        )
        lines.append(_source_markdown(f"\\[{citation.marker}\\]", citation, language, quote))
    return "\n\n".join(lines)


def _source_markdown(label: str, source: Citation | Passage, language: Language, quote: str) -> str:
    line = escaping.markdown(escaping.terminal_line(source_line(source, language)))
    quoted = "\n".join(f"> {part}" for part in _paragraphs_markdown(quote).split("\n"))
    copies = (escaping.markdown(escaping.terminal_line(each)) for each in copies_lines(source.copies, language))
    return "\n\n".join([f"{label} {line}", quoted, *copies])


def _paragraphs_markdown(text: str) -> str:
    """Every line end of the text as a hard break of Markdown (a backslash before it)."""
    return text.strip("\n").replace("\n", "\\\n")


def marked_html(text: str, start: int, marks: Iterable[Span]) -> str:
    """``text``, which begins at offset ``start`` of its document, escaped, with ``marks`` inside ``<mark>``."""
    return "".join(
        f"<mark>{escaping.html(piece)}</mark>" if mark else escaping.html(piece)
        for piece, mark in pieces(text, start, marks)
    )
