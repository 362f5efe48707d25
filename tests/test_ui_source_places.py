"""What is around an open document: its places, links, outline, buttons, and what hostile input comes to."""

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Document, Paragraph
from rag.answer import Citation, DocumentRecord, Passage, Place
from rag.evaluation.feedback import FeedbackStore
from rag.settings import Settings
from tests.fake_web_library import FakeLibrary
from ui import app
from ui.catalog_source import SOURCE
from ui.page_desk import Desk
from ui.page_feedback_handlers import FeedbackHandlers
from ui.page_guard import Guard
from ui.page_handlers import Handlers
from ui.source_leaf import Overlay, leaf_html
from ui.source_link import link_to, read_link
from ui.source_outline import outline_html
from ui.source_places import Spot, linked, opened
from ui.source_tools import cite_html, tools_html
from ui.source_view import LONG, document_html

TEXT = "一、目标\n到2030年建成3个园区。\n二、措施\n投资1.2亿元，<b>新建</b>道路12公里。"
RECORD = DocumentRecord(
    id="0" * 16, path="/d.pdf", title="规划<1>", number="某发〔2024〕1号", issuer="某市", date="2024-05-01"
)
OTHER = replace(RECORD, id="1" * 16, path="/e.txt", title="另一份")


def document(text: str = TEXT, **facts: Any) -> Document:
    paragraphs, start = [], 0
    for line in text.split("\n"):
        heading = 1 if re.match("[一二]、", line) else None
        paragraphs.append(Paragraph(start=start, end=start + len(line), heading=heading, address="第一条"))
        start += len(line) + 1
    known = {"id": RECORD.id, "path": RECORD.path, "title": RECORD.title, "content_hash": "0", **facts}
    return Document(text=text, paragraphs=tuple(paragraphs), **known)


def citation(quote: str, *marks: str, marker: int = 1, record: DocumentRecord = RECORD) -> Citation:
    start = TEXT.index(quote)
    return Citation(
        marker=marker,
        document=record,
        section=(),
        paragraph=1,
        page=None,
        quote=quote,
        start=start,
        end=start + len(quote),
        highlights=tuple((TEXT.index(mark), TEXT.index(mark) + len(mark)) for mark in marks),
        score=1.0,
        address="第一条",
    )


FIRST = citation("到2030年建成3个园区。", "2030年", "3个")
SECOND = citation("投资1.2亿元，", "1.2亿元", marker=2)
THIRD = citation("投资1.2亿元，", "1.2亿元", marker=3, record=OTHER)


def test_every_mark_of_every_source_is_a_place_in_order_and_none_twice() -> None:
    source = opened([FIRST, SECOND, THIRD, SECOND], 1)
    assert [TEXT[slice(*spot.mark)] for spot in source.spots] == ["2030年", "3个", "1.2亿元", "1.2亿元"]
    assert (source.current, source.quote, source.highlights) == (2, (SECOND.start, SECOND.end), SECOND.highlights)
    assert [number for number, _ in source.here] == [0, 1, 2]
    other = source.at(3)
    assert other and other.document == OTHER and [number for number, _ in other.here] == [3]
    assert source.at(0) == replace(source, quote=(FIRST.start, FIRST.end), highlights=FIRST.highlights, current=0)


@pytest.mark.parametrize("number", [-1, 4, "0", None, 1.0, True, [0], {}])
def test_a_place_that_is_none_is_not_gone_to(number: object) -> None:
    assert opened([FIRST, SECOND, THIRD], 0).at(number) is None


def test_a_copy_takes_the_place_of_its_source() -> None:
    start, end = FIRST.start, FIRST.end
    copy = Place(document=OTHER, section=(), paragraph=0, page=None, text=FIRST.quote, start=start, end=end)
    source = opened([replace(FIRST, copies=(copy,)), SECOND], 0, 0)
    assert source.document == OTHER and next(spot.mark for spot in source.spots) == (start, end)


def test_all_places_are_marked_and_each_can_take_the_focus() -> None:
    source = opened([FIRST, SECOND, THIRD], 1)
    shown = document_html(
        document(), "zh", quote=source.quote, highlights=source.highlights, spots=source.here, record=RECORD
    )
    assert re.findall(r'data-place="(\d)" tabindex="-1"><mark>(.*?)</mark>', shown) == [
        ("0", "2030年"),
        ("1", "3个"),
        ("2", "1.2亿元"),
    ]
    assert shown.count('<span class="cited">') == 2 and shown.count('id="cited"') == 1
    assert "&lt;b&gt;新建" in shown


def test_a_passage_with_nothing_marked_is_one_place() -> None:
    passage = Passage(document=RECORD, paragraph=0, section=(), page=None, text="一、目标", start=0, end=4)
    source = opened([passage], 0)
    shown = document_html(document(), "zh", quote=source.quote, highlights=source.highlights, spots=source.here)
    assert 'data-place="0" tabindex="-1"><span class="cited">一、目标</span>' in shown and "<mark>" not in shown


# links


def test_a_link_says_the_place_and_is_read_back() -> None:
    spot = opened([FIRST], 0).spots[1]
    link = link_to(spot)
    assert link == f"{RECORD.id}:{FIRST.start}-{FIRST.end},{spot.mark[0]}-{spot.mark[1]}"
    read = read_link(link)
    assert read is not None
    found = linked(RECORD, document(), read[1])
    assert (found.quote, found.highlights) == (spot.quote, (spot.mark,)) and link_to(found.spots[0]) == link


NO_LINKS = ("", "#", ":1-2", "a b:1-2", "../x", "a:1", "a:1-2,", "a:-1-2", "a:1-2;3", "<script>", "a:一-二")


@pytest.mark.parametrize(
    "link", [*NO_LINKS, "a:9999999999-1", "x" * 65, "a:" + ",".join(["1-2"] * 99), None, 5, {"id": 1}, ["a"]]
)
def test_what_is_no_link_is_none(link: object) -> None:
    assert read_link(link) is None


@pytest.mark.parametrize("spans", [[(5, 5)], [(9, 2)], [(0, 10**8)], [(0, 4), (3, 9)], [(0, 4), (2, 2)]])
def test_offsets_that_are_not_in_the_document_are_said_and_mark_nothing(spans: list[tuple[int, int]]) -> None:
    source = linked(RECORD, document(), spans)
    assert (source.quote, source.spots, source.note) == (None, (), "link_offsets")


@pytest.fixture
def handlers(tmp_path: Path) -> Handlers:
    settings = Settings(home=tmp_path, index=tmp_path / "default")
    library: Any = FakeLibrary([document()])
    return Handlers(Desk(library, settings, lambda _: library), settings, (), FeedbackHandlers(FeedbackStore(tmp_path)))


def test_a_link_opens_the_place_and_an_unknown_one_is_a_line(handlers: Handlers) -> None:
    found = handlers.sources.linked(f"{RECORD.id}:0-4")
    assert found and '<span class="cited">一、目标</span>' in handlers.document(found, "zh")
    silly = handlers.sources.linked(f"{RECORD.id}:7-3")
    assert silly and SOURCE["link_offsets"][0] in handlers.document(silly, "zh")
    assert handlers.sources.linked("f" * 16) is None and handlers.sources.linked(["x"]) is None
    assert SOURCE["link_unknown"][1] in handlers.sources.unknown("en")


@pytest.mark.parametrize("number", [None, 0, -5, 10**9, "2", True, [1]])
def test_a_file_that_is_gone_has_no_page_whatever_is_asked(handlers: Handlers, number: object) -> None:
    shown = handlers.sources.leaf(handlers.listed(RECORD.id), number, number, "zh")
    assert SOURCE["gone"][0] in shown and "<img" not in shown
    assert handlers.sources.leaf(None, 0, 1, "zh") == ""


# outline, buttons, page


def test_the_outline_leads_to_headings_and_marks_the_one_above_the_quote() -> None:
    shown = outline_html(document(), "zh", (SECOND.start, SECOND.end))
    assert re.findall(r'data-section="(\d+)"( aria-current="location")?>(.*?)</button>', shown) == [
        ("0", "", "一、目标"),
        (str(TEXT.index("二、")), ' aria-current="location"', "二、措施"),
    ]
    assert f'data-at="{TEXT.index("二、")}"' in document_html(document(), "zh")
    assert "aria-current" not in outline_html(document(), "zh", None)
    assert outline_html(document("没有标题\n只有正文"), "zh", None) == ""


def test_a_heading_is_no_markup_and_not_endless() -> None:
    shown = outline_html(document(f"一、<img src=x onerror=alert(1)>\n二、{'长' * 10**4}"), "zh", None)
    assert "<img" not in shown and "长" * 58 in shown and "长" * 59 not in shown


def test_the_buttons_know_all_places_and_their_references() -> None:
    shown = tools_html(opened([FIRST, SECOND, THIRD], 1), "zh")
    facts = json.loads(unescape(re.findall('data-places="(.*?)"', shown)[0]))
    assert [link.split(":")[0] for link, _ in facts["places"]] == [RECORD.id] * 3 + [OTHER.id]
    assert [number for _, number in facts["places"]] == [0, 0, 1, 2]
    assert (
        facts["references"][0] == "《规划<1>》（某发〔2024〕1号），某市，2024年5月1日，第一条：“到2030年建成3个园区。”"
    )
    assert "3 / 4 处" in shown and 'aria-keyshortcuts="]"' in shown
    assert 'data-leaf="page"' in shown and 'data-leaf="page"' not in tools_html(opened([THIRD], 0), "zh")
    assert "data-step" not in tools_html(opened([SECOND], 0), "zh")


def test_the_button_of_a_source_holds_its_reference_escaped() -> None:
    hostile = replace(FIRST, document=replace(RECORD, title='"><script>x</script>'))
    shown = cite_html(hostile, "en")
    assert "<script" not in shown and "Copy reference" in shown


def test_a_page_shows_its_marks_over_the_picture_within_its_bounds() -> None:
    from rag.original import Leaf

    leaf = Leaf(number=2, total=2, width=595, height=842)
    overlay = Overlay(quote=[(0.1, 0.2, 0.5, 0.25), (-1, 0.5, 7, 0.6)], marks=[(0.2, 0.2, 0.3, 0.25)])
    shown = leaf_html(leaf, overlay, "zh", id="0" * 16, title='"<b>', note="<i>")
    assert 'style="left:10.000%;top:20.000%;width:40.000%;height:5.000%" id="boxed"' in shown
    assert "left:0.000%;top:50.000%;width:100.000%" in shown and "<i>" not in shown and "<b>" not in shown
    assert 'data-turn="3"' in shown and shown.count("disabled") == 1


def test_a_million_characters_in_a_line_lose_none_and_are_laid_out_in_stretches() -> None:
    text = "很长的一行，没有换行。" * (10**6 // 11)
    shown = document_html(document(text), "zh", quote=(1990, 2030), highlights=((1995, 2028),))
    assert re.sub("<[^>]+>", "", shown[shown.index('<div class="document-text"') :]) == text
    assert shown.count('class="stretch"') > len(text) // 2600
    marked = "".join(re.findall("<mark>(.*?)</mark>", shown))
    assert marked == text[1995:2028]
    assert "stretch" not in document_html(document("短" * LONG), "zh")


def test_two_thousand_links_in_a_document_all_lead_somewhere() -> None:
    text = "\n".join("见《某办法》和《某规定》。" for _ in range(1000))
    links = {(found.start(), found.end()): "x" for found in re.finditer("《.*?》", text)}
    assert document_html(document(text), "zh", links=links).count('data-open="x"') == 2000


def test_every_text_is_there_twice_with_the_same_parts() -> None:
    for key, (chinese, english) in SOURCE.items():
        assert chinese and english, key
        assert sorted(re.findall(r"{(\w+)", chinese)) == sorted(re.findall(r"{(\w+)", english)), key


def test_a_spot_without_words_still_has_a_link() -> None:
    assert link_to(Spot(document=RECORD, quote=(1, 2), mark=(1, 2))) == f"{RECORD.id}:1-2"


@pytest.mark.parametrize(
    "path", ["/page/", "/page/x/1", f"/page/{'0' * 16}/", f"/page/{'0' * 16}/1/../x", "/page/../1"]
)
def test_the_guard_lets_pictures_through_and_nothing_beside_them(path: str) -> None:
    async def inner(*_: Any) -> None:
        raise AssertionError

    guard, headers = Guard(inner), {b"host": b"127.0.0.1:1"}
    assert guard.refusal(path, headers) is not None
    assert guard.refusal(f"/page/{'0' * 16}/12", headers) is None
    assert guard.refusal(f"/page/{'0' * 16}/12", {b"host": b"evil.example"}) is not None


def test_the_assets_ask_for_nothing_from_elsewhere() -> None:
    for name in ("page_source.css", "page_source.js"):
        assert not re.search(r"(https?:)?//[a-z0-9]", app._asset(name).replace("// ", "")), name
