"""Where else the words stand: in JSON, in the terminal, as Markdown and on the page, each place to be opened."""

import re
from dataclasses import replace
from html import unescape

import pytest

from rag.answer import Answer, DocumentRecord, Place
from tests.fake_library import FACT, RECORD, TITLE, citation, found, passage
from ui import records, render
from ui.page_conversation import conversation_html
from ui.page_exchange import Exchange, source_at
from ui.page_feedback import Thumbs

PRINTED = DocumentRecord(id="p", path="/收文/备份/<塘>.pdf", title=TITLE, number="塘水〔2031〕7号")
COPY = Place(
    document=PRINTED, section=(), paragraph=4, page=3, text="已修好45%", start=20, end=26, highlights=((23, 26),)
)


def answer(*copies: Place) -> Answer:
    return replace(found(FACT, "45%"), citations=(replace(citation(1, "45%"), copies=copies),))


def refusal(*copies: Place) -> Answer:
    return Answer(question="x", asked="x", reason="not_stated", nearest=(replace(passage(1), copies=copies),))


def page(shown: Answer) -> str:
    return conversation_html([Exchange(question="问？", answer=shown)], Thumbs(verdicts={}), "zh")


def test_json_has_every_copy_with_its_own_text_and_offsets() -> None:
    (cited,) = records.answer_record(answer(COPY), "zh")["citations"]  # type: ignore[misc]
    (copy,) = cited["copies"]
    assert (copy["document"]["id"], copy["paragraph"], copy["page"], copy["section"]) == ("p", 4, 3, [])
    assert (copy["text"], copy["start"], copy["end"], copy["highlights"]) == ("已修好45%", 20, 26, [[23, 26]])
    assert records.passage_record(replace(passage(1), copies=(COPY, COPY)))["copies"] == [copy, copy]


@pytest.mark.parametrize("shown", [answer(COPY), refusal(COPY)])
def test_the_terminal_names_the_other_places(shown: Answer) -> None:
    assert f"\n    另见：《{TITLE}》（塘水〔2031〕7号） 第 3 页，备份/<塘>.pdf" in render.answer_terminal(shown, "zh")
    assert f"\n    Also in: 《{TITLE}》（塘水〔2031〕7号） page 3, 备份/<塘>.pdf" in render.answer_terminal(shown, "en")
    assert "另见：" in render.answer_markdown(shown, "zh") and "&lt;塘&gt;" in render.answer_markdown(shown, "zh")


@pytest.mark.parametrize("shown", [answer(), refusal()])
def test_without_copies_nothing_is_said_of_them(shown: Answer) -> None:
    assert "另见" not in render.answer_terminal(shown, "zh") + render.answer_markdown(shown, "zh") + page(shown)


def test_of_many_copies_the_first_are_named_and_the_others_counted() -> None:
    lines = render.copies_lines([COPY] * (render.COPIES_SHOWN + 3), "en")
    assert len(lines) == render.COPIES_SHOWN + 1 and lines[-1] == "Also in: 3 more"
    shown = page(answer(*[COPY] * (render.COPIES_SHOWN + 3)))
    assert shown.count('class="copy"') == render.COPIES_SHOWN + 3
    assert "<details><summary>还有 3 处</summary>" in shown


@pytest.mark.parametrize("shown", [answer(replace(COPY, page=1), COPY), refusal(replace(COPY, page=1), COPY)])
def test_each_place_on_the_page_opens_the_copy_at_its_quote(shown: Answer) -> None:
    exchanges = [Exchange(question="问？", answer=shown)]
    buttons = re.findall(
        r'class="copy" data-turn="(\d)" data-source="(\d)" data-copy="(\d)"[^>]*>([^<]*)<', page(shown)
    )
    assert [unescape(line) for *_, line in buttons] == [
        f"《{TITLE}》（塘水〔2031〕7号） 第 {number} 页，备份/<塘>.pdf" for number in (1, 3)
    ]
    turn, source, copy = (int(number) for number in buttons[1][:3])
    opened = source_at(exchanges, turn, source, copy)
    assert opened is not None
    assert (opened.document, opened.quote, opened.highlights) == (PRINTED, (20, 26), ((23, 26),))
    own = source_at(exchanges, turn, source)
    assert own is not None and own.document == RECORD


@pytest.mark.parametrize("copy", [1, -1, "0", 0.0, [], {}])
def test_a_click_on_a_copy_that_is_not_there_opens_nothing(copy: object) -> None:
    assert source_at([Exchange(question="问？", answer=answer(COPY))], 0, 0, copy) is None
