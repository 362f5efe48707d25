"""Rendering: the answer's marks stand where the offsets say, and no text of a document is anything but text."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rag.answer import REASONS, Answer, DocumentRecord
from tests.fake_library import FACT, PARAGRAPHS, RECORD, TITLE, citation, found, passage
from ui import escaping, render
from ui.catalog import RENDER
from ui.language import Language
from ui.page_conversation import conversation_html
from ui.page_exchange import Exchange
from ui.page_feedback import Thumbs

NASTY = "<img src=x onerror=alert(1)> ![a](http://x.example/b.png) [c](javascript:d) **e** `f` www.g.example &lt; $h$"
AWKWARD = "\x1b\x07\n\t <>&\"'`*_[]()!#|~$\\:/.-+=1\u202e\ud800、。"
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(AWKWARD)))


class Visible(HTMLParser):
    """What a browser would show, and the elements it would make."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.tags, self.attributes = "", [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("关于甲的答复", "《关于甲的答复》"),
        ("《甲办法》", "《甲办法》"),
        (" 《甲办法》\n", "《甲办法》"),
        ("关于印发《甲办法》的通知", "《关于印发〈甲办法〉的通知》"),
        ("《甲》与《乙》", "《〈甲〉与〈乙〉》"),
        ("《甲〈乙〉丙》", "《甲〈乙〉丙》"),
        ("report.pdf", "《report.pdf》"),
    ],
)
def test_a_title_stands_in_one_pair_of_marks(text: str, shown: str) -> None:
    assert render.title(text) == shown


def test_a_source_line_says_what_is_known_and_nothing_else() -> None:
    source = citation(1, "45%")
    assert render.source_line(source, "zh") == f"《{TITLE}》（塘水〔2031〕7号） 一、工程进度，第 2 页"
    assert render.source_line(source, "en").endswith(" 一、工程进度, page 2")
    deep = replace(source, section=("一、甲", "（二）乙"), page=None)
    assert render.source_line(deep, "zh").endswith("） 一、甲 › （二）乙")
    bare = replace(source, section=(), page=None, document=DocumentRecord(id="1", path="/a", title="甲"))
    assert render.source_line(bare, "zh") == "《甲》 第 2 段"
    assert render.source_line(replace(bare, page=3), "en") == "《甲》 page 3"


@given(st.text(), st.integers(0, 50), st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120))))
def test_pieces_are_the_text_and_are_marked_exactly_where_a_span_lies(
    text: str, start: int, marks: list[tuple[int, int]]
) -> None:
    cut = list(render.pieces(text, start, marks))
    assert "".join(piece for piece, _ in cut) == text
    marked = [mark for piece, mark in cut for _ in piece]
    assert marked == [any(a <= start + n < b for a, b in marks) for n in range(len(text))]


def page_of(answer: Answer, language: Language = "zh") -> str:
    """What the web page shows of one question and its answer."""
    return conversation_html([Exchange(question="问？", answer=answer)], Thumbs(verdicts={}), language)


def test_the_answer_is_marked_in_every_format() -> None:
    answer = found(FACT, "45%")
    assert "已修好\x1b[1;7m45%\x1b[0m。" in render.answer_terminal(answer, "zh", color=True)
    assert "\x1b" not in render.answer_terminal(answer, "zh")
    assert "已修好<mark>45%</mark>。" in page_of(answer)
    assert "已修好<mark>45\\%</mark>。" in render.answer_markdown(answer, "zh")


def test_lists_are_lists() -> None:
    answer = replace(found(FACT, "45%"), kind="list", items=("甲", "<乙>"), answer="甲、<乙>")
    assert render.answer_terminal(answer, "zh").startswith("• 甲\n• <乙>\n\n[1]")
    assert render.answer_markdown(answer, "zh").startswith("- 甲\n- &lt;乙&gt;\n\n\\[1\\]")
    assert "<ul><li>甲</li><li>&lt;乙&gt;</li></ul>" in page_of(answer)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_words_in_both_languages(reason: str) -> None:
    answer = Answer(question="x", asked="x", reason=reason, nearest=(passage(2),))
    for language in ("zh", "en"):
        words = RENDER[reason][language == "en"]
        assert render.answer_terminal(answer, language).startswith(words)
        assert PARAGRAPHS[2] in Visible(page_of(answer, language)).text
        page = MarkdownIt("gfm-like", {"linkify": False}).render(render.answer_markdown(answer, language))
        assert PARAGRAPHS[2] in Visible(page).text
    assert "最接近" not in render.answer_terminal(replace(answer, nearest=()), "zh")


def test_a_long_passage_is_cut_where_it_only_hints() -> None:
    long = replace(passage(1), text="长" * 500)
    answer = Answer(question="x", asked="x", reason="not_stated", nearest=(long,) * 9)
    shown = render.answer_terminal(answer, "zh")
    assert shown.count("长…") == render.NEAREST_SHOWN and "长" * (render.NEAREST_CHARACTERS + 1) not in shown


def nasty_answer(text: str) -> Answer:
    record = replace(RECORD, title=text or "x", number=text or None)
    source = replace(citation(1, "45%"), document=record, section=(text,), quote=text, end=len(text), start=0)
    return replace(found(text, "45%"), answer=text, citations=(replace(source, highlights=((0, len(text) // 2),)),))


@given(TEXTS)
def test_no_text_becomes_an_element_in_html(text: str) -> None:
    page, harmless = Visible(page_of(nasty_answer(text))), Visible(page_of(nasty_answer("一段话。")))
    # The thumbs are drawn; everything else that is drawn would be of the text.
    assert page.tags.count("svg") == page.tags.count("path") == 2
    assert set(page.tags) <= set(harmless.tags) | {"mark"}
    assert set(page.attributes) <= set(harmless.attributes)
    page.text.encode("utf-8")


@given(TEXTS)
def test_markdown_shows_the_text_and_makes_nothing_of_it(text: str) -> None:
    page = Visible(MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(escaping.markdown(text)))
    assert set(page.tags) <= {"p", "br"}
    # Lines are paragraphs and paragraphs swallow the space around them; every other character is there, in order.
    assert re.sub(r"\s", "", page.text) == re.sub(r"\s", "", escaping.terminal(text))


@given(TEXTS)
def test_a_whole_answer_in_markdown_holds_no_link_image_or_foreign_element(text: str) -> None:
    page = Visible(MarkdownIt("commonmark").render(render.answer_markdown(nasty_answer(text), "zh")))
    assert set(page.tags) <= {"p", "br", "blockquote", "mark"}


def test_an_attack_is_shown_as_it_was_written() -> None:
    for page in (
        page_of(nasty_answer(NASTY)),
        MarkdownIt("commonmark").render(render.answer_markdown(nasty_answer(NASTY), "zh")),
    ):
        visible = Visible(page)
        assert visible.text.count(NASTY) >= 3 and not {"img", "a", "strong", "code"} & set(visible.tags)


@given(TEXTS)
def test_nothing_a_terminal_obeys_is_left(text: str) -> None:
    shown = render.answer_terminal(nasty_answer(text), "zh") + escaping.terminal_line(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert len(escaping.terminal(text)) == len(text) and not set("\n\t") & set(escaping.terminal_line(text))
