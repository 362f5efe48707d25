"""Choosing on the page which documents to ask: the row above the question, and what it says, which may be anything."""

import re
from pathlib import Path
from typing import Any

import pytest

from rag.answer import DocumentRecord
from rag.evaluation.feedback import FeedbackStore
from rag.scope import Scope
from rag.settings import Settings
from tests.fake_web_library import FakeLibrary, read
from ui.page_desk import Desk
from ui.page_exchange import Exchange
from ui.page_feedback_handlers import FeedbackHandlers
from ui.page_handlers import Handlers
from ui.page_scope import MOST, choices_of, chosen, kept, named, scope_html, within_html

RECORDS = (
    DocumentRecord(id="c", path="/c.txt", title="丙通知", issuer="财政部、税务局", number="财〔2021〕3号"),
    DocumentRecord(id="a", path="/a.txt", title="甲通知", issuer="财政部", date="2020-05-01"),
    DocumentRecord(
        id="b", path="/b.txt", title='乙<img src=x onerror="window.hit=1">', issuer="海关", date="2021-01-01"
    ),
    DocumentRecord(id="d", path="/d.txt", title="丁通知"),
)


def ticked(markup: str) -> list[str]:
    return re.findall(r'value="([^"]*)" checked', markup)


def test_what_there_is_to_choose() -> None:
    choices = choices_of(RECORDS)
    assert list(choices.documents) == ["d", "c", "b", "a"], "by title, as its characters are numbered"
    assert choices.documents["c"] == "《丙通知》（财〔2021〕3号）"
    assert list(choices.issuers) == ["财政部", "海关", "税务局"], "those with the most documents first"
    assert list(choices.years) == ["2021", "2020"], "the latest first"


def test_only_what_there_is_counts_whatever_the_page_says() -> None:
    choices = choices_of(RECORDS)
    assert chosen(choices, documents=["a", "zzz", "a"], issuers=["税务局", "财"], years=["2020", "1999"]) == Scope(
        documents=("a",), issuers=("税务局",), years=(2020,)
    )
    for strange in (None, "a", 7, {"a": 1}, [["a"]], [None, 2020, {"a": 1}], "documents"):
        assert not chosen(choices, documents=strange, issuers=strange, years=strange)


def test_a_scope_loses_what_is_gone() -> None:
    scope = Scope(documents=("a", "c"), issuers=("海关", "财政部"), years=(2020, 2021))
    assert kept(choices_of(RECORDS), scope) == Scope(
        documents=("c", "a"),
        issuers=("财政部", "海关"),
        years=(2021, 2020),
    )
    assert kept(choices_of(RECORDS[:1]), scope) == Scope(documents=("c",), issuers=("财政部",), years=(2021,))
    assert not kept(choices_of(()), scope)


def test_the_row_shows_what_is_chosen_in_both_languages() -> None:
    scope = Scope(documents=("a",), years=(2020, 2021))
    for language, words in (("zh", ("文件", "发文机关", "年份", "不限")), ("en", ("Documents", "Issuers", "Years"))):
        shown = scope_html(choices_of(RECORDS), scope, language)  # type: ignore[arg-type]
        assert sorted(ticked(shown)) == ["2020", "2021", "a"]
        assert re.findall(r"<b>(\d*)</b>", shown) == ["1", "", "2"]
        assert all(f">{word}<" in shown for word in words)
        assert "data-clear>" in shown
    assert "data-clear hidden>" in scope_html(choices_of(RECORDS), Scope(), "zh")


def test_where_there_is_nothing_to_choose_there_is_no_row() -> None:
    assert scope_html(choices_of(()), Scope(), "zh") == scope_html(choices_of(RECORDS[1:2]), Scope(), "zh") == ""
    assert 'data-field="issuers"' not in scope_html(choices_of(RECORDS[1:2] * 2 + RECORDS[3:]), Scope(), "zh")


def test_a_long_list_can_be_searched_and_the_longest_is_cut() -> None:
    many = [DocumentRecord(id=f"{n}", path=f"/{n}.txt", title=f"第{n}号") for n in range(MOST + 5)]
    assert "data-filter" not in scope_html(choices_of(many[:8]), Scope(), "zh")
    assert "data-filter" in scope_html(choices_of(many[:9]), Scope(), "zh")
    assert len(choices_of(many).documents) == MOST


def test_what_was_asked_of_stands_under_the_question_and_is_never_markup() -> None:
    choices = choices_of(RECORDS)
    scope = Scope(documents=("b", "gone"), issuers=("海关",), years=(2021,))
    names = named(choices, scope)
    assert names == ('《乙<img src=x onerror="window.hit=1">》', "gone", "海关", "2021")
    for shown in (within_html(names, "zh"), scope_html(choices, scope, "zh")):
        assert "<img" not in shown and "&lt;img" in shown
    assert within_html((), "zh") == ""
    assert within_html(("海关",), "en").startswith('<p class="within">Within: ')


# over the page's handlers

TEXTS = {
    "parks.txt": "园区情况\n文号：青发〔2024〕7号\n发文机关：青禾市政府\n成文日期：2024-03-01\n"
    "青禾市共有产业园区12个。\n",
    "roads.txt": "道路情况\n发文机关：青禾市交通局\n成文日期：2023-03-01\n青禾市共有主要道路340条。\n",
}


@pytest.fixture
def library(tmp_path: Path) -> FakeLibrary:
    documents = []
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        documents.append(read(tmp_path / name))
    return FakeLibrary(documents)


@pytest.fixture
def handlers(library: Any, tmp_path: Path) -> Handlers:
    settings = Settings(home=tmp_path, index=tmp_path / "default")
    desk = Desk(library, settings, lambda _: library)
    return Handlers(desk, settings, (), FeedbackHandlers(FeedbackStore(tmp_path)))


def answered(handlers: Handlers, question: str, scope: Scope, exchanges: tuple[Exchange, ...] = ()) -> Exchange:
    asked = handlers.asked(question, exchanges, scope)
    assert asked is not None
    *_, told = handlers.answered(asked, asked[-1].key, "zh")
    return told[-1]


def test_a_question_is_asked_of_what_is_chosen_and_says_so(handlers: Handlers) -> None:
    roads = handlers.chosen([], ["青禾市交通局"], [])
    assert roads == Scope(issuers=("青禾市交通局",))
    last = answered(handlers, "青禾市共有产业园区多少个", roads)
    assert last.answer is not None and last.answer.scope == roads
    shown = handlers.conversation((last,), "zh")
    assert "12个" not in shown and '<p class="within">范围：<span>青禾市交通局</span></p>' in shown
    everything = answered(handlers, "青禾市共有产业园区多少个", Scope())
    assert everything.answer is not None and everything.answer.answer == "12个"
    assert "within" not in handlers.conversation((everything,), "zh")


def test_a_follow_up_is_asked_of_what_is_chosen_by_then(handlers: Handlers) -> None:
    first = answered(handlers, "青禾市共有产业园区多少个", handlers.chosen([], [], ["2024"]))
    second = answered(handlers, "主要道路呢", handlers.chosen([], [], ["2023"]), (first,))
    assert [each.answer.asked for each in (first, second) if each.answer] == [
        "青禾市共有产业园区多少个",
        "青禾市共有产业园区多少个 主要道路呢",
    ]
    assert [each.answer.scope for each in (first, second) if each.answer] == [first.scope, second.scope]
    assert [each.within for each in (first, second)] == [("2024",), ("2023",)]


def test_a_choice_that_nothing_fits_is_answered_so(handlers: Handlers) -> None:
    void = handlers.chosen([], ["青禾市交通局"], ["2024"])
    assert "没有一个文件符合选定的范围。" in handlers.conversation((answered(handlers, "共有多少", void),), "zh")


def test_what_was_removed_meanwhile_is_said_and_falls_out_of_the_row(handlers: Handlers, library: FakeLibrary) -> None:
    parks = next(record for record in library.documents() if record.title == "园区情况")
    scope = handlers.chosen([parks.id], [], ["2023", "2024"])
    assert parks.id in ticked(handlers.scope(scope, "zh"))
    library.remove([parks.id])
    last = answered(handlers, "青禾市共有产业园区多少个", scope)
    assert last.answer is None and last.error is not None and "重新选择" in last.error
    assert handlers.still_chosen(scope) == Scope(years=(2023,))
    assert handlers.still_chosen(Scope()) == Scope()
