import re
from html import unescape

import pytest

from corpus.document import Document, Paragraph
from rag.answer import DocumentRecord
from ui.source_view import document_html

LINES = ("一、目标", "到2030年建成3个园区，投资1.2亿元。", "<b>不是标签</b> & ![图](http://example.org/a.png)")


def document(*lines: str, pages: tuple[int, ...] = ()) -> Document:
    paragraphs, start = [], 0
    for place, line in enumerate(lines):
        page = pages[place] if pages else None
        heading = 1 if line.startswith("一、") else None
        paragraphs.append(Paragraph(start=start, end=start + len(line), page=page, heading=heading))
        start += len(line) + 1
    return Document(
        id="d1", path="/d.txt", title="规划<1>", text="\n".join(lines), paragraphs=tuple(paragraphs), content_hash="0"
    )


def text_of(markup: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", markup))


def marks(markup: str) -> list[str]:
    return [text_of(found) for found in re.findall(r"<mark>(.*?)</mark>", markup)]


def cited(markup: str) -> list[str]:
    return [text_of(found) for found in re.findall(r'<span class="cited">(.*?)</span>', markup)]


def test_every_character_of_the_document_is_shown_and_none_is_markup() -> None:
    shown = document_html(document(*LINES), "zh")
    body = shown[shown.index('<div class="document-text"') :]
    assert text_of(body) == "".join(LINES)
    assert "<b>" not in shown and "&lt;b&gt;" in shown and "规划&lt;1&gt;" in shown
    assert "<img" not in shown and "<a " not in shown


def test_quote_and_highlights_are_the_slices_of_their_offsets() -> None:
    found = document(*LINES)
    start = found.text.index("到2030年")
    first, second = found.text.index("3个"), found.text.index("1.2亿元")
    shown = document_html(found, "zh", quote=(start, start + 20), highlights=((first, first + 2), (second, second + 5)))
    assert marks(shown) == ["3个", "1.2亿元"]
    assert cited(shown) == [found.text[start : start + 20]]
    assert shown.count('id="cited"') == 1 and 'tabindex="0"' in shown


def test_a_quote_over_two_paragraphs_is_marked_in_both_and_anchored_once() -> None:
    found = document("甲乙丙", "丁戊己")
    shown = document_html(found, "zh", quote=(1, 6), highlights=((2, 5),))
    assert cited(shown) == ["乙丙", "丁戊"]
    assert marks(shown) == ["丙", "丁"]
    assert shown.count('id="cited"') == 1


def test_nothing_is_marked_without_a_quote() -> None:
    shown = document_html(document(*LINES), "zh")
    assert "cited" not in shown and "<mark>" not in shown


def test_particulars_pages_and_headings() -> None:
    record = DocumentRecord(id="d1", path="/d.txt", title="规划", number="某发〔2024〕1号", date="2024-05-01")
    shown = document_html(document(*LINES, pages=(1, 1, 2)), "en", record=record)
    assert "某发〔2024〕1号" in shown and "Issuer" not in shown
    assert shown.count('class="page-break"') == 2 and "page 2" in shown
    assert 'role="heading" aria-level="3"' in shown


@pytest.mark.parametrize("quote", [(0, 0), (999, 1000)])
def test_a_quote_outside_the_text_marks_nothing(quote: tuple[int, int]) -> None:
    shown = document_html(document("甲乙丙"), "zh", quote=quote, highlights=(quote,))
    assert "甲乙丙" in shown and "<mark>" not in shown


def test_other_documents_that_are_named_can_be_opened() -> None:
    found = document("按照《甲》（乙发〔2020〕1号）和《丙》的规定办理。")
    shown = document_html(found, "zh", links={(2, 5): "a1", (18, 21): "b<2"})
    assert 'data-open="a1"' in shown
    assert ">《甲》</button>" in shown
    assert 'data-open="b&lt;2"' in shown
    assert ">《丙》</button>" in shown


def test_what_is_cited_holds_no_links() -> None:
    found = document("按照《甲》的规定办理。")
    assert "<button" not in document_html(found, "zh", quote=(0, 11), links={(2, 5): "a1"})


def test_links_that_touch_stay_two() -> None:
    shown = document_html(document("《甲》《乙》"), "zh", links={(0, 3): "a1", (3, 6): "b2"})
    assert shown.count("data-open") == 2
